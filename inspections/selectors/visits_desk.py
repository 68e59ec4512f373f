"""What the desk's list of visits shows: rows, what waits for approval, what may be planned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from inspections.core.draw_states import DrawState
from inspections.core.orders import OrderState
from inspections.core.visits.states import VisitState
from inspections.models import Draw, InspectionOrder, Visit
from inspections.selectors.visits import visits_in, visits_of_division
from regulator.kernel.actors import Actor

_PLANNABLE_ORDERS = (OrderState.APPROVED.value, OrderState.RUNNING.value)


@dataclass(frozen=True)
class Task:
    """A draw or an order by its number, and how many of its visits or premises are meant."""

    number: str
    title: str
    count: int
    is_draw: bool


def visits_filtered(actor: Actor, *, number: str = "", state: str = "") -> QuerySet[Visit]:
    """The visits that the actor may know, of one draw or order and in one state where asked."""
    rows = visits_in(actor)
    if number:
        rows = rows.filter(_of_task(number))
    return rows.filter(state=state) if state else rows


def _of_task(number: str) -> Q:
    return Q(assignment__draw_of__number=number) | Q(target__order__number=number)


def planned_of_task(actor: Actor, number: str) -> list[Visit]:
    """The visits of a draw or an order that wait for approval: to be counted, not shown."""
    rows = visits_of_division(actor).filter(_of_task(number), state=VisitState.PLANNED.value)
    return list(rows.order_by("pk"))


def awaiting_approval(actor: Actor) -> list[Task]:
    """Draws and orders with visits that wait for approval, and how many."""
    rows = visits_of_division(actor).filter(state=VisitState.PLANNED.value)
    drawn = rows.filter(assignment__isnull=False).values_list(
        "assignment__draw_of__number", "assignment__draw_of__campaign"
    )
    ordered = rows.filter(target__isnull=False).values_list(
        "target__order__number", "target__order__title"
    )
    return [*_tasks(Counter(drawn), is_draw=True), *_tasks(Counter(ordered), is_draw=False)]


def _tasks(counted: Counter[tuple[str, str]], *, is_draw: bool) -> list[Task]:
    return [
        Task(number, title, count, is_draw) for (number, title), count in sorted(counted.items())
    ]


def plannable(actor: Actor) -> list[Task]:
    """Draws and orders of the division with premises that have no visit planned yet."""
    drawn = (
        Draw.objects.filter(division=actor.division, state=DrawState.DRAWN.value)
        .filter(assignments__visit__isnull=True, assignments__replaced=False)
        .exclude(assignments__team="0")
        .values_list("number", "campaign")
    )
    ordered = InspectionOrder.objects.filter(
        division=actor.division, state__in=_PLANNABLE_ORDERS, targets__visit__isnull=True
    ).values_list("number", "title")
    return [*_tasks(Counter(drawn), is_draw=True), *_tasks(Counter(ordered), is_draw=False)]


def drawn_draw(actor: Actor, number: str) -> Draw | None:
    """A draw of the division by number."""
    return Draw.objects.filter(division=actor.division, number=number).first()


def order_of_division(actor: Actor, number: str) -> InspectionOrder | None:
    """An order of the division by number."""
    return InspectionOrder.objects.filter(division=actor.division, number=number).first()
