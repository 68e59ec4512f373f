"""营转非: a for-profit subject institution becomes a non-profit one under the same identity.

Source: the Chengdu plan, item 19 (charter, liquidation, board; the company is deregistered, then
the licence swapped, then civil registration); the national notice of October 2021 puts the new
licence first and the company's deregistration last, within 7 working days of the old licence's
cancellation; Beijing cancels the old licence only when the new legal person stands. The order is
therefore the division's. Enrolment and charging are suspended while it runs (national notice).
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import (
    ANNUAL_CHECK,
    CHANGING_KIND,
    CIVIL_REGISTERING,
    DEREGISTERING,
    LIQUIDATING,
    PUNISHING_SCHOOL,
    RE_REGISTERING,
    RE_REGISTERING_NATIONALLY,
    TERMINATING,
    TERMINATION_RESOLUTION,
)
from institutions.core.journeys.engine import Guard, next_step, steps_done
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from institutions.core.journeys.swapping import (
    NEW_NUMBER,
    VALID_UNTIL,
    VOTES_ALL,
    VOTES_FOR,
)
from institutions.core.register.credit_codes import NON_PROFIT_HEADS, read_credit_code
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT, SUBJECT
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

DECISION = Clock(
    "reregistration_decision", 3, Unit.MONTHS, Party.OFFICER, CHANGING_KIND, stoppable=True
)
# Started where the old licence goes before the company does: by the effect that retires it.
DEREGISTRATION = Clock(
    "enterprise_deregistration", 7, Unit.WORKDAYS, Party.INSTITUTION, RE_REGISTERING_NATIONALLY
)
_DOCUMENTS = ("application_form", "licence_papers", "business_licence")
SUCCESSION = (
    Ask("contracts_taken_by", required=False),
    Ask("fees_taken_by", required=False),
    Ask("staff_taken_by", required=False),
    Ask("account_taken_by", required=False),
)
_PREPARATION = ("charter_revised", "assets_liquidated", "board_resolved")
CHENGDU = (
    *_PREPARATION,
    "enterprise_deregistered",
    "capital_verified",
    "licence_swapped",
    "civil_registered",
)
NATIONAL_2021 = (
    *_PREPARATION,
    "capital_verified",
    "licence_swapped",
    "civil_registered",
    "enterprise_deregistered",
)
BEIJING = (
    *_PREPARATION,
    "capital_verified",
    "licence_swapped",
    "civil_registered",
    "old_licence_cancelled",
    "enterprise_deregistered",
)
_STEPS = (*CHENGDU, "old_licence_cancelled")
_FINAL = ("enterprise_deregistered", "licence_swapped", "civil_registered", "old_licence_cancelled")
_RETREATABLE = tuple(step for step in _STEPS if step not in _FINAL)
_UNDECIDED = ("accepted", *_RETREATABLE, "enterprise_deregistered")


def _before(step: str) -> tuple[str, ...]:
    """The states from which a step may come, in whatever order a division has."""
    return ("accepted", *(other for other in _STEPS if other != step))


_STEP_MOVES = (
    Move(
        "revise_charter",
        _before("charter_revised"),
        "charter_revised",
        Party.OFFICER,
        RE_REGISTERING,
        documents=("amended_charter",),
        step=True,
    ),
    Move(
        "liquidate_assets",
        _before("assets_liquidated"),
        "assets_liquidated",
        Party.OFFICER,
        LIQUIDATING,
        documents=("liquidation_report",),
        asks=SUCCESSION,
        step=True,
    ),
    Move(
        "resolve_board",
        _before("board_resolved"),
        "board_resolved",
        Party.OFFICER,
        TERMINATION_RESOLUTION,
        documents=("board_resolution",),
        asks=(VOTES_FOR, VOTES_ALL),
        guards=("two_thirds",),
        step=True,
    ),
    Move(
        "deregister_enterprise",
        _before("enterprise_deregistered"),
        "enterprise_deregistered",
        Party.REGISTRAR,
        DEREGISTERING,
        department="market_regulation",
        documents=("deregistration_notice",),
        asks=(Ask("deregistered_on", AskKind.DATE), *SUCCESSION),
        ends=(DEREGISTRATION.code,),
        guards=("succession_recorded", "not_ahead"),
        step=True,
    ),
    Move(
        "verify_capital",
        _before("capital_verified"),
        "capital_verified",
        Party.OFFICER,
        RE_REGISTERING,
        documents=("capital_report",),
        asks=(Ask("capital_fen", AskKind.MONEY_FEN),),
        step=True,
    ),
    Move(
        "swap_licence",
        _before("licence_swapped"),
        "licence_swapped",
        Party.OFFICER,
        RE_REGISTERING,
        documents=("licence_papers",),
        asks=(NEW_NUMBER, VALID_UNTIL),
        ends=(DECISION.code,),
        guards=("licence_replaceable", "number_eight", "number_unused", "validity_ahead"),
        effect="swap_for_non_profit",
        papers=("licence_original", "licence_duplicate"),
        notice="journey_decided",
        countersigned=True,
        step=True,
    ),
    Move(
        "register_civil",
        _before("civil_registered"),
        "civil_registered",
        Party.REGISTRAR,
        CIVIL_REGISTERING,
        department="civil_affairs",
        documents=("civil_certificate", "donation_pledge"),
        asks=(
            Ask("new_credit_code", longest=30),
            Ask("registered_on", AskKind.DATE),
            Ask("new_name", required=False, longest=200),
        ),
        guards=("civil_code_fits", "not_ahead"),
        effect="register_non_profit",
        step=True,
    ),
    Move(
        "cancel_old_licence",
        _before("old_licence_cancelled"),
        "old_licence_cancelled",
        Party.OFFICER,
        RE_REGISTERING,
        effect="retire_old_licence",
        step=True,
    ),
)

REREGISTRATION = JourneyTable(
    kind="reregistration",
    basis=RE_REGISTERING,
    line=(*FRONT_STATES, *CHENGDU, "done"),
    endings={"done": "done", "refused": "refused", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION, DEREGISTRATION),
    excludes=(
        "renumbering",
        "conversion",
        "transfer",
        "closure",
        "strike_off",
        "settlement",
        "penalty",
    ),
    opening_guards=("for_profit_subject", "licence_held", "may_convert"),
    opening_effect="suspend_enrolment",
    opening_notice="enrolment_suspended",
    orders={"chengdu": CHENGDU, "national_2021": NATIONAL_2021, "beijing": BEIJING},
    moves=(
        *application_moves(
            documents=_DOCUMENTS,
            clock=DECISION.code,
            droppable=_RETREATABLE,
            drop_guards=("nothing_final",),
            ending_effect="lift_suspension",
            acceptance_papers=("acceptance", "suspension_notice"),
        ),
        *_STEP_MOVES,
        refusing(
            _UNDECIDED, ends=(DECISION.code,), guards=("not_swapped",), effect="lift_suspension"
        ),
        Move(
            "conclude",
            ("civil_registered", "enterprise_deregistered"),
            "done",
            Party.OFFICER,
            RE_REGISTERING,
            guards=("steps_complete",),
            effect="lift_suspension",
        ),
    ),
)


def _for_profit_subject(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    entry = facts.institution
    if entry is None:
        return
    if not entry.category:
        yield Refusal("journey.category_unknown", {}, basis)
    elif entry.category != SUBJECT:
        yield Refusal("journey.not_subject", {}, basis)
    if entry.legal_form == NON_PROFIT:
        yield Refusal("journey.non_profit_already", {}, basis, "journey.remedy_renumber")
    elif entry.legal_form != FOR_PROFIT:
        yield Refusal("journey.legal_form_unknown", {}, basis)


def _may_convert(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Who cannot re-register, where the division bars it (published practice of 2021: Wuhan)."""
    if not facts.settings.get("reregistration_bars", True):
        return
    if _failed_check_stands(facts):
        yield Refusal("journey.failed_check", {}, ANNUAL_CHECK, "journey.remedy_rectify")
    if facts.serious_violation_on is not None:
        params = {"day": facts.serious_violation_on}
        yield Refusal("journey.serious_violation", params, PUNISHING_SCHOOL)
    if facts.institution is not None and facts.institution.status in ("paused", "closed"):
        yield Refusal("journey.stopped_already", {}, TERMINATING, "journey.remedy_resume")


