"""换发“8”号: an institution that is non-profit already gets a licence under the new number.

Source: the Chengdu plan, item 19. The old number is retired and never used again. That the number
bears an 8 proves nothing: whether an institution is a non-profit subject one stands in its entry.
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
    CHANGING_LICENCE,
    ISSUING_TERM,
    RE_REGISTERING,
    TIME_LIMIT,
)
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Clock, JourneyTable, Move, Party
from institutions.core.journeys.swapping import (
    NEW_NUMBER,
    NON_PROFIT_SUBJECT_CODE,
    VALID_UNTIL,
    nature_code_position,
)
from institutions.core.register.licence_numbers import read_licence_number
from institutions.core.register.rows import FOR_PROFIT, NON_PROFIT, SUBJECT
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

DECISION = Clock(
    "renumbering_decision", 20, Unit.WORKDAYS, Party.OFFICER, TIME_LIMIT, stoppable=True
)
ISSUE = Clock("licence_issue", 10, Unit.WORKDAYS, Party.OFFICER, ISSUING_TERM)
_DOCUMENTS = ("application_form", "licence_papers", "civil_certificate")

RENUMBERING = JourneyTable(
    kind="renumbering",
    basis=RE_REGISTERING,
    line=(*FRONT_STATES, "granted", "issued"),
    endings={"issued": "done", "refused": "refused", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION, ISSUE),
    excludes=("reregistration", "conversion", "closure", "strike_off", "settlement"),
    opening_guards=("non_profit_subject", "licence_held", "number_not_eight"),
    moves=(
        *application_moves(documents=_DOCUMENTS, clock=DECISION.code),
        Move(
            "grant",
            ("accepted",),
            "granted",
            Party.OFFICER,
            CHANGING_LICENCE,
            documents=_DOCUMENTS,
            starts=(ISSUE.code,),
            ends=(DECISION.code,),
            papers=("decision",),
            notice="journey_decided",
            countersigned=True,
        ),
        refusing(("accepted",), ends=(DECISION.code,)),
        Move(
            "issue",
            ("granted",),
            "issued",
            Party.OFFICER,
            RE_REGISTERING,
            asks=(NEW_NUMBER, VALID_UNTIL),
            ends=(ISSUE.code,),
            guards=("licence_replaceable", "number_eight", "number_unused", "validity_ahead"),
            effect="swap_licence",
            papers=("licence_original", "licence_duplicate"),
        ),
    ),
)


def _non_profit_subject(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    entry = facts.institution
    if entry is None:
        return
    if not entry.category:
        yield Refusal("journey.category_unknown", {}, basis)
    elif entry.category != SUBJECT:
        yield Refusal("journey.not_subject", {}, basis)
    if entry.legal_form == FOR_PROFIT:
        yield Refusal("journey.for_profit_still", {}, basis, "journey.remedy_reregister")
    elif entry.legal_form != NON_PROFIT:
        yield Refusal("journey.legal_form_unknown", {}, basis)


def _number_not_eight(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None:
        return
    position = nature_code_position(facts)
    held = read_licence_number(facts.licence.number, nature_position=position)
    if held.nature == NON_PROFIT_SUBJECT_CODE:
        yield Refusal("journey.number_new_already", {"number": held.printed}, basis)


RENUMBERING_GUARDS: dict[str, Guard] = {
    "non_profit_subject": _non_profit_subject,
    "number_not_eight": _number_not_eight,
}
