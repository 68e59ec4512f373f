"""变更: name, sponsor, premises, legal representative or principal; old → new.

Source: 行政许可法 art. 49, 民办教育促进法 art. 54 (sponsor: agreement, liquidation, consent) and
art. 55 (name: decided within 3 months), 实施条例 art. 23 (a further place is a change of address).
Another category is no change but a conversion. The domicile is no matter of the licence: it is
recorded. A private non-enterprise unit applies to civil affairs within 30 days of the consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import (
    CHANGING_KIND,
    CHANGING_LICENCE,
    CIVIL_REGISTRATION_CHANGE,
)
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

PROTECTED = ("name", "sponsors", "legal_representative", "principal", "premises")
"""What waits for a decision; the licence prints it."""
CONVERTED = "category"
UNPROTECTED = ("registered_address",)
"""What is recorded as soon as it is stated."""
MATTERS = (*PROTECTED, CONVERTED, *UNPROTECTED)
NEW_VALUE = {matter: f"new_{matter}" for matter in (*PROTECTED[:4], *UNPROTECTED)}

DECISION = Clock("change_decision", 3, Unit.MONTHS, Party.OFFICER, CHANGING_KIND, stoppable=True)
_BASE = ("application_form", "licence_papers")


def _application() -> Iterable[Move]:
    for move in application_moves(documents=_BASE, clock=DECISION.code):
        if move.name in ("submit", "complete"):
            yield replace(move, by_stated=True, guards=(*move.guards, "needs_decision"))
        else:
            yield move


CHANGE = JourneyTable(
    kind="change",
    basis=CHANGING_LICENCE,
    line=(*FRONT_STATES, "granted"),
    endings={"granted": "done", "recorded": "done", "refused": "refused", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION),
    excludes=("closure", "settlement", "strike_off"),
    starts=(
        Ask("matters", AskKind.CHOICES, options=MATTERS),
        Ask("new_name", required=False, longest=200),
        Ask("new_sponsors", required=False, longest=300),
        Ask("new_legal_representative", required=False, longest=120),
        Ask("new_principal", required=False, longest=120),
        Ask(
            "premises_change",
            AskKind.CHOICE,
            required=False,
            options=("added", "removed", "moved"),
        ),
        Ask("premises_register_id", required=False, longest=7),
        Ask("new_address", required=False, longest=300),
        Ask("new_area", required=False, longest=12),
        Ask("new_registered_address", required=False, longest=300),
        Ask("change_reason", AskKind.LONG_TEXT, longest=1000),
    ),
    opening_guards=("no_conversion", "stated_new_values"),
    opening_effect="check_change",
    documents_by={
        "matters.name": ("board_resolution", "amended_charter"),
        "matters.sponsors": (
            "sponsor_agreement",
            "liquidation_report",
            "board_resolution",
            "sponsor_identity",
        ),
        "matters.premises": ("premises_proof", "fire_safety_proof"),
        "matters.legal_representative": ("board_resolution", "representative_identity"),
        "matters.principal": ("board_resolution", "principal_certificates"),
    },
    moves=(
        *_application(),
        Move(
            "record",
            ("preparing",),
            "recorded",
            Party.INSTITUTION,
            CHANGING_LICENCE,
            guards=("nothing_protected",),
            effect="apply_change",
        ),
        Move(
            "grant",
            ("accepted",),
            "granted",
            Party.OFFICER,
            CHANGING_KIND,
            documents=_BASE,
            by_stated=True,
            asks=(Ask("takes_effect_on", AskKind.DATE),),
            ends=(DECISION.code,),
            guards=("effective_by_now",),
            cautions=("register_within_30_days",),
            effect="apply_change",
            papers=("decision",),
            notice="journey_decided",
            countersigned=True,
        ),
        refusing(("accepted",), ends=(DECISION.code,)),
    ),
)


def _matters(values: Any) -> Sequence[str]:
    found = values.get("matters") or ()
    return found if isinstance(found, list | tuple) else ()


def _no_conversion(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if CONVERTED in _matters(facts.stated):
        yield Refusal(
            "journey.change_is_conversion", {}, CHANGING_KIND, "journey.remedy_conversion"
        )


def _stated_new_values(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    matters = _matters(facts.stated)
    for matter, ask in NEW_VALUE.items():
        if matter in matters and _is_blank(facts, ask):
            yield Refusal("journey.ask_missing", {"journey_ask": ask}, basis)
    held = facts.institution.name if facts.institution else ""
    if "name" in matters and str(facts.stated.get("new_name", "")).strip() == held:
        yield Refusal("journey.stated_name_same", {}, basis)
    if "premises" in matters:
        yield from _premises_values(facts, basis)


def _premises_values(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    change = facts.stated.get("premises_change")
    needed = {
        "added": ("new_address",),
        "removed": ("premises_register_id",),
        "moved": ("premises_register_id", "new_address"),
    }
    asks = needed.get(str(change or ""), ("premises_change",))
    for ask in asks:
        if _is_blank(facts, ask):
            yield Refusal("journey.ask_missing", {"journey_ask": ask}, basis)
    held = facts.institution.premises_count if facts.institution else 0
    if change == "removed" and held == 1:
        yield Refusal("journey.stated_last_premises", {}, basis)


def _is_blank(facts: JourneyFacts, ask: str) -> bool:
    return not str(facts.stated.get(ask) or "").strip()


def _needs_decision(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    matters = _matters(facts.details)
    if matters and not set(matters) & set(PROTECTED):
        yield Refusal("journey.change_needs_no_decision", {}, basis, "journey.remedy_record")


def _nothing_protected(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    for matter in _matters(facts.details):
        if matter in PROTECTED:
            yield Refusal("journey.change_needs_decision", {"change_matter": matter}, basis)


def _effective_by_now(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    day = facts.stated.get("takes_effect_on")
    if isinstance(day, date) and day > facts.on:
        yield Refusal("journey.stated_in_future", {"journey_ask": "takes_effect_on"}, basis)


def _register_within_30_days(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    is_unit = facts.institution is not None and facts.institution.legal_form == "non_profit"
    if is_unit:
        yield Refusal("journey.register_within_30_days", {}, CIVIL_REGISTRATION_CHANGE)


CHANGE_GUARDS: dict[str, Guard] = {
    "no_conversion": _no_conversion,
    "stated_new_values": _stated_new_values,
    "needs_decision": _needs_decision,
    "nothing_protected": _nothing_protected,
    "effective_by_now": _effective_by_now,
    "register_within_30_days": _register_within_30_days,
}
