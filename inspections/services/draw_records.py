"""What the services of a draw share: its locked row, its facts, its events, its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.draw.bundles import Ceremony
from inspections.core.draw_states import MOVES, DrawFacts, DrawState, refusals
from inspections.models import Draw, DrawCounter, DrawReplacement
from inspections.selectors.times import time_text
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refused

_LARGEST = 999


def draw_subject(draw: Draw) -> Subject:
    """A draw as an audit event names it."""
    return Subject("draw", str(draw.public_id), draw.number)


def lock_draw(draw: Draw) -> Draw:
    """The draw's row, locked until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise InvariantError("抽查要在事务里加锁。")
    return Draw.objects.select_for_update().get(pk=draw.pk)


def facts_of(draw: Draw, *, actor: Actor, at: datetime, **more: Any) -> DrawFacts:
    """What the guards look at, from the locked row."""
    facts: dict[str, Any] = {
        "state": DrawState(draw.state),
        "at": at,
        "actor_user": actor.user_id,
        "actor_department": actor.department,
        "prepared_by_user": draw.prepared_by_user,
        "unapproved_exclusions": draw.exclusions.filter(approved_at__isnull=True).count(),
        "due": timezone.localtime(draw.due_at),
        "has_randomness": bool(draw.randomness),
        **_people_of(draw),
        "drawn_at": timezone.localtime(draw.drawn_at) if draw.drawn_at else None,
        "void_requested_by_user": draw.void_requested_by_user,
        "void_requested_department": draw.void_requested_department,
    }
    return DrawFacts(**{**facts, **more})


def _people_of(draw: Draw) -> dict[str, Any]:
    """Who typed the reading that matched, and how many printed copies of the key are in custody."""
    reading = draw.readings.order_by("-position").first()
    copies = list(draw.key_copies.filter(printed_at__isnull=False))
    return {
        "read_by_user": reading.recorded_by_user if reading else None,
        "key_copies": len(copies),
        "key_copies_outside": sum(copy.is_outside for copy in copies),
    }


def require_runner(draw: Draw, actor: Actor) -> None:
    """Ask the policy whether the actor's desk may run this draw's ceremony and teams."""
    require(actor, Action.DRAW_RUN, Target(division=draw.division_id))


def require_move(name: str, draw: Draw, actor: Actor) -> None:
    """Ask the policy whether the actor's desk may make a move of this draw."""
    require(actor, MOVES[name].action, Target(division=draw.division_id))


def refuse_move(name: str, facts: DrawFacts) -> None:
    """Raise Refused with every reason why a move may not be made now."""
    reasons = refusals(MOVES[name], facts)
    if reasons:
        raise Refused(reasons)


def record_draw_event(
    draw: Draw,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append a draw's event; the move's basis is cited where the kind names a move."""
    append_event(
        division=draw.division_id,
        actor=actor,
        kind=f"draw.{kind}",
        subject=draw_subject(draw),
        old=old,
        new=new,
        reason=reason,
        basis=MOVES[kind].basis if kind in MOVES else None,
        occurred_at=at,
    )


def next_draw_number(*, division: str, year: int) -> str:
    """The next number of a division's year, without gaps; locks the counter."""
    DrawCounter.objects.get_or_create(division_id=division, year=year)
    counter = DrawCounter.objects.select_for_update().get(division=division, year=year)
    counter.last_number += 1
    if counter.last_number > _LARGEST:
        raise InvariantError(f"{division} {year} 年的抽查编号已经用完。")
    counter.save(update_fields=["last_number"])
    return f"{division}-{year}-{counter.last_number:03d}"


def ceremony_of(draw: Draw, *, revealed_at: datetime | None, void: str = "") -> Ceremony:
    """What people stated about a draw, as its bundle prints it."""
    witnesses = dict.fromkeys(name for reading in draw.readings.all() for name in reading.witnesses)
    rows = list(draw.replacements.all())
    return Ceremony(
        committed_at=time_text(draw.committed_at),
        drawn_at=time_text(draw.drawn_at),
        revealed_at=time_text(revealed_at),
        witnesses=list(witnesses),
        replacements=[replacement_entry(row) for row in rows if not row.is_inspector],
        inspector_replacements=[replacement_entry(row) for row in rows if row.is_inspector],
        void=void,
    )


def replacement_entry(row: DrawReplacement) -> dict[str, str]:
    """A replacement as a bundle lists it."""
    return {
        "out": row.out,
        "in": row.into,
        "team": row.team,
        "reason": row.reason,
        "at": time_text(row.replaced_at),
    }
