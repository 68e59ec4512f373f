"""Issuing checklists and keeping what was rendered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.choices.draws import RENDER_TITLE
from inspections.core.draw_states import DrawState
from inspections.core.orders import OrderState
from inspections.core.paper.page_codes import serial_of
from inspections.models import Checklist, Draw, InspectionOrder
from inspections.selectors.checklist_facts import checklist_facts, facts_of_paper
from inspections.selectors.checklists import latest_checklists, met_places
from inspections.services.draw_records import lock_draw, record_draw_event
from inspections.services.orders import record_order_event
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.models import Job
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

RENDER_TASK = "inspections.render_checklists"
_PRINTABLE = (OrderState.APPROVED.value, OrderState.RUNNING.value, OrderState.ENDED.value)
_SERIAL_BITS = 30


@dataclass(frozen=True)
class Issued:
    """How many papers were issued, and the SHA-256 of the prints they take the place of."""

    count: int
    superseded: tuple[str, ...] = ()


def issue_checklists(*, source: Draw | InspectionOrder, actor: Actor, at: datetime) -> Job | None:
    """Issue a checklist for every assigned premises and one file per team, and have them rendered.

    `source` is a draw, or an order outside the draw. What was issued before stays as it is, and
    printing again gives the kept bytes; where somebody stepped in since, the papers that name them
    have their next version. Returns the job, or None where nothing is left to render.
    Raises Refused.
    """
    require(actor, Action.CHECKLIST_PRINT, Target(division=source.division_id))
    with transaction.atomic():
        locked = _locked(source)
        papers, covers = checklist_facts(locked, on=timezone.localdate(at))
        reasons = _refusals(locked, has_papers=bool(papers))
        if reasons:
            raise Refused(reasons)
        issued = _add(locked, papers, covers, at)
        job = _render(locked, actor, at)
        if job is not None:
            _record_issue(locked, issued, actor, at)
    return job


def renew_papers(*, source: Draw | InspectionOrder, actor: Actor, at: datetime) -> Issued | None:
    """Issue anew what a replacement has made untrue, once a source's papers were issued.

    Call it inside the replacement's transaction, on the locked source, and `record_renewed` after
    the replacement's own event. Asks for no right of its own: whoever may replace, may this.
    """
    if not source.checklists.exists():
        return None
    papers, covers = checklist_facts(source, on=timezone.localdate(at))
    issued = _add(source, papers, covers, at)
    return issued if _render(source, actor, at) is not None else None


def record_renewed(
    *, source: Draw | InspectionOrder, issued: Issued | None, actor: Actor, at: datetime
) -> None:
    """Tell the chain what `renew_papers` issued."""
    if issued is not None:
        _record_issue(source, issued, actor, at)


def _render(source: Draw | InspectionOrder, actor: Actor, at: datetime) -> Job | None:
    waiting = [row for row in latest_checklists(source) if not row.sha256]
    if not waiting:
        return None
    return enqueue(
        kind=RENDER_TASK,
        division=source.division_id,
        params={_key_of(source): str(source.public_id)},
        actor=actor,
        at=at,
        total=len(waiting),
        title=RENDER_TITLE,
        page=papers_page(source),
    )


def _key_of(source: Draw | InspectionOrder) -> str:
    return "draw" if isinstance(source, Draw) else "order"


def papers_page(source: Draw | InspectionOrder) -> str:
    """The page of the desk where a source's papers are."""
    if isinstance(source, Draw):
        return f"/desk/draws/{source.number}/lists/"
    return f"/desk/checklists/{source.number}/"


def _locked(source: Draw | InspectionOrder) -> Draw | InspectionOrder:
    if isinstance(source, Draw):
        return lock_draw(source)
    return InspectionOrder.objects.select_for_update().get(pk=source.pk)


def _record_issue(
    source: Draw | InspectionOrder, issued: Issued, actor: Actor, at: datetime
) -> None:
    """How many papers, and the digests of the prints they take the place of: never for whom."""
    new: dict[str, Any] = {"count": issued.count}
    if issued.superseded:
        new["superseded"] = list(issued.superseded)
    if isinstance(source, Draw):
        record_draw_event(source, kind="checklists_issued", actor=actor, at=at, new=new)
    else:
        record_order_event(source, kind="checklists_issued", actor=actor, at=at, new=new)


