"""Issued checklists, as those may read them who may see the lists."""

from __future__ import annotations

from inspections.models import Checklist, Draw, DrawTeam


def latest_checklists(draw: Draw) -> list[Checklist]:
    """The latest version of every paper of a draw: premises in route order, then teams."""
    latest: dict[str, Checklist] = {}
    for row in draw.checklists.order_by("version"):
        latest[row.name] = row
    return sorted(latest.values(), key=lambda row: (row.kind == "team", row.position, row.pk))


def waiting_checklists(draw: Draw) -> list[Checklist]:
    """Papers that are issued and not yet rendered, teams last, in the order of the work."""
    return [row for row in latest_checklists(draw) if not row.sha256]


def checklist_named(draw: Draw, name: str) -> Checklist | None:
    """The latest version of a draw's paper by its name."""
    return draw.checklists.filter(name=name).order_by("-version").first()


def team_papers(draw: Draw, team: str) -> list[Checklist]:
    """The latest papers of a team's premises, in route order."""
    return [row for row in latest_checklists(draw) if row.team == team and row.kind == "premises"]


def checklist_of_team(team: DrawTeam) -> list[Checklist]:
    """What a team may print on its day: the papers of its premises and its joined file."""
    return [row for row in latest_checklists(team.draw_of) if row.team == team.number]
