"""Issuing checklists and keeping what was rendered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.choices.draws import RENDER_TITLE
from inspections.core.draw_states import DrawState
from inspections.models import Checklist, Draw
from inspections.selectors.checklist_facts import checklist_facts
from inspections.selectors.checklists import latest_checklists, team_papers
from inspections.services.draw_records import lock_draw, record_draw_event
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

RENDER_TASK = "inspections.render_checklists"


def issue_checklists(*, draw: Draw, actor: Actor, at: datetime) -> Job | None:
    """Issue a checklist for every assigned premises and one file per team, and have them rendered.

    What was issued before stays as it is: printing again gives the kept bytes. Returns the job,
    or None where nothing is left to render. Raises Refused.
    """
    require(actor, Action.CHECKLIST_PRINT, Target(division=draw.division_id))
    fresh = Draw.objects.select_related("division").get(pk=draw.pk)
    on = timezone.localdate(at)
    papers, covers = checklist_facts(fresh, on=on)
    reasons = _refusals(fresh, has_papers=bool(papers))
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        locked = lock_draw(draw)
        added = _add(locked, papers, covers, at)
        waiting = [row for row in latest_checklists(locked) if not row.sha256]
        if not waiting:
            return None
        job = enqueue(
            kind=RENDER_TASK,
            division=locked.division_id,
            params={"draw": str(locked.public_id)},
            actor=actor,
            at=at,
            total=len(waiting),
            title=RENDER_TITLE,
            page=f"/desk/draws/{locked.number}/lists/",
        )
        record_draw_event(
            locked, kind="checklists_issued", actor=actor, at=at, new={"count": added}
        )
    return job


def _refusals(draw: Draw, *, has_papers: bool) -> list[Refusal]:
    found = []
    if draw.state not in (DrawState.DRAWN.value, DrawState.REVEALED.value):
        params = {"draw_state": draw.state, "draw_move": "draw"}
        found.append(Refusal("draw.wrong_state", params))
    if not has_papers:
        found.append(Refusal("checklist.none_assigned"))
    return found


def _add(
    draw: Draw, papers: list[dict[str, Any]], covers: list[dict[str, Any]], at: datetime
) -> int:
    known = {row.name: row for row in latest_checklists(draw)}
    fresh = [
        _paper(draw, "premises", facts, position, 1, at)
        for position, facts in enumerate(papers, start=1)
        if facts["name"] not in known
    ]
    changed = {row.team for row in fresh}
    for position, facts in enumerate(covers, start=1):
        old = known.get(facts["name"])
        if old is None or facts["team"] in changed:
            version = 1 if old is None else old.version + 1
            fresh.append(_paper(draw, "team", facts, position, version, at))
    Checklist.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _paper(
    draw: Draw, kind: str, facts: dict[str, Any], position: int, version: int, at: datetime
) -> Checklist:
    return Checklist(
        draw_of=draw,
        kind=kind,
        name=facts["name"],
        team=facts["team"],
        position=position,
        version=version,
        facts=facts,
        issued_at=at,
    )


def keep_rendered(
    *, checklist: Checklist, sha256: str, page_count: int, actor: Actor, at: datetime
) -> Checklist:
    """Note the kept bytes of a paper; a paper that has its bytes keeps them.

    Call it inside a job's chunk.
    """
    with transaction.atomic():
        locked = Checklist.objects.select_for_update().get(pk=checklist.pk)
        if locked.sha256:
            return locked
        locked.sha256 = sha256
        locked.page_count = page_count
        locked.rendered_at = at
        locked.save(update_fields=["sha256", "page_count", "rendered_at"])
        append_event(
            division=locked.draw_of.division_id,
            actor=actor,
            kind="checklist.rendered",
            subject=Subject("checklist", str(locked.public_id), locked.draw_of.number),
            new={"sha256": sha256, "pages": page_count},
            occurred_at=at,
        )
    return locked


def parts_of_team(checklist: Checklist) -> list[str]:
    """The SHA-256 of the rendered papers that a team's file joins, in route order."""
    rows = team_papers(checklist.draw_of, checklist.team)
    return [row.sha256 for row in rows if row.sha256]
