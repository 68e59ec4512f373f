"""A school year: its months, its terms and breaks, and what is blank."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.selectors.people import division_by_code
from regulator.accounts.views.access import page_for
from regulator.calendars.choices.texts import COVERAGE_BADGES
from regulator.calendars.core.coverage import worst_state
from regulator.calendars.core.picture import school_year_picture
from regulator.calendars.forms.calendars import PeriodForm, ReasonForm, initial_of
from regulator.calendars.models import SchoolPeriod
from regulator.calendars.selectors.calendars import SCHOOL, period_in, school_year_of
from regulator.calendars.selectors.changes import waiting_for_year
from regulator.calendars.services import (
    period_correction,
    period_entry,
    period_removal,
    propose_change,
)
from regulator.calendars.views.answering import (
    actor_of,
    answer,
    division_asked,
    division_query,
    posted,
    proposed_text,
    trail,
)
from regulator.calendars.views.change_rows import listed_changes
from regulator.calendars.views.picture import drawn_months, stage_names
from regulator.calendars.views.rows import covered_stages, listed_periods, year_title
from regulator.calendars.views.years import entry_or_404, titled, year_address
from regulator.web.choices import WEEKDAYS

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@page_for(Action.CALENDAR_READ)
def school_year_page(request: HttpRequest, year: int) -> HttpResponse:
    """A school year as twelve months and as a table."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Http404
    division = division_asked(request)
    shown = school_year_of(division, year)
    context = {
        "title": year_title(SCHOOL, year),
        "year": year,
        "division": division_by_code(division),
        "query": division_query(request),
        "entry": shown.entry,
        "state": COVERAGE_BADGES[worst_state(shown.coverage)],
        "stages": covered_stages(shown.coverage),
        "periods": listed_periods(shown.periods),
        "weekdays": WEEKDAYS,
        "crumbs": trail((year_title(SCHOOL, year), "")),
        "months": drawn_months(school_year_picture(shown.calendar, year)),
        "lane_names": stage_names(),
        "may_edit": may(actor_of(request), Action.CALENDAR_EDIT, Target(division=division)),
        "waiting_changes": listed_changes(waiting_for_year(shown.entry)),
    }
    return render(request, "desk/calendars/school_year.html", context)


@page_for(Action.CALENDAR_EDIT)
def period_new(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a term or a break."""
    actor = actor_of(request)
    entry = entry_or_404(actor.division, SCHOOL, year)
    form = PeriodForm(posted(request), initial={"source": entry.source, "confidence": "high"})
    return answer(
        request,
        form,
        lambda: propose_change(
            period_entry(entry, form.draft()),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        template="desk/calendars/form.html",
        context=titled(_("录入学期或假期"), SCHOOL, year),
        done=proposed_text(),
        back=year_address(SCHOOL, year),
    )


def _period_or_404(division: str, public_id: UUID) -> SchoolPeriod:
    period = period_in(division, public_id)
    if period is None:
        raise Http404
    return period


@page_for(Action.CALENDAR_EDIT)
def period_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a term or a break."""
    actor = actor_of(request)
    period = _period_or_404(actor.division, public_id)
    form = PeriodForm(posted(request), initial=initial_of(period))
    return answer(
        request,
        form,
        lambda: propose_change(
            period_correction(period, form.draft()),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        template="desk/calendars/form.html",
        context=titled(_("修改学期或假期"), SCHOOL, period.entry.year) | {"data": str(period)},
        done=proposed_text(),
        back=year_address(SCHOOL, period.entry.year),
    )


@page_for(Action.CALENDAR_EDIT)
def period_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a term or a break out."""
    actor, form = actor_of(request), ReasonForm(posted(request))
    period = _period_or_404(actor.division, public_id)
    return answer(
        request,
        form,
        lambda: propose_change(
            period_removal(period),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        template="desk/calendars/confirm.html",
        context=titled(_("删除学期或假期"), SCHOOL, period.entry.year) | _removal_asked(period),
        done=proposed_text(),
        back=year_address(SCHOOL, period.entry.year),
    )


def _removal_asked(period: SchoolPeriod) -> dict[str, Any]:
    return {
        "what_data": True,
        "what": str(period),
        "consequences": [
            _("第二个人签字以后才删除。"),
            _("删除后这些天变成“未录入”，涉及它们的备案会标为“待定”。"),
        ],
        "submit": _("提出删除"),
    }
