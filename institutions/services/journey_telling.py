"""Who is told of a beginning and of a move: the institution, once per event, in plain words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from institutions.core.journeys.shape import JourneyTable, Move, Party
from institutions.core.notice_kinds import SHAPES, NoticeKind
from institutions.models import Journey, JourneyDocument
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journey_doing import Doing
from institutions.services.journey_records import journey_subject
from institutions.services.notices import notify_institution
from institutions.services.register_records import day_of
from regulator.kernel.actors import Actor


def tell_of_start(table: JourneyTable, doing: Doing) -> None:
    """Tell the institution that a journey began, where it did not begin it itself."""
    by_institution = doing.actor.institution != ""
    if table.opening_notice or (not by_institution and table.initial == "preparing"):
        kind = table.opening_notice or NoticeKind.JOURNEY_STARTED.value
        _tell(kind, doing, cause="started")


def tell_of_move(move: Move, doing: Doing) -> None:
    """Tell the institution what the move means for it."""
    if move.notice and not (move.party is Party.INSTITUTION and doing.actor.institution):
        _tell(move.notice, doing, cause=f"{move.name}:{doing.journey.revision}")


def tell_of_returned_document(document: JourneyDocument, *, actor: Actor, at: datetime) -> None:
    """Tell the institution which document came back and why."""
    doing = Doing(document.journey, {"reason": document.reason}, actor, day_of(at), at)
    cause = f"document:{document.public_id}"
    kind = NoticeKind.JOURNEY_DOCUMENT_RETURNED.value
    _tell(kind, doing, cause=cause, document=document.kind)


def tell_of_clock(journey: Journey, *, kind: str, ground: str, actor: Actor, at: datetime) -> None:
    """Tell the institution that the clocks stand still, or run again."""
    doing = Doing(journey, {"reason": ground}, actor, day_of(at), at)
    _tell(kind, doing, cause=f"{kind}:{at.isoformat()}")


def _tell(kind: str, doing: Doing, *, cause: str, **more: str) -> None:
    journey = doing.journey
    if journey.institution is None:
        return
    known = _known(doing) | more
    params = {name: known.get(name, "") for name in SHAPES[NoticeKind(kind)].params}
    notify_institution(
        institution=journey.institution,
        kind=kind,
        params=params,
        cause=f"journey:{journey.public_id}:{cause}",
        page=f"/portal/journeys/{journey.public_id}/",
        about=journey_subject(journey),
        actor=doing.actor,
        at=doing.at,
    )


def _known(doing: Doing) -> dict[str, Any]:
    """Everything that any notice of a journey may need, as JSON."""
    journey, today = doing.journey, doing.on.isoformat()
    running = [clock for clock in clocks_of(journey) if not clock.is_stopped]
    due = running[0].due_on.isoformat() if running else today
    return {
        "journey": journey.kind,
        "decision": journey.kind,
        "accepted_on": today,
        "decided_on": today,
        "stopped_on": today,
        "resumed_on": today,
        "due_on": due,
        "statement_by_on": due,
        "served_on": _day(doing.stated.get("served_on"), doing.on),
        "starts_on": today,
        "count": len(_lines(journey.details.get("gaps"))),
        "reason": str(doing.stated.get("reason", "")),
        "document": "final_decision",
        "number": str(journey.details.get("decision_number", journey.number)),
        "department": journey.receiving_department_id or journey.department_id,
    }


def _day(value: Any, default: date) -> str:
    return (value if isinstance(value, date) else default).isoformat()


def _lines(text: Any) -> list[str]:
    return [line for line in str(text or "").splitlines() if line.strip()]
