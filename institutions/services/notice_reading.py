"""Marking notices as read: by whoever sits at the recipient's desk, with their name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.models import Notice
from institutions.selectors.notices import keys_of
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused


def read_notice(*, notice: Notice, actor: Actor, at: datetime) -> Notice:
    """Record who opened it first; opened again, nothing changes. Raises Refused for another's."""
    if notice.recipient_key not in keys_of(actor):
        raise Refused(Refusal("notice.not_own"))
    if notice.is_read:
        return notice
    with transaction.atomic():
        locked = Notice.objects.select_for_update().get(pk=notice.pk)
        if locked.is_read:
            return locked
        locked.read_at, locked.read_by, locked.read_by_user = at, actor.name, actor.user_id
        locked.save(update_fields=["read_at", "read_by", "read_by_user"])
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="notice.read",
            subject=Subject("notice", str(locked.public_id)),
            new={"kind": locked.kind, "recipient": locked.recipient_key},
            occurred_at=at,
        )
    return locked


def read_all(*, actor: Actor, at: datetime) -> int:
    """Mark every notice of the actor's desk as read; how many were not. Raises Refused."""
    keys = keys_of(actor)
    if not keys:
        raise Refused(Refusal("notice.not_own"))
    with transaction.atomic():
        unread = list(
            Notice.objects.select_for_update()
            .filter(recipient_key__in=keys, read_at__isnull=True)
            .order_by("pk")
        )
        if not unread:
            return 0
        for notice in unread:
            notice.read_at, notice.read_by, notice.read_by_user = at, actor.name, actor.user_id
        Notice.objects.bulk_update(unread, ["read_at", "read_by", "read_by_user"], batch_size=500)
        append_event(
            division=actor.division,
            actor=actor,
            kind="notice.read",
            subject=Subject("notice", keys[-1]),
            new={"recipient": keys[-1]},
            row_count=len(unread),
            rows_digest=canonical_digest([str(notice.public_id) for notice in unread]),
            occurred_at=at,
        )
    return len(unread)
