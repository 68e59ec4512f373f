"""What a register entry still lacks before an officer can call it verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.register.naming import is_company
from institutions.core.register.rows import (
    NON_PROFIT,
    NON_SUBJECT,
    SUBJECT,
    read_activity,
    read_legal_form,
)
from institutions.core.register.text import has_house_number


class GapCode(StrEnum):
    """A gap's stable code; the choices floor says what it means and how to close it."""

    LICENCE_MISSING = "licence_missing"
    LICENCE_NUMBER_MISSING = "licence_number_missing"
    LICENCE_NUMBER_FORM = "licence_number_form"
    CREDIT_CODE_MISSING = "credit_code_missing"
    CREDIT_CODE_PRINTED = "credit_code_printed"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_TRUNCATED = "address_truncated"
    CATEGORY_MISSING = "category_missing"
    CATEGORY_TO_CONFIRM = "category_to_confirm"
    LEGAL_FORM_MISSING = "legal_form_missing"
    VALIDITY_MISSING = "validity_missing"
    STATUS_TO_CONFIRM = "status_to_confirm"
    NAME_TO_CONFIRM = "name_to_confirm"
    NATURE_CODE_TO_CONFIRM = "nature_code_to_confirm"


@dataclass(frozen=True)
class Gap:
    """One gap, with the printed words it comes from, if any."""

    code: GapCode
    printed: str = ""


@dataclass(frozen=True)
class GapFacts:
    """What is known of an institution. Words that are not known are empty.

    `licence_printed` is the number as printed, `licence_flags` whether it is an unusual form;
    `reported_status` what a list said of its state and no officer has confirmed yet.
    """

    name: str
    category: str = ""
    legal_form: str = ""
    credit_code: str = ""
    credit_code_printed: str = ""
    has_licence: bool = False
    licence_printed: str = ""
    licence_flags: bool = False
    licence_nature: str = ""
    validity_known: bool = False
    addresses: tuple[str, ...] = ()
    reported_status: str = ""
    name_uncertain: bool = False


def gaps_of(facts: GapFacts) -> tuple[Gap, ...]:
    """Every gap, in the order of `GapCode`."""
    found = [*_number_gaps(facts), *_address_gaps(facts), *_nature_gaps(facts)]
    if facts.reported_status:
        found.append(Gap(GapCode.STATUS_TO_CONFIRM, facts.reported_status))
    if facts.name_uncertain:
        found.append(Gap(GapCode.NAME_TO_CONFIRM, facts.name))
    order = list(GapCode)
    return tuple(sorted(found, key=lambda gap: order.index(gap.code)))


def is_name_uncertain(*, name: str, reliability: str, legal_form: str) -> bool:
    """Whether a list doubts its own name, or a company's name outlived its conversion.

    `reliability` and `legal_form` are the printed cells.
    """
    if reliability.casefold() in {"medium", "low", "中", "低"}:
        return True
    _, converting = read_legal_form(legal_form)
    return converting and is_company(name)


def _number_gaps(facts: GapFacts) -> Iterator[Gap]:
    if not facts.has_licence:
        yield Gap(GapCode.LICENCE_MISSING)
    elif not facts.validity_known:
        yield Gap(GapCode.VALIDITY_MISSING)
    if not facts.licence_printed and facts.category != NON_SUBJECT:
        yield Gap(GapCode.LICENCE_NUMBER_MISSING)
    elif facts.licence_flags:
        yield Gap(GapCode.LICENCE_NUMBER_FORM, facts.licence_printed)
    if not facts.credit_code:
        printed = facts.credit_code_printed
        code = GapCode.CREDIT_CODE_PRINTED if printed else GapCode.CREDIT_CODE_MISSING
        yield Gap(code, printed)


def _address_gaps(facts: GapFacts) -> Iterator[Gap]:
    if not facts.addresses:
        yield Gap(GapCode.ADDRESS_MISSING)
    for address in facts.addresses:
        if not has_house_number(address):
            yield Gap(GapCode.ADDRESS_TRUNCATED, address)
            return


def _nature_gaps(facts: GapFacts) -> Iterator[Gap]:
    if not facts.category:
        yield Gap(GapCode.CATEGORY_MISSING)
    elif facts.category == SUBJECT and read_activity(facts.name):
        yield Gap(GapCode.CATEGORY_TO_CONFIRM, facts.name)
    if not facts.legal_form:
        yield Gap(GapCode.LEGAL_FORM_MISSING)
    settled = facts.category == SUBJECT and facts.legal_form == NON_PROFIT
    if facts.licence_nature == "8" and not settled:
        yield Gap(GapCode.NATURE_CODE_TO_CONFIRM, facts.licence_printed)
