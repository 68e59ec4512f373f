"""Inspection orders: drafting, changing, approval by a second person, start, end, withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.orders import (
    MOVES,
    MemberFact,
    OrderFacts,
    OrderKind,
    OrderState,
    TargetFact,
    draft_refusals,
    order_number,
    refusals,
)
from inspections.models import (
    InspectionOrder,
    Inspector,
    OrderCounter,
    OrderMember,
    OrderTarget,
)
from inspections.selectors.orders import (
    certified_departments,
    member_facts,
    places_named,
    publishing_departments,
    target_facts,
)
from institutions.models import Premises
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import InvariantError, Refused

_LARGEST = 999


@dataclass(frozen=True)
class OrderDraft:
    """What an order says. `targets` pairs register ids with a team label, `members` inspectors
    with theirs; the days are half-open; departments are codes."""

    kind: str
    title: str
    basis: str
    reference: str
    lead_department: str
    joint_departments: Sequence[str]
    starts_on: date
    ends_before: date
    targets: Sequence[tuple[str, str]] = ()
    members: Sequence[tuple[Inspector, str]] = ()


@dataclass(frozen=True)
class _Read:
    """The rows behind a draft, and what the guards see of them."""

    places: list[tuple[Premises, str]]
    unknown: tuple[str, ...]
    target_facts: tuple[TargetFact, ...]
    member_facts: tuple[MemberFact, ...]


def draft_order(*, division: str, draft: OrderDraft, actor: Actor, at: datetime) -> InspectionOrder:
    """Write an order under the next number of its kind's series. Raises Refused with every
    reason; then no number is used up."""
    require(
        actor,
        Action.ORDER_PREPARE,
        Target(division=division, department=draft.lead_department),
    )
    read = _read(division, draft, at)
    reasons = draft_refusals(_draft_facts(division, draft, read, OrderState.DRAFTED, at))
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        kind = OrderKind(draft.kind)
        order = InspectionOrder(
            division_id=division,
            number=_next_number(division, timezone.localdate(at).year, kind),
            kind=kind.value,
            drafted_at=at,
            drafted_by_user=actor.user_id,
            drafted_by=actor.name,
        )
        _fill(order, draft)
        order.save(force_insert=True)
        _send(order, draft, read)
        record_order_event(order, kind="drafted", actor=actor, at=at, new=_stated(draft))
    return order


def revise_order(
    *, order: InspectionOrder, draft: OrderDraft, actor: Actor, at: datetime
) -> InspectionOrder:
    """Change a drafted order; its number and kind stay. Raises Refused with every reason."""
    department = order.lead_department_id
    require(actor, Action.ORDER_PREPARE, Target(order.division_id, department))
    require(actor, Action.ORDER_PREPARE, Target(order.division_id, draft.lead_department))
    read = _read(order.division_id, draft, at)
    with transaction.atomic():
        locked = _lock(order)
        state = OrderState(locked.state)
        reasons = draft_refusals(_draft_facts(locked.division_id, draft, read, state, at))
        if reasons:
            raise Refused(reasons)
        _fill(locked, draft)
        # Whoever wrote it last is its first person: somebody else must approve.
        locked.drafted_by_user, locked.drafted_by = actor.user_id, actor.name
        locked.save()
        locked.targets.all().delete()
        locked.members.all().delete()
        _send(locked, draft, read)
        record_order_event(locked, kind="revised", actor=actor, at=at, new=_stated(draft))
    return locked


def approve_order(*, order: InspectionOrder, actor: Actor, at: datetime) -> InspectionOrder:
    """A second person lets an order go ahead."""
    return _move(order, "approve", actor, at)


def start_order(*, order: InspectionOrder, actor: Actor, at: datetime) -> InspectionOrder:
    """Send its teams out, from its first day on."""
    return _move(order, "start", actor, at)


def end_order(*, order: InspectionOrder, actor: Actor, at: datetime) -> InspectionOrder:
    """Close an order: no further visit belongs to it."""
    return _move(order, "end", actor, at)


def withdraw_order(
    *, order: InspectionOrder, reason: str, actor: Actor, at: datetime
) -> InspectionOrder:
    """Take an order back before anybody goes out; its number stays used."""
    return _move(order, "withdraw", actor, at, reason=reason.strip())


def _move(
    order: InspectionOrder, name: str, actor: Actor, at: datetime, *, reason: str = ""
) -> InspectionOrder:
    move = MOVES[name]
    require(actor, move.action, Target(order.division_id, order.lead_department_id))
    with transaction.atomic():
        locked = _lock(order)
        reasons = refusals(move, facts_of_order(locked, actor=actor, at=at, reason=reason))
        if reasons:
            raise Refused(reasons)
        old = locked.state
        if name == "approve":
            locked.approve(at=at, by_user=actor.user_id, by=actor.name)
        elif name == "start":
            locked.start(at=at, by=actor.name)
        elif name == "end":
            locked.end(at=at, by=actor.name)
        else:
            locked.withdraw(at=at, by=actor.name, reason=reason)
        locked.save()
        record_order_event(
            locked,
            kind=name,
            actor=actor,
            at=at,
            old={"state": old},
            new={"state": locked.state},
            reason=reason,
            basis=move.basis,
        )
    return locked


def facts_of_order(
    order: InspectionOrder, *, actor: Actor, at: datetime, reason: str = ""
) -> OrderFacts:
    """What the guards look at, from an order's rows."""
    places = [(row.premises, row.team) for row in _targets(order)]
    people = [(row.inspector, row.team) for row in order.members.select_related("inspector")]
    return OrderFacts(
        kind=OrderKind(order.kind),
        state=OrderState(order.state),
        today=timezone.localdate(at),
        title=order.title,
        basis=order.basis,
        reference=order.reference,
        starts_on=order.starts_on,
        ends_before=order.ends_before,
        departments=order.departments,
        targets=target_facts(places),
        members=member_facts(people, at=at),
        publishing=publishing_departments(order.division_id, order.starts_on),
        certified=certified_departments(order.division_id, order.starts_on),
        drafted_by_user=order.drafted_by_user,
        actor_user=actor.user_id,
        reason=reason,
    )


