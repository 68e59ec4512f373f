"""Everything a notice can be about, and what each kind has to be told.

A kind has a code; its title and its sentence, with places for its params, stand in
`choices/notice_texts.py`. Params are JSON: texts, whole numbers, dates as ISO 8601 (names end in
`_on`), and codes that are read aloud (`journey`, `department`, …). They never hold personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about."""

    JOURNEY_STARTED = "journey_started"
    JOURNEY_ACCEPTED = "journey_accepted"
    JOURNEY_GAPS = "journey_gaps"
    JOURNEY_DOCUMENT_RETURNED = "journey_document_returned"
    JOURNEY_CLOCK_STOPPED = "journey_clock_stopped"
    JOURNEY_CLOCK_RESUMED = "journey_clock_resumed"
    JOURNEY_DECIDED = "journey_decided"
    JOURNEY_REFUSED = "journey_refused"
    JOURNEY_DONE = "journey_done"
    JOURNEY_FAILED = "journey_failed"
    JOURNEY_SERVED = "journey_served"
    JOURNEY_DUE_SOON = "journey_due_soon"
    JOURNEY_OVERDUE = "journey_overdue"
    LICENCE_EXPIRING = "licence_expiring"
    LICENCE_EXPIRED = "licence_expired"
    RENEWED_BY_SILENCE = "renewed_by_silence"
    DECISION_PROPOSED = "decision_proposed"
    DECISION_SERVED = "decision_served"
    ENROLMENT_SUSPENDED = "enrolment_suspended"
    DEPARTMENT_CHANGED = "department_changed"
    FILING_RETURNED = "filing_returned"
    FILING_APPROVED = "filing_approved"
    FILING_CHANGE_APPROVED = "filing_change_approved"
    FILING_WITHDRAWN = "filing_withdrawn"
    MATERIAL_PASSED = "material_passed"
    MATERIAL_RETURNED = "material_returned"
    FILING_KEPT = "filing_kept"
    FILING_REVOKED = "filing_revoked"
    RECHECK_OPENED = "recheck_opened"
    RECHECK_NOTICED = "recheck_noticed"
    RECHECK_ANSWERED = "recheck_answered"
    APPRAISAL_OPENED = "appraisal_opened"
    APPRAISAL_CONCLUDED = "appraisal_concluded"
    APPRAISAL_ESCALATED = "appraisal_escalated"
    APPRAISAL_CLOSED = "appraisal_closed"
    APPRAISAL_CANCELLED = "appraisal_cancelled"
    APPRAISAL_TO_SEAT = "appraisal_to_seat"
    APPRAISAL_TO_VOTE = "appraisal_to_vote"
    APPRAISAL_TO_DECIDE = "appraisal_to_decide"
    APPRAISAL_TO_ANSWER = "appraisal_to_answer"
    WAIVER_GRANTED = "waiver_granted"
    WAIVER_TO_APPROVE = "waiver_to_approve"
    WAIVER_ENDED = "waiver_ended"
    WAIVERS_ENDING = "waivers_ending"
    COMMITMENT_PUBLISHED = "commitment_published"
    PAPER_ISSUED = "paper_issued"
    RECTIFICATION_ORDERED = "rectification_ordered"
    REFUND_ASKED = "refund_asked"
    REFUND_DECIDED = "refund_decided"
    RISK_WARNING = "risk_warning"
    TIER_PROPOSED = "tier_proposed"
    TIER_ANSWERED = "tier_answered"
    TIER_IN_EFFECT = "tier_in_effect"
    TIER_OBJECTED = "tier_objected"
    WAVE_OPENED = "wave_opened"
    WAVE_DEADLINE_NEAR = "wave_deadline_near"


class Weight(StrEnum):
    """How a notice is shown: it needs the reader, it is bad news, good news, or just news."""

    ATTENTION = "attention"
    BREACH = "breach"
    OK = "ok"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Shape:
    """The params a kind's texts need, all of them, and its weight."""

    params: tuple[str, ...]
    weight: Weight


_NEEDS, _BAD, _GOOD, _NEWS = Weight.ATTENTION, Weight.BREACH, Weight.OK, Weight.NEUTRAL

