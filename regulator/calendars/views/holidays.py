"""A calendar year's holidays and make-up working days."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.selectors.people import division_by_code
from regulator.accounts.views.access import page_for
from regulator.calendars.forms.calendars import HolidayForm, ReasonForm
from regulator.calendars.selectors.calendars import (
    HOLIDAY,
    holiday_in,
    holidays_of,
    year_entry,
)
from regulator.calendars.selectors.deadlines import provisional_deadlines
from regulator.calendars.services import complete_year, enter_holidays, remove_holiday
from regulator.calendars.views.answering import (
    actor_of,
    answer,
    division_asked,
    division_query,
    posted,
    trail,
)
from regulator.calendars.views.rows import listed_holidays, year_title
from regulator.calendars.views.years import entry_or_404, year_address


@page_for(Action.CALENDAR_READ)
def holiday_year_page(request: HttpRequest, year: int) -> HttpResponse:
    """The notice of one year, day by day off and day by day worked."""
    division = division_asked(request)
    entry = year_entry(division=division, kind=HOLIDAY, year=year)
    waiting = provisional_deadlines(division)
    context = {
        "title": year_title(HOLIDAY, year),
        "year": year,
        "division": division_by_code(division),
        "query": division_query(request),
        "entry": entry,
        "holidays": listed_holidays(holidays_of(entry)) if entry else [],
        "crumbs": trail((year_title(HOLIDAY, year), "")),
        "waiting": sum(year in deadline.unknown_years for deadline in waiting),
        "may_edit": may(actor_of(request), Action.CALENDAR_EDIT, Target(division=division)),
    }
    return render(request, "desk/calendars/holiday_year.html", context)


def _titled(title: str, year: int) -> dict[str, Any]:
    steps = (year_title(HOLIDAY, year), year_address(HOLIDAY, year)), (title, "")
    return {"title": title, "crumbs": trail(*steps)}


@page_for(Action.CALENDAR_EDIT)
def holiday_new(request: HttpRequest, year: int) -> HttpResponse:
    """Enter one holiday of the notice."""
    actor, form = actor_of(request), HolidayForm(posted(request))
    entry = entry_or_404(actor.division, HOLIDAY, year)
    return answer(
        request,
        form,
        lambda: enter_holidays(
            entry,
            [form.draft()],
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        template="desk/calendars/form.html",
        context=_titled(_("录入节假日"), year),
        done=_("已录入。"),
        back=year_address(HOLIDAY, year),
    )


@page_for(Action.CALENDAR_EDIT)
def holiday_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a holiday or a make-up day out."""
    actor, form = actor_of(request), ReasonForm(posted(request))
    span = holiday_in(actor.division, public_id)
    if span is None:
        raise Http404
    return answer(
        request,
        form,
        lambda: remove_holiday(
            span, reason=form.cleaned_data["reason"], actor=actor, at=timezone.now()
        ),
        template="desk/calendars/confirm.html",
        context=_titled(_("删除节假日"), span.entry.year)
        | {
            "what_data": True,
            "what": str(span),
            "consequences": [_("尚未办结的期限会马上按新的工作日重新计算。")],
            "submit": _("删除"),
        },
        done=_("已删除，期限已重新计算。"),
        back=year_address(HOLIDAY, span.entry.year),
    )


@page_for(Action.CALENDAR_EDIT)
def year_complete(request: HttpRequest, year: int) -> HttpResponse:
    """Declare the notice wholly entered."""
    actor, form = actor_of(request), Form(posted(request))
    entry = entry_or_404(actor.division, HOLIDAY, year)
    return answer(
        request,
        form,
        lambda: complete_year(entry, actor=actor, at=timezone.now()),
        template="desk/calendars/confirm.html",
        context=_titled(_("确认录入完毕"), year)
        | {
            "what": year_title(HOLIDAY, year),
            "consequences": [
                _("从现在起按这份安排判断节假日和工作日。"),
                _("跨入这一年的暂定期限会马上重新计算，不再是暂定。"),
            ],
            "submit": _("确认录入完毕"),
        },
        done=_("已确认，期限已重新计算。"),
        back=year_address(HOLIDAY, year),
    )
