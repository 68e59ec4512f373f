"""What waits at a desk after the visits: by clock, for its own department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from inspections.core.findings.publication import ClockReading, ClockState
from inspections.models import Finding, RectificationOrder
from inspections.selectors.findings import visits_to_confirm
from inspections.selectors.publication import drawn_progress, ordered_results
from inspections.selectors.published import open_objections
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor

_WAITING = ("issued", "served", "proved", "rechecking", "drafted")


@dataclass(frozen=True)
class AfterWork:
    """Counts for the front page; the clocks are those that end first."""

    to_confirm: int = 0
    referred: int = 0
    open_findings: int = 0
    proved: int = 0
    overdue: int = 0
    first_due: date | None = None
    visits_warned: int = 0
    visits_clock: ClockReading | None = None
    results_warned: int = 0
    results_clock: ClockReading | None = None
    objections: int = 0


def after_work(actor: Actor, today: date) -> AfterWork:
    """What waits for the actor's desk; nothing where the desk has no part in it."""
    values: dict[str, object] = {}
    target = Target(actor.division, actor.department)
    if may(actor, Action.FINDING_HANDLE, target):
        values |= _findings(actor)
    if may(actor, Action.RECTIFICATION_HANDLE, target):
        values |= _orders(actor, today)
    if may(actor, Action.RESULT_PUBLISH, Target(actor.division)):
        values |= _results(actor, today)
    return AfterWork(**values)  # type: ignore[arg-type]


def _findings(actor: Actor) -> dict[str, object]:
    rows = Finding.objects.filter(division=actor.division)
    return {
        "to_confirm": len(visits_to_confirm(actor)),
        "referred": rows.filter(state="referred", asked_department=actor.department).count(),
        "open_findings": rows.filter(
            state__in=("open", "returned"), department=actor.department
        ).count(),
    }


def _orders(actor: Actor, today: date) -> dict[str, object]:
    rows = RectificationOrder.objects.filter(
        division=actor.division, department=actor.department, state__in=_WAITING
    )
    running: QuerySet[RectificationOrder] = rows.filter(
        deadline__isnull=False, deadline__closed_on__isnull=True
    ).order_by("deadline__due_on")
    first = running.values_list("deadline__due_on", flat=True).first()
    return {
        "proved": rows.filter(state="proved").count(),
        "overdue": running.filter(deadline__due_on__lt=today, state="served").count(),
        "first_due": first,
    }


def _results(actor: Actor, today: date) -> dict[str, object]:
    near = (ClockState.SOON, ClockState.LATE)
    progress = drawn_progress(actor.division, today=today)
    visits = [one.visits for one in progress if one.visits.state in near]
    results = [one.publication for one in progress if one.publication.state in near]
    ordered = ordered_results(actor.division, today=today)
    results += [one.clock for one in ordered if one.clock.state in near]
    return {
        "visits_warned": len(visits),
        "visits_clock": _nearest(visits),
        "results_warned": len(results),
        "results_clock": _nearest(results),
        "objections": open_objections(actor).count(),
    }


def _nearest(clocks: list[ClockReading]) -> ClockReading | None:
    dated = [clock for clock in clocks if clock.due_on is not None]
    return min(dated, key=lambda clock: clock.due_on or date.max, default=None)


def own_orders_waiting(actor: Actor) -> int:
    """How many orders wait for the institution: to be confirmed, or to be followed."""
    if not actor.institution or not may(actor, Action.RECTIFICATION_ANSWER):
        return 0
    return RectificationOrder.objects.filter(
        institution__public_id=actor.institution, state__in=("issued", "served")
    ).count()
