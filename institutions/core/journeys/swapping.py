"""What journeys share that put a new licence in the place of an old one. Pure.

Source: the Chengdu plan, item 19 (a new number whose nature code is 8). No text read says where in
the number that code stands, so its place is a setting; the code is a cross-check of the number
that is being given out, never the proof of what an institution is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind
from institutions.core.register.licence_numbers import (
    NATURE_CODE_POSITION,
    LicenceNumber,
    read_licence_number,
)
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

NEW_NUMBER = Ask("new_number", longest=60)
VALID_UNTIL = Ask("valid_until", AskKind.DATE)
DEPARTMENT_PRINTED = Ask("department_printed", required=False, longest=120)
VOTES_FOR = Ask("board_for", AskKind.NUMBER)
VOTES_ALL = Ask("board_all", AskKind.NUMBER)
NON_PROFIT_SUBJECT_CODE = "8"
_PAST_DAYS = (
    "handed_over_on",
    "acting_from",
    "registered_on",
    "deregistered_on",
    "standards_checked_on",
)


def nature_code_position(facts: JourneyFacts) -> int:
    """The division's setting: which digit of a licence number is the nature code, from 1."""
    return int(facts.settings.get("nature_code_position", NATURE_CODE_POSITION))


def stated_number(facts: JourneyFacts) -> LicenceNumber | None:
    """The new number as stated with this move, read; None where nothing was stated."""
    printed = str(facts.stated.get("new_number") or "").strip()
    if not printed:
        return None
    return read_licence_number(printed, nature_position=nature_code_position(facts))


def _licence_held(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None or facts.licence.state not in ("in_force", "suspended"):
        yield Refusal("journey.no_licence", {}, basis)


def _licence_replaceable(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    states = ("in_force", "suspended", "expired")
    if facts.licence is None or facts.licence.state not in states:
        yield Refusal("journey.no_licence", {}, basis)


def _number_eight(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    number = stated_number(facts)
    if number is None:
        return
    if not number.nature:
        yield Refusal("journey.stated_number_form", {"printed": number.printed}, basis)
    elif number.nature != NON_PROFIT_SUBJECT_CODE:
        params = {"position": nature_code_position(facts), "digit": number.nature}
        yield Refusal("journey.stated_number_nature", params, basis)


def _number_unused(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    number = stated_number(facts)
    if number is not None and facts.number_taken_by:
        params = {"number": number.printed, "name": facts.number_taken_by}
        yield Refusal("journey.stated_number_taken", params, basis)


def _validity_ahead(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    until = facts.stated.get("valid_until")
    if isinstance(until, date) and until < facts.on:
        yield Refusal("journey.stated_validity_past", {"until": until}, basis)


def _two_thirds(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """At least two thirds of all members, not of those present: exactly two thirds is enough."""
    votes, members = facts.stated.get("board_for"), facts.stated.get("board_all")
    if not isinstance(votes, int) or not isinstance(members, int):
        return
    if votes > members or members < 1:
        yield Refusal("journey.stated_votes_wrong", {"votes": votes, "all": members}, basis)
    elif 3 * votes < 2 * members:
        params = {"votes": votes, "all": members, "needed": -(-2 * members // 3)}
        yield Refusal("journey.stated_votes_few", params, basis)


def _not_ahead(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """A day on which something happened is not in the future."""
    for code in _PAST_DAYS:
        day = facts.stated.get(code)
        if isinstance(day, date) and day > facts.on:
            yield Refusal("journey.stated_in_future", {"journey_ask": code}, basis)


def _acting_after_hand_over(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    handed, acting = facts.stated.get("handed_over_on"), facts.stated.get("acting_from")
    if isinstance(handed, date) and isinstance(acting, date) and acting < handed:
        yield Refusal("journey.stated_acting_early", {"handed": handed, "acting": acting}, basis)


SWAP_GUARDS: dict[str, Guard] = {
    "licence_held": _licence_held,
    "licence_replaceable": _licence_replaceable,
    "number_eight": _number_eight,
    "number_unused": _number_unused,
    "validity_ahead": _validity_ahead,
    "two_thirds": _two_thirds,
    "not_ahead": _not_ahead,
    "acting_after_hand_over": _acting_after_hand_over,
}
