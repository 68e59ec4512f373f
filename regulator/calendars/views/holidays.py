"""A calendar year's holidays and make-up working days."""

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
from regulator.calendars.forms.calendars import HolidayForm, ReasonForm
from regulator.calendars.models import CalendarYear, HolidaySpan
from regulator.calendars.selectors.calendars import (
    HOLIDAY,
    holiday_in,
    holidays_of,
    year_entry,
)
from regulator.calendars.selectors.changes import waiting_for_year
from regulator.calendars.selectors.deadlines import provisional_deadlines
from regulator.calendars.services import (
    enter_holidays,
    holiday_entry,
    holiday_removal,
    propose_change,
    remove_holiday,
    year_completion,
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
from regulator.calendars.views.rows import listed_holidays, year_title
from regulator.calendars.views.years import entry_or_404, titled, year_address
from regulator.kernel.actors import Actor


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
        "waiting_changes": listed_changes(waiting_for_year(entry)),
    }
    return render(request, "desk/calendars/holiday_year.html", context)


@page_for(Action.CALENDAR_EDIT)
def holiday_new(request: HttpRequest, year: int) -> HttpResponse:
    """Enter one holiday of the notice; into a known year, with a second person's signature."""
    actor, form = actor_of(request), HolidayForm(posted(request))
    entry = entry_or_404(actor.division, HOLIDAY, year)
    return answer(
        request,
        form,
        lambda: _enter(entry, form, actor),
        template="desk/calendars/form.html",
        context=titled(_("录入节假日"), HOLIDAY, year),
        done=_done(entry, _("已录入。")),
        back=year_address(HOLIDAY, year),
    )


def _enter(entry: CalendarYear, form: HolidayForm, actor: Actor) -> None:
    drafts, reason, at = [form.draft()], form.cleaned_data["reason"], timezone.now()
    if entry.completed_at is None:
        enter_holidays(entry, drafts, reason=reason, actor=actor, at=at)
    else:
        propose_change(holiday_entry(entry, drafts), reason=reason, actor=actor, at=at)


def _done(entry: CalendarYear, at_once: str) -> str:
    return at_once if entry.completed_at is None else proposed_text()


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
        lambda: _remove(span, form, actor),
        template="desk/calendars/confirm.html",
        context=titled(_("删除节假日"), HOLIDAY, span.entry.year) | _removal_asked(span),
        done=_done(span.entry, _("已删除。")),
        back=year_address(HOLIDAY, span.entry.year),
    )


def _remove(span: HolidaySpan, form: ReasonForm, actor: Actor) -> None:
    reason, at = form.cleaned_data["reason"], timezone.now()
    if span.entry.completed_at is None:
        remove_holiday(span, reason=reason, actor=actor, at=at)
    else:
        propose_change(holiday_removal(span), reason=reason, actor=actor, at=at)


def _removal_asked(span: HolidaySpan) -> dict[str, Any]:
    is_known = span.entry.completed_at is not None
    consequences = [
        _("第二个人签字以后才删除。"),
        _("签字后，尚未办结的期限会马上按新的工作日重新计算。"),
    ]
    return {
        "what_data": True,
        "what": str(span),
        "consequences": consequences if is_known else [],
        "submit": _("提出删除") if is_known else _("删除"),
    }


@page_for(Action.CALENDAR_EDIT)
def year_complete(request: HttpRequest, year: int) -> HttpResponse:
    """Propose that the notice is wholly entered."""
    actor, form = actor_of(request), ReasonForm(posted(request))
    entry = entry_or_404(actor.division, HOLIDAY, year)
    return answer(
        request,
        form,
        lambda: propose_change(
            year_completion(entry),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=timezone.now(),
        ),
        template="desk/calendars/confirm.html",
        context=titled(_("确认录入完毕"), HOLIDAY, year) | _completion_asked(year),
        done=proposed_text(),
        back=year_address(HOLIDAY, year),
    )


def _completion_asked(year: int) -> dict[str, Any]:
    return {
        "what": year_title(HOLIDAY, year),
        "consequences": [
            _("第二个人核对这份安排，签字以后才生效。"),
            _("签字后按这份安排判断节假日和工作日。"),
            _("签字后，跨入这一年的暂定期限会马上重新计算，不再是暂定。"),
        ],
        "submit": _("提请签字"),
    }
