"""Two persons change a calendar or a setting: one proposes, another signs, and then it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.core.chain import plain
from regulator.audit.services import Subject, append_event
from regulator.calendars.core.changes import (
    CALENDAR_DEPARTMENT,
    MOVES,
    ChangeFacts,
    ChangeKind,
    ChangeState,
    Move,
    edit_action,
    refusals,
)
from regulator.calendars.models import CalendarChange
from regulator.calendars.services.change_applying import (
    CALENDAR_CARRIERS,
    Carriers,
    Effect,
    Order,
    apply_order,
    base_digest,
    effect_of,
)
from regulator.calendars.services.change_drafts import ChangeDraft
from regulator.calendars.services.locks import lock_calendar
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_DECIDED = ("state", "decided_by", "decided_by_user", "decided_at", "decided_because")


def propose_change(
    draft: ChangeDraft,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    carriers: Carriers = CALENDAR_CARRIERS,
) -> CalendarChange:
    """Write down what is asked for; it stands when another person signs.

    Raises Refused with every reason that a signature would meet today, and where a change of the
    same thing is open.
    """
    require(actor, edit_action(draft.kind), Target(division=draft.division))
    order = Order(draft.division, draft.kind, plain(draft.content), reason.strip())
    with transaction.atomic():
        lock_calendar(draft.division)
        _refuse_open(draft)
        effect = effect_of(order, carriers, at=at)
        change = CalendarChange.objects.create(
            division=draft.division,
            kind=draft.kind.value,
            open_key=draft.open_key,
            subject_kind=draft.subject.kind,
            subject_key=draft.subject.key,
            subject_label=draft.subject.label,
            title=draft.title,
            content=order.content,
            old=plain(draft.old),
            new=plain(draft.new),
            base_digest=base_digest(order, carriers),
            starts_on=draft.starts_on,
            deadlines=effect.deadlines,
            reason=order.reason,
            proposed_by_user=actor.user_id,
            proposed_by=actor.name,
            proposed_at=at,
        )
        _record(change, "proposed", actor=actor, at=at, reason=order.reason)
    return change


def _refuse_open(draft: ChangeDraft) -> None:
    if not draft.open_key:
        return
    other = CalendarChange.objects.filter(
        division=draft.division, open_key=draft.open_key, state=ChangeState.PROPOSED.value
    ).first()
    if other is not None:
        params = {"title": other.title, "name": other.proposed_by}
        raise Refused(Refusal("change.one_open", params))


def sign_change(
    change: CalendarChange,
    *,
    actor: Actor,
    at: datetime,
    carriers: Carriers = CALENDAR_CARRIERS,
) -> CalendarChange:
    """Let a change take effect, by another person than the one who proposed it. Raises Refused.

    Classes that it touches are for the caller: `processes.calendar_signing` queues their rescreen.
    """

    def decide(locked: CalendarChange) -> None:
        apply_order(order_of(locked), carriers, actor=actor, at=at)
        locked.sign(by=actor.name, by_user=actor.user_id, at=at)

    return _moved(change, "sign", decide, event="signed", actor=actor, at=at, carriers=carriers)


def send_back_change(
    change: CalendarChange, *, because: str, actor: Actor, at: datetime
) -> CalendarChange:
    """Let nothing change, for a reason. Raises Refused."""

    def decide(locked: CalendarChange) -> None:
        locked.send_back(because=because.strip(), by=actor.name, by_user=actor.user_id, at=at)

    return _moved(
        change, "send_back", decide, event="returned", actor=actor, at=at, because=because
    )


def withdraw_change(change: CalendarChange, *, actor: Actor, at: datetime) -> CalendarChange:
    """Take one's own proposal back. Raises Refused."""

    def decide(locked: CalendarChange) -> None:
        locked.withdraw(by=actor.name, by_user=actor.user_id, at=at)

    return _moved(change, "withdraw", decide, event="withdrawn", actor=actor, at=at)


def effect_of_change(change: CalendarChange, *, at: datetime) -> Effect:
    """What would stand after a signature today; nothing is written. Raises Refused."""
    return effect_of(order_of(change), CALENDAR_CARRIERS, at=at)


def order_of(change: CalendarChange) -> Order:
    """What a kept change carries out."""
    return Order(change.division, ChangeKind(change.kind), change.content, change.reason)


def _moved(
    change: CalendarChange,
    name: str,
    decide: Callable[[CalendarChange], None],
    *,
    event: str,
    actor: Actor,
    at: datetime,
    because: str = "",
    carriers: Carriers | None = None,
) -> CalendarChange:
    """Ask for every reason against it and move; `carriers` where what stands there matters."""
    move = MOVES[name]
    _require_move(change, move, actor)
    with transaction.atomic():
        lock_calendar(change.division)
        locked = CalendarChange.objects.select_for_update().get(pk=change.pk)
        found = refusals(move, _facts(locked, actor, because, carriers))
        if found:
            raise Refused(found)
        decide(locked)
        locked.save(update_fields=_DECIDED)
        _record(locked, event, actor=actor, at=at, reason=because.strip())
    return locked


def _require_move(change: CalendarChange, move: Move, actor: Actor) -> None:
    if move.action is None:
        require(actor, edit_action(ChangeKind(change.kind)), Target(division=change.division))
    else:
        require(actor, move.action, Target(change.division, CALENDAR_DEPARTMENT))


def _facts(
    change: CalendarChange, actor: Actor, because: str, carriers: Carriers | None
) -> ChangeFacts:
    return ChangeFacts(
        state=ChangeState(change.state),
        proposer=change.proposed_by_user,
        actor=actor.user_id,
        reason=because,
        is_base_same=carriers is None
        or base_digest(order_of(change), carriers) == change.base_digest,
    )


def _record(change: CalendarChange, event: str, *, actor: Actor, at: datetime, reason: str) -> None:
    """Under what is changed, so that its history tells who proposed and who signed."""
    new: dict[str, Any] = {"change": change.public_id, "state": change.state, "title": change.title}
    append_event(
        division=change.division,
        actor=actor,
        kind=f"calendar.change_{event}",
        subject=Subject(change.subject_kind, change.subject_key, change.subject_label),
        new=new,
        reason=reason,
        occurred_at=at,
    )
