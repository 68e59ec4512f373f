"""Before the team goes: visits are planned from a draw or an order, and approved one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.core.orders import OrderState
from inspections.core.visits.states import VisitFacts, VisitState
from inspections.models import (
    Draw,
    DrawAssignment,
    InspectionOrder,
    OrderTarget,
    Visit,
    VisitItem,
)
from inspections.selectors.visits import checklist_of, team_inspectors
from inspections.services.draw_records import lock_draw
from inspections.services.visit_records import refuse_visit_move
from institutions.services.running_numbers import take_running
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_BATCH = 500
_NO_TEAM = "0"
_GOING = (OrderState.APPROVED.value, OrderState.RUNNING.value)


def plan_visits(*, draw: Draw, actor: Actor, at: datetime) -> list[Visit]:
    """Plan a visit, with its checklist fixed, for every drawn premises that has none yet.

    A premises that somebody steps in for has none; team `0` has nobody to go. Raises Refused.
    """
    require(actor, Action.VISIT_PLAN, Target(division=draw.division_id))
    with transaction.atomic():
        locked = lock_draw(draw)
        rows = _open_assignments(locked)
        if not rows:
            raise Refused(Refusal("visit.none_to_plan"))
        visits = [
            _planned(locked.division_id, row, number, actor, at)
            for number, row in enumerate(rows, start=1)
        ]
        return _keep(visits, Subject("draw", str(locked.public_id), locked.number), actor, at)


def plan_order_visits(*, order: InspectionOrder, actor: Actor, at: datetime) -> list[Visit]:
    """The same for the premises that an order sends a team to."""
    require(actor, Action.VISIT_PLAN, Target(division=order.division_id))
    with transaction.atomic():
        locked = InspectionOrder.objects.select_for_update().get(pk=order.pk)
        rows = list(
            locked.targets.filter(visit__isnull=True)
            .filter(order__state__in=_GOING)
            .select_related("premises__institution", "order")
        )
        if not rows:
            raise Refused(Refusal("visit.none_to_plan"))
        visits = [
            _planned(locked.division_id, row, number, actor, at)
            for number, row in enumerate(rows, start=1)
        ]
        subject = Subject("inspection_order", str(locked.public_id), locked.number)
        return _keep(visits, subject, actor, at)


def _open_assignments(draw: Draw) -> list[DrawAssignment]:
    if draw.state != DrawState.DRAWN.value:
        return []
    rows = draw.assignments.filter(visit__isnull=True, replaced=False).exclude(team=_NO_TEAM)
    return list(rows.select_related("premises__institution", "draw_of"))


def _planned(
    division: str, row: DrawAssignment | OrderTarget, position: int, actor: Actor, at: datetime
) -> Visit:
    return Visit(
        division_id=division,
        premises=row.premises,
        register_id=row.register_id,
        assignment=row if isinstance(row, DrawAssignment) else None,
        target=row if isinstance(row, OrderTarget) else None,
        team=row.team,
        position=position,
        planned_at=at,
        planned_by_user=actor.user_id,
        planned_by=actor.name,
    )


def _keep(visits: list[Visit], subject: Subject, actor: Actor, at: datetime) -> list[Visit]:
    """Write the visits and their checklists, and one event that counts them."""
    Visit.objects.bulk_create(visits, batch_size=_BATCH)
    on = timezone.localdate(at)
    items = [
        VisitItem(visit=visit, item=item, position=position)
        for visit in visits
        for position, item in enumerate(checklist_of(visit, on=on), start=1)
    ]
    VisitItem.objects.bulk_create(items, batch_size=_BATCH)
    draft = EventDraft(
        kind="visit.planned",
        subject=subject,
        new={"count": len(visits)},
        row_count=len(visits),
    )
    append_events(division=visits[0].division_id, actor=actor, drafts=[draft], occurred_at=at)
    return visits


def approve_visits(*, visits: Sequence[Visit], actor: Actor, at: datetime) -> list[Visit]:
    """检查审批: let the teams go, each visit under a number of its own.

    Somebody else than who planned them, and nobody of their teams. All are approved or none.
    Raises Refused with every reason.
    """
    for division in {visit.division_id for visit in visits}:
        require(actor, Action.VISIT_APPROVE, Target(division=division))
    if not visits:
        raise Refused(Refusal("visit.none_to_approve"))
    with transaction.atomic():
        rows = list(
            Visit.objects.select_for_update()
            .filter(pk__in=[visit.pk for visit in visits])
            .order_by("pk")
        )
        for row in rows:
            refuse_visit_move("approve", _approval_facts(row, actor, at))
        for division in sorted({row.division_id for row in rows}):
            _approve([row for row in rows if row.division_id == division], actor, at)
    return rows


def _approval_facts(visit: Visit, actor: Actor, at: datetime) -> VisitFacts:
    users = {one.user_id for one in team_inspectors(visit) if one.user_id is not None}
    return VisitFacts(
        state=VisitState(visit.state),
        at=at,
        on=timezone.localdate(at),
        actor_user=actor.user_id,
        planned_by_user=visit.planned_by_user,
        team_users=users,
    )


def _approve(rows: list[Visit], actor: Actor, at: datetime) -> None:
    division, year = rows[0].division_id, timezone.localdate(at).year
    numbers = take_running(f"visit-{division}-{year}", len(rows))
    for row, number in zip(rows, numbers, strict=True):
        row.approve(at=at, by=actor.name, number=f"检批〔{year}〕{number}号")
    Visit.objects.bulk_update(
        rows, ["state", "approved_at", "approved_by", "approval_number"], batch_size=_BATCH
    )
    drafts = [
        EventDraft(
            kind="visit.approved",
            subject=Subject("visit", str(row.public_id), row.approval_number),
            new={"state": row.state, "number": row.approval_number, "team": row.team},
        )
        for row in rows
    ]
    append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
