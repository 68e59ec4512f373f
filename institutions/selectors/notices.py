"""Reads of notices: an institution's own, a desk's own, and what was sent to an institution."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from institutions.models import Institution, Notice, NoticeContact
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor

SHOWN_WITH = ("institution", "department")


def institution_key(institution: Institution) -> str:
    """The recipient key of an institution."""
    return f"institution:{institution.public_id}"


def desk_key(*, division: str, role: str, department: str) -> str:
    """The recipient key of a desk; an empty department is every department's desk of the role."""
    return f"desk:{division}:{role}:{department}"


def keys_of(actor: Actor) -> tuple[str, ...]:
    """The recipients that the actor's desk stands for: none for who has no desk."""
    if actor.role == Role.INSTITUTION_MANAGER:
        return (f"institution:{actor.institution}",) if actor.institution else ()
    if not may(actor, Action.NOTICE_READ, Target(division=actor.division)):
        return ()
    keys = [desk_key(division=actor.division, role=actor.role, department="")]
    if actor.department:
        keys.append(desk_key(division=actor.division, role=actor.role, department=actor.department))
    return tuple(keys)


def notices_for(actor: Actor, state: str = "") -> QuerySet[Notice]:
    """The notices of the actor's desk, unread first, then the newest; `state` unread or read."""
    found = Notice.objects.filter(recipient_key__in=keys_of(actor)).select_related(*SHOWN_WITH)
    if state:
        found = found.filter(read_at__isnull=state == "unread")
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return found.order_by(is_read, "-created_at", "-pk")


def notice_for(actor: Actor, public_id: UUID) -> Notice | None:
    """One notice of the actor's desk, or None."""
    return notices_for(actor).filter(public_id=public_id).first()


def unread_count(actor: Actor) -> int:
    """How many notices of the actor's desk nobody has opened; one query, none without a desk."""
    keys = keys_of(actor)
    if not keys:
        return 0
    return Notice.objects.filter(recipient_key__in=keys, read_at__isnull=True).count()


@dataclass(frozen=True)
class NoticeCounts:
    """How many notices a desk has, and how many of them are unread."""

    total: int
    unread: int

    @property
    def read(self) -> int:
        """How many were opened."""
        return self.total - self.unread


def notice_counts(actor: Actor) -> NoticeCounts:
    """The counts of a desk's notices, in one query."""
    found = Notice.objects.filter(recipient_key__in=keys_of(actor)).aggregate(
        total=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True))
    )
    return NoticeCounts(**found)


def sent_to(institution: Institution) -> QuerySet[Notice]:
    """What was sent to an institution, newest first, with how it travelled."""
    found = Notice.objects.filter(institution=institution, recipient="institution")
    return found.prefetch_related("deliveries").order_by("-created_at", "-pk")


def contact_of(institution: Institution) -> NoticeContact | None:
    """Where the institution wants to be told; masked texts are for showing."""
    return (
        NoticeContact.objects.filter(institution=institution).select_related("institution").first()
    )
