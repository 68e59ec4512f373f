"""One case at the reviewer's desk: its text, its findings beside it, and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.core.filing_states import FilingState, Verdict
from institutions.core.waivers import WAIVABLE
from institutions.forms.filings import DecisionForm, ReasonForm
from institutions.forms.review import AppraiseForm, WaiveForm
from institutions.models import Filing
from institutions.selectors.appraisals import appraisals_of, department_of, open_appraisals
from institutions.selectors.filings import current_decisions, visible_filing
from institutions.selectors.filings_clashes import foreign_clashes
from institutions.selectors.filings_findings import FindingView, cell_views, finding_views
from institutions.selectors.filings_journey import filing_journey
from institutions.selectors.filings_queue import (
    Neighbours,
    clock_of,
    clock_table,
    neighbours,
)
from institutions.selectors.waivers import waivers_of
from institutions.services.appraisals import open_appraisal
from institutions.services.filings_review import (
    approve_filing,
    decide_finding,
    decides,
    return_filing,
    review_facts,
    reviews,
)
from institutions.services.waivers import WaiverDraft, propose_waiver
from institutions.views.filings_portal import actor_of
from regulator.accounts.choices.texts import DEPARTMENT_LABELS
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

_NOBODY = Neighbours(None, None)


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
    request: HttpRequest,
    filing: Filing,
    *,
    reasons: list[Any] | None = None,
    typed: str = "",
    waive_form: WaiveForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    may_review = reviews(actor, filing) and filing.state == FilingState.SUBMITTED.value
    context = {
        **_shown(filing),
        **_answers(actor, filing, may_review=may_review),
        "elsewhere": foreign_clashes(actor, filing),
        "may_review": may_review,
        "return_form": ReasonForm(initial={"reasons": typed}),
        "reasons": reasons or [],
        "crumbs": _crumbs(filing, may_review=may_review),
    }
    if waive_form is not None:
        context["waive_form"] = waive_form
    return render(request, "desk/filings/review.html", context, status=422 if reasons else 200)


def _crumbs(filing: Filing, *, may_review: bool) -> list[dict[str, Any]]:
    way = {"label": _("全部备案"), "url": reverse("filings:list")}
    if may_review:
        way = {"label": _("待审备案"), "url": reverse("filings:queue")}
    return [way, {"label": filing.number, "url": ""}]


def _shown(filing: Filing) -> dict[str, Any]:
    """What everybody reads who may read the filing."""
    today = timezone.localdate()
    return {
        "filing": filing,
        "steps": filing_journey(filing, today),
        "clock": clock_of(filing, today, clock_table(filing.division_id)),
        "cells": cell_views(filing),
        "reviews": list(filing.reviews.all()),
        "versions": list(filing.versions.all()),
        "appraisals": list(appraisals_of(filing)),
        "waivers": list(waivers_of(filing)),
        "history": history_of(kind="filing", key=str(filing.public_id))[:20],
    }


def _answers(actor: Actor, filing: Filing, *, may_review: bool) -> dict[str, Any]:
    """What stands against an approval, and what this officer may do about it."""
    today = timezone.localdate()
    facts = review_facts(filing, on=today)
    breached = (*facts.breaches, *facts.found_breach)
    standing = tuple(rule for rule in breached if rule not in facts.waived)
    waivable = tuple(rule for rule in standing if rule in WAIVABLE)
    return {
        **_decidable(actor, filing, facts.with_experts),
        "facts": facts,
        "standing": standing,
        "waive_form": _waive_form(waivable if may_review else ()),
        "near": neighbours(actor, filing, today) if may_review else _NOBODY,
    }


def _waive_form(rules: tuple[str, ...]) -> WaiveForm | None:
    return WaiveForm(rules=rules) if rules else None


def _decidable(actor: Actor, filing: Filing, with_experts: tuple[str, ...]) -> dict[str, Any]:
    """Each finding with the forms in which this officer may answer it, and what is undecided."""
    running = open_appraisals(filing) if with_experts else {}
    findings = [
        _line(actor, filing, one, running.get(one.code))
        for one in finding_views(filing, current_decisions(filing))
    ]
    undecided = [one["view"] for one in findings if one["view"].needs_decision]
    return {"findings": findings, "undecided": undecided}


def _line(actor: Actor, filing: Filing, view: FindingView, appraisal: Any) -> dict[str, Any]:
    may_decide = view.is_undetermined and decides(actor, filing, view.code)
    return {
        "view": view,
        "appraisal": appraisal,
        "may_decide": may_decide and appraisal is None,
        "decider": DEPARTMENT_LABELS[department_of(view.code, filing)],
        "form": DecisionForm(initial={"rule": view.code}, auto_id=f"id_{view.code}_%s"),
        "appraise_form": AppraiseForm(
            initial={"rule": view.code}, auto_id=f"id_appraise_{view.code}_%s"
        ),
    }


def _after(request: HttpRequest, filing: Filing) -> Filing | None:
    return neighbours(actor_of(request), filing, timezone.localdate()).after


def _onwards(following: Filing | None) -> HttpResponse:
    if following is None:
        return redirect("filings:queue")
    return redirect("filings:review", public_id=following.public_id)


@require_POST
@page_for(Action.FILING_REVIEW)
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve one filing, or say every reason why not."""
    filing = _filing_or_404(request, public_id)
    following = _after(request, filing)
    try:
        approve_filing(filing=filing, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        again = _filing_or_404(request, public_id)
        return _case(request, again, reasons=refusal_texts(refused.refusals))
    messages.success(request, _("%(filing)s 已通过，现已公示。") % {"filing": filing.number})
    return _onwards(following)


@require_POST
@page_for(Action.FILING_REVIEW)
def send_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return one filing with reasons."""
    filing = _filing_or_404(request, public_id)
    following = _after(request, filing)
    reasons = request.POST.get("reasons", "")[:2000]
    try:
        return_filing(filing=filing, reasons=reasons, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        return _case(request, filing, reasons=refusal_texts(refused.refusals), typed=reasons)
    messages.success(request, _("%(filing)s 已退回机构。") % {"filing": filing.number})
    return _onwards(following)


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


@require_POST
@page_for(Action.FILING_REVIEW)
def appraise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send one undetermined finding to the expert group."""
    filing = _filing_or_404(request, public_id)
    form = AppraiseForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请写明要专家组回答的问题。"))
        return redirect("filings:review", public_id=public_id)
    try:
        appraisal = open_appraisal(
            filing=filing,
            rule=form.cleaned_data["rule"],
            question=form.cleaned_data["question"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        return _case(request, filing, reasons=refusal_texts(refused.refusals))
    text = _("已送专家组，编号 %(number)s。中止审核期限的通知书已发出，送达之日起期限暂停。")
    messages.success(request, text % {"number": appraisal.number})
    return redirect("filings:review", public_id=public_id)


@require_POST
@page_for(Action.FILING_REVIEW)
def waive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose that a breach may stand for a time."""
    filing = _filing_or_404(request, public_id)
    form = WaiveForm(request.POST, rules=tuple(WAIVABLE))
    if not form.is_valid():
        messages.warning(request, _("豁免没有提出：请把期限、理由和材料填完整。"))
        return _case(request, filing, waive_form=form)
    draft = WaiverDraft(
        rule=form.cleaned_data["rule"],
        reason=form.cleaned_data["reason"],
        documents=form.cleaned_data["documents"],
        until_on=form.cleaned_data["until_on"],
        measured_area_cm2=form.measured_area_cm2(),
    )
    try:
        propose_waiver(filing=filing, draft=draft, actor=actor_of(request), at=timezone.now())
    except Refused as refused:
        shown = refusal_texts(refused.refusals)
        return _case(request, filing, reasons=shown, waive_form=form)
    messages.success(request, _("已提出豁免，等另一人批准；批准以前不能通过。"))
    return redirect("filings:review", public_id=public_id)
