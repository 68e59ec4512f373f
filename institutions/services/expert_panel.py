"""The list of experts: kept by the secretary, shown to nobody else, each look with a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from institutions.models import ExpertPanel, PanelMember
from institutions.selectors.appraisals import member_names, members_of, sitting_now
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import member_digest
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class ShownMember:
    """A member with their name, as the secretary sees the list."""

    member: PanelMember
    name: str


def add_member(
    *,
    appointment: Appointment,
    field: str,
    declared_on: date | None,
    actor: Actor,
    at: datetime,
) -> PanelMember:
    """Enter an expert's desk in the division's list, with the declaration. Raises Refused."""
    division = appointment.division_id
    require(actor, Action.PANEL_MANAGE, Target(division))
    on = local_day(at)
    with transaction.atomic():
        panel, _made = ExpertPanel.objects.get_or_create(
            division_id=division, defaults={"opened_at": at}
        )
        ExpertPanel.objects.select_for_update().get(pk=panel.pk)
        found = []
        if appointment.role != Role.EXPERT or not appointment.is_held_on(on):
            found.append(Refusal("panel.not_an_expert"))
        if panel.members.filter(appointment=appointment, ends_before__isnull=True).exists():
            found.append(Refusal("panel.on_it_already"))
        if not field:
            found.append(Refusal("panel.no_field"))
        if declared_on is None:
            found.append(Refusal("panel.undeclared"))
        if found or declared_on is None:
            raise Refused(found)
        member = PanelMember.objects.create(
            panel=panel,
            appointment=appointment,
            field=field,
            declared_on=declared_on,
            starts_on=on,
        )
        _record(member, division, kind="member_added", actor=actor, at=at)
    return member


def end_member(*, member: PanelMember, actor: Actor, at: datetime) -> PanelMember:
    """Take an expert off the list; whoever still sits on a panel stays. Raises Refused."""
    division = member.panel.division_id
    require(actor, Action.PANEL_MANAGE, Target(division))
    with transaction.atomic():
        ExpertPanel.objects.select_for_update().get(pk=member.panel_id)
        locked = PanelMember.objects.get(pk=member.pk)
        sitting = sitting_now(locked)
        found = []
        if locked.ends_before is not None:
            found.append(Refusal("panel.off_already"))
        if sitting:
            found.append(Refusal("panel.seated_now", {"count": sitting}))
        if found:
            raise Refused(found)
        locked.ends_before = local_day(at)
        locked.save(update_fields=["ends_before"])
        _record(locked, division, kind="member_ended", actor=actor, at=at)
    return locked


def show_members(*, actor: Actor, at: datetime) -> list[ShownMember]:
    """The whole list with names, for the secretary alone; the look itself is recorded."""
    return show_names(list(members_of(actor.division)), actor=actor, at=at)


def show_names(members: Sequence[PanelMember], *, actor: Actor, at: datetime) -> list[ShownMember]:
    """These members with their names, for the secretary alone; the look itself is recorded."""
    require(actor, Action.PANEL_MANAGE, Target(actor.division))
    with transaction.atomic():
        append_event(
            division=actor.division,
            actor=actor,
            kind="panel.members_shown",
            subject=Subject("expert_panel", actor.division),
            new={"members": len(members)},
            occurred_at=at,
        )
    names = member_names(members)
    return [ShownMember(one, names[one.pk]) for one in members]


def _record(member: PanelMember, division: str, *, kind: str, actor: Actor, at: datetime) -> None:
    append_event(
        division=division,
        actor=actor,
        kind=f"panel.{kind}",
        subject=Subject("panel_member", str(member.public_id)),
        new={"field": member.field, "member": member_digest(member)},
        occurred_at=at,
    )
