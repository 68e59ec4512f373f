"""The reviewer's lists: the queue by clock, approving many, and all filings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.forms.filings import ListFilterForm
from institutions.forms.review import QueueForm
from institutions.resources.filing_export import filing_export
from institutions.selectors.filings import ListFilter, filtered_filings, visible_filings
from institutions.selectors.filings_queue import (
    QueueFilter,
    clock_of,
    clock_table,
    queue_counts,
    review_queue,
    review_workdays,
)
from institutions.services.filings_review import approve_filings
from institutions.views.filings_portal import actor_of, workbook_response
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import Actor
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50
_MOST_SELECTED = 200


@require_GET
@page_for(Action.FILING_REVIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, the nearest deadline first."""
    actor, today = actor_of(request), timezone.localdate()
    form = QueueForm(request.GET)
    asked = QueueFilter()
    if form.is_valid():
        asked = QueueFilter(**form.asked(request.GET.get("sort", "")))
    waiting = review_queue(actor, asked, today)
    if request.GET.get("export") == "xlsx":
        return workbook_response(filing_export(waiting), _("待审备案.xlsx"))
    page = Paginator(waiting, PAGE_ROWS).get_page(request.GET.get("page"))
    table = clock_table(actor.division)
    context = {
        "form": form,
        "page": page,
        "rows": [{"filing": one, "clock": clock_of(one, today, table)} for one in page],
        "workdays": review_workdays(actor.division, today),
        "tabs": _tabs(actor, asked),
        "exports": _exports(request),
        "actions": [{"label": _("成批通过"), "value": "approve", "tone": "primary"}],
    }
    return render(request, "desk/filings/queue.html", context)


def _tabs(actor: Actor, asked: QueueFilter) -> list[dict[str, Any]]:
    """The parts of the queue with how many wait in each; what is empty is left out."""
    counts = queue_counts(actor, timezone.localdate())
    tabs = []
    for part, label in QueueForm.PARTS:
        count = counts[part or "all"]
        if count or not part or part == asked.part:
            url = reverse("filings:queue") + (f"?part={part}" if part else "")
            current = part == asked.part
            tabs.append({"label": label, "count": count, "url": url, "current": current})
    return tabs


@require_POST
@page_for(Action.FILING_REVIEW)
def bulk_approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen filings in which nothing at all was found; say what became of each."""
    actor = actor_of(request)
    wanted = [one for one in request.POST.getlist("selected") if _is_uuid(one)][:_MOST_SELECTED]
    chosen = visible_filings(actor).filter(public_id__in=wanted)
    done = approve_filings(
        filing_ids=list(chosen.values_list("pk", flat=True)),
        division=actor.division,
        actor=actor,
        at=timezone.now(),
    )
    refused = [
        {"filing": one.filing, "reasons": refusal_texts(one.refusals)} for one in done.refused
    ]
    context = {
        "approved": done.approved,
        "refused": refused,
        "unseen": len(wanted) - len(done.approved) - len(refused),
        "crumbs": [
            {"label": _("待审备案"), "url": reverse("filings:queue")},
            {"label": _("成批通过的结果"), "url": ""},
        ],
    }
    return render(request, "desk/filings/approved.html", context)


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
