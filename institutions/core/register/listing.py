"""A whole list at once: rows that speak of one institution, and rows that contradict each other.

Rows are one institution when they share the credit code, else the licence number, else the
normalised name and place. A later row may add (another address, a missing number) but may not
change what an earlier one said: importing a list twice could otherwise never come to rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from institutions.core.register.places import PlaceMatch, place_key
from institutions.core.register.refusals import ImportScope, place_of, row_refusals
from institutions.core.register.rows import RegisterRow
from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class JudgedRow:
    """A row with its reasons to come back; `place` is empty for the division's own rows.

    `repeats`: an earlier row of the list speaks of the same institution.
    """

    row: RegisterRow
    place: str
    refusals: tuple[Refusal, ...]
    repeats: bool = False


@dataclass
class _Seen:
    by_code: dict[str, RegisterRow] = field(default_factory=dict)
    by_number: dict[str, RegisterRow] = field(default_factory=dict)
    by_name: dict[tuple[str, str], RegisterRow] = field(default_factory=dict)

    def earlier(self, row: RegisterRow, place: str) -> list[RegisterRow]:
        found = (
            self.by_code.get(row.credit_code.code),
            self.by_number.get(row.licence_number.key),
            self.by_name.get((row.name_key, place)),
        )
        return list({each.number: each for each in found if each is not None}.values())

    def remember(self, row: RegisterRow, place: str) -> None:
        if row.credit_code.code:
            self.by_code.setdefault(row.credit_code.code, row)
        if row.licence_number.key:
            self.by_number.setdefault(row.licence_number.key, row)
        self.by_name.setdefault((row.name_key, place), row)


def judge_rows(rows: Iterable[RegisterRow], scope: ImportScope) -> list[JudgedRow]:
    """Every row in its order, with all its own reasons and those of earlier rows against it."""
    seen, judged = _Seen(), []
    for row in rows:
        place = _place_of(row, scope)
        refusals = row_refusals(row, scope)
        earlier = [] if refusals else seen.earlier(row, place)
        refusals = refusals or _contradictions(row, earlier)
        if not refusals:
            seen.remember(row, place)
        judged.append(JudgedRow(row, place, refusals, repeats=bool(earlier)))
    return judged


def _place_of(row: RegisterRow, scope: ImportScope) -> str:
    """The key of a place other than the division; one that is not stated counts as its own."""
    if place_of(row, scope) is not PlaceMatch.OTHER:
        return ""
    return place_key(city=row.city, district=row.district)


def _contradictions(row: RegisterRow, earlier: list[RegisterRow]) -> tuple[Refusal, ...]:
    found = [
        Refusal("register.row_contradicts_row", {"row": other.number, "register_field": name})
        for other in earlier
        for name in _fields_that_differ(row, other)
    ]
    if len(earlier) > 1 and not found:
        first, second = earlier[0].number, earlier[1].number
        found.append(Refusal("register.row_names_two", {"row": first, "other_row": second}))
    return tuple(found)


def _fields_that_differ(row: RegisterRow, other: RegisterRow) -> list[str]:
    pairs = {
        "name": (row.name_key, other.name_key),
        "category": (row.category, other.category),
        "legal_form": (row.legal_form, other.legal_form),
        "credit_code": (row.credit_code.code, other.credit_code.code),
        "licence_number": (row.licence_number.key, other.licence_number.key),
    }
    return [name for name, (one, two) in pairs.items() if one and two and one != two]
