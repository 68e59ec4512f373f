"""Approved classes to look at again, at the desk: the list, one case, notice, two decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.choices.papers import SERVICE_MEANS_LABELS
from institutions.core.recheck_states import MOVES, RecheckFacts, moves_now, standing_against
from institutions.forms.rechecks import (
    KeepForm,
    NoticeTextForm,
    RecheckFilterForm,
    ServiceForm,
    TakeBackForm,
)
from institutions.models import FilingRecheck
from institutions.selectors.filings_findings import cell_views
from institutions.selectors.papers import papers_of_matter
from institutions.selectors.rechecks import (
    RecheckFilter,
    answer_term,
    filtered_rechecks,
    next_recheck,
    recheck_facts,
    recheck_for,
)
from institutions.selectors.rechecks_page import first_words, recheck_steps, recheck_view
from institutions.services.rechecks import (
    handles,
    keep_approval,
    notify_institution_of,
    record_service,
    take_approval_back,
)
from institutions.views.filings_portal import actor_of
from institutions.views.rechecks_portal import answer_file
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


@require_GET
@page_for(Action.FILING_READ)
def recheck_list(request: HttpRequest) -> HttpResponse:
    """What was found anew in approved classes, with the clocks of the institutions' answers."""
    actor, today = actor_of(request), timezone.localdate()
    form = RecheckFilterForm(request.GET)
    asked = RecheckFilter(**form.cleaned_data) if form.is_valid() else RecheckFilter()
    page = Paginator(filtered_rechecks(actor, asked), PAGE_ROWS).get_page(request.GET.get("page"))
    term = answer_term(actor.division)
    rows = [{"recheck": one, "clock": term.clock(one, today)} for one in page]
    context = {"form": form, "page": page, "rows": rows, "workdays": term.workdays_on(today)}
    return render(request, "desk/rechecks/list.html", context)


def _recheck_or_404(request: HttpRequest, public_id: UUID) -> FilingRecheck:
    recheck = recheck_for(actor_of(request), public_id)
    if recheck is None:
        raise Http404
    return recheck


@require_GET
@page_for(Action.FILING_READ)
def recheck_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One case: the text with what is found now, before and after, the answer, the decisions."""
    return _case(request, _recheck_or_404(request, public_id))


def _case(
    request: HttpRequest,
    recheck: FilingRecheck,
    *,
    reasons: list[Any] | None = None,
    bound: Form | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    term, view = answer_term(recheck.division_id), recheck_view(recheck)
    context = {
        "recheck": recheck,
        "filing": recheck.filing,
        "view": view,
        "cells": cell_views(view.shown),
        "steps": recheck_steps(recheck, term, today),
        "clock": term.clock(recheck, today),
        "served_how": SERVICE_MEANS_LABELS.get(recheck.served_how, ""),
        **_possible(actor, recheck, recheck_facts(recheck, term=term, today=today)),
        "forms": _forms(first_words(view), bound),
        "papers": papers_of_matter(recheck.public_id),
        "history": history_of(kind="recheck", key=str(recheck.public_id))[:20],
        "reasons": reasons or [],
        "crumbs": _crumbs(recheck),
    }
    return render(request, "desk/rechecks/recheck.html", context, status=422 if reasons else 200)


def _crumbs(recheck: FilingRecheck) -> list[dict[str, str]]:
    return [
        {"label": _("复核已通过的班"), "url": reverse("rechecks:list")},
        {"label": recheck.filing.number, "url": ""},
    ]


def _possible(actor: Actor, recheck: FilingRecheck, facts: RecheckFacts) -> dict[str, Any]:
    """What this officer may do now, and what stands against taking the approval back."""
    if not handles(actor, recheck):
        return {"moves": frozenset(), "against": [], "next": None}
    against = standing_against(MOVES["take_back"], facts)
    return {
        "moves": moves_now(facts),
        "against": refusal_texts(against),
        "next": next_recheck(actor, recheck),
    }


def _forms(words: str, bound: Form | None) -> dict[str, Form]:
    """The forms of the four steps; the one that came back keeps what was typed."""
    forms: dict[str, Form] = {
        "notify": NoticeTextForm(initial={"text": words}, auto_id="id_notify_%s"),
        "serve": ServiceForm(auto_id="id_serve_%s"),
        "keep": KeepForm(auto_id="id_keep_%s"),
        "take_back": TakeBackForm(auto_id="id_take_back_%s"),
    }
    names = {type(form): name for name, form in forms.items()}
    if bound is not None:
        forms[names[type(bound)]] = bound
    return forms


def _done(
    request: HttpRequest,
    public_id: UUID,
    *,
    form: Form,
    act: Callable[[FilingRecheck, dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """One step: act on what was typed, or show the page again with every reason."""
    recheck = _recheck_or_404(request, public_id)
    if not form.is_valid():
        return _case(request, recheck, bound=form)
    try:
        act(recheck, form.cleaned_data)
    except Refused as refused:
        return _case(request, recheck, reasons=refusal_texts(refused.refusals), bound=form)
    messages.success(request, said)
    return redirect("rechecks:recheck", public_id=public_id)


@require_POST
@page_for(Action.FILING_REVIEW)
def notify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell the institution and ask for its answer."""
    actor, at = actor_of(request), timezone.now()
    return _done(
        request,
        public_id,
        form=NoticeTextForm(request.POST, auto_id="id_notify_%s"),
        act=lambda one, data: notify_institution_of(
            recheck=one, text=data["text"], actor=actor, at=at
        ),
        said=_("已告知机构。它打开通知的那天算送达，答复期限从次日起算。"),
    )


@require_POST
@page_for(Action.FILING_REVIEW)
def serve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter that the notice was served otherwise than in the portal."""
    actor, at = actor_of(request), timezone.now()
    return _done(
        request,
        public_id,
        form=ServiceForm(request.POST, auto_id="id_serve_%s"),
        act=lambda one, data: record_service(
            recheck=one, on=data["on"], how=data["how"], actor=actor, at=at
        ),
        said=_("已登记送达。答复期限从次日起算。"),
    )


@require_POST
@page_for(Action.FILING_REVIEW)
def keep(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the approval stand."""
    actor, at = actor_of(request), timezone.now()
    return _done(
        request,
        public_id,
        form=KeepForm(request.POST, auto_id="id_keep_%s"),
        act=lambda one, data: keep_approval(
            recheck=one, reasons=data["reasons"], actor=actor, at=at
        ),
        said=_("已保留通过，这次复核办结。"),
    )


@require_POST
@page_for(Action.FILING_REVIEW)
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the approval back, or say every reason why not yet."""
    actor, at = actor_of(request), timezone.now()
    return _done(
        request,
        public_id,
        form=TakeBackForm(request.POST, auto_id="id_take_back_%s"),
        act=lambda one, data: take_approval_back(
            recheck=one, reasons=data["reasons"], actor=actor, at=at
        ),
        said=_("已撤销通过：公示名单里不再有这个班，公示页写明日期和理由。"),
    )


@require_GET
@page_for(Action.FILING_READ)
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file that came with the answer."""
    return answer_file(_recheck_or_404(request, public_id))
