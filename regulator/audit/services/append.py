"""Append events to a division's chain, last in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from regulator.audit.core.chain import GENESIS_HASH, event_hash, plain
from regulator.audit.models import Event, Head
from regulator.audit.selectors.chain import event_content
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import InvariantError


@dataclass(frozen=True)
class Subject:
    """What an event is about: kind of thing, its public id, and a label without personal data."""

    kind: str
    key: str
    label: str = ""


@dataclass(frozen=True)
class EventDraft:
    """An event before it has its place in the chain.

    `row_count` and `rows_digest` (SHA-256 hex) stand for the rows of a batch.
    """

    kind: str
    subject: Subject
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    reason: str = ""
    basis: LegalBasis | None = None
    row_count: int = 1
    rows_digest: str = field(default="")


def append_event(
    *,
    division: str,
    actor: Actor,
    kind: str,
    subject: Subject,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
    occurred_at: datetime,
    row_count: int = 1,
    rows_digest: str = "",
) -> Event:
    """Append one event; call it last, inside the transaction that makes the change."""
    draft = EventDraft(kind, subject, old, new, reason, basis, row_count, rows_digest)
    return append_events(division=division, actor=actor, drafts=[draft], occurred_at=occurred_at)[0]


def append_events(
    *, division: str, actor: Actor, drafts: Sequence[EventDraft], occurred_at: datetime
) -> list[Event]:
    """Append several events of one actor and one moment under a single lock of the head.

    Raises InvariantError outside a transaction: an event without its change, or the reverse,
    must not exist.
    """
    if not transaction.get_connection().in_atomic_block:
        raise InvariantError("留痕必须与业务写入在同一个事务里。")
    if not drafts:
        return []
    head = _locked_head(division)
    recorded_at = timezone.now()
    events: list[Event] = []
    for draft in drafts:
        event = _placed(draft, division, actor, head, occurred_at, recorded_at)
        head.sequence, head.hash = event.sequence, event.hash
        events.append(event)
    Event.objects.bulk_create(events, batch_size=500)
    head.save(update_fields=["sequence", "hash"])
    return events


def _locked_head(division: str) -> Head:
    locked = Head.objects.select_for_update().filter(division=division).first()
    if locked is not None:
        return locked
    Head.objects.get_or_create(division=division, defaults={"hash": GENESIS_HASH})
    return Head.objects.select_for_update().get(division=division)


def event_of(
    draft: EventDraft,
    *,
    division: str,
    actor: Actor,
    occurred_at: datetime,
    recorded_at: datetime,
) -> Event:
    """An event before it has its place: without number and hashes."""
    return Event(
        division=division,
        occurred_at=occurred_at.astimezone(UTC),
        recorded_at=recorded_at,
        kind=draft.kind,
        actor_user=actor.user_id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_department=actor.department,
        standing_in_for=actor.standing_in_for,
        subject_kind=draft.subject.kind,
        subject_key=draft.subject.key,
        subject_label=draft.subject.label[:200],
        old=plain(draft.old),
        new=plain(draft.new),
        reason=draft.reason,
        basis=draft.basis.cite() if draft.basis else "",
        row_count=draft.row_count,
        rows_digest=draft.rows_digest,
    )


def _placed(
    draft: EventDraft,
    division: str,
    actor: Actor,
    head: Head,
    occurred_at: datetime,
    recorded_at: datetime,
) -> Event:
    event = event_of(
        draft, division=division, actor=actor, occurred_at=occurred_at, recorded_at=recorded_at
    )
    event.sequence, event.previous_hash = head.sequence + 1, head.hash
    event.hash = event_hash(previous_hash=event.previous_hash, content=event_content(event))
    return event
