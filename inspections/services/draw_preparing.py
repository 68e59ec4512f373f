"""Fixing a frame, approving what it leaves out, publishing its commitment."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.draw.assembly import (
    FrameObject,
    Member,
    Source,
    assemble_frame,
    frame_department,
    snapshot_rows,
)
from inspections.core.draw.frames import frame_refusals
from inspections.core.draw.planning import DrawPlan, plan_refusals
from inspections.core.draw.reading import write_json
from inspections.core.draw.seeds import seal_of
from inspections.models import (
    Draw,
    DrawExclusion,
    DrawInspector,
    Inspector,
    PlanDraw,
    PlanLine,
)
from inspections.selectors.plans import line_draw_refusals
from inspections.selectors.scope import (
    ScopeObject,
    eligible_inspectors,
    recusals_at,
    scope_objects,
)
from inspections.selectors.times import time_text
from inspections.services.draw_records import (
    draw_subject,
    facts_of,
    lock_draw,
    next_draw_number,
    record_draw_event,
    refuse_move,
    require_move,
)
from institutions.services.notices import notify_desk
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, two_persons
from regulator.accounts.core.roles import Role
from regulator.accounts.services.access import require
from regulator.adapters.storage import store_bytes
from regulator.database.sealing import seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_bytes, canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

_KEY_BYTES = 32
_CODE_DIGITS = 6


@dataclass(frozen=True)
class _Prepared:
    """What is read before the transaction opens."""

    scope: list[ScopeObject]
    members: list[tuple[str, Inspector]]
    pairs: list[list[str]]
    key: str
    snapshot: str


def freeze_frame(
    *,
    division: str,
    plan: DrawPlan,
    line: PlanLine | None = None,
    actor: Actor,
    at: datetime,
) -> Draw:
    """Fix the frame of a new draw from the two directories, under the next number of its year.

    `line` is the line of the published annual plan that it carries out, kept with the draw. The
    key is made here, unseen, and kept sealed. Raises Refused with every reason; then no number is
    used up.
    """
    require(actor, Action.DRAW_PREPARE, Target(division=division))
    scope = scope_objects(division=division, on=plan.scope_on, categories=plan.categories)
    ids = {one.frame.register_id for one in scope}
    planned = (*plan_refusals(plan, scope_ids=ids, at=at), *line_draw_refusals(line, plan))
    prepared = _prepare(division, plan, scope, at)
    with transaction.atomic():
        year = timezone.localtime(at).year
        number = next_draw_number(division=division, year=year)
        frame = _frame(number, plan, prepared)
        reasons = (*planned, *frame_refusals(frame))
        if reasons:
            raise Refused(_once(reasons))
        draw = _write(division, number, plan, prepared, frame, actor, at)
        if line is not None:
            PlanDraw.objects.create(line=line, draw=draw, prepared_at=at)
        record_draw_event(
            draw,
            kind="frozen",
            actor=actor,
            at=at,
            new={
                "commitment": draw.commitment,
                "snapshot": prepared.snapshot,
                "objects": len(frame["objects"]),
                "excluded": len(frame["excluded"]),
                "inspectors": len(frame["inspectors"]),
                "plan_line": str(line) if line else "",
            },
        )
    return draw


def _once(reasons: Sequence[Refusal]) -> list[Refusal]:
    seen: dict[tuple[str, str], Refusal] = {}
    for reason in reasons:
        seen.setdefault((reason.code, str(sorted(reason.params.items()))), reason)
    return list(seen.values())


def _prepare(division: str, plan: DrawPlan, scope: list[ScopeObject], at: datetime) -> _Prepared:
    inspectors = eligible_inspectors(
        division=division, departments=list(plan.seats), on=timezone.localdate(at)
    )
    members = _coded(inspectors)
    excluded = {one.register_id for one in plan.exclusions}
    places: dict[Any, list[str]] = {}
    for one in scope:
        if one.frame.register_id not in excluded:
            places.setdefault(one.institution, []).append(one.frame.register_id)
    code_of = {inspector.pk: code for code, inspector in members}
    pairs = sorted(
        [code_of[inspector], place]
        for inspector, institution in recusals_at(inspectors=inspectors, at=at)
        for place in places.get(institution, [])
    )
    rows = snapshot_rows(one.frame for one in scope)
    return _Prepared(
        scope=scope,
        members=members,
        pairs=pairs,
        key=secrets.token_bytes(_KEY_BYTES).hex(),
        snapshot=store_bytes(canonical_bytes(rows)),
    )


def _coded(inspectors: Sequence[Inspector]) -> list[tuple[str, Inspector]]:
    """Each inspector under a code for this one draw, which says the department and nothing else."""
    used: set[str] = set()
    coded = []
    for inspector in inspectors:
        prefix = frame_department(inspector.department_id)[:3].upper()
        while True:
            code = f"{prefix}-{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}"
            if code not in used:
                break
        used.add(code)
        coded.append((code, inspector))
    return coded


def _frame(number: str, plan: DrawPlan, prepared: _Prepared) -> dict[str, Any]:
    scope: list[FrameObject] = [one.frame for one in prepared.scope]
    return assemble_frame(
        number=number,
        campaign=plan.campaign.strip(),
        scope=scope,
        excluded={one.register_id: one.reason for one in plan.exclusions},
        quotas=plan.quotas,
        members=[
            Member(code, frame_department(inspector.department_id))
            for code, inspector in prepared.members
        ],
        recusals=prepared.pairs,
        team_count=plan.team_count,
        seats={frame_department(name): count for name, count in plan.seats.items()},
        seal=seal_of(prepared.key),
        source=Source(
            kind=plan.entropy_kind,
            source=plan.entropy_source.strip(),
            format=plan.entropy_format,
            fallback=plan.entropy_fallback.strip(),
            due=time_text(plan.due),
        ),
        reveal_by=time_text(plan.reveal_by),
    )


def _write(
    division: str,
    number: str,
    plan: DrawPlan,
    prepared: _Prepared,
    frame: dict[str, Any],
    actor: Actor,
    at: datetime,
) -> Draw:
    draw = Draw(
        division_id=division,
        number=number,
        campaign=frame["campaign"],
        scope_on=plan.scope_on,
        team_count=plan.team_count,
        frame_text=write_json(frame),
        recusals_text=write_json(prepared.pairs),
        snapshot_sha256=prepared.snapshot,
        commitment=canonical_digest(frame),
        entropy_kind=plan.entropy_kind,
        due_at=plan.due,
        reveal_by_at=plan.reveal_by,
        prepared_at=at,
        prepared_by_user=actor.user_id,
        prepared_by=actor.name,
    )
    draw.key = seal_text(prepared.key, subject=draw.public_id)
    draw.save(force_insert=True)
    DrawInspector.objects.bulk_create(
        [DrawInspector(draw_of=draw, inspector=one, code=code) for code, one in prepared.members],
        batch_size=500,
    )
    DrawExclusion.objects.bulk_create(
        [
            DrawExclusion(
                draw_of=draw,
                register_id=one.register_id,
                reason=one.reason,
                note=one.note.strip(),
                recorded_at=at,
                recorded_by_user=actor.user_id,
                recorded_by=actor.name,
            )
            for one in plan.exclusions
        ],
        batch_size=500,
    )
    return draw


def approve_exclusions(*, draw: Draw, actor: Actor, at: datetime) -> int:
    """Approve every open exclusion of a draw as its second officer; how many there were.

    Raises Refused for the person who recorded one of them: two people means two persons.
    """
    require(actor, Action.DRAW_APPROVE, Target(division=draw.division_id))
    with transaction.atomic():
        locked = lock_draw(draw)
        rows = list(locked.exclusions.filter(approved_at__isnull=True))
        reasons = [
            reason
            for row in rows[:1]
            for reason in two_persons(first=row.recorded_by_user, second=actor.user_id)
        ]
        if reasons:
            raise Refused(reasons)
        if rows:
            locked.exclusions.filter(approved_at__isnull=True).update(
                approved_at=at, approved_by_user=actor.user_id, approved_by=actor.name
            )
            record_draw_event(
                locked,
                kind="exclusions_approved",
                actor=actor,
                at=at,
                new={"register_ids": [row.register_id for row in rows]},
            )
    return len(rows)


def publish_commitment(*, draw: Draw, actor: Actor, at: datetime) -> Draw:
    """Make frame and commitment public, by a second officer, before the randomness is due.

    The city's supervisor is told the commitment at that moment. Raises Refused with every reason.
    """
    require_move("commit", draw, actor)
    with transaction.atomic():
        locked = lock_draw(draw)
        refuse_move("commit", facts_of(locked, actor=actor, at=at))
        locked.commit(at=at, by_user=actor.user_id, by=actor.name)
        locked.save(update_fields=["state", "committed_at", "committed_by_user", "committed_by"])
        _tell_the_city(locked, actor, at)
        record_draw_event(
            locked,
            kind="commit",
            actor=actor,
            at=at,
            old={"state": "preparing"},
            new={"state": locked.state, "commitment": locked.commitment},
        )
    return locked


def _tell_the_city(draw: Draw, actor: Actor, at: datetime) -> None:
    """Send the commitment upwards; a division without one above it has nobody to tell."""
    city = draw.division.parent_id
    if city is None:
        return
    notify_desk(
        division=city,
        role=Role.CITY_SUPERVISOR.value,
        kind="commitment_published",
        params={
            "draw": draw.number,
            "campaign": draw.campaign,
            "commitment": draw.commitment,
            "due_at": f"{timezone.localtime(draw.due_at):%Y-%m-%d %H:%M}",
        },
        cause=f"draw:{draw.public_id}:committed",
        page=f"/draws/{draw.number}/",
        about=draw_subject(draw),
        actor=actor,
        at=at,
    )
