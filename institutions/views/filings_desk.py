"""The reviewer's pages: the queue by clock, one case with its findings, and the decisions."""

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
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from institutions.core.filing_states import FilingState, Verdict
from institutions.forms.filings import DecisionForm, ListFilterForm, QueueForm, ReasonForm
from institutions.models import Filing
from institutions.resources.filing_export import filing_export
from institutions.selectors.filings import (
    ListFilter,
    QueueFilter,
    current_decisions,
    filtered_filings,
    next_case,
    review_queue,
    review_term,
    visible_filing,
)
from institutions.selectors.filings_findings import cell_views, finding_views
from institutions.selectors.filings_journey import filing_journey
from institutions.services.filings_review import (
    approve_filing,
    approve_filings,
    decide_finding,
    decides,
    return_filing,
    review_facts,
    reviews,
)
from institutions.views.filings_portal import actor_of, workbook_response
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message, refusal_texts

PAGE_ROWS = 50


@require_GET
@page_for(Action.FILING_REVIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, the longest wait first."""
    actor = actor_of(request)
    form = QueueForm(request.GET)
    asked = QueueFilter(**form.cleaned_data) if form.is_valid() else QueueFilter()
    waiting = review_queue(actor, asked)
    if request.GET.get("export") == "xlsx":
        return workbook_response(filing_export(waiting), _("待审备案.xlsx"))
    page = Paginator(waiting, PAGE_ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    term = review_term(actor.division, today)
    rows = [
        {"filing": filing, "clock": term.clock(filing.submitted_at, today)}
        for filing in page
        if filing.submitted_at
    ]
    context = {"form": form, "page": page, "rows": rows, "term": term, "exports": _exports(request)}
    context["actions"] = [{"label": _("成批通过"), "value": "approve", "tone": "primary"}]
    return render(request, "desk/filings/queue.html", context)


@require_POST
@page_for(Action.FILING_REVIEW)
def bulk_approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen filings in which nothing at all was found."""
    actor = actor_of(request)
    chosen = review_queue(actor, QueueFilter()).filter(
        public_id__in=[one for one in request.POST.getlist("selected") if _is_uuid(one)]
    )
    done = approve_filings(
        filing_ids=list(chosen.values_list("pk", flat=True)),
        division=actor.division,
        actor=actor,
        at=timezone.now(),
    )
    count = len(done.approved)
    if count:
        text = ngettext(
            "已通过 %(count)d 个班，现已公示。", "已通过 %(count)d 个班，现已公示。", count
        )
        messages.success(request, text % {"count": count})
    for refused in done.refused[:10]:
        messages.warning(request, "".join(refusal_message(reason) for reason in refused.refusals))
    return redirect("filings:queue")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_GET
@page_for(Action.FILING_READ)
def filing_list(request: HttpRequest) -> HttpResponse:
    """Every filing of the division, by state, category and words."""
    form = ListFilterForm(request.GET)
    asked = ListFilter(**form.cleaned_data) if form.is_valid() else ListFilter()
    filings = filtered_filings(actor_of(request), asked)
    if request.GET.get("export") == "xlsx":
        return workbook_response(filing_export(filings), _("备案.xlsx"))
    page = Paginator(filings, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "exports": _exports(request)}
    return render(request, "desk/filings/list.html", context)


def _exports(request: HttpRequest) -> list[dict[str, str]]:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return [{"label": "XLSX", "url": f"?{query.urlencode()}"}]


def _filing_or_404(request: HttpRequest, public_id: UUID) -> Filing:
    filing = visible_filing(actor_of(request), public_id)
    if filing is None:
        raise Http404
    return filing


@require_GET
@page_for(Action.FILING_READ)
def review_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: the text with what was found marked in it, the findings beside it."""
    return _case(request, _filing_or_404(request, public_id))


def _case(
    request: HttpRequest, filing: Filing, *, reasons: list[Any] | None = None, typed: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    may_review = reviews(actor, filing) and filing.state == FilingState.SUBMITTED.value
    context = {
        "filing": filing,
        "steps": filing_journey(filing, timezone.localdate()),
        "cells": cell_views(filing),
        **_decidable(actor, filing),
        "facts": review_facts(filing, on=timezone.localdate()),
        "reviews": list(filing.reviews.all()),
        "versions": list(filing.versions.all()),
        "history": history_of(kind="filing", key=str(filing.public_id))[:20],
        "may_review": may_review,
        "return_form": ReasonForm(initial={"reasons": typed}),
        "next": next_case(actor, filing) if may_review else None,
        "reasons": reasons or [],
        "crumbs": [
            {"label": _("课程备案"), "url": reverse("filings:list")},
            {"label": filing.number, "url": ""},
        ],
    }
    return render(request, "desk/filings/review.html", context, status=422 if reasons else 200)


def _decidable(actor: Actor, filing: Filing) -> dict[str, Any]:
    """Each finding with the form in which this officer may decide it, and what is undecided."""
    findings: list[dict[str, Any]] = [
        {
            "view": one,
            "form": _decision_form(one.code),
            "may_decide": one.is_undetermined and decides(actor, filing, one.code),
        }
        for one in finding_views(filing, current_decisions(filing))
    ]
    undecided = [one["view"] for one in findings if one["view"].needs_decision]
    return {"findings": findings, "undecided": undecided}


def _decision_form(rule: str) -> DecisionForm:
    return DecisionForm(initial={"rule": rule}, auto_id=f"id_{rule}_%s")


@require_POST
@page_for(Action.FILING_REVIEW)
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve one filing, or say every reason why not."""
    filing = _filing_or_404(request, public_id)
    following = next_case(actor_of(request), filing) if filing.submitted_at else None
    try:
        approve_filing(filing=filing, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        return _case(request, filing, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("%(filing)s 已通过，现已公示。") % {"filing": filing.number})
    return _onwards(following)


@require_POST
@page_for(Action.FILING_REVIEW)
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return one filing with reasons."""
    filing = _filing_or_404(request, public_id)
    following = next_case(actor_of(request), filing) if filing.submitted_at else None
    reasons = request.POST.get("reasons", "")[:2000]
    try:
        return_filing(filing=filing, reasons=reasons, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        return _case(request, filing, reasons=refusal_texts(refused.refusals), typed=reasons)
    messages.success(request, _("%(filing)s 已退回机构。") % {"filing": filing.number})
    return _onwards(following)


def _onwards(following: Filing | None) -> HttpResponse:
    if following is None:
        return redirect("filings:queue")
    return redirect("filings:review", public_id=following.public_id)


@require_POST
@page_for(Action.FILING_REVIEW)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An officer's answer to one undetermined finding."""
    filing = _filing_or_404(request, public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请选择您的判断，并写明理由。"))
        return redirect("filings:review", public_id=public_id)
    try:
        decide_finding(
            filing=filing,
            rule=form.cleaned_data["rule"],
            verdict=Verdict(form.cleaned_data["verdict"]),
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        return _case(request, filing, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("已记下您的判断。"))
    return redirect("filings:review", public_id=public_id)
