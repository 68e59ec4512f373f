"""The years of a division, and the shipped calendar as a start."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.selectors.people import division_by_code
from regulator.accounts.views.access import page_for
from regulator.calendars.core.school import usual_school_year
from regulator.calendars.selectors.calendars import holiday_year_rows, school_year_rows
from regulator.calendars.selectors.changes import waiting_changes
from regulator.calendars.selectors.deadlines import provisional_deadlines
from regulator.calendars.services import propose_change, shipped_years
from regulator.calendars.views.answering import (
    actor_of,
    division_asked,
    division_query,
    proposed_text,
)
from regulator.calendars.views.rows import listed_years
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_YEARS_BACK = 4


@page_for(Action.CALENDAR_READ)
def terms_page(request: HttpRequest) -> HttpResponse:
    """School years and holiday years, with what is still blank."""
    division, today = division_asked(request), timezone.localdate()
    now = usual_school_year(today)
    school_years = school_year_rows(division, first=now - _YEARS_BACK, last=now + 1)
    holiday_years = holiday_year_rows(division, first=today.year - _YEARS_BACK, last=today.year + 1)
    context = {
        "division": division_by_code(division),
        "query": division_query(request),
        "school_years": listed_years(school_years),
        "holiday_years": listed_years(holiday_years),
        "has_entries": any(row.entry for row in school_years + holiday_years),
        "provisional": provisional_deadlines(division).count(),
        "may_edit": may(actor_of(request), Action.CALENDAR_EDIT, Target(division=division)),
        "waiting_count": waiting_changes(division).count(),
    }
    return render(request, "desk/calendars/terms.html", context)


@require_POST
@page_for(Action.CALENDAR_EDIT)
def load_shipped(request: HttpRequest) -> HttpResponse:
    """Propose to enter the shipped years that the division does not have."""
    actor = actor_of(request)
    draft = shipped_years(actor.division)
    try:
        propose_change(draft, reason=_("补入系统自带的年度"), actor=actor, at=timezone.now())
    except Refused as refused:
        for text in refusal_texts(refused.refusals):
            messages.info(request, text.text)
    else:
        messages.success(request, proposed_text())
    return redirect("calendars:terms")
