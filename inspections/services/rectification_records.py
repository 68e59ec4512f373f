"""What the services of an order share: its locked rows, its facts, its events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from inspections.core.findings.finding_states import FINDING_MOVES
from inspections.core.findings.rectification_states import (
    RECTIFICATION_MOVES,
    SERVING,
    RecheckResult,
    RectificationFacts,
    RectificationMove,
    RectificationState,
    TermKind,
    rectification_refusals,
)
from inspections.models import Finding, RectificationNote, RectificationOrder
from inspections.services.findings import facts_of as finding_facts
from inspections.services.findings import lock_findings, refuse_finding
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.services.deadlines import close_deadline, start_deadline
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.kernel.workdays import Unit

DEADLINE_KIND = "rectification.term"


def rectification_subject(order: RectificationOrder) -> Subject:
    """An order as an audit event names it: its number, or that it is a draft."""
    return Subject("rectification", str(order.public_id), order.number)


def require_rectification(move: RectificationMove, order: RectificationOrder, actor: Actor) -> None:
    """Ask the policy: the order's own department, or the institution it was sent to."""
    target = Target(division=order.division_id, department=order.department_id)
    if move.name == "submit_proof":
        target = Target(order.division_id, institution=str(order.institution.public_id))
    require(actor, move.action, target)


def lock_rectification(order: RectificationOrder) -> RectificationOrder:
    """The order's row, locked until the transaction ends."""
    RectificationOrder.objects.select_for_update().get(pk=order.pk)
    return RectificationOrder.objects.select_related(
        "institution", "premises", "deadline", "paper"
    ).get(pk=order.pk)


def lock_items(order: RectificationOrder) -> list[Finding]:
    """The findings an order names, locked."""
    return lock_findings(list(order.items.values_list("finding", flat=True)))


def take_over_service(order: RectificationOrder, *, actor: Actor, at: datetime) -> None:
    """Its paper may have been served at the desk of papers, or received in the portal: from that
    day the term runs. The row is locked; nothing happens where there is nothing to take over."""
    paper = order.paper
    if order.state != RectificationState.ISSUED.value or paper is None or paper.served_on is None:
        return
    if paper.is_void:
        return
    begin_term(order)
    order.serve()
    order.served_on = paper.served_on
    order.save(update_fields=["state", "served_on", "deadline"])
    record_rectification_event(
        order,
        kind="serve",
        actor=actor,
        at=at,
        new={"served_on": paper.served_on.isoformat(), "how": paper.served_how},
    )


def begin_term(order: RectificationOrder) -> None:
    """Start the term on the day of service; on the spot there is none."""
    served_on = order.paper.served_on if order.paper else None
    if order.term_kind == TermKind.ON_SPOT.value or served_on is None:
        return
    order.deadline = start_deadline(
        division=order.division_id,
        kind=DEADLINE_KIND,
        subject=rectification_subject(order),
        starts_on=served_on,
        amount=order.term_amount,
        unit=Unit(order.term_unit),
    )


def end_term(order: RectificationOrder, *, at: datetime) -> None:
    """Close the running term, if there is one."""
    if order.deadline is not None:
        close_deadline(order.deadline, closed_on=timezone.localdate(at))


def rectification_facts(
    order: RectificationOrder, *, actor: Actor, at: datetime, **more: Any
) -> RectificationFacts:
    """What the guards look at, from the locked row."""
    facts: dict[str, Any] = {
        "state": RectificationState(order.state),
        "today": timezone.localdate(at),
        "term_kind": TermKind(order.term_kind),
        "due_on": order.deadline.due_on if order.deadline else None,
        "served_on": order.served_on,
        "is_paper_void": order.paper is not None and order.paper.is_void,
        "has_red_line": order.items.filter(finding__severity="red_line").exists(),
        "recheck_result": RecheckResult(order.recheck_result),
        "proof_count": order.proofs.count(),
        "is_named_officer": actor.is_person,
    }
    return RectificationFacts(**{**facts, **more})


def refuse_rectification(name: str, facts: RectificationFacts) -> None:
    """Raise Refused with every reason why a move may not be made now."""
    reasons = rectification_refusals(RECTIFICATION_MOVES[name], facts)
    if reasons:
        raise Refused(reasons)


def move_items(
    order: RectificationOrder, name: str, *, actor: Actor, words: str = ""
) -> dict[str, str]:
    """Let the findings an order names follow it: all of them, or the step is refused.

    Returns their states by public id, for the order's event to tell.
    """
    move = FINDING_MOVES[name]
    moved = {}
    for finding in lock_items(order):
        refuse_finding(move, finding_facts(finding, actor, words=words))
        getattr(finding, name)()
        finding.save(update_fields=["state"])
        moved[str(finding.public_id)] = finding.state
    return moved


def note_rectification(
    order: RectificationOrder, *, move: str, words: str, actor: Actor, at: datetime
) -> None:
    """Keep what was said in the course of an order, for both sides to read."""
    RectificationNote.objects.create(
        rectification=order, move=move, words=words.strip(), noted_at=at, noted_by=actor.name
    )


def record_rectification_event(
    order: RectificationOrder,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Append an order's event; the move's basis is cited where the kind names a move."""
    move = RECTIFICATION_MOVES.get(kind)
    append_event(
        division=order.division_id,
        actor=actor,
        kind=f"rectification.{kind}",
        subject=rectification_subject(order),
        new={"state": order.state, **new},
        reason=reason,
        basis=SERVING if move is None else move.basis,
        occurred_at=at,
    )
