"""What a device sends, stored exactly once: by client-made ids, with an idempotent receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from inspections.core.visits.receipts import Receipt, judge_receipt
from inspections.models import SyncKept, SyncReceipt, Visit
from inspections.services.visit_records import lock_visit, record_visit_event, require_recorder
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

Store = Callable[[Visit], None]


@dataclass(frozen=True)
class Delivery:
    """One record as it came: its own id, its kind, its digest, its body.

    `sha256` names the kept bytes of a picture.
    """

    client_id: UUID
    kind: str
    digest: str
    body: Mapping[str, Any]
    sha256: str = ""


@dataclass(frozen=True)
class Received:
    """What the device is told: `stored` once and for all, or why not; what was refused is kept."""

    outcome: Receipt
    answer: Mapping[str, Any]


def receive(
    *, visit: Visit, delivery: Delivery, store: Store, actor: Actor, at: datetime
) -> Received:
    """Store a delivery unless its id is known, and answer the same as often as it is asked.

    The same id with the same digest gets the same answer again; with another digest it is refused
    and both contents are kept for a person. The receipt and what it confirms are one transaction.
    Raises Refused where a rule refuses the record; what was sent is kept then, too.
    """
    require_recorder(actor, visit)
    try:
        with transaction.atomic():
            return _receive(visit, delivery, store, actor, at)
    except Refused as refused:
        _keep(visit, delivery, [one.code for one in refused.refusals], actor, at)
        raise


def _receive(
    visit: Visit, delivery: Delivery, store: Store, actor: Actor, at: datetime
) -> Received:
    locked = lock_visit(visit)
    known = SyncReceipt.objects.filter(client_id=delivery.client_id).first()
    outcome = judge_receipt(known.digest if known else None, delivery.digest)
    if known is not None and outcome is Receipt.SAME:
        return Received(outcome, known.answer)
    if known is not None:
        raise Refused(Refusal("sync.different"))
    store(locked)
    answer = {"id": str(delivery.client_id), "received_at": timezone.localtime(at).isoformat()}
    SyncReceipt.objects.create(
        client_id=delivery.client_id,
        visit=locked,
        kind=delivery.kind,
        digest=delivery.digest,
        received_at=at,
        received_from_user=actor.user_id,
        answer=answer,
    )
    _settle(locked, delivery, at)
    return Received(outcome, answer)


def _settle(visit: Visit, delivery: Delivery, at: datetime) -> None:
    """A record that was refused and is accepted now waits for nobody any more."""
    waiting = SyncKept.objects.filter(
        client_id=delivery.client_id, digest=delivery.digest, settled_at__isnull=True
    )
    waiting.update(settled_at=at)


def _keep(visit: Visit, delivery: Delivery, reasons: list[str], actor: Actor, at: datetime) -> None:
    """Keep what was refused, once for each content, until a person has looked at it."""
    with transaction.atomic():
        lock_visit(visit)
        _row, is_new = SyncKept.objects.get_or_create(
            client_id=delivery.client_id,
            digest=delivery.digest,
            defaults={
                "visit": visit,
                "kind": delivery.kind,
                "body": dict(delivery.body),
                "sha256": delivery.sha256,
                "reasons": reasons,
                "received_at": at,
                "received_from_user": actor.user_id,
                "received_from": actor.name,
            },
        )
        if is_new:
            new = {"kind": delivery.kind, "digest": delivery.digest, "reasons": reasons}
            record_visit_event(visit, kind="sync_kept", actor=actor, at=at, new=new)


def settle_kept(*, kept: SyncKept, settlement: str, actor: Actor, at: datetime) -> SyncKept:
    """Say what became of a refused delivery; its content stays."""
    require_recorder(actor, kept.visit)
    if not settlement.strip():
        raise Refused(Refusal("visit.settlement_missing"))
    with transaction.atomic():
        lock_visit(kept.visit)
        locked = SyncKept.objects.select_for_update().get(pk=kept.pk)
        if locked.settled_at is not None:
            return locked
        locked.settled_at = at
        locked.settled_by = actor.name
        locked.settlement = settlement.strip()[:400]
        locked.save(update_fields=["settled_at", "settled_by", "settlement"])
        record_visit_event(
            kept.visit, kind="sync_settled", actor=actor, at=at, reason=locked.settlement
        )
    return locked
