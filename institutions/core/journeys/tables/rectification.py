"""责令整改: what is to be put right, by when; reported by the institution, verified by an officer.

Source: 行政处罚法 art. 28 (whoever breached the law is ordered to put it right within a term). The
term is the officer's, in working days. Not put right, it is a matter for a penalty, which is a
journey of its own: this one only records that it was not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from institutions.core.journeys.applying import REASON
from institutions.core.journeys.bases import RECTIFYING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

MOST_WORKDAYS = 250
TERM = Clock(
    "rectifying",
    MOST_WORKDAYS,
    Unit.WORKDAYS,
    Party.INSTITUTION,
    RECTIFYING,
    stated_by="term_workdays",
)
_TERM = Ask("term_workdays", AskKind.NUMBER)

RECTIFICATION = JourneyTable(
    kind="rectification",
    basis=RECTIFYING,
    line=("ordered", "reported", "done"),
    endings={"done": "done", "not_done": "failed", "dropped": "dropped"},
    clocks=(TERM,),
    starters=(Party.OFFICER,),
    starts=(
        Ask("items", AskKind.LONG_TEXT, longest=2000),
        _TERM,
        Ask("violation", required=False, longest=300),
    ),
    opening_guards=("stated_term_sensible",),
    opening_clocks=(TERM.code,),
    opening_effect="begin_rectifying",
    opening_notice="journey_started",
    moves=(
        Move(
            "report",
            ("ordered",),
            "reported",
            Party.INSTITUTION,
            RECTIFYING,
            documents=("rectification_report",),
            asks=(Ask("report", AskKind.LONG_TEXT, longest=2000),),
            ends=(TERM.code,),
        ),
        Move(
            "verify",
            ("reported",),
            "done",
            Party.OFFICER,
            RECTIFYING,
            documents=("rectification_report",),
            asks=(
                Ask("verified_on", AskKind.DATE),
                Ask("findings", AskKind.LONG_TEXT, longest=2000),
            ),
            guards=("verified_by_now",),
            effect="end_rectifying",
            notice="journey_done",
        ),
        Move(
            "extend",
            ("ordered", "reported"),
            "ordered",
            Party.OFFICER,
            RECTIFYING,
            asks=(_TERM, REASON),
            starts=(TERM.code,),
            ends=(TERM.code,),
            guards=("stated_term_sensible",),
        ),
        Move(
            "find_not_done",
            ("ordered", "reported"),
            "not_done",
            Party.OFFICER,
            RECTIFYING,
            asks=(REASON,),
            ends=(TERM.code,),
            guards=("term_over",),
            notice="journey_failed",
        ),
        Move(
            "call_off",
            ("ordered", "reported"),
            "dropped",
            Party.OFFICER,
            RECTIFYING,
            asks=(REASON,),
            ends=(TERM.code,),
            effect="end_rectifying",
        ),
    ),
)


def _stated_term_sensible(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    days = facts.stated.get("term_workdays")
    if isinstance(days, int) and not 1 <= days <= MOST_WORKDAYS:
        yield Refusal("journey.stated_term", {"least": 1, "most": MOST_WORKDAYS}, basis)


def _term_over(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    clock = facts.clocks.get(TERM.code)
    if facts.state == "ordered" and clock is not None and facts.on <= clock.due_on:
        yield Refusal("journey.term_still_runs", {"due": clock.due_on}, basis)


def _verified_by_now(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    day = facts.stated.get("verified_on")
    if isinstance(day, date) and day > facts.on:
        yield Refusal("journey.stated_in_future", {"journey_ask": "verified_on"}, basis)


RECTIFICATION_GUARDS: dict[str, Guard] = {
    "stated_term_sensible": _stated_term_sensible,
    "term_over": _term_over,
    "verified_by_now": _verified_by_now,
}
