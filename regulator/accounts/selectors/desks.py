"""Which desks a person may act at, and as whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.models import Appointment, HandOver, StandIn, User
from regulator.kernel.actors import VISITOR, Actor


def _held_on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_before__isnull=True) | Q(ends_before__gt=day))


def appointments_of(user: User, day: date) -> QuerySet[Appointment]:
    """The desks a user holds on a day, with division and department loaded."""
    return (
        Appointment.objects.filter(_held_on(day), user=user)
        .select_related("division", "department", "user")
        .order_by("id")
    )


def stand_ins_of(user: User, day: date) -> QuerySet[StandIn]:
    """The desks at which a user stands in on a day, while their holders still hold them."""
    held = Appointment.objects.filter(_held_on(day)).values("id")
    return (
        StandIn.objects.filter(_held_on(day), deputy=user, appointment__in=held)
        .select_related(
            "appointment__division", "appointment__department", "appointment__user", "deputy"
        )
        .order_by("id")
    )


def actor_at(appointment: Appointment, user: User) -> Actor:
    """The actor a user is at a desk: its holder, or who stands in for them."""
    return Actor(
        user_id=user.pk,
        name=user.name,
        role=appointment.role,
        division=appointment.division_id,
        department=appointment.department_id or "",
        institution=str(appointment.institution) if appointment.institution else "",
        appointment_id=appointment.pk,
        standing_in_for=None if appointment.user_id == user.pk else appointment.user_id,
    )


def desks_of(user: User, day: date) -> list[Appointment]:
    """Every desk a user may act at on a day: their own, then those they stand in for."""
    own = list(appointments_of(user, day))
    return own + [stand_in.appointment for stand_in in stand_ins_of(user, day)]


def actor_of(user: User, day: date, *, appointment_id: int | None) -> Actor:
    """The actor at the chosen desk, or at the first; a visitor when the user holds none."""
    desks = desks_of(user, day)
    if not desks:
        return VISITOR
    chosen = next((desk for desk in desks if desk.pk == appointment_id), desks[0])
    return actor_at(chosen, user)


def appointment_by_public_id(public_id: str) -> Appointment | None:
    """A desk by its public id."""
    return (
        Appointment.objects.filter(public_id=public_id)
        .select_related("division", "department", "user")
        .first()
    )


def appointments_in(actor: Actor) -> QuerySet[Appointment]:
    """The desks an actor may see: the division's with account.read, else their own."""
    desks = Appointment.objects.select_related("division", "department", "user")
    if may(actor, Action.ACCOUNT_READ, Target(division=actor.division)):
        return desks.filter(division=actor.division)
    return desks.filter(user_id=actor.user_id or 0)


def stand_ins_in(actor: Actor) -> QuerySet[StandIn]:
    """The stand-ins of the desks an actor may see, newest first."""
    return (
        StandIn.objects.filter(appointment__in=appointments_in(actor).values("id"))
        .select_related(
            "appointment__division", "appointment__department", "appointment__user", "deputy"
        )
        .order_by("-starts_on", "-id")
    )


def hand_overs_in(actor: Actor) -> QuerySet[HandOver]:
    """The hand-overs of the desks an actor may see, newest first."""
    return HandOver.objects.filter(
        from_appointment__in=appointments_in(actor).values("id")
    ).select_related("from_appointment__user", "to_appointment__user")
