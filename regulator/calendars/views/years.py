"""Opening a year, declaring it complete, and its history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.calendars.forms.calendars import YearForm
from regulator.calendars.models import CalendarYear
from regulator.calendars.selectors.calendars import (
    HOLIDAY,
    SCHOOL,
    history_of_year,
    year_entry,
)
from regulator.calendars.services import add_year
from regulator.calendars.views.answering import (
    actor_of,
    answer,
    division_asked,
    division_query,
    posted,
    trail,
)
from regulator.calendars.views.rows import told_events, year_title


def year_address(kind: str, year: int) -> str:
    """The page of a year."""
    name = "calendars:school_year" if kind == SCHOOL else "calendars:holiday_year"
    return reverse(name, kwargs={"year": year})


def titled(title: str, kind: str, year: int) -> dict[str, Any]:
    """A page of a year: its title, and the way to it over the year's own page."""
    steps = (year_title(kind, year), year_address(kind, year)), (title, "")
    return {"title": title, "crumbs": trail(*steps)}


def entry_or_404(division: str, kind: str, year: int) -> CalendarYear:
    """The entry of a year, or a page that says there is none."""
    entry = year_entry(division=division, kind=kind, year=year)
    if entry is None:
        raise Http404
    return entry


def _opening(title: str) -> dict[str, Any]:
    steps = trail((title, ""))
    return {
        "title": _("录入%(year)s") % {"year": title},
        "submit": _("开始录入"),
        "crumbs": steps,
    }


@page_for(Action.CALENDAR_EDIT)
def open_year(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Begin entering a year."""
    if kind not in (SCHOOL, HOLIDAY):
        raise Http404
    actor, form = actor_of(request), YearForm(posted(request))
    title = year_title(kind, year)
    return answer(
        request,
        form,
        lambda: add_year(
            division=actor.division,
            kind=kind,
            year=year,
            actor=actor,
            at=timezone.now(),
            **form.cleaned_data,
        ),
        template="desk/calendars/form.html",
        context=_opening(title),
        done=_("已新增%(year)s，请继续录入内容。") % {"year": title},
        back=year_address(kind, year),
    )


@page_for(Action.CALENDAR_READ)
def year_history(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Every change of a year and its contents."""
    entry = entry_or_404(division_asked(request), kind, year)
    title = year_title(kind, year)
    address = year_address(kind, year) + division_query(request)
    context = {
        "title": title,
        "crumbs": trail((title, address), (_("修改历史"), "")),
        "events": told_events(history_of_year(entry)),
    }
    return render(request, "desk/calendars/history.html", context)
