"""学转非: a subject institution becomes a non-subject one, under another competent department.

Source: the Chengdu plan, items 19 and 28; 民促法 art. 55 (the board resolves, the approver answers
within 3 months); 实施条例 art. 26 (two thirds of all members). Issuing authority and competent
department are separate: this journey changes both only where each is stated.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    REASON,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import (
    CHANGING_KIND,
    CHANGING_LICENCE,
    CHANGING_SCOPE,
    CIVIL_REGISTRATION_CHANGE,
    PAYING_ORDER,
    RE_REGISTERING,
    RECEIVING,
    TERMINATION_RESOLUTION,
)
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from institutions.core.journeys.swapping import (
    DEPARTMENT_PRINTED,
    VALID_UNTIL,
    VOTES_ALL,
    VOTES_FOR,
)
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT, SUBJECT
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

RECEIVERS = ("culture_tourism", "sport", "science")
ACTIVITIES = ("culture_arts", "sport", "science", "comprehensive")
DOCUMENT_TYPES = (
    "school_licence",
    "training_licence",
    "approval_letter",
    "consent_letter",
    "official_reply",
)
DECISION = Clock(
    "conversion_decision", 3, Unit.MONTHS, Party.OFFICER, CHANGING_KIND, stoppable=True
)
# Classes that may go on: what is not taught as a subject.
NOT_IN_THE_WAY = ("non_subject_classes_running",)
_DOCUMENTS = ("application_form", "licence_papers", "amended_charter", "standards_proof")
_DROPPABLE = ("unresolved", "consented", "objected")

_CONSENT_MOVES = (
    Move(
        "consent",
        ("accepted", "objected"),
        "consented",
        Party.RECEIVING,
        RECEIVING,
        asks=(Ask("standards_checked_on", AskKind.DATE), Ask("consent_number", required=False)),
        guards=("not_ahead",),
    ),
    Move(
        "object",
        ("accepted",),
        "objected",
        Party.RECEIVING,
        RECEIVING,
        asks=(REASON,),
    ),
)
_DECISION_MOVES = (
    Move(
        "permit",
        ("consented",),
        "permitted",
        Party.OFFICER,
        CHANGING_KIND,
        documents=(*_DOCUMENTS, "board_resolution"),
        ends=(DECISION.code,),
        papers=("decision",),
        notice="journey_decided",
        countersigned=True,
    ),
    refusing(("accepted", "consented", "objected"), ends=(DECISION.code,)),
)
_CHANGE_MOVES = (
    Move(
        "end_classes",
        ("permitted",),
        "classes_ended",
        Party.OFFICER,
        PAYING_ORDER,
        documents=("settlement_statement",),
        guards=("nothing_owed",),
    ),
    Move(
        "hand_over",
        ("classes_ended",),
        "handed_over",
        Party.OFFICER,
        RE_REGISTERING,
        asks=(Ask("handed_over_on", AskKind.DATE), Ask("acting_from", AskKind.DATE)),
        guards=("nothing_owed", "acting_after_hand_over", "not_ahead"),
        effect="hand_over_to_receiving",
        notice="department_changed",
    ),
    Move(
        "reissue",
        ("handed_over",),
        "relicensed",
        Party.OFFICER,
        CHANGING_LICENCE,
        asks=(
            Ask("document_type", AskKind.CHOICE, options=DOCUMENT_TYPES),
            Ask("issuing_department", AskKind.CHOICE, options=("education", *RECEIVERS)),
            Ask("new_number", required=False, longest=60),
            Ask("content", AskKind.LONG_TEXT, longest=500),
            DEPARTMENT_PRINTED,
            Ask("authority_printed", required=False, longest=120),
            VALID_UNTIL,
        ),
        guards=("licence_replaceable", "number_unused", "validity_ahead"),
        effect="reissue_non_subject",
        papers=("licence_original", "licence_duplicate"),
    ),
    Move(
        "change_scope",
        ("relicensed",),
        "done",
        Party.REGISTRAR,
        CHANGING_SCOPE,
        department="market_regulation",
        documents=("business_licence",),
        asks=(Ask("registered_on", AskKind.DATE),),
        guards=("scope_by_market", "not_ahead"),
    ),
    Move(
        "change_civil_scope",
        ("relicensed",),
        "done",
        Party.REGISTRAR,
        CIVIL_REGISTRATION_CHANGE,
        department="civil_affairs",
        documents=("civil_certificate",),
        asks=(Ask("registered_on", AskKind.DATE),),
        guards=("scope_by_civil", "not_ahead"),
    ),
)

CONVERSION = JourneyTable(
    kind="conversion",
    basis=RE_REGISTERING,
    line=(
        "unresolved",
        *FRONT_STATES,
        "consented",
        "permitted",
        "classes_ended",
        "handed_over",
        "relicensed",
        "done",
    ),
    endings={"done": "done", "refused": "refused", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION),
    excludes=(
        "reregistration",
        "renumbering",
        "transfer",
        "closure",
        "strike_off",
        "settlement",
        "penalty",
    ),
    starts=(
        Ask("receiving", AskKind.CHOICE, options=RECEIVERS),
        Ask("activity", AskKind.CHOICE, options=ACTIVITIES),
    ),
    opening_guards=("subject_now", "licence_held"),
    moves=(
        Move(
            "resolve_board",
            ("unresolved",),
            "preparing",
            Party.INSTITUTION,
            TERMINATION_RESOLUTION,
            documents=("board_resolution",),
            asks=(VOTES_FOR, VOTES_ALL),
            guards=("two_thirds",),
        ),
        *application_moves(documents=_DOCUMENTS, clock=DECISION.code, droppable=_DROPPABLE),
        *_CONSENT_MOVES,
        *_DECISION_MOVES,
        *_CHANGE_MOVES,
    ),
)


def _subject_now(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.institution is None:
        return
    if not facts.institution.category:
        yield Refusal("journey.category_unknown", {}, basis)
    elif facts.institution.category != SUBJECT:
        yield Refusal("journey.not_subject", {}, basis)


def _nothing_owed(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """Subject classes are over and whatever is owed to parents is settled."""
    for owed in facts.obligations:
        in_the_way = owed.to_parents or owed.code == "subject_classes_running"
        if not in_the_way or owed.code in NOT_IN_THE_WAY:
            continue
        yield Refusal(f"journey.owed_{owed.code}", owed.params, basis, "journey.remedy_owed")


def _scope_by_market(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.institution is not None and facts.institution.legal_form == NON_PROFIT:
        yield Refusal("journey.registered_by_civil", {}, basis)


def _scope_by_civil(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.institution is not None and facts.institution.legal_form == FOR_PROFIT:
        yield Refusal("journey.registered_by_market", {}, basis)


CONVERSION_GUARDS: dict[str, Guard] = {
    "subject_now": _subject_now,
    "nothing_owed": _nothing_owed,
    "scope_by_market": _scope_by_market,
    "scope_by_civil": _scope_by_civil,
}
