"""Findings and orders as their pages show them: what came of them, what this person may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.choices.findings import (
    FINDING_MOVE_LABELS,
    RECTIFICATION_MOVE_LABELS,
)
from inspections.core.findings.finding_states import FINDING_MOVES, Side
from inspections.core.findings.rectification_states import (
    RECTIFICATION_MOVES,
    RecheckResult,
    RectificationFacts,
    RectificationState,
    TermKind,
    rectification_moves_now,
)
from inspections.models import (
    EnforcementCase,
    Finding,
    FindingReferral,
    Inspector,
    RectificationOrder,
)
from inspections.selectors.violations import Violation, known_violation
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.calendars.selectors.calendars import workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import workdays_between

_OFFERED = ("accept", "decline", "order", "escalate", "refer", "withdraw")
_DESK_MOVES = (
    "issue",
    "serve",
    "order_recheck",
    "record_recheck",
    "close",
    "return_proof",
    "extend",
    "escalate",
    "withdraw",
)


@dataclass(frozen=True)
class FindingView:
    """A finding with what surrounds it."""

    violation: Violation | None
    referrals: list[FindingReferral]
    orders: list[RectificationOrder]
    cases: list[EnforcementCase]
    photos: list[Any]
    moves: list[tuple[str, Any]]


def finding_view(finding: Finding, actor: Actor) -> FindingView:
    """What the page of a finding shows, and the moves this person's desk may make now."""
    return FindingView(
        violation=known_violation(finding.violation_code),
        referrals=list(finding.referrals.select_related("from_department", "to_department")),
        orders=[
            item.rectification
            for item in finding.rectification_items.select_related("rectification")
        ],
        cases=list(finding.cases.select_related("journey")),
        photos=list(finding.photos.all()),
        moves=finding_moves(finding, actor),
    )


def finding_moves(finding: Finding, actor: Actor) -> list[tuple[str, Any]]:
    """Names and labels of the moves that the actor's desk may make of a finding as it stands."""
    found = []
    for name in _OFFERED:
        move = FINDING_MOVES[name]
        asked = finding.asked_department_id or "none"
        department = asked if move.side is Side.RECEIVER else finding.department_id
        states = {state.value for state in move.sources}
        if finding.state in states and may(
            actor, move.action, Target(finding.division_id, department)
        ):
            found.append((name, FINDING_MOVE_LABELS[name]))
    return found


@dataclass(frozen=True)
class RectificationView:
    """An order with its findings, its proofs, its clock and its moves."""

    findings: list[Finding]
    proofs: list[Any]
    notes: list[tuple[Any, Any]]
    cases: list[EnforcementCase]
    steps: list[dict[str, Any]]
    moves: list[tuple[str, Any]]
    due_on: date | None
    left: int
    unit: str
    is_provisional: bool
    may_answer: bool


def rectification_view(order: RectificationOrder, actor: Actor, today: date) -> RectificationView:
    """What the page of an order shows to the desk or to the institution."""
    items = order.items.select_related("finding__item").order_by("position")
    due = order.deadline.due_on if order.deadline else None
    running = due is not None and order.deadline is not None and order.deadline.closed_on is None
    return RectificationView(
        findings=[item.finding for item in items],
        proofs=list(order.proofs.all()),
        notes=[(RECTIFICATION_MOVE_LABELS[note.move], note) for note in order.notes.all()],
        cases=list(order.cases.select_related("journey")),
        steps=_steps(order),
        moves=_moves(order, actor, today),
        due_on=due if running else None,
        left=_left(order, due, today) if due is not None else 0,
        unit=order.term_unit or "workdays",
        is_provisional=bool(order.deadline and order.deadline.provisional),
        may_answer=order.state in ("issued", "served", "proved")
        and may(
            actor,
            Action.RECTIFICATION_ANSWER,
            Target(order.division_id, institution=str(order.institution.public_id)),
        ),
    )


def _left(order: RectificationOrder, due: date, today: date) -> int:
    if order.term_unit == "days":
        return (due - today).days
    return workdays_between(today, due, workday_table(order.division_id))


def _moves(order: RectificationOrder, actor: Actor, today: date) -> list[tuple[str, Any]]:
    facts = RectificationFacts(
        state=RectificationState(order.state),
        today=today,
        term_kind=TermKind(order.term_kind),
        due_on=order.deadline.due_on if order.deadline else None,
        is_paper_void=order.paper is not None and order.paper.is_void,
        has_red_line=order.items.filter(finding__severity="red_line").exists(),
        recheck_result=RecheckResult(order.recheck_result),
    )
    now = rectification_moves_now(facts)
    target = Target(order.division_id, order.department_id)
    return [
        (name, RECTIFICATION_MOVE_LABELS[name])
        for name in _DESK_MOVES
        if name in now and may(actor, RECTIFICATION_MOVES[name].action, target)
    ]


_LINE = ("drafted", "issued", "served", "proved", "closed")


def _steps(order: RectificationOrder) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": _("起草"), "on": _local(order.drafted_at), "who": order.drafted_by},
        {"label": _("制发"), "on": _local(order.issued_at)},
        {"label": _("送达"), "on": order.served_on},
        {"label": _("机构整改并报送")},
        {"label": _("确认改正，办结"), "on": _local(order.ended_at), "who": order.ended_by},
    ]
    done = _done(order)
    for position, row in enumerate(rows):
        row["state"] = "done" if position < done else "current" if position == done else "todo"
    if order.state in ("withdrawn", "escalated"):
        label = RECTIFICATION_MOVE_LABELS["withdraw" if order.state == "withdrawn" else "escalate"]
        rows = [row for row in rows[:done] if row["state"] == "done"]
        rows.append(
            {
                "label": label,
                "state": "blocked",
                "on": _local(order.ended_at),
                "who": order.ended_by,
                "note": order.ended_words,
            }
        )
    return rows


def _done(order: RectificationOrder) -> int:
    if order.state == "closed":
        return len(_LINE)
    if order.state in ("proved", "rechecking"):
        return 4
    if order.served_on is not None:
        return 3
    return 2 if order.issued_at is not None else 1


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


def recheck_inspectors(order: RectificationOrder, today: date) -> Any:
    """Who of the department may go and look: active, with a certificate that holds."""
    return Inspector.objects.filter(
        division=order.division_id,
        department=order.department_id,
        is_active=True,
        valid_from__lte=today,
        valid_before__gt=today,
    ).order_by("name")