SHAPES: Mapping[NoticeKind, Shape] = {
    # `journey` is the code of the kind of journey; its words are registered as param labels.
    NoticeKind.JOURNEY_STARTED: Shape(("journey",), _NEWS),
    NoticeKind.JOURNEY_ACCEPTED: Shape(("journey", "accepted_on", "due_on"), _GOOD),
    NoticeKind.JOURNEY_GAPS: Shape(("journey", "count"), _NEEDS),
    NoticeKind.JOURNEY_DOCUMENT_RETURNED: Shape(("journey", "document", "reason"), _NEEDS),
    NoticeKind.JOURNEY_CLOCK_STOPPED: Shape(("journey", "stopped_on", "reason"), _NEWS),
    NoticeKind.JOURNEY_CLOCK_RESUMED: Shape(("journey", "resumed_on", "due_on"), _NEWS),
    NoticeKind.JOURNEY_DECIDED: Shape(("journey", "decided_on"), _GOOD),
    NoticeKind.JOURNEY_REFUSED: Shape(("journey", "decided_on"), _BAD),
    NoticeKind.JOURNEY_DONE: Shape(("journey", "decided_on"), _GOOD),
    NoticeKind.JOURNEY_FAILED: Shape(("journey", "decided_on"), _BAD),
    NoticeKind.JOURNEY_SERVED: Shape(("journey", "document", "served_on"), _NEWS),
    NoticeKind.JOURNEY_DUE_SOON: Shape(("journey", "step", "due_on"), _NEEDS),
    NoticeKind.JOURNEY_OVERDUE: Shape(("journey", "step", "due_on"), _BAD),
    # `ends_on` is the last day of validity, `apply_by_on` the last day to ask for renewal.
    NoticeKind.LICENCE_EXPIRING: Shape(("number", "ends_on", "apply_by_on"), _NEEDS),
    NoticeKind.LICENCE_EXPIRED: Shape(("number", "ends_on"), _BAD),
    # For the desk: it did not decide before the licence's last day.
    NoticeKind.RENEWED_BY_SILENCE: Shape(("name", "number", "ends_on"), _BAD),
    NoticeKind.DECISION_PROPOSED: Shape(("decision", "statement_by_on"), _NEEDS),
    NoticeKind.DECISION_SERVED: Shape(("decision", "number", "served_on"), _BAD),
    NoticeKind.ENROLMENT_SUSPENDED: Shape(("starts_on", "reason"), _BAD),
    NoticeKind.DEPARTMENT_CHANGED: Shape(("department", "starts_on"), _NEWS),
    NoticeKind.FILING_RETURNED: Shape(("number", "class_name", "reason"), _NEEDS),
    NoticeKind.FILING_APPROVED: Shape(("number", "class_name"), _GOOD),
    NoticeKind.FILING_CHANGE_APPROVED: Shape(("number", "class_name"), _GOOD),
    # For the desk that reviews it.
    NoticeKind.FILING_WITHDRAWN: Shape(("number", "class_name", "name", "reason"), _NEWS),
    NoticeKind.MATERIAL_PASSED: Shape(("title",), _GOOD),
    NoticeKind.MATERIAL_RETURNED: Shape(("title", "reason"), _NEEDS),
    NoticeKind.FILING_KEPT: Shape(("number", "class_name"), _GOOD),
    NoticeKind.FILING_REVOKED: Shape(("number", "class_name", "reason"), _BAD),
    # For the desk: `cause` is what changed, in the bureau's words.
    NoticeKind.RECHECK_OPENED: Shape(("count", "cause"), _NEEDS),
    NoticeKind.RECHECK_NOTICED: Shape(("number", "class_name", "workdays"), _NEEDS),
    NoticeKind.RECHECK_ANSWERED: Shape(("number", "name"), _NEEDS),
    # `rule` is a rule's code, `answer` a result in words; names of experts never stand here.
    NoticeKind.APPRAISAL_OPENED: Shape(("number", "class_name", "rule", "due_on"), _NEWS),
    NoticeKind.APPRAISAL_CONCLUDED: Shape(("number", "class_name", "answer", "until_on"), _NEEDS),
    NoticeKind.APPRAISAL_ESCALATED: Shape(("number", "class_name", "document"), _NEWS),
    NoticeKind.APPRAISAL_CLOSED: Shape(("number", "class_name", "answer"), _NEWS),
    NoticeKind.APPRAISAL_CANCELLED: Shape(("number", "class_name", "reason"), _NEWS),
    NoticeKind.APPRAISAL_TO_SEAT: Shape(("appraisal", "due_on"), _NEEDS),
    NoticeKind.APPRAISAL_TO_VOTE: Shape(("appraisal", "due_on"), _NEEDS),
    NoticeKind.APPRAISAL_TO_DECIDE: Shape(("appraisal", "answer"), _NEEDS),
    NoticeKind.APPRAISAL_TO_ANSWER: Shape(("appraisal", "document"), _NEEDS),
    NoticeKind.WAIVER_GRANTED: Shape(("number", "class_name", "rule", "until_on"), _GOOD),
    NoticeKind.WAIVER_TO_APPROVE: Shape(("number", "rule"), _NEEDS),
    NoticeKind.WAIVER_ENDED: Shape(("number", "class_name", "rule", "until_on"), _BAD),
    NoticeKind.WAIVERS_ENDING: Shape(("count", "until_on"), _NEEDS),
    # Silence until `answer_by_on` counts as agreement.
    NoticeKind.REFUND_ASKED: Shape(("number", "answer_by_on"), _NEEDS),
    NoticeKind.RECTIFICATION_ORDERED: Shape(("number", "count"), _NEEDS),
    NoticeKind.REFUND_DECIDED: Shape(("number", "amount", "pay_by_on"), _NEEDS),
    # For the fee supervisor's desk: `reasons` counts the indicators.
    NoticeKind.RISK_WARNING: Shape(("name", "risk_tier", "reasons"), _BAD),
    # For the city's supervisor: what binds the district from now on.
    NoticeKind.COMMITMENT_PUBLISHED: Shape(("draw", "campaign", "commitment", "due_at"), _NEWS),
    NoticeKind.PAPER_ISSUED: Shape(("paper_kind", "number"), _NEEDS),
    NoticeKind.TIER_PROPOSED: Shape(("tier", "total", "until_on"), _NEEDS),
    NoticeKind.TIER_ANSWERED: Shape(("tier", "answer"), _NEWS),
    NoticeKind.TIER_IN_EFFECT: Shape(("tier", "starts_on"), _NEWS),
    # For the coordinator's desk.
    NoticeKind.TIER_OBJECTED: Shape(("name", "tier"), _NEEDS),
    NoticeKind.WAVE_OPENED: Shape(("wave", "deadline_on"), _NEEDS),
    NoticeKind.WAVE_DEADLINE_NEAR: Shape(("wave", "deadline_on"), _NEEDS),
}


def missing_params(kind: NoticeKind, given: Iterable[str]) -> tuple[str, ...]:
    """The params that the kind's texts need and that were not given, in the table's order."""
    known = set(given)
    return tuple(name for name in SHAPES[kind].params if name not in known)


def is_local_page(page: str) -> bool:
    """Whether a notice may lead there: nowhere, or a path of this site."""
    return page == "" or (page.startswith("/") and not page.startswith("//") and "\\" not in page)