def _refusals(source: Draw | InspectionOrder, *, has_papers: bool) -> list[Refusal]:
    found = []
    if isinstance(source, Draw):
        if source.state not in (DrawState.DRAWN.value, DrawState.REVEALED.value):
            params = {"draw_state": source.state, "draw_move": "draw"}
            found.append(Refusal("draw.wrong_state", params))
    elif source.state not in _PRINTABLE:
        found.append(Refusal("checklist.order_not_approved", {"order_state": source.state}))
    if not has_papers:
        found.append(Refusal("checklist.none_assigned"))
    return found


def _add(
    source: Draw | InspectionOrder,
    papers: list[dict[str, Any]],
    covers: list[dict[str, Any]],
    at: datetime,
) -> Issued:
    """Issue what is not issued yet, and anew what a replacement has made untrue."""
    known = {row.name: row for row in latest_checklists(source)}
    met = met_places(source)
    fresh = []
    for position, facts in enumerate(papers, start=1):
        old = known.get(facts["name"])
        if old is None:
            fresh.append(_paper(source, "premises", facts, position, 1, at))
        elif old.name not in met and _is_untrue(old, facts):
            fresh.append(_paper(source, "premises", facts, position, old.version + 1, at))
    changed = {row.team for row in fresh}
    for position, facts in enumerate(covers, start=1):
        old = known.get(facts["name"])
        if old is None and facts["route"]:
            fresh.append(_paper(source, "team", facts, position, 1, at))
        elif old is not None and (facts["team"] in changed or _is_untrue(old, facts)):
            fresh.append(_paper(source, "team", facts, position, old.version + 1, at))
    return _issued(source, known, fresh)


def _is_untrue(paper: Checklist, facts: Mapping[str, Any]) -> bool:
    """Whether somebody stepped in since a paper was issued: its names, or its route, are old."""
    before = paper.facts
    same_people = before.get("changes", []) == facts["changes"]
    return not same_people or _places(before) != _places(facts)


def _places(facts: Mapping[str, Any]) -> list[str]:
    return [stop["register_id"] for stop in facts.get("route", ())]


def _issued(
    source: Draw | InspectionOrder, known: Mapping[str, Checklist], fresh: list[Checklist]
) -> Issued:
    Checklist.objects.bulk_create(fresh, batch_size=500)
    before = [known[row.name].sha256 for row in fresh if row.name in known]
    return Issued(len(fresh), tuple(sorted(filter(None, before))))


def reissue_checklist(*, checklist: Checklist, actor: Actor, at: datetime) -> Checklist:
    """Issue the next version of one premises' paper, and of its team's file, as known today.

    Pages of the former version are refused from then on, where they come back. Rendered by the
    next `issue_checklists`. Raises Refused.
    """
    require(actor, Action.CHECKLIST_PRINT, Target(division=checklist.division_id))
    names = {checklist.name, f"team-{checklist.team}"}
    with transaction.atomic():
        locked = _locked(checklist.source)
        papers, covers = checklist_facts(locked, on=timezone.localdate(at))
        wanted = [facts for facts in papers if facts["name"] == checklist.name]
        reasons = _refusals(locked, has_papers=bool(wanted))
        if reasons:
            raise Refused(reasons)
        old = {row.name: row for row in latest_checklists(locked)}
        rows = [
            _paper(locked, last.kind, facts, last.position, last.version + 1, at)
            for facts in (*papers, *covers)
            if facts["name"] in names and (last := old.get(facts["name"])) is not None
        ]
        _record_issue(locked, _issued(locked, old, rows), actor, at)
    return next(row for row in rows if row.kind == "premises")


def _paper(
    source: Draw | InspectionOrder,
    kind: str,
    facts: dict[str, Any],
    position: int,
    version: int,
    at: datetime,
) -> Checklist:
    serial = serial_of(secrets.randbits(_SERIAL_BITS))
    return Checklist(
        division_id=source.division_id,
        draw_of=source if isinstance(source, Draw) else None,
        order=None if isinstance(source, Draw) else source,
        kind=kind,
        name=facts["name"],
        team=facts["team"],
        position=position,
        version=version,
        serial=serial,
        facts=facts_of_paper(facts, serial=serial, version=version),
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
            division=locked.division_id,
            actor=actor,
            kind="checklist.rendered",
            subject=Subject("checklist", str(locked.public_id), locked.source_number),
            new={"sha256": sha256, "pages": page_count},
            occurred_at=at,
        )
    return locked


def parts_of_team(checklist: Checklist) -> list[str]:
    """The SHA-256 of the rendered papers that a team's file joins: those of its cover's route."""
    kept = {row.name: row.sha256 for row in latest_checklists(checklist.source)}
    names = [stop["register_id"] for stop in checklist.facts["route"]]
    return [sha256 for name in names if (sha256 := kept.get(name, ""))]
