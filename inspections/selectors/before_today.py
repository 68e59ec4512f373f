"""What waits for a second person before a visit: plans, frames, orders, replacements, visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.core.orders import OrderState
from inspections.core.plans.states import PlanState
from inspections.core.visits.states import VisitState
from inspections.models import AnnualPlan, Draw, InspectionOrder, OrderReplacement, Visit
from inspections.selectors.withholding import requests_to_decide
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class BeforeWork:
    """Counts for the front page: what the actor may do, and did not do the first step of."""

    plans: int = 0
    plans_to_publish: int = 0
    frames: int = 0
    first_reading_on: date | None = None
    to_draw: int = 0
    orders: int = 0
    replacements: int = 0
    visits: int = 0
    withholdings: int = 0


def before_work(actor: Actor) -> BeforeWork:
    """What waits for the actor's approval; nothing where the desk has no part in it."""
    values: dict[str, object] = {**_plans(actor), **_orders(actor)}
    target = Target(actor.division)
    if may(actor, Action.DRAW_APPROVE, target):
        values |= _draws(actor)
    if may(actor, Action.VISIT_APPROVE, target):
        rows = Visit.objects.filter(division=actor.division, state=VisitState.PLANNED.value)
        values["visits"] = rows.exclude(planned_by_user=actor.user_id).count()
    if may(actor, Action.RESULT_WITHHOLD, target):
        values["withholdings"] = requests_to_decide(actor).count()
    return BeforeWork(**values)  # type: ignore[arg-type]


def _plans(actor: Actor) -> dict[str, object]:
    rows, target = AnnualPlan.objects.filter(division=actor.division), Target(actor.division)
    found: dict[str, object] = {}
    if may(actor, Action.PLAN_APPROVE, target):
        waiting = rows.filter(state=PlanState.SUBMITTED.value)
        found["plans"] = waiting.exclude(submitted_by_user=actor.user_id).count()
    if may(actor, Action.PLAN_PREPARE, target):
        found["plans_to_publish"] = rows.filter(state=PlanState.APPROVED.value).count()
    return found


def _draws(actor: Actor) -> dict[str, object]:
    rows = Draw.objects.filter(division=actor.division)
    frames = rows.filter(state=DrawState.PREPARING.value).exclude(prepared_by_user=actor.user_id)
    first = frames.order_by("due_at").values_list("due_at", flat=True).first()
    read = rows.filter(state=DrawState.COMMITTED.value).exclude(randomness="")
    return {
        "frames": frames.count(),
        "first_reading_on": timezone.localdate(first) if first else None,
        "to_draw": read.exclude(readings__recorded_by_user=actor.user_id).count(),
    }


def _orders(actor: Actor) -> dict[str, object]:
    """A coordinator approves what their own department leads, the leader what any does."""
    if not may(actor, Action.ORDER_APPROVE, Target(actor.division, actor.department)):
        return {}
    drafted = InspectionOrder.objects.filter(
        division=actor.division, state=OrderState.DRAFTED.value
    ).exclude(drafted_by_user=actor.user_id)
    asked = OrderReplacement.objects.filter(
        order__division=actor.division, is_approved__isnull=True
    ).exclude(asked_by_user=actor.user_id)
    return {
        "orders": _approvable(actor, drafted.values_list("lead_department", flat=True)),
        "replacements": _approvable(actor, asked.values_list("order__lead_department", flat=True)),
    }


def _approvable(actor: Actor, departments: Iterable[str]) -> int:
    return sum(
        may(actor, Action.ORDER_APPROVE, Target(actor.division, department))
        for department in departments
    )
