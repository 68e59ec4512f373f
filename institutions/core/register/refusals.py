"""Why a row of a list cannot enter the register: all the reasons, as codes with parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from institutions.core.register.credit_codes import (
    FOR_PROFIT_HEADS,
    NON_PROFIT_HEADS,
    SOLE_TRADER_HEAD,
)
from institutions.core.register.licence_numbers import NumberFlag
from institutions.core.register.naming import NameKind, is_company
from institutions.core.register.places import DivisionPlace, PlaceMatch, match_place
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT, RegisterRow
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

PRIVATE_EDUCATION_19 = LegalBasis("中华人民共和国民办教育促进法", "", "第十九条")
CREDIT_CODE_RULES = LegalBasis(
    "法人和其他组织统一社会信用代码编码规则", "GB 32100-2015", "表1、第4.6条"
)
_KIND_CODES = {
    NameKind.KINDERGARTEN: "register.row_kindergarten",
    NameKind.FULL_TIME_SCHOOL: "register.row_full_time_school",
    NameKind.CHILD_CARE: "register.row_child_care",
    NameKind.OTHER: "register.row_not_training",
    NameKind.SIGN_ONLY: "register.row_sign_only",
}


@dataclass(frozen=True)
class ImportScope:
    """What an import is for. `places` is own_division or anywhere."""

    division: DivisionPlace
    places: str = "own_division"


def row_refusals(row: RegisterRow, scope: ImportScope) -> tuple[Refusal, ...]:
    """Every reason why a row comes back, empty for a good row."""
    if not row.name:
        return (Refusal("register.row_name_missing"),)
    return tuple(reason for check in _CHECKS for reason in check(row, scope))


def _of_kind(row: RegisterRow, scope: ImportScope) -> Iterator[Refusal]:
    code = _KIND_CODES.get(row.kind)
    if code is not None:
        yield Refusal(code, {"name": row.name, "category": row.text("category")})


def _of_numbers(row: RegisterRow, scope: ImportScope) -> Iterator[Refusal]:
    if row.credit_code.problem is not None:
        params: dict[str, Any] = {
            "printed": row.credit_code.printed,
            "length": len(row.credit_code.printed.replace(" ", "").replace("-", "")),
        }
        yield Refusal(f"register.row_{row.credit_code.problem}", params, CREDIT_CODE_RULES)
    if NumberFlag.SCIENTIFIC in row.licence_number.flags:
        yield Refusal(
            "register.row_licence_number_scientific", {"printed": row.licence_number.printed}
        )


def _of_legal_form(row: RegisterRow, scope: ImportScope) -> Iterator[Refusal]:
    head, company = row.credit_code.head, is_company(row.name)
    params = {"printed": row.text("legal_form"), "head": head, "name": row.name}
    if row.legal_form == NON_PROFIT and head in FOR_PROFIT_HEADS and not row.converting:
        yield Refusal("register.row_non_profit_with_company_code", params, CREDIT_CODE_RULES)
    if row.legal_form == FOR_PROFIT and head in NON_PROFIT_HEADS:
        yield Refusal("register.row_for_profit_with_civil_code", params, CREDIT_CODE_RULES)
    if company and (head in NON_PROFIT_HEADS or head == SOLE_TRADER_HEAD):
        yield Refusal("register.row_company_name_with_other_code", params, CREDIT_CODE_RULES)
    if company and row.legal_form == NON_PROFIT and not row.converting:
        yield Refusal("register.row_company_called_non_profit", params, PRIVATE_EDUCATION_19)


def _of_dates(row: RegisterRow, scope: ImportScope) -> Iterator[Refusal]:
    for name in ("issued_on", "valid_from", "valid_until"):
        if getattr(row, name).unreadable:
            yield Refusal(
                "register.row_date_unreadable", {"register_field": name, "printed": row.text(name)}
            )
    starts, until = row.valid_from.day or row.issued_on.day, row.valid_until.day
    if starts is not None and until is not None and until < starts:
        yield Refusal("register.row_validity_reversed", {"starts": starts, "until": until})


def _of_place(row: RegisterRow, scope: ImportScope) -> Iterator[Refusal]:
    if scope.places == "anywhere" or place_of(row, scope) is not PlaceMatch.OTHER:
        return
    stated = (row.city + row.district) or row.address
    yield Refusal("register.row_other_place", {"stated": stated, "division": scope.division.name})


def place_of(row: RegisterRow, scope: ImportScope) -> PlaceMatch:
    """How the row's printed place stands to the division of the import."""
    return match_place(
        city=row.city, district=row.district, address=row.address, division=scope.division
    )


_CHECKS: tuple[Callable[[RegisterRow, ImportScope], Iterator[Refusal]], ...] = (
    _of_kind,
    _of_numbers,
    _of_legal_form,
    _of_dates,
    _of_place,
)
