"""The institution's page of an appraisal: the question, the result, a challenge, a dispute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.forms.appraisals import ChallengeForm, DisputeForm
from institutions.models import Appraisal
from institutions.selectors.appraisal_view import appraisal_steps, case_view
from institutions.selectors.appraisals import own_appraisal
from institutions.selectors.papers import papers_of_matter
from institutions.services.appraisal_panels import file_challenge
from institutions.services.appraisals import accept_result, dispute_is_open, dispute_result
from institutions.views.filings_portal import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def _own_or_404(request: HttpRequest, public_id: UUID) -> Appraisal:
    appraisal = own_appraisal(actor_of(request), public_id)
    if appraisal is None:
        raise Http404
    return appraisal


@require_GET
@page_for(Action.FILING_READ_OWN)
def own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where an appraisal of one's own class stands, and what it came to; no names."""
    return _page(request, _own_or_404(request, public_id))


def _page(
    request: HttpRequest, appraisal: Appraisal, reasons: list[Any] | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "appraisal": appraisal,
        "filing": appraisal.filing,
        "view": case_view(appraisal),
        "papers": papers_of_matter(appraisal.public_id),
        "steps": appraisal_steps(appraisal, today),
        "challenges": list(appraisal.challenges.all()),
        "challenge_form": ChallengeForm() if appraisal.state in ("opened", "voting") else None,
        "dispute_form": DisputeForm() if dispute_is_open(appraisal, today) else None,
        "reasons": reasons or [],
        "crumbs": [
            {"label": _("课程备案"), "url": reverse("filings:portal")},
            {
                "label": appraisal.filing.number,
                "url": reverse("filings:own", args=[appraisal.filing.public_id]),
            },
            {"label": _("专家鉴别"), "url": ""},
        ],
    }
    return render(request, "portal/appraisal.html", context, status=422 if reasons else 200)


def _acted(
    request: HttpRequest, appraisal: Appraisal, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _page(request, appraisal, refusal_texts(refused.refusals))
    messages.success(request, done)
    return redirect("appraisals:own", public_id=appraisal.public_id)


@require_POST
@page_for(Action.FILING_FILE)
def challenge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask that somebody be kept away."""
    appraisal = _own_or_404(request, public_id)

    def act() -> object:
        return file_challenge(
            appraisal=appraisal,
            statement=request.POST.get("statement", "")[:1000],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return _acted(request, appraisal, act, _("回避申请已提出，秘书核对后答复。"))


@require_POST
@page_for(Action.FILING_FILE)
def dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Dispute the result."""
    appraisal = _own_or_404(request, public_id)

    def act() -> object:
        return dispute_result(
            appraisal=appraisal,
            reason=request.POST.get("reason", "")[:1000],
            actor=actor_of(request),
            at=timezone.now(),
        )

    return _acted(request, appraisal, act, _("异议已提出，由教育部门提请市级认定。"))


@require_POST
@page_for(Action.FILING_FILE)
def accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that one does not dispute it."""
    appraisal = _own_or_404(request, public_id)

    def act() -> object:
        return accept_result(appraisal=appraisal, actor=actor_of(request), at=timezone.now())

    return _acted(request, appraisal, act, _("已记下：没有异议。"))
