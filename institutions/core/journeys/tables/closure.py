"""终止办学: an institution that wishes to end settles with its pupils first, and is closed.

Source: 民办教育促进法 art. 56 to 60 (approval; pupils settled; refunds, then wages, then debts;
licence and seal handed back), 实施条例 art. 26 (two thirds of the board) and art. 50 (the intended
end is published 6 months ahead). The 6 months could not be kept by anybody in 2021: they warn, and
whoever waives them says why. 注销 of the licence is the next journey.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import (
    DECIDING_SCHOOL,
    TERMINATING,
    TERMINATION_NOTICE,
    TERMINATION_RESOLUTION,
)
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.settling import SETTLING_STATES, settling_moves
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit, add_months

NOTICE_MONTHS = 6
DECISION = Clock("closure_decision", 3, Unit.MONTHS, Party.OFFICER, DECIDING_SCHOOL, stoppable=True)
_DOCUMENTS = ("application_form", "board_resolution", "settlement_plan")

CLOSURE = JourneyTable(
    kind="closure",
    basis=TERMINATING,
    line=(*FRONT_STATES, *SETTLING_STATES, "approved", "closed"),
    endings={"closed": "done", "refused": "refused", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION),
    excludes=("renewal", "reregistration", "conversion", "settlement", "strike_off"),
    starts=(
        Ask("closure_reason", AskKind.LONG_TEXT, longest=1000),
        Ask("planned_on", AskKind.DATE),
        Ask("notice_on", AskKind.DATE, required=False),
        Ask("votes_for", AskKind.NUMBER),
        Ask("votes_all", AskKind.NUMBER),
    ),
    opening_guards=("stated_two_thirds", "stated_notice_past"),
    opening_cautions=("planned_notice_short",),
    optional_documents=("closure_notice", "liquidation_report"),
    moves=(
        *application_moves(documents=_DOCUMENTS, clock=DECISION.code, droppable=SETTLING_STATES),
        *settling_moves("accepted"),
        Move(
            "approve",
            ("debts_recorded",),
            "approved",
            Party.OFFICER,
            TERMINATING,
            documents=(*_DOCUMENTS, "refund_list", "wage_list", "liquidation_report"),
            asks=(
                Ask("closes_on", AskKind.DATE),
                Ask("waiver", AskKind.LONG_TEXT, required=False, longest=1000),
                Ask("duties", AskKind.LONG_TEXT, longest=1000),
            ),
            ends=(DECISION.code,),
            guards=("nobody_owed", "notice_or_waiver"),
            cautions=("notice_short",),
            papers=("closure_approval",),
            notice="journey_decided",
            countersigned=True,
        ),
        Move(
            "close",
            ("approved",),
            "closed",
            Party.OFFICER,
            TERMINATING,
            asks=(
                Ask("licence_returned", AskKind.FLAG),
                Ask("seal_returned", AskKind.FLAG),
            ),
            guards=("closing_day_reached", "nobody_owed"),
            effect="close_institution",
        ),
        refusing(("accepted", *SETTLING_STATES), ends=(DECISION.code,)),
    ),
)


def _stated_two_thirds(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    for_it, all_members = facts.stated.get("votes_for"), facts.stated.get("votes_all")
    if not isinstance(for_it, int) or not isinstance(all_members, int):
        return
    if for_it > all_members:
        yield Refusal("journey.stated_votes_reversed", {}, TERMINATION_RESOLUTION)
    elif for_it * 3 < all_members * 2:
        params = {"votes": for_it, "all": all_members, "needed": -(-all_members * 2 // 3)}
        yield Refusal("journey.stated_votes_short", params, TERMINATION_RESOLUTION)


def _stated_notice_past(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    notice = facts.stated.get("notice_on")
    if isinstance(notice, date) and notice > facts.on:
        yield Refusal("journey.stated_in_future", {"journey_ask": "notice_on"}, TERMINATION_NOTICE)


def _planned_notice_short(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    planned, notice = facts.stated.get("planned_on"), facts.stated.get("notice_on")
    yield from _short(planned, notice if isinstance(notice, date) else None)


def _notice_short(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    day = facts.stated.get("closes_on") or _kept(facts, "planned_on")
    yield from _short(day, _kept(facts, "notice_on"))


def _notice_or_waiver(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if str(facts.stated.get("waiver") or "").strip():
        return
    for _ in _short(facts.stated.get("closes_on"), _kept(facts, "notice_on")):
        yield Refusal("journey.stated_waiver_missing", {}, TERMINATION_NOTICE)


def _short(closes_on: object, notice_on: date | None) -> Iterable[Refusal]:
    """That the notice was no 6 months before the end; nothing where the end is not known."""
    if not isinstance(closes_on, date):
        return
    if notice_on is None:
        yield Refusal("journey.caution_no_notice", {}, TERMINATION_NOTICE)
    elif closes_on < add_months(notice_on, NOTICE_MONTHS):
        params = {"notice": notice_on, "earliest": add_months(notice_on, NOTICE_MONTHS)}
        yield Refusal("journey.caution_notice_short", params, TERMINATION_NOTICE)


def _closing_day_reached(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    day = _kept(facts, "closes_on")
    if day is not None and facts.on < day:
        yield Refusal("journey.closing_day_ahead", {"closes": day}, basis)


def _kept(facts: JourneyFacts, ask: str) -> date | None:
    value = facts.details.get(ask)
    return date.fromisoformat(value) if value else None


CLOSURE_GUARDS: dict[str, Guard] = {
    "stated_two_thirds": _stated_two_thirds,
    "stated_notice_past": _stated_notice_past,
    "planned_notice_short": _planned_notice_short,
    "notice_short": _notice_short,
    "notice_or_waiver": _notice_or_waiver,
    "closing_day_reached": _closing_day_reached,
}
