"""Try before you sign: ask for a trial, watch it, read what would change, take it away as XLSX."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from institutions.choices.findings import RULE_TEXTS
from institutions.forms.rechecks import ChangeFilterForm, TrialForm
from institutions.models import ScreeningTrial
from institutions.resources.trial_export import trial_export
from institutions.selectors.trials import (
    AS_IN_FORCE,
    ChangeFilter,
    change_lines,
    last_term,
    term_choices,
    trial_changes,
    trial_for,
    trials_in,
    version_choices,
)
from institutions.services.trials import TrialDraft, ask_trial
from institutions.views.filings_portal import actor_of, workbook_response
from institutions.views.register_pages import acted, posted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.jobs.selectors.jobs import job_view

PAGE_ROWS = 50


@require_GET
@page_for(Action.FILING_READ)
def trial_list(request: HttpRequest) -> HttpResponse:
    """The division's trials, newest first."""
    actor = actor_of(request)
    page = Paginator(trials_in(actor), PAGE_ROWS).get_page(request.GET.get("page"))
    may_try = may(actor, Action.FILING_TRY, Target(actor.division))
    return render(request, "desk/rechecks/trials.html", {"page": page, "may_try": may_try})


@require_http_methods(["GET", "POST"])
@page_for(Action.FILING_TRY)
def trial_new(request: HttpRequest) -> HttpResponse:
    """What to try on which filings; `?version=` chooses a table's version beforehand."""
    actor, today = actor_of(request), timezone.localdate()
    terms, versions = term_choices(actor.division, today), version_choices(actor.division)
    last = last_term(terms, today)
    initial = {"version": request.GET.get("version"), "term": "" if last is None else last.key}
    form = TrialForm(posted(request), initial=initial, versions=versions, terms=terms)
    made: list[ScreeningTrial] = []

    def ask(_data: dict[str, Any]) -> None:
        draft, at = _draft(form, dict(versions)), timezone.now()
        made.append(ask_trial(division=actor.division, draft=draft, actor=actor, at=at))

    reasons = acted(request, form=form, act=ask)
    if reasons is None:
        return redirect("rechecks:trial", public_id=made[0].public_id)
    context = {"form": form, "reasons": reasons, "crumbs": _crumbs(_("新的试算"))}
    status = 422 if reasons or form.errors else 200
    return render(request, "desk/rechecks/trial_new.html", context, status=status)


def _draft(form: TrialForm, labels: dict[str, str]) -> TrialDraft:
    """What the valid form asks for."""
    key = form.cleaned_data["version"]
    starts_from, starts_before = form.days()
    return TrialDraft(
        label=labels[key],
        period_label=form.period_label(),
        starts_from=starts_from,
        starts_before=starts_before,
        table_key="" if key == AS_IN_FORCE else key,
    )


def _crumbs(label: str) -> list[dict[str, str]]:
    return [
        {"label": _("试算"), "url": reverse("rechecks:trials")},
        {"label": label, "url": ""},
    ]


def _trial_or_404(request: HttpRequest, public_id: UUID) -> ScreeningTrial:
    trial = trial_for(actor_of(request), public_id)
    if trial is None:
        raise Http404
    return trial


@require_GET
@page_for(Action.FILING_READ)
def trial_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Progress while it runs; afterwards who would newly pass or fail, by rule, with evidence."""
    trial = _trial_or_404(request, public_id)
    if trial.ended_at is None:
        return render(request, "desk/rechecks/trial_running.html", _running(request, trial))
    rules = [one["rule"] for one in trial.counts["rules"]]
    form = ChangeFilterForm(request.GET, rules=rules)
    asked = ChangeFilter(**form.cleaned_data) if form.is_valid() else ChangeFilter()
    changes = trial_changes(trial, asked)
    if request.GET.get("export") == "xlsx":
        return workbook_response(trial_export(changes), _("试算结果.xlsx"))
    page = Paginator(changes, PAGE_ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query["export"] = "xlsx"
    context = {
        "trial": trial,
        "form": form,
        "page": page,
        "lines": change_lines(page),
        "stats": _stats(trial.counts),
        "rules": [{**one, "title": RULE_TEXTS[one["rule"]].title} for one in _rules(trial)],
        "exports": [{"label": "XLSX", "url": f"?{query.urlencode()}"}],
        "crumbs": _crumbs(trial.label),
    }
    return render(request, "desk/rechecks/trial.html", context)


def _rules(trial: ScreeningTrial) -> list[dict[str, Any]]:
    """The counts by rule, with those of which the rule says what it said before."""
    changed = ("newly_breach", "newly_undetermined", "newly_clear")
    return [
        {**one, "unchanged": one["filings"] - sum(one[name] for name in changed)}
        for one in trial.counts["rules"]
    ]


def _stats(counts: dict[str, Any]) -> list[dict[str, Any]]:
    unit = _("个班")
    return [
        {"label": _("试算"), "value": counts["filings"], "unit": unit},
        {
            "label": _("会变成违规"),
            "value": counts["newly_failing"],
            "unit": unit,
            "tone": "breach" if counts["newly_failing"] else "neutral",
        },
        {
            "label": _("会变成存疑"),
            "value": counts["newly_in_doubt"],
            "unit": unit,
            "tone": "unknown" if counts["newly_in_doubt"] else "neutral",
        },
        {
            "label": _("会变成没有问题"),
            "value": counts["newly_clear"],
            "unit": unit,
            "tone": "ok" if counts["newly_clear"] else "neutral",
        },
    ]


def _running(request: HttpRequest, trial: ScreeningTrial) -> dict[str, Any]:
    job = trial.job
    view = None if job is None else job_view(job, actor_of(request))
    return {"trial": trial, "view": view, "crumbs": _crumbs(trial.label)}


@require_GET
@page_for(Action.FILING_READ)
def trial_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The live part of the progress page; asks for the whole page once the job has ended."""
    trial = _trial_or_404(request, public_id)
    response = render(request, "desk/rechecks/trial_running.html#live", _running(request, trial))
    if trial.ended_at is not None or trial.job is None or trial.job.is_ended:
        response.headers["HX-Refresh"] = "true"
    return response
