"""Requests for a refund as the institution sees them: what is asked, until when, its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.refunds import REFUND_MOVE_LABELS
from fees.forms.refunds import RefundReasonForm
from fees.models import RefundRequest
from fees.selectors.refunds import own_request, own_requests, proposals_of
from fees.services.refund_requests import agree_to_refund, appeal_decision, dispute_refund
from fees.views.desk import PAGE_ROWS, actor_of, posted
from fees.views.refund_showing import (
    left_workdays,
    request_facts,
    request_steps,
    shown_calculation,
    shown_proposals,
)
from fees.views.refund_steps import step_page
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for

_PAGE = "fees:portal_refund"


def _own_or_404(request: HttpRequest, public_id: UUID) -> RefundRequest:
    row = own_request(actor_of(request), public_id)
    if row is None:
        raise Http404
    return row


@require_GET
@page_for(Action.REFUND_READ_OWN)
def own_refunds(request: HttpRequest) -> HttpResponse:
    """Every request, those that wait for an answer first."""
    today = timezone.localdate()
    rows = Paginator(own_requests(actor_of(request)), PAGE_ROWS)
    page = rows.get_page(request.GET.get("page"))
    lines = [(row, left_workdays(row.answer_deadline, today)) for row in page]
    return render(request, "portal/fees/refunds.html", {"page": page, "rows": lines})


@require_GET
@page_for(Action.REFUND_READ_OWN)
def own_refund(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request: what it comes to, and the two answers."""
    row = _own_or_404(request, public_id)
    is_decided = bool(row.calculation)
    context = {
        "row": row,
        "crumbs": _crumbs(row),
        "facts": request_facts(row),
        "steps": request_steps(row, timezone.localdate()),
        "decided": shown_calculation(row.calculation) if is_decided else None,
        "proposals": [] if is_decided else shown_proposals(proposals_of(row)),
    }
    return render(request, "portal/fees/refund.html", context)


def _crumbs(row: RefundRequest, label: str = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"label": _("退费"), "url": reverse("fees:portal_refunds")}]
    if not label:
        return [*way, {"label": row.contract.number}]
    url = reverse(_PAGE, args=[row.public_id])
    return [*way, {"label": row.contract.number, "url": url}, {"label": label}]


def _answer(
    request: HttpRequest,
    row: RefundRequest,
    move: str,
    form: forms.Form,
    act: Callable[[], RefundRequest],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    title = str(REFUND_MOVE_LABELS[move])
    shown = {"title": title, "submit": title, "row": row, "crumbs": _crumbs(row, title)}
    return step_page(
        request,
        form,
        act,
        context=shown | (context or {}),
        done=_("已记下。教育局核定金额以后会通知您。"),
        back=reverse(_PAGE, args=[row.public_id]),
        page=_PAGE,
    )


@page_for(Action.REFUND_ANSWER)
def own_agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Agree; the bureau fixes the amount."""
    row = _own_or_404(request, public_id)
    context = {
        "what": _("同意这份合同退费。"),
        "consequences": [_("金额由教育局按账本核定，从监管账户原路退给家长。")],
    }

    def act() -> RefundRequest:
        return agree_to_refund(row, actor=actor_of(request), at=timezone.now())

    return _answer(request, row, "agree", forms.Form(posted(request)), act, context)


@page_for(Action.REFUND_ANSWER)
def own_dispute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Disagree, and say why; an officer decides."""
    row, form = _own_or_404(request, public_id), RefundReasonForm(posted(request))

    def act() -> RefundRequest:
        reason = form.cleaned_data["reason"]
        return dispute_refund(row, reason=reason, actor=actor_of(request), at=timezone.now())

    return _answer(request, row, "dispute", form, act)


@page_for(Action.REFUND_ANSWER)
def own_appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Not accept the decision; another officer decides again."""
    row, form = _own_or_404(request, public_id), RefundReasonForm(posted(request))

    def act() -> RefundRequest:
        reason = form.cleaned_data["reason"]
        return appeal_decision(row, reason=reason, actor=actor_of(request), at=timezone.now())

    return _answer(request, row, "appeal", form, act)
