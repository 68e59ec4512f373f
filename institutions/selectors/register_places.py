"""A division as printed places are compared with it."""

from __future__ import annotations

from institutions.core.register.places import DivisionPlace
from regulator.accounts.selectors.people import division_by_code
from regulator.kernel.outcomes import InvariantError


def division_place(code: str) -> DivisionPlace:
    """The division's names. Raises InvariantError for a code that is not in the table."""
    division = division_by_code(code)
    if division is None:
        raise InvariantError(f"没有代码为 {code} 的区划。")
    parent = division.parent
    is_city = division.kind == "city"
    return DivisionPlace(
        code=division.code,
        name=division.name,
        city_name=division.name if is_city or parent is None else parent.name,
        is_city=is_city,
        is_zone=division.kind == "local zone",
    )
