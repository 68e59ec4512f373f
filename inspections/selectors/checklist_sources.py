"""Draws and orders by what their papers, jobs and addresses call them."""

from __future__ import annotations

from uuid import UUID

from inspections.core.orders import OrderState
from inspections.models import Checklist, Draw, InspectionOrder
from inspections.selectors.draws import draw_for, may_read_sealed
from inspections.selectors.orders import order_for, orders_in
from regulator.accounts.models import Division
from regulator.kernel.actors import Actor

_SHOWN_ORDERS = 100


def order_by_public_id(public_id: str | UUID) -> InspectionOrder:
    """An order by its public id, for work that was asked for by somebody who may."""
    return InspectionOrder.objects.select_related("division").get(public_id=public_id)


def source_for(actor: Actor, number: str) -> Draw | InspectionOrder | None:
    """A draw or an order by its number whose papers the actor may see; a sealed draw is none."""
    draw = draw_for(actor, number)
    if draw is not None:
        return draw if may_read_sealed(actor, draw) else None
    return order_for(actor, number)


def may_read_paper(actor: Actor, checklist: Checklist) -> bool:
    """Whether an actor may know which premises a paper is for."""
    if checklist.draw_of is None:
        return True
    return may_read_sealed(actor, checklist.draw_of)


def printable_orders(actor: Actor) -> list[InspectionOrder]:
    """The orders of the actor's desk that are approved and not withdrawn, the newest first."""
    states = (OrderState.APPROVED.value, OrderState.RUNNING.value, OrderState.ENDED.value)
    return list(orders_in(actor).filter(state__in=states)[:_SHOWN_ORDERS])


def division_of(actor: Actor) -> Division:
    """The division of the actor's desk."""
    return Division.objects.get(code=actor.division)
