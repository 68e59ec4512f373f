"""The desk's pages of waivers: the list, one waiver, and the second person's answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from institutions.forms.appraisals import WaiverFilterForm, WhyForm
from institutions.models import FilingWaiver
from institutions.selectors.filings_findings import finding_views
from institutions.selectors.waivers import listed_waivers, visible_waiver
from institutions.services.waivers import approve_waiver, refuse_waiver, revoke_waiver
from institutions.views.filings_portal import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts

PAGE_ROWS = 50


def _waiver_or_404(request: HttpRequest, public_id: UUID) -> FilingWaiver:
    waiver = visible_waiver(actor_of(request), public_id)
    if waiver is None:
        raise Http404
    return waiver


@require_GET
@page_for(Action.FILING_READ)
def waiver_list(request: HttpRequest) -> HttpResponse:
    """Every waiver of the division, by where it stands."""
    form = WaiverFilterForm(request.GET)
    part = form.cleaned_data["part"] if form.is_valid() else ""
    found = listed_waivers(actor_of(request), part, timezone.localdate())
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "desk/waivers/list.html", {"form": form, "page": page})


@require_GET
@page_for(Action.FILING_READ)
def waiver(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One waiver: who, why, on what basis and until when."""
    return _page(request, _waiver_or_404(request, public_id))


def _page(
    request: HttpRequest, waiver: FilingWaiver, reasons: list[Any] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    target = Target(waiver.division_id, waiver.department_id)
    may_answer = may(actor, Action.WAIVER_APPROVE, target)
    is_own = waiver.proposed_by_user == actor.user_id
    context = {
        "waiver": waiver,
        "filing": waiver.filing,
        "findings": [one for one in finding_views(waiver.filing) if one.code == waiver.rule],
        "may_approve": may_answer and waiver.state == "proposed" and not is_own,
        "waits_for_another": waiver.state == "proposed" and is_own,
        "may_revoke": may_answer and waiver.state == "in_force",
        "why_form": WhyForm(),
        "reasons": reasons or [],
        "crumbs": [
            {"label": _("豁免"), "url": reverse("waivers:list")},
            {"label": waiver.filing.number, "url": ""},
        ],
    }
    return render(request, "desk/waivers/waiver.html", context, status=422 if reasons else 200)


def _acted(
    request: HttpRequest, waiver: FilingWaiver, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _page(request, waiver, refusal_texts(refused.refusals))
    messages.success(request, done)
    return redirect("waivers:waiver", public_id=waiver.public_id)


@require_POST
@page_for(Action.WAIVER_APPROVE)
def approve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person agrees."""
    waiver = _waiver_or_404(request, public_id)

    def act() -> object:
        return approve_waiver(waiver=waiver, actor=actor_of(request), at=timezone.now())

    return _acted(request, waiver, act, _("豁免已批准，通过以后在公示页上公开。"))


@require_POST
@page_for(Action.WAIVER_APPROVE)
def refuse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person does not agree."""
    waiver = _waiver_or_404(request, public_id)

    def act() -> object:
        reason = request.POST.get("reason", "")[:1000]
        return refuse_waiver(
            waiver=waiver, reason=reason, actor=actor_of(request), at=timezone.now()
        )

    return _acted(request, waiver, act, _("已记下：不批准。"))


@require_POST
@page_for(Action.WAIVER_APPROVE)
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a waiver back."""
    waiver = _waiver_or_404(request, public_id)

    def act() -> object:
        reason = request.POST.get("reason", "")[:1000]
        return revoke_waiver(
            waiver=waiver, reason=reason, actor=actor_of(request), at=timezone.now()
        )

    return _acted(request, waiver, act, _("豁免已收回，违规重新成立。"))
