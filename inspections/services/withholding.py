"""提请不公开: who publishes asks; legal review or the leader decides, one visit at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from inspections.core.findings.finding_states import words_refusals
from inspections.core.findings.publication import WITHHOLDING, asking_refusals
from inspections.models import InspectionResult, ResultWithholding, Visit, WithholdingRequest
from inspections.selectors.withholding import open_requests
from inspections.services.visit_records import lock_visit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def ask_withholding(
    *, visit: Visit, ground: str, words: str, actor: Actor, at: datetime
) -> WithholdingRequest:
    """Lay one result before those who decide; nothing goes out while it is open."""
    require(actor, Action.RESULT_PUBLISH, Target(division=visit.division_id))
    with transaction.atomic():
        locked = lock_visit(visit)
        reasons = asking_refusals(
            ground=ground,
            words=words,
            is_over=locked.is_over,
            is_published=InspectionResult.objects.filter(visit=locked).exists(),
            is_withheld=ResultWithholding.objects.filter(visit=locked).exists(),
            is_open=open_requests(locked).exists(),
        )
        if reasons:
            raise Refused(reasons)
        made = WithholdingRequest.objects.create(
            visit=locked, ground=ground, words=words.strip(), asked_at=at, asked_by=actor.name
        )
        _record(locked, "asked", made.words, actor, at)
    return made


def decline_withholding(
    *, request: WithholdingRequest, answer: str, actor: Actor, at: datetime
) -> WithholdingRequest:
    """照常公开: the result goes out with the others; the reason is kept."""
    require(actor, Action.RESULT_WITHHOLD, Target(division=request.visit.division_id))
    with transaction.atomic():
        locked = lock_visit(request.visit)
        row = WithholdingRequest.objects.get(pk=request.pk)
        reasons = list(words_refusals(answer, missing="result.reason_missing"))
        if row.is_granted is not None:
            reasons.append(Refusal("result.withholding_answered", {}, WITHHOLDING))
        if reasons:
            raise Refused(reasons)
        row.is_granted, row.answer = False, answer.strip()
        row.answered_at, row.answered_by = at, actor.name
        row.save(update_fields=["is_granted", "answer", "answered_at", "answered_by"])
        _record(locked, "declined", row.answer, actor, at)
    return row


def _record(visit: Visit, kind: str, reason: str, actor: Actor, at: datetime) -> None:
    """The event names the visit by its approval, not by whom it was to: the draw may be sealed."""
    append_event(
        division=visit.division_id,
        actor=actor,
        kind=f"result.withholding_{kind}",
        subject=Subject("visit", str(visit.public_id), visit.approval_number),
        reason=reason,
        basis=WITHHOLDING,
        occurred_at=at,
    )
