"""Between draw and reveal: the teams' days, and who steps in when somebody falls out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from inspections.core.draw.frames import build_frame
from inspections.core.draw.outcome import compute_outcome
from inspections.core.draw.replacements import (
    NOBODY,
    Standing,
    initial_standing,
    next_inspector,
    next_object,
    replay,
)
from inspections.core.draw_states import DrawState
from inspections.models import Draw, DrawAssignment, DrawInspector, DrawReplacement, DrawTeam
from inspections.services.checklists import record_renewed, renew_papers
from inspections.services.draw_records import (
    lock_draw,
    record_draw_event,
    replacement_entry,
    require_runner,
)
from institutions.models import Premises
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def schedule_team(
    *, draw: Draw, team: str, starts_on: date, ends_on: date, actor: Actor, at: datetime
) -> DrawTeam:
    """Set the days on which a team is out, both included: only then does it see its list."""
    require_runner(draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        reasons = _not_drawn(locked, "draw")
        row = locked.teams.filter(number=team).first()
        if row is None:
            reasons.append(Refusal("draw.team_unknown", {"team": team}))
        if ends_on < starts_on:
            reasons.append(Refusal("draw.team_days_reversed"))
        if reasons or row is None:
            raise Refused(reasons)
        row.starts_on = starts_on
        row.ends_before = ends_on + timedelta(days=1)
        row.save(update_fields=["starts_on", "ends_before"])
        record_draw_event(
            locked,
            kind="team_scheduled",
            actor=actor,
            at=at,
            new={"team": team, "starts_on": str(starts_on), "ends_on": str(ends_on)},
        )
    return row


def replace_object(
    *, draw: Draw, out: str, reason: str, actor: Actor, at: datetime
) -> DrawReplacement:
    """Let the next of the stratum's reserve step in for a premises that cannot be inspected.

    It keeps its place in the bundle. Raises Refused, also where the reserve is used up.
    """
    require_runner(draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        standing = _standing(locked, reason)
        into, team = next_object(standing, out)
        if into == NOBODY:
            raise Refused(Refusal("draw.reserve_exhausted"))
        row = _write(locked, out=out, into=into, team=team, reason=reason, actor=actor, at=at)
        old = locked.assignments.get(register_id=out)
        old.replaced = True
        old.save(update_fields=["replaced"])
        area = standing.frame.areas[into]
        DrawAssignment.objects.create(
            draw_of=locked,
            premises=Premises.objects.get(register_id=into),
            register_id=into,
            stratum=old.stratum,
            area=area,
            team=team,
            stands_in_for=out,
        )
        _record(locked, row, actor, at)
    return row


def replace_inspector(
    *, draw: Draw, team: str, out: str, reason: str, actor: Actor, at: datetime
) -> DrawReplacement:
    """Let the first free inspector of the department's reserve take a seat in a team."""
    require_runner(draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        standing = _standing(locked, reason)
        into = next_inspector(standing, team=team, out=out)
        if into == NOBODY:
            raise Refused(Refusal("draw.reserve_exhausted"))
        row = DrawReplacement.objects.create(
            draw_of=locked,
            is_inspector=True,
            position=locked.replacements.filter(is_inspector=True).count() + 1,
            out=out,
            into=into,
            team=team,
            reason=reason.strip(),
            replaced_at=at,
            replaced_by=actor.name,
        )
        leaving = locked.members.get(code=out)
        entering = locked.members.get(code=into)
        entering.team, entering.position = team, leaving.position
        leaving.team, leaving.position = "", 0
        DrawInspector.objects.bulk_update([leaving, entering], ["team", "position"])
        _record(locked, row, actor, at)
    return row


def _not_drawn(draw: Draw, move: str) -> list[Refusal]:
    if draw.state == DrawState.DRAWN.value:
        return []
    return [Refusal("draw.wrong_state", {"draw_state": draw.state, "draw_move": move})]


def _standing(draw: Draw, reason: str) -> Standing:
    reasons = _not_drawn(draw, "draw")
    if not reason.strip():
        reasons.append(Refusal("draw.replacement_reason_missing"))
    if reasons:
        raise Refused(reasons)
    frame, recusals = build_frame(draw.frame), draw.recusal_pairs
    outcome = compute_outcome(frame, recusals, seed=draw.outcome["seed"])
    rows = list(draw.replacements.all())
    entries: dict[bool, list[dict[str, Any]]] = {
        kind: [replacement_entry(row) for row in rows if row.is_inspector is kind]
        for kind in (False, True)
    }
    return replay(initial_standing(frame, outcome, recusals), entries[False], entries[True])


def _write(
    draw: Draw, *, out: str, into: str, team: str, reason: str, actor: Actor, at: datetime
) -> DrawReplacement:
    return DrawReplacement.objects.create(
        draw_of=draw,
        position=draw.replacements.filter(is_inspector=False).count() + 1,
        out=out,
        into=into,
        team=team,
        reason=reason.strip(),
        replaced_at=at,
        replaced_by=actor.name,
    )


def _record(draw: Draw, row: DrawReplacement, actor: Actor, at: datetime) -> None:
    """The event says that somebody stepped in, not who: the lists are sealed until the reveal."""
    issued = renew_papers(source=draw, actor=actor, at=at)
    record_draw_event(
        draw,
        kind="replaced",
        actor=actor,
        at=at,
        new={"position": row.position, "of_inspectors": row.is_inspector},
        reason=row.reason,
    )
    record_renewed(source=draw, issued=issued, actor=actor, at=at)
