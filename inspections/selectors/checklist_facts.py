"""What goes on the paper of a draw or an order: every premises in route order, a cover a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from geopy.distance import geodesic

from inspections.core.draw.assembly import frame_department
from inspections.models import Draw, InspectionOrder, Inspector
from inspections.selectors.checklist_changes import MEMBER, Change, changes_of
from inspections.selectors.checklist_premises import Facts, Stop, item_blocks, premises_facts
from inspections.selectors.directories import planned_items, published_items, township_names
from inspections.selectors.draws import team_lists
from institutions.choices.register import CATEGORY_LABELS
from institutions.models import PremisesPoint
from regulator.accounts.models import Department, Division

NOBODY = "0"  # the team of what recusals left without one


@dataclass(frozen=True)
class _Route:
    """A team's members and premises, in the order in which they are visited."""

    team: str
    members: Sequence[Inspector]
    stops: Sequence[Stop]


def draw_departments(draw: Draw) -> list[Department]:
    """The departments whose officers sit in a draw's teams, in the order of the house."""
    seats = draw.frame["teams"]["seats"]
    return [one for one in Department.objects.all() if frame_department(one.code) in seats]


def order_departments(order: InspectionOrder) -> list[Department]:
    """The departments that act on an order, in the order of the house."""
    return [one for one in Department.objects.all() if one.code in order.departments]


def checklist_facts(source: Draw | InspectionOrder, *, on: date) -> tuple[list[Facts], list[Facts]]:
    """One record per assigned premises in route order, and one cover per team that has any.

    A team that lost its last premises to a replacement has a cover that says so. In Chinese
    whoever asks: it becomes paper.
    """
    with translation.override("zh-hans"):
        if isinstance(source, Draw):
            return _facts(source, _of_draw(source), draw_departments(source), on)
        return _facts(source, _of_order(source), order_departments(source), on)


def _of_draw(draw: Draw) -> list[_Route]:
    return [
        _Route(
            team.number,
            [row.inspector for row in team.members],
            [
                Stop(row.register_id, row.premises, row.area, row.stands_in_for)
                for row in team.assignments
                if not row.replaced
            ],
        )
        for team in team_lists(draw)
        if team.number != NOBODY
    ]


def _of_order(order: InspectionOrder) -> list[_Route]:
    members = list(order.members.select_related("inspector__department"))
    targets = list(order.targets.select_related("premises__institution"))
    return [
        _Route(
            team,
            [row.inspector for row in members if row.team == team],
            sorted(
                (
                    Stop(row.register_id, row.premises, row.premises.area)
                    for row in targets
                    if row.team == team
                ),
                key=lambda stop: (stop.area, stop.register_id),
            ),
        )
        for team in sorted({row.team for row in targets})
    ]


def _facts(
    source: Draw | InspectionOrder,
    routes: Iterable[_Route],
    departments: Sequence[Department],
    on: date,
) -> tuple[list[Facts], list[Facts]]:
    items = published_items(
        division=source.division_id,
        departments=[one.code for one in departments],
        codes=planned_items(source) if isinstance(source, Draw) else (),
    )
    townships = township_names(source.division_id)
    changes = changes_of(source)
    papers: list[Facts] = []
    covers: list[Facts] = []
    for route in routes:
        of_team = [one for one in changes if route.team in one["teams"]]
        if not (route.stops or of_team):
            continue
        shared = _shared(source, route, on)
        papers.extend(
            {
                **shared,
                "changes": _of_stop(of_team, stop),
                **premises_facts(stop, items, departments, townships, on),
            }
            for stop in route.stops
        )
        stops = _stops(route.stops, townships)
        covers.append({**shared, "changes": of_team, "name": f"team-{route.team}", "route": stops})
    return papers, covers


def _of_stop(changes: Iterable[Change], stop: Stop) -> list[Change]:
    """What the paper of one premises tells: its team's people, and how it came there."""
    return [one for one in changes if one["what"] == MEMBER or one["key"] == stop.register_id]


def _shared(source: Draw | InspectionOrder, route: _Route, on: date) -> Facts:
    is_drawn = isinstance(source, Draw)
    return {
        "draw": source.number,
        "is_drawn": is_drawn,
        "campaign": source.campaign if isinstance(source, Draw) else source.title,
        "division": source.division.name,
        "team": route.team,
        "issued_on": on.isoformat(),
        "members": [
            {
                "name": one.name,
                "department": one.department.name,
                "certificate": one.certificate_number,
            }
            for one in route.members
        ],
    }


def _stops(stops: Sequence[Stop], townships: Mapping[str, str]) -> list[Facts]:
    """The route with the straight distance from the stop before; empty where one is not known."""
    points = {
        row.premises_id: (row.wgs84_latitude, row.wgs84_longitude)
        for row in PremisesPoint.objects.filter(premises__in=[one.premises for one in stops])
    }
    found = []
    before: tuple[float, float] | None = None
    for stop in stops:
        here = points.get(stop.premises.pk)
        institution = stop.premises.institution
        found.append(
            {
                "register_id": stop.register_id,
                "institution": institution.name,
                "principal": institution.principal or institution.legal_representative,
                "address": stop.premises.address,
                "area": townships.get(stop.area, stop.area),
                "distance": _distance(before, here),
            }
        )
        before = here
    return found


def _distance(before: tuple[float, float] | None, here: tuple[float, float] | None) -> str:
    if before is None or here is None:
        return ""
    return f"{geodesic(before, here).kilometers:.1f}"


def blank_facts(division: Division, *, category: str, on: date) -> Facts:
    """A form for a category with every published item of every department, nothing filled in."""
    items = published_items(division=division.code)
    acting = {item.department_id for item in items}
    departments = [one for one in Department.objects.all() if one.code in acting]
    with translation.override("zh-hans"):
        blocks = item_blocks(items, departments, category=category, ways=())
        return {
            "division": division.name,
            "category": str(CATEGORY_LABELS.get(category, "")),
            "issued_on": on.isoformat(),
            "departments": [block for block in blocks if block["items"]],
            "members": [],
        }


def facts_of_paper(facts: Mapping[str, Any], *, serial: str, version: int) -> Facts:
    """The facts of one issued paper: what is known, and which paper it is."""
    return {**facts, "serial": serial, "version": version}
