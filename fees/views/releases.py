"""Release runs at the desk: what was released, what stays and why; and asking for one."""

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

from fees.choices.release_runs import OUTCOME_BADGES, OUTCOME_LABELS, OUTCOME_REMEDIES
from fees.forms.bank import ReleaseForm
from fees.models import ReleaseRun
from fees.selectors.release_runs import accounts_to_release, lines_of, run_for, runs_in, totals_of
from fees.services.release_jobs import RunScope, ask_for_release
from fees.views.desk import PAGE_ROWS, actor_of, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_view
from regulator.kernel.actors import Actor
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@require_GET
@page_for(Action.ESCROW_READ)
def releases(request: HttpRequest) -> HttpResponse:
    """The runs of the division, the latest first."""
    actor = actor_of(request)
    context = {
        "page": Paginator(runs_in(actor), PAGE_ROWS).get_page(request.GET.get("page")),
        "may_edit": may(actor, Action.ESCROW_EDIT, Target(division=actor.division)),
    }
    return render(request, "desk/fees/releases.html", context)


@page_for(Action.ESCROW_EDIT)
def release_new(request: HttpRequest) -> HttpResponse:
    """Ask for a run."""
    actor, reasons = actor_of(request), []
    accounts, initial = list(accounts_to_release(actor)), {"on": timezone.localdate()}
    form = ReleaseForm(posted(request), accounts=accounts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            run = _asked(form, actor)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            return redirect("fees:release", public_id=run.public_id)
    title = _("发起批量拨付")
    context = {"form": form, "reasons": reasons, "title": title, "submit": _("开始拨付")}
    context["crumbs"] = [*_crumbs(), {"label": title}]
    context["cancel_url"] = reverse("fees:releases")
    return render(request, "desk/fees/form.html", context)


def _asked(form: ReleaseForm, actor: Actor) -> ReleaseRun:
    data = form.cleaned_data
    return ask_for_release(
        division=actor.division,
        scope=RunScope(form.chosen_escrow, None, data["taught_on"]),
        on=data["on"],
        actor=actor,
        at=timezone.now(),
    )


@require_GET
@page_for(Action.ESCROW_READ)
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run: its progress, its money by outcome, and each class's day."""
    actor, run = actor_of(request), run_for(actor_of(request), public_id)
    if run is None:
        raise Http404
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in OUTCOME_LABELS else ""
    lines = Paginator(lines_of(run, outcome), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "job": run.job,
        "view": job_view(run.job, actor) if run.job else None,
        "stats": _stats(run),
        "tabs": _tabs(run, outcome),
        "remedy": OUTCOME_REMEDIES.get(outcome, ""),
        "page": lines,
        "crumbs": [*_crumbs(), {"label": run.on.isoformat()}],
    }
    return render(request, "desk/fees/release.html", context)


def _crumbs() -> list[dict[str, Any]]:
    return [{"label": _("批量拨付"), "url": reverse("fees:releases")}]


def _stats(run: ReleaseRun) -> list[dict[str, Any]]:
    return [
        {
            "label": OUTCOME_BADGES[one.outcome].label,
            "tone": OUTCOME_BADGES[one.outcome].tone,
            "value": format_yuan(one.amount_fen),
            "unit": _("元"),
            "note": _("%(count)d 课") % {"count": one.lessons},
        }
        for one in totals_of(run)
    ]


def _tabs(run: ReleaseRun, chosen: str) -> list[dict[str, Any]]:
    tabs = [{"label": _("全部"), "url": "?", "current": not chosen}]
    return tabs + [
        {
            "label": OUTCOME_LABELS[one.outcome],
            "url": f"?outcome={one.outcome}",
            "current": one.outcome == chosen,
            "count": one.lessons,
        }
        for one in totals_of(run)
    ]
