"""延续: the licence is renewed before it runs out.

Source: 行政许可法 art. 50 (apply 30 days before expiry; decided before expiry, else it counts as
renewed), 民促法实施条例 art. 22. A late application may be handed in, but gives no protection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import RENEWING, RENEWING_SCHOOL
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.renewing import (
    LEAD_DAYS,
    LEAD_SETTING,
    apply_by,
    is_timely,
)
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

DECISION = Clock("renewal_decision", 20, Unit.WORKDAYS, Party.OFFICER, RENEWING, stoppable=True)
# Its amount is counted when the application comes: the working days left until the licence ends.
BEFORE_EXPIRY = Clock("before_expiry", 0, Unit.WORKDAYS, Party.OFFICER, RENEWING)
_DOCUMENTS = ("application_form", "licence_papers", "premises_proof", "annual_report")


def _application() -> Iterable[Move]:
    for move in application_moves(documents=_DOCUMENTS, clock=DECISION.code):
        if move.name == "submit":
            yield replace(move, cautions=("late_renewal",), effect="begin_before_expiry")
        else:
            yield move


RENEWAL = JourneyTable(
    kind="renewal",
    basis=RENEWING,
    line=(*FRONT_STATES, "granted"),
    endings={
        "granted": "done",
        "deemed_renewed": "done",
        "refused": "refused",
        **FRONT_ENDINGS,
    },
    clocks=(ACCEPTANCE, DECISION, BEFORE_EXPIRY),
    excludes=("closure", "settlement", "strike_off"),
    opening_guards=("licence_renewable",),
    opening_cautions=("late_renewal",),
    moves=(
        *_application(),
        Move(
            "grant",
            ("accepted",),
            "granted",
            Party.OFFICER,
            RENEWING_SCHOOL,
            documents=_DOCUMENTS,
            asks=(Ask("valid_until", AskKind.DATE),),
            ends=(DECISION.code, BEFORE_EXPIRY.code),
            guards=("not_over_unless_timely", "later_than_now"),
            effect="renew_licence",
            papers=("decision",),
            notice="journey_decided",
            countersigned=True,
        ),
        Move(
            "deem_renewed",
            ("applied", "accepted"),
            "deemed_renewed",
            Party.SYSTEM,
            RENEWING,
            guards=("undecided_at_expiry",),
            effect="renew_by_silence",
            papers=("decision",),
            notice="journey_decided",
        ),
        refusing(("accepted",), ends=(DECISION.code, BEFORE_EXPIRY.code)),
    ),
)


def _licence_renewable(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None or facts.licence.state not in ("in_force", "suspended"):
        yield Refusal("journey.no_licence", {}, basis)
    elif facts.licence.valid_before is None:
        yield Refusal("journey.licence_without_end", {}, basis)
    else:
        yield from _not_over(facts, basis)


def _not_over(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    before = facts.licence.valid_before if facts.licence else None
    if before is not None and facts.on >= before:
        yield Refusal("journey.licence_over", {"before": before}, basis, "journey.remedy_set_up")


def _not_over_unless_timely(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if not _was_timely(facts):
        yield from _not_over(facts, basis)


def _later_than_now(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    until = facts.stated.get("valid_until")
    held = facts.licence.valid_before if facts.licence else None
    if until is not None and held is not None and until < held:
        yield Refusal("journey.stated_not_later", {"before": held}, basis)


def _undecided_at_expiry(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    before = facts.licence.valid_before if facts.licence else None
    if before is None:
        yield Refusal("journey.licence_without_end", {}, basis)
        return
    if facts.on < before:
        yield Refusal("journey.licence_still_runs", {"before": before}, basis)
    if not _was_timely(facts):
        yield Refusal("journey.renewal_was_late", {"apply_by": _apply_by(facts)}, basis)


def _late_renewal(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    last = _apply_by(facts)
    if last is not None and facts.on > last:
        yield Refusal("journey.caution_late_renewal", {"apply_by": last}, basis)


def _apply_by(facts: JourneyFacts) -> date | None:
    before = facts.licence.valid_before if facts.licence else None
    return None if before is None else apply_by(before, _lead_days(facts))


def _was_timely(facts: JourneyFacts) -> bool:
    before = facts.licence.valid_before if facts.licence else None
    applied = facts.details.get("submit_on")
    if before is None or applied is None:
        return False
    return is_timely(date.fromisoformat(applied), before, _lead_days(facts))


def _lead_days(facts: JourneyFacts) -> int:
    return int(facts.settings.get(LEAD_SETTING, LEAD_DAYS))


RENEWAL_GUARDS: dict[str, Guard] = {
    "licence_renewable": _licence_renewable,
    "not_over_unless_timely": _not_over_unless_timely,
    "later_than_now": _later_than_now,
    "undecided_at_expiry": _undecided_at_expiry,
    "late_renewal": _late_renewal,
}