def _targets(order: InspectionOrder) -> Any:
    return order.targets.select_related("premises__institution")


def record_order_event(
    order: InspectionOrder,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append an order's event."""
    append_event(
        division=order.division_id,
        actor=actor,
        kind=f"order.{kind}",
        subject=Subject("inspection_order", str(order.public_id), order.number),
        old=old,
        new=new,
        reason=reason,
        basis=basis,
        occurred_at=at,
    )


def _lock(order: InspectionOrder) -> InspectionOrder:
    return InspectionOrder.objects.select_for_update().get(pk=order.pk)


def _next_number(division: str, year: int, kind: OrderKind) -> str:
    """The next number of a kind's series, without gaps; locks the counter."""
    key: dict[str, Any] = {"division_id": division, "kind": kind.value, "year": year}
    OrderCounter.objects.get_or_create(**key)
    counter = OrderCounter.objects.select_for_update().get(**key)
    counter.last_number += 1
    if counter.last_number > _LARGEST:
        raise InvariantError(f"{division} {year} 年 {kind.value} 检查任务的编号已经用完。")
    counter.save(update_fields=["last_number"])
    return order_number(division=division, year=year, kind=kind, position=counter.last_number)


def _read(division: str, draft: OrderDraft, at: datetime) -> _Read:
    wanted = dict(draft.targets)
    found = places_named(division, list(wanted))
    places = [(found[one], team) for one, team in wanted.items() if one in found]
    return _Read(
        places=places,
        unknown=tuple(one for one in wanted if one not in found),
        target_facts=target_facts(places),
        member_facts=member_facts(draft.members, at=at),
    )


def _draft_facts(
    division: str, draft: OrderDraft, read: _Read, state: OrderState, at: datetime
) -> OrderFacts:
    return OrderFacts(
        kind=OrderKind(draft.kind),
        state=state,
        today=timezone.localdate(at),
        title=draft.title,
        basis=draft.basis,
        reference=draft.reference,
        starts_on=draft.starts_on,
        ends_before=draft.ends_before,
        departments=(draft.lead_department, *draft.joint_departments),
        targets=read.target_facts,
        members=read.member_facts,
        unknown_places=read.unknown,
        publishing=publishing_departments(division, draft.starts_on),
        certified=certified_departments(division, draft.starts_on),
    )


def _fill(order: InspectionOrder, draft: OrderDraft) -> None:
    order.title = draft.title.strip()
    order.basis = draft.basis.strip()
    order.reference = draft.reference.strip()
    order.lead_department_id = draft.lead_department
    order.joint_departments = list(draft.joint_departments)
    order.starts_on = draft.starts_on
    order.ends_before = draft.ends_before


def _send(order: InspectionOrder, draft: OrderDraft, read: _Read) -> None:
    OrderTarget.objects.bulk_create(
        [
            OrderTarget(order=order, premises=place, register_id=place.register_id, team=team)
            for place, team in read.places
        ],
        batch_size=500,
    )
    OrderMember.objects.bulk_create(
        [OrderMember(order=order, inspector=one, team=team) for one, team in draft.members],
        batch_size=500,
    )


def _stated(draft: OrderDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "title": draft.title,
        "basis": draft.basis,
        "reference": draft.reference,
        "departments": [draft.lead_department, *draft.joint_departments],
        "days": [draft.starts_on.isoformat(), draft.ends_before.isoformat()],
        "places": [one for one, _team in draft.targets],
        "inspectors": [str(one.public_id) for one, _team in draft.members],
    }
