"""设立: a new institution asks for its licence.

Source: 民办教育促进法 art. 12 to 18 (decided within 3 months of acceptance), 行政许可法 art. 32
(gaps listed once, within 5 working days), art. 34 (checked on the spot), art. 44 (the licence
within 10 working days of the decision). The bans: 成都市实施方案 item 18. Online subject
institutions are approved by the province (教监管厅〔2021〕2号): recorded here and referred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from institutions.core.journeys.applying import (
    ACCEPTANCE,
    FRONT_ENDINGS,
    FRONT_STATES,
    REASON,
    application_moves,
    refusing,
)
from institutions.core.journeys.bases import (
    BANS,
    DECIDING_SCHOOL,
    EXAMINING,
    ISSUING_TERM,
    ONLINE_BY_PROVINCE,
    RE_REGISTERING,
    SETTING_UP,
)
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Clock, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

CATEGORIES = ("subject", "non_subject")
ACTIVITIES = ("culture_arts", "sport", "science", "comprehensive")
STAGES = ("preschool", "primary", "junior", "senior")
WAYS = ("offline", "online_live", "online_recorded")
PAPERS = (
    "school_licence",
    "training_licence",
    "approval_letter",
    "consent_letter",
    "official_reply",
)
_ONLINE = frozenset(("online_live", "online_recorded"))
_DOCUMENTS = (
    "application_form",
    "charter",
    "sponsor_identity",
    "assets_proof",
    "premises_proof",
    "fire_safety_proof",
    "board_list",
    "staff_certificates",
)

DECISION = Clock("set_up_decision", 3, Unit.MONTHS, Party.OFFICER, DECIDING_SCHOOL, stoppable=True)
ISSUE = Clock("licence_issue", 10, Unit.WORKDAYS, Party.OFFICER, ISSUING_TERM)

_CHECK_ASKS = (
    Ask("checked_on", AskKind.DATE),
    Ask("checked_by", longest=120),
    Ask("site_result", AskKind.CHOICE, options=("conforms", "falls_short")),
    Ask("site_findings", AskKind.LONG_TEXT, required=False, longest=2000),
)

SET_UP = JourneyTable(
    kind="set_up",
    basis=SETTING_UP,
    needs_institution=False,
    starters=(Party.OFFICER,),
    line=(*FRONT_STATES, "site_checked", "granted", "issued"),
    endings={"issued": "done", "refused": "refused", "referred": "referred", **FRONT_ENDINGS},
    clocks=(ACCEPTANCE, DECISION, ISSUE),
    starts=(
        Ask("name", longest=200),
        Ask("category", AskKind.CHOICE, options=CATEGORIES),
        Ask("activity", AskKind.CHOICE, required=False, options=ACTIVITIES),
        Ask("stages", AskKind.CHOICES, options=STAGES),
        Ask("ways", AskKind.CHOICES, options=WAYS),
        Ask("legal_form", AskKind.CHOICE, options=("non_profit", "for_profit")),
        Ask("sponsors", longest=300),
        Ask("legal_representative", longest=120),
        Ask("principal", longest=120),
        Ask("address", longest=300),
        Ask("area", required=False, longest=12),
        Ask("floor_area", AskKind.NUMBER, required=False),
        Ask("content", AskKind.LONG_TEXT, longest=1000),
    ),
    opening_guards=("stated_not_banned", "stated_scope_whole"),
    opening_cautions=("province_decides_soon",),
    opening_effect="check_applicant",
    moves=(
        *application_moves(documents=_DOCUMENTS, clock=DECISION.code, droppable=("site_checked",)),
        Move(
            "check_site",
            ("accepted", "site_checked"),
            "site_checked",
            Party.OFFICER,
            EXAMINING,
            asks=_CHECK_ASKS,
            guards=("checked_after_acceptance",),
        ),
        Move(
            "grant",
            ("site_checked",),
            "granted",
            Party.OFFICER,
            DECIDING_SCHOOL,
            documents=_DOCUMENTS,
            starts=(ISSUE.code,),
            ends=(DECISION.code,),
            guards=("not_banned", "not_for_the_province", "site_conforms"),
            papers=("decision",),
            notice="journey_decided",
            countersigned=True,
        ),
        Move(
            "issue",
            ("granted",),
            "issued",
            Party.OFFICER,
            ISSUING_TERM,
            asks=(
                Ask("document_type", AskKind.CHOICE, options=PAPERS),
                Ask("school_type", longest=60),
                Ask("licence_number", required=False, longest=60),
                Ask("valid_from", AskKind.DATE),
                Ask("valid_until", AskKind.DATE),
            ),
            ends=(ISSUE.code,),
            guards=("stated_validity_forward",),
            effect="set_up_institution",
            papers=("licence_original", "licence_duplicate"),
            notice="journey_done",
        ),
        refusing(("accepted", "site_checked"), ends=(DECISION.code,)),
        Move(
            "refer",
            ("preparing", "applied", "accepted"),
            "referred",
            Party.OFFICER,
            ONLINE_BY_PROVINCE,
            asks=(Ask("referred_to", longest=120), REASON),
            guards=("only_the_province",),
        ),
    ),
)


def _banned(values: Mapping[str, Any]) -> Iterable[Refusal]:
    """The bans of item 18; online subject teaching is left to the province, pre-school never."""
    stages, ways = tuple(values.get("stages") or ()), tuple(values.get("ways") or ())
    if "preschool" in stages:
        yield Refusal("journey.ban_preschool", {}, BANS)
    if values.get("category") != "subject" or _is_online_only(ways):
        return
    if {"primary", "junior"} & set(stages):
        yield Refusal("journey.ban_compulsory", {}, BANS)
    if "senior" in stages:
        yield Refusal("journey.ban_senior", {}, BANS)


def _is_online_only(ways: tuple[str, ...]) -> bool:
    return bool(ways) and set(ways) <= _ONLINE


def _is_for_province(values: Mapping[str, Any]) -> bool:
    online = set(values.get("ways") or ()) & _ONLINE
    return values.get("category") == "subject" and bool(online)


def _stated_not_banned(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    yield from _banned(facts.stated)


def _not_banned(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    yield from _banned(facts.details)


def _stated_scope_whole(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    category, activity = facts.stated.get("category"), facts.stated.get("activity")
    if category == "non_subject" and not activity:
        yield Refusal("journey.stated_activity_missing", {}, basis)
    if category == "subject" and facts.stated.get("legal_form") == "for_profit":
        yield Refusal("journey.stated_subject_for_profit", {}, RE_REGISTERING)


def _province_decides_soon(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if _is_for_province(facts.stated):
        yield Refusal("journey.province_decides", {}, ONLINE_BY_PROVINCE, "journey.remedy_refer")


def _not_for_the_province(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if _is_for_province(facts.details):
        yield Refusal("journey.province_decides", {}, ONLINE_BY_PROVINCE, "journey.remedy_refer")


def _only_the_province(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if not _is_for_province(facts.details):
        yield Refusal("journey.not_for_the_province", {}, basis)


def _checked_after_acceptance(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    checked, accepted = facts.stated.get("checked_on"), _accepted_on(facts)
    if not isinstance(checked, date):
        return
    if checked > facts.on:
        yield Refusal("journey.stated_in_future", {"journey_ask": "checked_on"}, basis)
    if accepted is not None and checked < accepted:
        yield Refusal("journey.stated_before_acceptance", {"accepted": accepted}, basis)


def _accepted_on(facts: JourneyFacts) -> date | None:
    on = facts.details.get("accept_on") or facts.details.get("deem_accepted_on")
    return None if on is None else date.fromisoformat(on)


def _site_conforms(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.details.get("site_result") == "falls_short":
        yield Refusal("journey.site_falls_short", {}, EXAMINING, "journey.remedy_site")


def _stated_validity_forward(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    first, last = facts.stated.get("valid_from"), facts.stated.get("valid_until")
    if isinstance(first, date) and isinstance(last, date) and last < max(first, facts.on):
        yield Refusal("journey.stated_validity_over", {"first": max(first, facts.on)}, basis)


SET_UP_GUARDS: dict[str, Guard] = {
    "stated_not_banned": _stated_not_banned,
    "stated_scope_whole": _stated_scope_whole,
    "province_decides_soon": _province_decides_soon,
    "not_banned": _not_banned,
    "not_for_the_province": _not_for_the_province,
    "only_the_province": _only_the_province,
    "checked_after_acceptance": _checked_after_acceptance,
    "site_conforms": _site_conforms,
    "stated_validity_forward": _stated_validity_forward,
}
