"""The decisions of a wave: proposed by the job, then told, decided and served, many together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from institutions.choices.journey_words import move_label, move_lede, state_label
from institutions.core.journeys.catalogue import JOURNEYS
from institutions.forms.journeys import AskForm
from institutions.models import Journey, Wave
from institutions.selectors.wave_progress import (
    TOGETHER,
    decision_counts,
    decision_lines,
    decisions,
    waiting_proposals,
)
from institutions.selectors.waves import MISSED
from institutions.services.journeys_many import ask_to_confirm, ask_to_move
from institutions.services.wave_proposals import ask_to_propose
from institutions.services.waves import wave_page
from institutions.views.register_pages import actor_of, posted
from institutions.views.waves import wave_crumbs, wave_or_404, wave_url
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import may
from regulator.accounts.views.access import page_for
from regulator.jobs.models import Job
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 100


def _job_url(job: Job) -> str:
    return reverse("jobs:desk_job", args=[job.public_id])


@require_POST
@page_for(Action.WAVE_MANAGE)
def propose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the proposals prepared now, as the nightly job does."""
    wave = wave_or_404(request, public_id, Action.WAVE_MANAGE)
    try:
        job = ask_to_propose(wave=wave, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, reason.text)
        return redirect(wave_url(wave))
    return redirect(_job_url(job))


@page_for(Action.JOURNEY_READ)
def decision_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The decisions at one step, and the one move that many of them can make together."""
    wave = wave_or_404(request, public_id)
    counts = decision_counts(wave)
    state = _state(request, counts)
    move = JOURNEYS[MISSED].by_name[TOGETHER[state]]
    form = AskForm(MISSED, move.asks, posted(request))
    job, refusals = _moved(request, wave, state, form)
    if job is not None:
        return redirect(_job_url(job))
    page = Paginator(decisions(wave, state), PAGE_ROWS).get_page(request.GET.get("page"))
    context = _step_words(wave, state, counts) | {
        "page": page,
        "lines": decision_lines(page.object_list),
        "form": form,
        "refusals": refusals,
        "is_countersigned": move.countersigned,
        "may_handle": may(actor_of(request), Action.JOURNEY_HANDLE),
        "chosen": request.POST.getlist("selected"),
    }
    return render(request, "desk/waves/decisions.html", context)


def _state(request: HttpRequest, counts: dict[str, int]) -> str:
    """The step asked for, else the first where something waits."""
    state = request.GET.get("state", "")
    return (
        state if state in TOGETHER else next((one for one in TOGETHER if counts[one]), "proposed")
    )


def _moved(
    request: HttpRequest, wave: Wave, state: str, form: AskForm
) -> tuple[Job | None, list[Any]]:
    """The job that a valid post began, or why it did not."""
    if request.method != "POST" or not form.is_valid():
        return None, []
    rows = _chosen(request, decisions(wave, state), "public_id")
    try:
        return _asked(request, wave, list(rows), form), []
    except Refused as refused:
        return None, list(refusal_texts(refused.refusals))


def _asked(request: HttpRequest, wave: Wave, rows: list[Journey], form: AskForm) -> Job:
    move = TOGETHER[rows[0].state] if rows else ""
    return ask_to_move(
        journeys=rows,
        move=move,
        stated=form.stated(),
        page=wave_page(wave),
        actor=actor_of(request),
        at=timezone.now(),
    )


def _step_words(wave: Wave, state: str, counts: dict[str, int]) -> dict[str, Any]:
    url = reverse("waves:decisions", args=[wave.public_id])
    name = TOGETHER[state]
    return {
        "wave": wave,
        "state": state,
        "crumbs": wave_crumbs(wave, _("逐家决定")),
        "tabs": [
            {
                "label": state_label(MISSED, one),
                "url": f"{url}?state={one}",
                "current": one == state,
                "count": counts[one],
            }
            for one in TOGETHER
        ],
        "move_label": move_label(MISSED, name),
        "move_lede": move_lede(MISSED, name),
        "served": counts["served"],
        "dropped": counts["dropped"],
        "url": url,
    }


@page_for(Action.JOURNEY_COUNTERSIGN)
def countersign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What waits for the leader in a wave: many countersigned together, each with its reasons."""
    wave = wave_or_404(request, public_id, Action.JOURNEY_COUNTERSIGN)
    waiting = waiting_proposals(wave)
    job, refusals = _confirmed(request, wave)
    if job is not None:
        return redirect(_job_url(job))
    page = Paginator(waiting, PAGE_ROWS).get_page(request.GET.get("page"))
    lines = decision_lines([one.journey for one in page.object_list])
    context = {
        "wave": wave,
        "page": page,
        "lines": [{"line": line, "move": _proposed_move(line)} for line in lines],
        "refusals": refusals,
        "crumbs": wave_crumbs(wave, _("会签")),
    }
    return render(request, "desk/waves/countersign.html", context)


def _confirmed(request: HttpRequest, wave: Wave) -> tuple[Job | None, list[Any]]:
    """The job that a post began, or why it did not."""
    if request.method != "POST":
        return None, []
    chosen = list(_chosen(request, waiting_proposals(wave), "public_id"))
    actor, at = actor_of(request), timezone.now()
    try:
        return ask_to_confirm(proposals=chosen, page=wave_page(wave), actor=actor, at=at), []
    except Refused as refused:
        return None, list(refusal_texts(refused.refusals))


def _proposed_move(line: Any) -> Any:
    return move_label(line.journey.kind, line.proposal.move) if line.proposal else ""


def _chosen(request: HttpRequest, rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The rows that were ticked, or every one where `all` was."""
    if request.POST.get("everyone"):
        return rows
    found = []
    for text in request.POST.getlist("selected"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return rows.filter(**{f"{name}__in": found})
