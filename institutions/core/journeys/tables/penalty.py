"""行政处罚: warning, fine, order to stop enrolment, 吊销: only a served decision does any of it.

Source: 行政处罚法 art. 44, 45 (told, heard, never made worse for it), 58 (legal review before the
decision), 60 (90 days), 61 (service within 7 working days), 63, 64 (hearing: asked for within 5
working days, notice 7 working days ahead). 民办教育促进法 art. 62.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from institutions.core.journeys.bases import penalty_act, schools_act
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.proceedings import (
    ANSWER,
    HEARING_STATEMENTS,
    REASON,
    SERVING_DECISIONS,
    TELLING,
    dated,
    dropping_moves,
    serve_move,
    telling_moves,
)
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

PENALISING = schools_act("第六十二条")
REVIEWING = penalty_act("第五十八条")
DECIDING_PENALTY = penalty_act("第五十七条")
HEARING_RIGHT = penalty_act("第六十三条")
HEARING_ORDER = penalty_act("第六十四条")
CASE_TERM = penalty_act("第六十条")

PENALTY_KINDS = ("warning", "fine", "stop_enrolment", "revoke_licence")
_HEARD_KINDS = frozenset(PENALTY_KINDS) - {"warning"}
CASE = Clock("penalty_case", 90, Unit.DAYS, Party.ENFORCER, CASE_TERM, stoppable=True)
HEARING_REQUEST = Clock(
    "hearing_request",
    5,
    Unit.WORKDAYS,
    Party.INSTITUTION,
    HEARING_ORDER,
    setting="hearing_request_workdays",
)
HEARING_NOTICE = Clock(
    "hearing_notice",
    7,
    Unit.WORKDAYS,
    Party.ENFORCER,
    HEARING_ORDER,
    setting="hearing_notice_workdays",
)
SERVICE = Clock("penalty_service", 7, Unit.WORKDAYS, Party.ENFORCER, SERVING_DECISIONS)

_NOTIFY = Move(
    "notify",
    ("proposed",),
    "noticed",
    Party.ENFORCER,
    TELLING,
    asks=(
        Ask("penalty_kinds", AskKind.CHOICES, options=PENALTY_KINDS),
        Ask("fine_fen", AskKind.MONEY_FEN, required=False),
        Ask("penalty_basis", AskKind.LONG_TEXT, longest=1000),
    ),
    guards=("fine_stated", "licence_to_revoke"),
    papers=("penalty_notice",),
)
_HEARING_MOVES = (
    Move(
        "request_hearing",
        ("notified",),
        "hearing_requested",
        Party.INSTITUTION,
        HEARING_ORDER,
        asks=(Ask("hearing_requested_on", AskKind.DATE),),
        ends=(HEARING_REQUEST.code,),
        guards=("hearing_right", "hearing_in_time", "hearing_request_dated"),
    ),
    Move(
        "call_hearing",
        ("hearing_requested",),
        "hearing_called",
        Party.ENFORCER,
        HEARING_ORDER,
        asks=(
            Ask("hearing_notice_served_on", AskKind.DATE),
            Ask("hearing_on", AskKind.DATE),
            Ask("hearing_place", longest=200),
            Ask("hearing_chair", longest=60),
        ),
        starts=(HEARING_NOTICE.code,),
        counted_from="hearing_notice_served_on",
        guards=("hearing_notice_dated",),
    ),
    Move(
        "hold_hearing",
        ("hearing_called",),
        "heard",
        Party.ENFORCER,
        HEARING_ORDER,
        asks=(
            Ask("hearing_held_on", AskKind.DATE),
            Ask("hearing_record", AskKind.LONG_TEXT, longest=4000),
        ),
        ends=(HEARING_NOTICE.code,),
        guards=("hearing_notice_long_enough", "hearing_held_dated"),
    ),
    Move(
        "give_up_hearing",
        ("hearing_requested", "hearing_called"),
        "heard",
        Party.INSTITUTION,
        HEARING_ORDER,
        ends=(HEARING_NOTICE.code,),
    ),
)
_REVIEW_MOVES = (
    Move(
        "pass_review",
        ("heard",),
        "reviewed",
        Party.LEGAL,
        REVIEWING,
        asks=(Ask("review_opinion", AskKind.LONG_TEXT, longest=2000),),
    ),
    Move("return_review", ("heard",), "proposed", Party.LEGAL, REVIEWING, asks=(REASON,)),
    Move(
        "decide",
        ("reviewed",),
        "decided",
        Party.ENFORCER,
        DECIDING_PENALTY,
        asks=(
            Ask("decided_kinds", AskKind.CHOICES, options=PENALTY_KINDS),
            Ask("decided_fine_fen", AskKind.MONEY_FEN, required=False),
            ANSWER,
        ),
        starts=(SERVICE.code,),
        ends=(CASE.code,),
        guards=("statement_answered", "not_heavier", "decided_fine_stated"),
        papers=("penalty_decision",),
        countersigned=True,
    ),
)

PENALTY = JourneyTable(
    kind="penalty",
    basis=PENALISING,
    line=("proposed", "noticed", "notified", "heard", "reviewed", "decided", "served"),
    endings={"served": "done", "dropped": "dropped"},
    clocks=(CASE, HEARING_REQUEST, HEARING_NOTICE, SERVICE),
    starters=(Party.ENFORCER,),
    starts=(
        Ask("violations", AskKind.LONG_TEXT, longest=4000),
        Ask("evidence", AskKind.LONG_TEXT, longest=4000),
        Ask("case_number", required=False, longest=80),
    ),
    opening_clocks=(CASE.code,),
    moves=(
        *telling_moves(
            notify=_NOTIFY,
            clock=HEARING_REQUEST.code,
            party=Party.ENFORCER,
            telling=TELLING,
            stating=HEARING_STATEMENTS,
        ),
        *_HEARING_MOVES,
        *_REVIEW_MOVES,
        serve_move(
            party=Party.ENFORCER,
            basis=SERVING_DECISIONS,
            effect="penalise",
            ends=(SERVICE.code,),
        ),
        *dropping_moves(
            sources=(
                "proposed",
                "noticed",
                "notified",
                "hearing_requested",
                "hearing_called",
                "heard",
                "reviewed",
            ),
            party=Party.ENFORCER,
            basis=DECIDING_PENALTY,
        ),
    ),
)


def _fine_stated(kinds_name: str, fine_name: str) -> Guard:
    """A fine has an amount, and an amount belongs to a fine."""

    def guard(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
        kinds, fine = facts.stated.get(kinds_name) or (), facts.stated.get(fine_name)
        if ("fine" in kinds) != bool(fine):
            yield Refusal("journey.fine_unclear", {"journey_ask": fine_name}, basis)

    return guard


def _licence_to_revoke(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    held = "" if facts.licence is None else facts.licence.state
    if "revoke_licence" in _kinds(facts.stated, "penalty_kinds") and held not in (
        "in_force",
        "suspended",
    ):
        yield Refusal("journey.no_licence_to_end", {}, basis)


def _hearing_right(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if not _HEARD_KINDS & set(_kinds(facts.details, "penalty_kinds")):
        yield Refusal("journey.no_hearing_right", {}, HEARING_RIGHT)


def _hearing_in_time(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    asked, clock = facts.stated.get("hearing_requested_on"), facts.clocks.get("hearing_request")
    if isinstance(asked, date) and clock is not None and asked > clock.due_on:
        yield Refusal("journey.hearing_too_late", {"due": clock.due_on}, basis)


def _hearing_notice_long_enough(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    held, clock = facts.stated.get("hearing_held_on"), facts.clocks.get("hearing_notice")
    if isinstance(held, date) and clock is not None and held <= clock.due_on:
        yield Refusal("journey.hearing_too_early", {"due": clock.due_on}, basis)


def _not_heavier(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    told = set(_kinds(facts.details, "penalty_kinds"))
    heavier = [kind for kind in _kinds(facts.stated, "decided_kinds") if kind not in told]
    fine, most = facts.stated.get("decided_fine_fen"), facts.details.get("fine_fen")
    if heavier or (fine and most is not None and fine > most):
        yield Refusal(
            "journey.heavier_than_told", {}, HEARING_STATEMENTS, "journey.remedy_tell_anew"
        )


def _kinds(values: Any, name: str) -> tuple[str, ...]:
    return tuple(values.get(name) or ())


PENALTY_GUARDS: dict[str, Guard] = {
    "fine_stated": _fine_stated("penalty_kinds", "fine_fen"),
    "decided_fine_stated": _fine_stated("decided_kinds", "decided_fine_fen"),
    "licence_to_revoke": _licence_to_revoke,
    "hearing_right": _hearing_right,
    "hearing_in_time": _hearing_in_time,
    "hearing_request_dated": dated("hearing_requested_on", "notice_served_on"),
    "hearing_notice_dated": dated("hearing_notice_served_on", "request_hearing_on"),
    "hearing_notice_long_enough": _hearing_notice_long_enough,
    "hearing_held_dated": dated("hearing_held_on", "hearing_notice_served_on"),
    "not_heavier": _not_heavier,
}
