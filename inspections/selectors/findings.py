"""Findings, orders and cases as each may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from inspections.core.draw_states import DrawState
from inspections.core.findings.finding_states import FAILS
from inspections.models import (
    EnforcementCase,
    Finding,
    RectificationOrder,
    Visit,
    VisitAnswer,
)
from inspections.selectors.visits import standing_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import Target, may, reach_of
from regulator.kernel.actors import Actor

Row = TypeVar("Row", bound=Model)
_RELATED = ("visit__premises", "institution", "item", "department", "asked_department")


def _of_division(rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    reach = reach_of(actor, Action.FINDING_READ)
    if reach is None:
        return rows.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return rows.filter(division__code__startswith=actor.division[:4])
    return rows.filter(division=actor.division)


def _unsealed(actor: Actor, prefix: str) -> Q:
    """What a sealed draw leaves readable: to its coordinators all, to a department its own.

    The leader reads no sealed draw: who was drawn must not travel upwards before the reveal.
    """
    if may(actor, Action.DRAW_READ_SEALED, Target(division=actor.division)):
        return Q()
    sealed = {f"{prefix}visit__assignment__draw_of__state": DrawState.DRAWN.value}
    free = ~Q(**sealed)
    if may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        return free | Q(department=actor.department)
    return free


def findings_in(actor: Actor) -> QuerySet[Finding]:
    """The findings that an actor's desk may read, the newest first."""
    rows = _of_division(Finding.objects.select_related(*_RELATED), actor)
    asked = Q()
    if may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        asked = Q(asked_department=actor.department)
    visible = _unsealed(actor, "")
    return rows.filter(visible | asked) if visible else rows


def finding_for(actor: Actor, public_id: UUID | str) -> Finding | None:
    """A finding that the actor may read."""
    return findings_in(actor).filter(public_id=public_id).first()


def rectifications_in(actor: Actor) -> QuerySet[RectificationOrder]:
    """The orders that an actor's desk may read, the newest first."""
    rows = RectificationOrder.objects.select_related(
        "institution", "department", "premises", "deadline", "paper", "recheck"
    )
    sealed = Q(items__finding__visit__assignment__draw_of__state=DrawState.DRAWN.value)
    found = _of_division(rows, actor)
    if may(actor, Action.DRAW_READ_SEALED, Target(division=actor.division)):
        return found
    if may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        return found.filter(~sealed | Q(department=actor.department)).distinct()
    return found.filter(~sealed).distinct()


def rectification_for(actor: Actor, public_id: UUID | str) -> RectificationOrder | None:
    """An order that the actor may read."""
    return rectifications_in(actor).filter(public_id=public_id).first()


def own_rectifications(actor: Actor) -> QuerySet[RectificationOrder]:
    """The orders that one's own institution was sent: drafts are the bureau's business."""
    reach = reach_of(actor, Action.RECTIFICATION_ANSWER)
    if reach is not Reach.INSTITUTION or not actor.institution:
        return RectificationOrder.objects.none()
    rows = RectificationOrder.objects.filter(
        institution__public_id=actor.institution, issued_at__isnull=False
    )
    return rows.select_related("institution", "department", "premises", "deadline", "paper")


def own_rectification(actor: Actor, public_id: UUID | str) -> RectificationOrder | None:
    """An order of one's own institution."""
    return own_rectifications(actor).filter(public_id=public_id).first()


def cases_in(actor: Actor) -> QuerySet[EnforcementCase]:
    """The cases that an actor's desk may read, the newest first."""
    rows = EnforcementCase.objects.select_related(
        "institution", "department", "journey", "rectification"
    )
    found = _of_division(rows, actor)
    if may(actor, Action.DRAW_READ_SEALED, Target(division=actor.division)):
        return found
    sealed = Q(findings__visit__assignment__draw_of__state=DrawState.DRAWN.value)
    if may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        return found.filter(~sealed | Q(department=actor.department)).distinct()
    return found.filter(~sealed).distinct()


def case_for(actor: Actor, public_id: UUID | str) -> EnforcementCase | None:
    """A case that the actor may read."""
    return cases_in(actor).filter(public_id=public_id).first()


@dataclass(frozen=True)
class OpenAnswer:
    """An answer that fails and that nobody has yet confirmed as a finding."""

    visit: Visit
    answer: VisitAnswer


def answers_to_confirm(visit: Visit) -> list[OpenAnswer]:
    """The answers of a visit that fail, stand, and have no finding: neither standing nor withdrawn.

    A finding that was withdrawn with its reason is decided, and asks for nothing more.
    """
    decided = {finding.item_id for finding in visit.findings.all()}
    found = [
        row
        for item, row in standing_of(visit).items()
        if row.answer == FAILS and item not in decided
    ]
    return [OpenAnswer(visit, row) for row in sorted(found, key=lambda row: row.item_id)]


def visits_to_confirm(actor: Actor) -> list[OpenAnswer]:
    """The answers of ended visits that wait for the actor's own department, the oldest first."""
    if not may(actor, Action.FINDING_HANDLE, Target(actor.division, actor.department)):
        return []
    failing = VisitAnswer.objects.filter(
        answer=FAILS,
        item__department=actor.department,
        visit__division=actor.division,
        visit__state="ended",
        findings__isnull=True,
    )
    rows = (
        Visit.objects.filter(pk__in=failing.values("visit"))
        .select_related("premises__institution")
        .prefetch_related("answers__item", "findings")
        .order_by("ended_at")
    )
    return [
        one
        for visit in rows
        for one in answers_to_confirm(visit)
        if one.answer.item.department_id == actor.department
    ]


def unsettled_count(visit: Visit) -> int:
    """How many answers of a visit fail without anybody having confirmed or withdrawn a finding."""
    return len(answers_to_confirm(visit))


def answer_for(actor: Actor, client_id: UUID | str) -> VisitAnswer | None:
    """An answer of the actor's division that their department may confirm."""
    target = Target(actor.division, actor.department)
    if not may(actor, Action.FINDING_HANDLE, target):
        return None
    rows = VisitAnswer.objects.select_related("visit__premises__institution", "item")
    return rows.filter(client_id=client_id, visit__division=actor.division).first()


def draftable_with(finding: Finding) -> QuerySet[Finding]:
    """The open findings that may stand on one order with a finding, itself among them."""
    return Finding.objects.filter(
        institution=finding.institution_id, department=finding.department_id, state="open"
    ).select_related("item")
