"""Each step of a request for a refund as a page with one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fees.choices.refunds import REFUND_MOVE_LABELS
from fees.forms.refunds import FindingForm, ReceiptForm, RefundReasonForm
from fees.models import RefundRequest
from fees.selectors.contracts import contract_for
from fees.selectors.refunds import proposals_of
from fees.services.refund_payment import close_request, decide_refund, pay_refund
from fees.services.refund_requests import appeal_decision, ask_for_refund, withdraw_request
from fees.views.desk import actor_of, posted
from fees.views.refund_showing import shown_calculation, shown_proposals
from fees.views.refunds import refund_crumbs, request_or_404
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


class HasPage(Protocol):
    """What a step leads to: a request, a plan, anything with a page by its public id."""

    @property
    def public_id(self) -> UUID: ...


def step_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], HasPage],
    *,
    context: dict[str, Any],
    done: str,
    back: str,
    page: str = "fees:refund",
) -> HttpResponse:
    """One form: a valid post acts and leads to its page; a refusal shows every reason."""
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            row = act()
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, done)
            return redirect(page, public_id=row.public_id)
    shown = context | {"form": form, "reasons": reasons, "cancel_url": back}
    return render(request, "desk/fees/refund_step.html", shown, status=422 if reasons else 200)


def _page_of(row: RefundRequest) -> str:
    return reverse("fees:refund", args=[row.public_id])


def _titled(row: RefundRequest, move: str) -> dict[str, Any]:
    title = str(REFUND_MOVE_LABELS[move])
    return {"title": title, "submit": title, "row": row, "crumbs": refund_crumbs(row, title)}


@page_for(Action.REFUND_ASK)
def refund_new(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Write down what a parent asked for at the counter."""
    contract = contract_for(actor_of(request), contract_id)
    if contract is None:
        raise Http404
    form, title = RefundReasonForm(posted(request)), _("登记退费申请")
    back = reverse("fees:contract", args=[contract.public_id])
    return step_page(
        request,
        form,
        lambda: ask_for_refund(
            contract=contract,
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        context={"title": title, "submit": title, "data": contract.number},
        done=_("已登记。机构要在期限内答复，不答复视为同意。"),
        back=back,
    )


@page_for(Action.REFUND_HANDLE)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find the cause; the calculation for each stands beside the form."""
    row = request_or_404(request, public_id)
    initial = {"cause": row.cause, "had_service_before": row.had_service_before}
    form = FindingForm(posted(request), initial=initial)
    return step_page(
        request,
        form,
        lambda: decide_refund(row, form.finding(), actor=actor_of(request), at=timezone.now()),
        context=_titled(row, "decide") | {"proposals": shown_proposals(proposals_of(row))},
        done=_("已核定，核定通知书正在生成。"),
        back=_page_of(row),
    )


@page_for(Action.REFUND_HANDLE)
def pay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Book the refund out of the account."""
    row = request_or_404(request, public_id)
    form = forms.Form(posted(request))
    context = _titled(row, "pay") | {
        "what": _("从监管账户原路退回，合同就此结清。"),
        "consequences": [_("账本记下退款，不能撤销，只能更正。"), _("合同结清，不能再消课。")],
        "decided": shown_calculation(row.calculation) if row.calculation else None,
    }
    return step_page(
        request,
        form,
        lambda: pay_refund(row, actor=actor_of(request), at=timezone.now()),
        context=context,
        done=_("已记账。银行退款后登记回单，办结。"),
        back=_page_of(row),
    )


@page_for(Action.REFUND_HANDLE)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter the bank's receipt."""
    row = request_or_404(request, public_id)
    form = ReceiptForm(posted(request))
    return step_page(
        request,
        form,
        lambda: close_request(
            row,
            reference=form.cleaned_data["reference"],
            actor=actor_of(request),
            at=timezone.now(),
        ),
        context=_titled(row, "close"),
        done=_("已办结。"),
        back=_page_of(row),
    )


@page_for(Action.REFUND_ASK)
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down that parent or institution does not accept the decision."""
    row = request_or_404(request, public_id)
    form = RefundReasonForm(posted(request))
    return step_page(
        request,
        form,
        lambda: appeal_decision(
            row, reason=form.cleaned_data["reason"], actor=actor_of(request), at=timezone.now()
        ),
        context=_titled(row, "appeal"),
        done=_("已登记。须由原核定人以外的人复核。"),
        back=_page_of(row),
    )


@page_for(Action.REFUND_WITHDRAW)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down that the parent takes the request back."""
    row = request_or_404(request, public_id)
    form = forms.Form(posted(request))
    context = _titled(row, "withdraw") | {
        "what": _("家长不再要求退费。"),
        "consequences": [_("合同继续履行；家长以后还可以再申请。")],
    }
    return step_page(
        request,
        form,
        lambda: withdraw_request(row, actor=actor_of(request), at=timezone.now()),
        context=context,
        done=_("已撤回。"),
        back=_page_of(row),
    )