def _failed_check_stands(facts: JourneyFacts) -> bool:
    outcome, checked_on = facts.latest.get("annual_check", ("", None))
    if outcome != "failed" or checked_on is None:
        return False
    put_right, righted_on = facts.latest.get("rectification", ("", None))
    return not (put_right == "done" and righted_on is not None and righted_on >= checked_on)


def _succession_recorded(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """For a while there is no legal person: who takes over is known before it goes."""
    for ask in SUCCESSION:
        known = (facts.stated.get(ask.code), facts.details.get(ask.code))
        if not any(str(one or "").strip() for one in known):
            yield Refusal("journey.stated_successor_missing", {"journey_ask": ask.code}, basis)


def _civil_code_fits(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    printed = str(facts.stated.get("new_credit_code") or "").strip()
    if not printed:
        return
    read = read_credit_code(printed)
    if not read.code:
        yield Refusal("journey.stated_credit_code_wrong", {"printed": printed}, basis)
    elif read.head not in NON_PROFIT_HEADS:
        yield Refusal("journey.stated_credit_code_head", {"head": read.head}, basis)


def _nothing_final(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Not after a step that cannot be undone, in whichever order the division takes them."""
    for step in steps_done(facts.state, facts.order):
        if step in _FINAL:
            yield Refusal("journey.too_far", {"journey_step": step}, basis)


def _not_swapped(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """The swap of the licence was the decision: what follows it is no refusal any more."""
    if "licence_swapped" in steps_done(facts.state, facts.order):
        yield Refusal("journey.too_far", {"journey_step": "licence_swapped"}, basis)


def _steps_complete(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    due = next_step(facts.state, facts.order)
    if due and facts.state in facts.order:
        yield Refusal("journey.steps_left", {"due_step": due}, basis)


REREGISTRATION_GUARDS: dict[str, Guard] = {
    "for_profit_subject": _for_profit_subject,
    "may_convert": _may_convert,
    "succession_recorded": _succession_recorded,
    "civil_code_fits": _civil_code_fits,
    "nothing_final": _nothing_final,
    "not_swapped": _not_swapped,
    "steps_complete": _steps_complete,
}
