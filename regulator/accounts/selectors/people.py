"""Users, places and departments."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.core.roles import Role
from regulator.accounts.models import (
    Appointment,
    Department,
    Division,
    PrivateLink,
    Township,
    User,
)
from regulator.kernel.actors import Actor


def users_in(actor: Actor) -> QuerySet[User]:
    """The users of the actor's division, with their desks.

    Who sits in the expert group is secret: but for its secretary nobody sees an expert's desk, nor
    a person who holds no other one.
    """
    desks = Appointment.objects.select_related("division", "department")
    users = User.objects.filter(division=actor.division).order_by("username")
    if not may(actor, Action.PANEL_MANAGE, Target(actor.division)):
        experts = Appointment.objects.filter(role=Role.EXPERT.value)
        others = Appointment.objects.exclude(role=Role.EXPERT.value)
        users = users.exclude(Q(pk__in=experts.values("user")) & ~Q(pk__in=others.values("user")))
        desks = desks.exclude(role=Role.EXPERT.value)
    return users.prefetch_related(Prefetch("appointments", queryset=desks))


def user_by_public_id(actor: Actor, public_id: str) -> User | None:
    """A user of the actor's division."""
    return users_in(actor).filter(public_id=public_id).first()


def user_by_id(user_id: int) -> User | None:
    """A user by the inner id that an audit event or an actor carries."""
    return User.objects.filter(pk=user_id).first()


def colleagues_of(actor: Actor, day: date) -> QuerySet[User]:
    """Active officers of the division who hold a desk on that day, but for the actor."""
    held = Appointment.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=day),
        starts_on__lte=day,
        division=actor.division,
        institution__isnull=True,
    )
    return (
        User.objects.filter(is_active=True, pk__in=held.values("user"))
        .exclude(pk=actor.user_id or 0)
        .order_by("name")
    )


def division_by_code(code: str) -> Division | None:
    """A division, or None."""
    return Division.objects.filter(code=code).first()


def divisions_on(day: date) -> QuerySet[Division]:
    """The divisions valid on a day."""
    return Division.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day),
        Q(ends_before__isnull=True) | Q(ends_before__gt=day),
    )


def townships_in(division: str) -> QuerySet[Township]:
    """The townships of a division."""
    return Township.objects.filter(division=division)


def departments() -> QuerySet[Department]:
    """All departments in their usual order."""
    return Department.objects.all()


def open_private_link(token: str, at: datetime) -> PrivateLink | None:
    """The open link of a token; the token itself is nowhere stored."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    link = PrivateLink.objects.select_related("user").filter(token_digest=digest).first()
    return link if link is not None and link.is_open(at) else None
