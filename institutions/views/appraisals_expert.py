"""The expert's own entrance: the cases to vote on, the class without its institution, the vote."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from institutions.core.filing_states import Verdict
from institutions.forms.appraisals import LeaveForm, VoteForm
from institutions.models import AppraisalSeat
from institutions.selectors.appraisal_view import expert_cells
from institutions.selectors.appraisals import own_seat, seats_to_vote
from institutions.selectors.filings_findings import finding_views
from institutions.services.appraisal_votes import cast_vote, leave_panel
from institutions.views.filings_portal import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.calendars.selectors import workday_table
from regulator.kernel.outcomes import Refused
from regulator.kernel.workdays import workdays_between
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


def _seat_or_404(request: HttpRequest, public_id: UUID) -> AppraisalSeat:
    seat = own_seat(actor_of(request), public_id)
    if seat is None:
        raise Http404
    return seat


@require_GET
@page_for(Action.APPRAISAL_VOTE)
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for this expert's vote, then what they voted on."""
    actor, today = actor_of(request), timezone.localdate()
    page = Paginator(seats_to_vote(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    table = workday_table(actor.division)
    rows = [
        {
            "seat": seat,
            "appraisal": seat.appraisal,
            "is_open": not hasattr(seat, "vote")
            and seat.counts
            and seat.appraisal.state == "voting",
            "left": workdays_between(today, seat.appraisal.deadline.due_on, table),
        }
        for seat in page
    ]
    return render(request, "desk/appraisals/mine.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@page_for(Action.APPRAISAL_VOTE)
def vote(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The class with what was found in it, and the vote; nobody else's vote is here."""
    seat = _seat_or_404(request, public_id)
    if request.method == "GET":
        return _vote_page(request, seat, VoteForm(rule=seat.appraisal.rule))
    form = VoteForm(request.POST, rule=seat.appraisal.rule)
    if not form.is_valid():
        return _vote_page(request, seat, form, status=422)
    try:
        cast_vote(
            appraisal=seat.appraisal,
            verdict=Verdict(form.cleaned_data["verdict"]),
            leanings=form.leanings(),
            reasons=form.cleaned_data["reasons"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        reasons = refusal_texts(refused.refusals)
        return _vote_page(request, seat, form, reasons=reasons, status=422)
    messages.success(request, _("已记下您的表决，不能再改。"))
    return redirect("appraisals:mine")


def _vote_page(
    request: HttpRequest,
    seat: AppraisalSeat,
    form: VoteForm,
    *,
    reasons: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    appraisal = seat.appraisal
    is_open = not hasattr(seat, "vote") and seat.counts and appraisal.state == "voting"
    context = {
        "seat": seat,
        "appraisal": appraisal,
        "is_open": is_open,
        "cells": expert_cells(appraisal.filing),
        "findings": [one for one in finding_views(appraisal.filing) if one.code == appraisal.rule],
        "form": form,
        "leave_form": LeaveForm(),
        "reasons": reasons or [],
        "crumbs": [
            {"label": _("待我鉴别"), "url": reverse("appraisals:mine")},
            {"label": appraisal.number, "url": ""},
        ],
    }
    return render(request, "desk/appraisals/vote.html", context, status=status)


@require_POST
@page_for(Action.APPRAISAL_VOTE)
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Leave the panel; another expert takes the chair."""
    seat = _seat_or_404(request, public_id)
    try:
        leave_panel(
            appraisal=seat.appraisal,
            ground=request.POST.get("ground", "")[:20],
            note=request.POST.get("note", "")[:300],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        reasons = refusal_texts(refused.refusals)
        form = VoteForm(rule=seat.appraisal.rule)
        return _vote_page(request, seat, form, reasons=reasons, status=422)
    messages.success(request, _("已退出这次鉴别，由其他专家替换。"))
    return redirect("appraisals:mine")
