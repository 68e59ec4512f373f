"""Upheld complaints, entered once each by their reference number; a mistake is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from inspections.models import CreditEvent
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class ComplaintEntry:
    """What the clerk enters; `document` are the bytes of the answer that upheld it."""

    reference: str
    upheld_on: date
    text: str
    document_name: str
    document: bytes


def record_complaint(
    *, institution: Institution, entry: ComplaintEntry, actor: Actor, at: datetime
) -> CreditEvent:
    """Record that a complaint was upheld. Raises Refused with every reason."""
    division = institution.division_id
    require(actor, Action.CREDIT_RECORD, Target(division=division))
    reasons = _words(entry, timezone.localdate(at))
    digest = "" if reasons else store_bytes(entry.document)
    with transaction.atomic():
        # Two clerks with one reference: the second waits here and is then refused.
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        reference = entry.reference.strip()
        taken = CreditEvent.objects.filter(
            division=division, reference=reference, revoked_at__isnull=True
        )
        if reference and taken.exists():
            reasons.append(Refusal("credit.reference_taken", {"reference": reference}))
        if reasons:
            raise Refused(reasons)
        event = CreditEvent.objects.create(
            division_id=division,
            institution=locked,
            reference=reference,
            upheld_on=entry.upheld_on,
            text=entry.text.strip(),
            document_name=entry.document_name[-200:],
            document_sha256=digest,
            recorded_at=at,
            recorded_by=actor.name,
        )
        _record(event, "complaint_recorded", actor, at)
    return event


def _words(entry: ComplaintEntry, today: date) -> list[Refusal]:
    found = []
    if not entry.reference.strip():
        found.append(Refusal("credit.reference_missing"))
    if not entry.text.strip():
        found.append(Refusal("credit.text_missing"))
    if not entry.document:
        found.append(Refusal("credit.document_missing"))
    if entry.upheld_on > today:
        found.append(Refusal("credit.future"))
    return found


def revoke_complaint(*, event: CreditEvent, reason: str, actor: Actor, at: datetime) -> CreditEvent:
    """Take a mistaken entry out of account; it stays readable with the reason."""
    require(actor, Action.CREDIT_RECORD, Target(division=event.division_id))
    with transaction.atomic():
        locked = CreditEvent.objects.select_for_update().get(pk=event.pk)
        reasons = []
        if locked.revoked_at is not None:
            reasons.append(Refusal("credit.revoked"))
        if not reason.strip():
            reasons.append(Refusal("credit.reason_missing"))
        if reasons:
            raise Refused(reasons)
        locked.revoked_at = at
        locked.revoked_by = actor.name
        locked.revoked_reason = reason.strip()
        locked.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
        _record(locked, "complaint_revoked", actor, at, reason=locked.revoked_reason)
    return locked


def _record(event: CreditEvent, kind: str, actor: Actor, at: datetime, *, reason: str = "") -> None:
    append_event(
        division=event.division_id,
        actor=actor,
        kind=f"credit.{kind}",
        subject=Subject("credit_event", str(event.public_id), event.reference),
        new={
            "institution": str(event.institution.public_id),
            "upheld_on": event.upheld_on.isoformat(),
            "document": event.document_sha256,
        },
        reason=reason,
        occurred_at=at,
    )
