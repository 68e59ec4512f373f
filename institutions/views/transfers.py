"""移交 at the desk: choose institutions, hand them over, and see what became of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from institutions.choices.journey_tones import state_badge
from institutions.forms.transfers import TransferFilterForm, TransferForm
from institutions.models import Journey
from institutions.selectors.register_list import register_lines
from institutions.selectors.transfers import (
    chosen_institutions,
    transfer_lines,
    transfer_run,
    transfer_runs,
    transferable,
)
from institutions.services.journey_transfer import TRANSFER_JOB, ask_transfer
from institutions.views.register_pages import actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.jobs.models import Job
from regulator.kernel.outcomes import Refused
from regulator.web.choices import Badge
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 100


@page_for(Action.JOURNEY_HANDLE)
def choose_page(request: HttpRequest) -> HttpResponse:
    """The non-subject institutions still with this department, to be handed over together."""
    filters, form = TransferFilterForm(request.GET), TransferForm(posted(request))
    refusals: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            job = _asked(request, form)
        except Refused as refused:
            refusals = list(refusal_texts(refused.refusals))
        else:
            return redirect("transfers:run", job_id=job.public_id)
    context = _choosing(request, filters) | {"form": form, "refusals": refusals}
    return render(request, "desk/journeys/transfer.html", context)


def _choosing(request: HttpRequest, filters: TransferFilterForm) -> dict[str, Any]:
    """Who may be handed over, who was ticked, and the latest runs."""
    actor = actor_of(request)
    rows = transferable(actor, activity=filters.chosen())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return {
        "filters": filters,
        "page": page,
        "lines": register_lines(list(page.object_list), on=timezone.localdate()),
        "selected": request.POST.getlist("selected"),
        "runs": transfer_runs(actor, TRANSFER_JOB),
        "crumbs": [{"label": _("办件"), "url": reverse("journeys:list")}, {"label": _("移交")}],
    }


def _asked(request: HttpRequest, form: TransferForm) -> Job:
    actor = actor_of(request)
    return ask_transfer(
        division=actor.division,
        institutions=chosen_institutions(actor, request.POST.getlist("selected")),
        order=form.order(),
        actor=actor,
        at=timezone.now(),
    )


@require_GET
@page_for(Action.JOURNEY_HANDLE)
def run_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """What became of each of those chosen."""
    job = transfer_run(actor_of(request), TRANSFER_JOB, job_id)
    if job is None:
        raise Http404
    lines = [{"line": line, "badge": _badge(line.journey)} for line in transfer_lines(job)]
    context = {
        "job": job,
        "lines": lines,
        "crumbs": [
            {"label": _("办件"), "url": reverse("journeys:list")},
            {"label": _("移交"), "url": reverse("transfers:choose")},
            {"label": _("移交结果")},
        ],
    }
    return render(request, "desk/journeys/transfer_run.html", context)


def _badge(journey: Journey | None) -> Badge | None:
    return None if journey is None else state_badge(journey.kind, journey.state, journey.outcome)
