"""Replacing a member of an order outside the draw: one person proposes, a second one agrees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.findings.finding_states import words_refusals
from inspections.core.order_replacements import (
    ReplacementFacts,
    decision_refusals,
    replacement_refusals,
)
from inspections.core.orders import OFFICERS_LAW, OrderState
from inspections.core.visits.states import VisitState
from inspections.models import InspectionOrder, Inspector, OrderReplacement, VisitMember
from inspections.selectors.orders import member_facts, target_facts
from inspections.services.checklists import record_renewed, renew_papers
from inspections.services.orders import record_order_event
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused


def ask_replacement(
    *,
    order: InspectionOrder,
    out: Inspector,
    into: Inspector,
    reason: str,
    actor: Actor,
    at: datetime,
) -> OrderReplacement:
    """Propose who steps in for a member; nothing changes until a second person agrees."""
    require(actor, Action.ORDER_PREPARE, Target(order.division_id, order.lead_department_id))
    with transaction.atomic():
        locked = _lock(order)
        is_open = locked.replacements.filter(out=out, is_approved__isnull=True).exists()
        facts = _facts(locked, out, into, reason, at, is_open=is_open)
        reasons = replacement_refusals(facts)
        if reasons or facts.out is None:
            raise Refused(reasons)
        row = OrderReplacement.objects.create(
            order=locked,
            team=facts.out.team,
            out=out,
            into=into,
            reason=reason.strip(),
            asked_at=at,
            asked_by_user=actor.user_id,
            asked_by=actor.name,
        )
        _record(row, kind="replacement_asked", actor=actor, at=at, reason=row.reason)
    return row


def approve_replacement(
    *, replacement: OrderReplacement, actor: Actor, at: datetime
) -> OrderReplacement:
    """A second person agrees: the seat is the other's from now on. Raises Refused."""
    with transaction.atomic():
        row, order = _lock_open(replacement, actor)
        facts = _facts(order, row.out, row.into, row.reason, at)
        reasons = (*_deciding(row, actor), *replacement_refusals(facts))
        if reasons:
            raise Refused(reasons)
        order.members.filter(inspector=row.out).update(inspector=row.into)
        _decide(row, "", actor, at, is_approved=True)
        new = {"team": row.team, "into": str(row.into.public_id)}
        old = {"out": str(row.out.public_id)}
        issued = renew_papers(source=order, actor=actor, at=at)
        _record(row, kind="member_replaced", actor=actor, at=at, old=old, new=new)
        record_renewed(source=order, issued=issued, actor=actor, at=at)
    return row


def decline_replacement(
    *, replacement: OrderReplacement, answer: str, actor: Actor, at: datetime
) -> OrderReplacement:
    """A second person refuses, and says why; the team stays as it was approved."""
    with transaction.atomic():
        row, _order = _lock_open(replacement, actor)
        missing = words_refusals(answer, missing="order.replacement_answer_missing")
        reasons = (*_deciding(row, actor), *missing)
        if reasons:
            raise Refused(reasons)
        _decide(row, answer.strip(), actor, at, is_approved=False)
        _record(row, kind="replacement_declined", actor=actor, at=at, reason=row.answer)
    return row


def _lock(order: InspectionOrder) -> InspectionOrder:
    return InspectionOrder.objects.select_for_update().get(pk=order.pk)


def _lock_open(
    replacement: OrderReplacement, actor: Actor
) -> tuple[OrderReplacement, InspectionOrder]:
    order = _lock(replacement.order)
    require(actor, Action.ORDER_APPROVE, Target(order.division_id, order.lead_department_id))
    rows = OrderReplacement.objects.select_related("order", "out", "into")
    return rows.get(pk=replacement.pk), order


def _deciding(row: OrderReplacement, actor: Actor) -> tuple[Any, ...]:
    return decision_refusals(
        is_decided=row.is_approved is not None,
        asked_by_user=row.asked_by_user,
        actor_user=actor.user_id,
    )


def _facts(
    order: InspectionOrder,
    out: Inspector,
    into: Inspector,
    reason: str,
    at: datetime,
    *,
    is_open: bool = False,
) -> ReplacementFacts:
    members = list(order.members.select_related("inspector"))
    sits = next((row for row in members if row.inspector_id == out.pk), None)
    team = sits.team if sits else ""
    outs = member_facts([(out, team)], at=at) if sits else ()
    places = [(row.premises, row.team) for row in _targets(order)]
    return ReplacementFacts(
        state=OrderState(order.state),
        today=timezone.localdate(at),
        starts_on=order.starts_on,
        ends_before=order.ends_before,
        out_name=out.name,
        out=outs[0] if outs else None,
        into=member_facts([(into, team)], at=at)[0],
        members=tuple(row.inspector_id for row in members),
        targets=target_facts(places),
        at_visit=_visit_under_way(order, out),
        reason=reason,
        is_open=is_open,
    )


def _targets(order: InspectionOrder) -> Any:
    return order.targets.select_related("premises__institution")


def _visit_under_way(order: InspectionOrder, inspector: Inspector) -> str:
    rows = VisitMember.objects.filter(
        inspector=inspector,
        visit__target__order=order,
        visit__state=VisitState.ARRIVED.value,
    )
    return rows.values_list("visit__register_id", flat=True).first() or ""


def _decide(
    row: OrderReplacement, answer: str, actor: Actor, at: datetime, *, is_approved: bool
) -> None:
    row.is_approved, row.answer = is_approved, answer
    row.decided_at, row.decided_by_user, row.decided_by = at, actor.user_id, actor.name
    row.save(update_fields=["is_approved", "answer", "decided_at", "decided_by_user", "decided_by"])


def _record(
    row: OrderReplacement,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    record_order_event(
        row.order,
        kind=kind,
        actor=actor,
        at=at,
        old=old,
        new=new or {"team": row.team},
        reason=reason,
        basis=OFFICERS_LAW,
    )
