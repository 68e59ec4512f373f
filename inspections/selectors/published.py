"""Published results: per institution, per draw, with how their orders stand today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspections.choices.findings import FINDING_STATE_LABELS
from inspections.choices.results import WITHHELD_LABELS
from inspections.choices.visits import CATEGORY_LABELS
from inspections.models import (
    Draw,
    Finding,
    InspectionResult,
    RatingSlip,
    ResultObjection,
    Visit,
)
from inspections.selectors.ratings import slip_token
from institutions.models import Institution
from regulator.accounts.choices.texts import DEPARTMENT_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may, reach_of
from regulator.kernel.actors import Actor

_OVER = ("ended", "not_possible")


@dataclass(frozen=True)
class PublishedFinding:
    """A finding as it was published, and how it stands today."""

    item: str
    text: str
    department: Any
    state: Any


@dataclass(frozen=True)
class PublishedResult:
    """A result in words: categories of the law, findings, corrections, or why it is withheld."""

    result: InspectionResult
    categories: Sequence[Any]
    findings: Sequence[PublishedFinding]
    withheld: Any
    corrections: Sequence[Any]


def published_results(rows: QuerySet[InspectionResult]) -> list[PublishedResult]:
    """Results as everybody reads them; three queries for any number of them."""
    held = list(
        rows.select_related("institution", "premises", "assignment__draw_of").prefetch_related(
            "corrections"
        )
    )
    states = _states(held)
    return [
        PublishedResult(
            result=row,
            categories=[CATEGORY_LABELS.get(code, code) for code in row.categories],
            findings=[_finding(one, states) for one in row.findings],
            withheld=WITHHELD_LABELS.get(row.withheld_ground, ""),
            corrections=list(row.corrections.all()),
        )
        for row in held
    ]


def _states(rows: Iterable[InspectionResult]) -> dict[str, str]:
    keys = [one["finding"] for row in rows for one in row.findings]
    pairs = Finding.objects.filter(public_id__in=keys).values_list("public_id", "state")
    return {str(key): state for key, state in pairs}


def _finding(one: dict[str, str], states: dict[str, str]) -> PublishedFinding:
    state = states.get(one["finding"], "")
    return PublishedFinding(
        item=one["item"],
        text=one["text"],
        department=DEPARTMENT_LABELS.get(one["department"], one["department"]),
        state=FINDING_STATE_LABELS.get(state, ""),
    )


def results_of_institution(institution: Institution) -> QuerySet[InspectionResult]:
    """What was published of an institution, the latest first; a replaced premises is no result."""
    return InspectionResult.objects.filter(institution=institution).exclude(
        kind__in=("replaced", "not_visited")
    )


def results_of_draw(draw: Draw) -> QuerySet[InspectionResult]:
    """What was published of a draw, every drawn premises, in the order of their ids."""
    return InspectionResult.objects.filter(assignment__draw_of=draw).order_by("register_id")


def result_for(actor: Actor, public_id: UUID | str) -> InspectionResult | None:
    """A result of the actor's own division, or of their own institution."""
    rows = InspectionResult.objects.select_related("institution")
    if may(actor, Action.RECTIFICATION_ANSWER):
        return rows.filter(public_id=public_id, institution__public_id=actor.institution).first()
    if reach_of(actor, Action.FINDING_READ) is None:
        return None
    return rows.filter(public_id=public_id, division=actor.division).first()


def open_objections(actor: Actor) -> QuerySet[ResultObjection]:
    """The objections of a division that nobody has answered, the oldest first."""
    return ResultObjection.objects.filter(
        answered_at__isnull=True, result__division=actor.division
    ).select_related("result__institution")


def objection_for(actor: Actor, public_id: UUID | str) -> ResultObjection | None:
    """An objection of the actor's division."""
    return (
        ResultObjection.objects.filter(public_id=public_id, result__division=actor.division)
        .select_related("result__institution")
        .first()
    )


def own_visits_to_rate(actor: Actor) -> list[Visit]:
    """The visits of one's own institution that ended and were not rated."""
    visits = own_visits(actor)
    tokens = {slip_token(visit): visit for visit in visits}
    rated = set(RatingSlip.objects.filter(token__in=list(tokens)).values_list("token", flat=True))
    return [visit for token, visit in tokens.items() if token not in rated]


def own_visits(actor: Actor) -> list[Visit]:
    """The visits to one's own institution that are over, the latest first."""
    if not actor.institution or not may(actor, Action.RECTIFICATION_ANSWER):
        return []
    rows = Visit.objects.filter(
        premises__institution__public_id=actor.institution, state__in=_OVER
    ).exclude(arrived_at__isnull=True)
    return list(
        rows.select_related("premises__institution", "assignment__draw_of").order_by("-ended_at")
    )
