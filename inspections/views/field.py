"""The inspector's own view: my teams' lists and papers, on their day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from inspections.models import DrawTeam
from inspections.selectors.checklists import checklist_named, checklist_of_team
from inspections.selectors.directories import township_names
from inspections.selectors.draws import my_coming_days, my_team, my_teams, team_list
from inspections.views.pages import actor_of, pdf_response
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.FIELD_ENTER)
def my_day(request: HttpRequest) -> HttpResponse:
    """The teams that the person is out with today, and the days to come."""
    actor, today = actor_of(request), timezone.localdate()
    context = {
        "teams": my_teams(actor, on=today),
        "coming": my_coming_days(actor, on=today),
        "today": today,
    }
    return render(request, "field/inspections/day.html", context)


def _team_or_404(request: HttpRequest, number: str) -> DrawTeam:
    team = my_team(actor_of(request), number=number, on=timezone.localdate())
    if team is None:
        raise Http404
    return team


@require_GET
@page_for(Action.FIELD_ENTER)
def my_list(request: HttpRequest, number: str) -> HttpResponse:
    """The premises of the person's team in route order, with their papers."""
    team = _team_or_404(request, number)
    papers = checklist_of_team(team)
    context = {
        "team": team,
        "list": team_list(team),
        "papers": {row.name: row for row in papers if row.sha256},
        "joined": next((row for row in papers if row.kind == "team" and row.sha256), None),
        "townships": township_names(team.draw_of.division_id),
    }
    return render(request, "field/inspections/team.html", context)


@require_GET
@page_for(Action.FIELD_ENTER)
def my_paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A paper of the person's own team, on its day."""
    team = _team_or_404(request, number)
    found = checklist_named(team.draw_of, name)
    if found is None or found.team != team.number:
        raise Http404
    return pdf_response(found)
