"""Issued checklists, as those may read them who may see the lists."""

from __future__ import annotations

from django.db.models import Q

from inspections.core.visits.states import VisitState
from inspections.models import (
    Checklist,
    Draw,
    DrawTeam,
    InspectionOrder,
    InspectionResult,
    ReturnedPage,
    Visit,
)

_BEFORE = (VisitState.PLANNED.value, VisitState.APPROVED.value)


def latest_checklists(source: Draw | InspectionOrder) -> list[Checklist]:
    """The latest version of every paper of a draw or an order: first premises, in route order."""
    latest: dict[str, Checklist] = {}
    for row in source.checklists.order_by("version"):
        latest[row.name] = row
    return sorted(latest.values(), key=lambda row: (row.kind == "team", row.position, row.pk))


def waiting_checklists(source: Draw | InspectionOrder) -> list[Checklist]:
    """Papers that are issued and not yet rendered, teams last, in the order of the work."""
    return [row for row in latest_checklists(source) if not row.sha256]


def checklist_named(source: Draw | InspectionOrder, name: str) -> Checklist | None:
    """The latest version of a paper by its name."""
    return source.checklists.filter(name=name).order_by("-version").first()


def former_checklists(source: Draw | InspectionOrder) -> list[Checklist]:
    """Printed papers that a later version has taken the place of, the newest first."""
    latest = {row.pk for row in latest_checklists(source)}
    rows = source.checklists.exclude(sha256="").order_by("-issued_at", "name")
    return [row for row in rows if row.pk not in latest]


def checklist_version(source: Draw | InspectionOrder, name: str, version: int) -> Checklist | None:
    """One version of a paper, a former one too."""
    return source.checklists.filter(name=name, version=version).first()


def met_places(source: Draw | InspectionOrder) -> set[str]:
    """The register ids whose paper has been used: the team was there, or pages came back.

    Whoever was there stands on that paper; a later version would refuse its pages.
    """
    of_draw = isinstance(source, Draw)
    visits = Visit.objects.filter(
        Q(assignment__draw_of=source.pk) if of_draw else Q(target__order=source.pk)
    )
    found = set(visits.exclude(state__in=_BEFORE).values_list("register_id", flat=True))
    pages = ReturnedPage.objects.filter(visit__in=visits, state="filed")
    found |= set(pages.values_list("visit__register_id", flat=True))
    if of_draw:
        results = InspectionResult.objects.filter(assignment__draw_of=source.pk)
        found |= set(results.values_list("register_id", flat=True))
    return found


def checklist_of_team(team: DrawTeam) -> list[Checklist]:
    """What a team may print on its day: the papers of its premises and its joined file."""
    return [row for row in latest_checklists(team.draw_of) if row.team == team.number]
