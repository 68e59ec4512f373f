"""Inspection orders and leads as a desk sees them, and the facts an order is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from inspections.core.orders import MemberFact, TargetFact
from inspections.models import (
    InspectionItem,
    InspectionOrder,
    Inspector,
    Lead,
    OrderMember,
    OrderReplacement,
)
from inspections.selectors.scope import recusals_at
from institutions.models import Premises
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import reach_of
from regulator.accounts.models import Department
from regulator.kernel.actors import Actor


def orders_in(actor: Actor) -> QuerySet[InspectionOrder]:
    """The orders that an actor's desk reaches, the newest first, with their numbers of places."""
    rows = InspectionOrder.objects.select_related("lead_department").annotate(
        places=Count("targets")
    )
    # Counting groups the rows, and grouped rows lose the model's own order.
    return rows.filter(reached(actor, Action.ORDER_READ)).order_by("-pk")


def order_for(actor: Actor, number: str) -> InspectionOrder | None:
    """An order by its number, where the actor's desk reaches it."""
    return orders_in(actor).filter(number=number).first()


def leads_in(actor: Actor) -> QuerySet[Lead]:
    """Leads of the actor's division; who may not prepare orders sees those of their own desk."""
    rows = Lead.objects.select_related("institution", "to_department", "order")
    if reach_of(actor, Action.ORDER_READ) is None:
        return rows.filter(division=actor.division, reported_by=actor.name)
    return rows.filter(reached(actor, Action.ORDER_READ))


def reached(actor: Actor, action: Action) -> Q:
    """The rows with a `division` that an actor's desk reaches with an action."""
    reach = reach_of(actor, action)
    if reach is None:
        return Q(pk__in=[])
    if reach is Reach.CITY and actor.division.endswith("00"):
        return Q(division__code__startswith=actor.division[:4])
    return Q(division=actor.division)


def places_named(division: str, register_ids: Sequence[str]) -> dict[str, Premises]:
    """The premises in use with these register ids, by id."""
    rows = Premises.objects.filter(
        register_id__in=register_ids,
        institution__division=division,
        ends_before__isnull=True,
    ).select_related("institution")
    return {row.register_id: row for row in rows}


def target_facts(pairs: Sequence[tuple[Premises, str]]) -> tuple[TargetFact, ...]:
    """Premises and team labels as the guards look at them."""
    return tuple(
        TargetFact(place.register_id, str(place.institution.public_id), team)
        for place, team in pairs
    )


def member_facts(pairs: Sequence[tuple[Inspector, str]], *, at: datetime) -> tuple[MemberFact, ...]:
    """Inspectors and team labels as the guards look at them, with their open recusals."""
    recused: dict[int, set[str]] = {}
    people = [inspector for inspector, _team in pairs]
    for inspector, institution in recusals_at(inspectors=people, at=at):
        recused.setdefault(inspector, set()).add(str(institution))
    return tuple(
        MemberFact(
            inspector=person.pk,
            name=person.name,
            department=person.department_id,
            team=team,
            valid_from=person.valid_from,
            valid_before=person.valid_before,
            is_active=person.is_active,
            recused_from=frozenset(recused.get(person.pk, ())),
        )
        for person, team in pairs
    )


def publishing_departments(division: str, on: date) -> frozenset[str]:
    """Codes of the departments with a published inspection item on a day."""
    rows = InspectionItem.objects.filter(
        division=division, is_published=True, starts_on__lte=on
    ).exclude(ends_before__lte=on)
    return frozenset(rows.values_list("department", flat=True))


def certified_departments(division: str, on: date) -> frozenset[str]:
    """Codes of the departments that have somebody with a certificate valid on a day."""
    rows = Inspector.objects.filter(
        division=division, is_active=True, valid_from__lte=on, valid_before__gt=on
    )
    return frozenset(rows.values_list("department", flat=True))


def inspecting_departments(division: str, on: date) -> list[Department]:
    """The departments that may inspect on a day, in the order of the table."""
    codes = certified_departments(division, on) & publishing_departments(division, on)
    return list(Department.objects.filter(code__in=codes))


def inspectors_of(division: str, departments: Sequence[str], on: date) -> list[Inspector]:
    """Whom an order may send: certified on its first day, of the departments that act."""
    rows = Inspector.objects.filter(
        division=division,
        department__in=departments,
        is_active=True,
        valid_from__lte=on,
        valid_before__gt=on,
    )
    return list(rows.select_related("department"))


def member_of(order: InspectionOrder, public_id: UUID | str) -> OrderMember | None:
    """Somebody who sits in an order's teams, by the inspector's public id."""
    rows = order.members.select_related("inspector__department")
    return rows.filter(inspector__public_id=public_id).first()


def may_step_in(order: InspectionOrder, out: Inspector, on: date) -> list[Inspector]:
    """The certified inspectors of the same department who do not sit in the order yet."""
    seated = set(order.members.values_list("inspector", flat=True))
    rows = inspectors_of(order.division_id, [out.department_id], max(on, order.starts_on))
    return [one for one in rows if one.pk not in seated]


def replacements_of(order: InspectionOrder) -> list[OrderReplacement]:
    """Every replacement that was proposed for an order, what waits last."""
    return list(order.replacements.select_related("out", "into__department"))


def replacement_for(order: InspectionOrder, public_id: UUID | str) -> OrderReplacement | None:
    """One of them by public id."""
    rows = order.replacements.select_related("order", "out", "into")
    return rows.filter(public_id=public_id).first()
