"""Appointments, stand-ins (AB角) and hand-overs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment, HandOver, StandIn, User
from regulator.accounts.selectors.desks import appointments_of
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def desk_subject(appointment: Appointment) -> Subject:
    """A desk as an audit event names it."""
    return Subject("desk", str(appointment.public_id), str(appointment))


def appoint(
    user: User,
    *,
    role: str,
    division: str,
    department: str = "",
    institution: UUID | None = None,
    institution_name: str = "",
    starts_on: date,
    ends_before: date | None = None,
    actor: Actor,
    at: datetime,
) -> Appointment:
    """Put a user at a desk from a day on (ends_before is exclusive)."""
    require(actor, Action.ACCOUNT_MANAGE, Target(division=division))
    appointment = Appointment(
        user=user,
        role=role,
        division_id=division,
        department_id=department or None,
        institution=institution,
        institution_name=institution_name,
        starts_on=starts_on,
        ends_before=ends_before,
    )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        refusals = _appointment_refusals(appointment)
        if refusals:
            raise Refused(refusals)
        appointment.save(force_insert=True)
        append_event(
            division=division,
            actor=actor,
            kind="accounts.appointed",
            subject=desk_subject(appointment),
            new={
                "user": user.public_id,
                "role": role,
                "department": department,
                "institution": institution,
                "starts_on": starts_on,
                "ends_before": ends_before,
            },
            occurred_at=at,
        )
    return appointment


def _appointment_refusals(wanted: Appointment) -> list[Refusal]:
    refusals: list[Refusal] = []
    if wanted.ends_before is not None and wanted.ends_before <= wanted.starts_on:
        refusals.append(Refusal("account.dates_reversed"))
    if wanted.role == Role.INSTITUTION_MANAGER and wanted.institution is None:
        refusals.append(Refusal("account.institution_missing"))
    same = Appointment.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=wanted.starts_on),
        user=wanted.user,
        role=wanted.role,
        division=wanted.division_id,
        department=wanted.department_id,
        institution=wanted.institution,
    )
    if wanted.ends_before is not None:
        same = same.filter(starts_on__lt=wanted.ends_before)
    if same.exists():
        refusals.append(Refusal("account.appointment_overlaps"))
    return refusals


def _own_desk_refusals(
    appointment: Appointment, actor: Actor, action: Action, day: date
) -> list[Refusal]:
    """A holder acts for their own desk; who manages accounts acts for every desk."""
    require(actor, action, Target(division=appointment.division_id))
    refusals: list[Refusal] = []
    speaks_for_all = actor.role in (Role.ADMINISTRATOR, Role.SYSTEM)
    if not speaks_for_all and appointment.user_id != actor.user_id:
        refusals.append(Refusal("account.not_own_desk"))
    if not appointment.is_held_on(day) and appointment.starts_on <= day:
        refusals.append(Refusal("account.appointment_ended"))
    return refusals


def appoint_stand_in(
    appointment: Appointment,
    *,
    deputy: User,
    starts_on: date,
    ends_before: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> StandIn:
    """Name who acts at a desk while its holder is away; they act under their own name."""
    with transaction.atomic():
        locked = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
        refusals = _own_desk_refusals(locked, actor, Action.STAND_IN_APPOINT, starts_on)
        if deputy.pk == locked.user_id:
            refusals.append(Refusal("account.stand_in_self"))
        elif not appointments_of(deputy, starts_on).filter(division=locked.division_id).exists():
            refusals.append(Refusal("account.stand_in_other_division"))
        if ends_before <= starts_on:
            refusals.append(Refusal("account.dates_reversed"))
        if refusals:
            raise Refused(refusals)
        stand_in = StandIn.objects.create(
            appointment=locked,
            deputy=deputy,
            starts_on=starts_on,
            ends_before=ends_before,
            reason=reason,
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="accounts.stand_in_appointed",
            subject=desk_subject(locked),
            new={
                "deputy": deputy.public_id,
                "starts_on": starts_on,
                "ends_before": ends_before,
            },
            reason=reason,
            occurred_at=at,
        )
    return stand_in


def end_stand_in(stand_in: StandIn, *, ends_before: date, actor: Actor, at: datetime) -> StandIn:
    """End a stand-in early; it never ends before it has begun."""
    with transaction.atomic():
        locked = (
            StandIn.objects.select_for_update(of=("self",))
            .select_related("appointment__division", "appointment__department")
            .get(pk=stand_in.pk)
        )
        refusals = _own_desk_refusals(
            locked.appointment, actor, Action.STAND_IN_APPOINT, locked.starts_on
        )
        if ends_before <= locked.starts_on:
            refusals.append(Refusal("account.dates_reversed"))
        if refusals:
            raise Refused(refusals)
        was = locked.ends_before
        locked.ends_before = ends_before
        locked.save(update_fields=["ends_before"])
        append_event(
            division=locked.appointment.division_id,
            actor=actor,
            kind="accounts.stand_in_ended",
            subject=desk_subject(locked.appointment),
            old={"ends_before": was},
            new={"ends_before": ends_before},
            occurred_at=at,
        )
    return locked


def hand_over(
    appointment: Appointment,
    *,
    successor: User,
    on: date,
    note: str,
    open_work: Mapping[str, Any],
    actor: Actor,
    at: datetime,
) -> HandOver:
    """Pass a desk on: it ends for its holder on `on` and begins for the successor that day.

    `open_work` is what the caller counted as still to do, by kind (the page passes none yet: the
    counts lie in rooms above, and the note names what is open). Work belongs to desks, not
    to persons, so nothing has to be moved.
    """
    with transaction.atomic():
        locked = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("division", "department", "user")
            .get(pk=appointment.pk)
        )
        refusals = _own_desk_refusals(locked, actor, Action.HAND_OVER, on)
        if successor.pk == locked.user_id:
            refusals.append(Refusal("account.stand_in_self"))
        if on <= locked.starts_on:
            refusals.append(Refusal("account.dates_reversed"))
        if not note.strip():
            refusals.append(Refusal("account.handover_note_missing"))
        if refusals:
            raise Refused(refusals)
        taken = Appointment.objects.create(
            user=successor,
            role=locked.role,
            division=locked.division,
            department=locked.department,
            institution=locked.institution,
            institution_name=locked.institution_name,
            starts_on=on,
            ends_before=locked.ends_before,
        )
        was_until = locked.ends_before
        locked.ends_before = on
        locked.save(update_fields=["ends_before"])
        record = HandOver.objects.create(
            from_appointment=locked,
            to_appointment=taken,
            note=note.strip(),
            open_work=dict(open_work),
            handed_over_at=at,
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="accounts.desk_handed_over",
            subject=desk_subject(locked),
            old={"user": locked.user.public_id, "ends_before": was_until},
            new={"user": successor.public_id, "starts_on": on, "open_work": dict(open_work)},
            reason=note.strip(),
            occurred_at=at,
        )
    return record
