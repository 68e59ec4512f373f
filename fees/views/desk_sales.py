"""Payments and refused sales at the desk: what came in, and what has to go back."""

from __future__ import annotations

import secrets
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
from django.views.decorators.http import require_GET

from fees.choices.sales import MEANS_LABELS
from fees.forms.sales import IrregularForm, PaymentForm, ReturnForm, SaleFilterForm
from fees.models import RefusedSale
from fees.selectors.contracts import contract_for
from fees.selectors.keeping import refused_sale, refused_sales
from fees.services.contracts import receive_payment
from fees.services.sales import receive_irregular, return_irregular
from fees.views.desk import PAGE_ROWS, actor_of, posted
from fees.views.showing import said_reasons
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@page_for(Action.ESCROW_EDIT)
def contract_payment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Book what a parent paid, with the invoice's number; the same form twice books once."""
    actor = actor_of(request)
    row = contract_for(actor, public_id)
    if row is None:
        raise Http404
    form, reasons = _payment_form(request), []
    if request.method == "POST" and form.is_valid():
        try:
            receive_payment(contract=row, actor=actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("缴费已入账。"))
            return redirect("fees:contract", row.public_id)
    back = reverse("fees:contract", args=[row.public_id])
    context = {
        "title": _("登记缴费"),
        "crumbs": [{"label": row.number, "url": back}, {"label": _("登记缴费")}],
        "data": row.institution.name,
        "form": form,
        "reasons": reasons,
        "cancel_url": back,
    }
    return render(request, "desk/fees/form.html", context)


def _payment_form(request: HttpRequest) -> PaymentForm:
    """The form with a key of its own: sent twice, it books once."""
    initial = {"booked_on": timezone.localdate(), "key": f"pay:{secrets.token_hex(12)}"}
    return PaymentForm(posted(request), initial=initial)


@require_GET
@page_for(Action.SALE_READ)
def refused_sale_list(request: HttpRequest) -> HttpResponse:
    """Sales that were refused: training loans as leads, and money that has to go back."""
    actor, form = actor_of(request), SaleFilterForm(request.GET)
    form.is_valid()
    rows = refused_sales(actor, found=str(form.cleaned_data.get("found") or ""))
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "desk/fees/refused_sales.html", context)


def _sale_or_404(request: HttpRequest, public_id: UUID) -> RefusedSale:
    sale = refused_sale(actor_of(request), public_id)
    if sale is None:
        raise Http404
    return sale


@require_GET
@page_for(Action.SALE_READ)
def refused_sale_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One refused sale: its reasons, the money, what has to be done until when."""
    actor, sale = actor_of(request), _sale_or_404(request, public_id)
    target = Target(division=sale.institution.division_id)
    context = {
        "sale": sale,
        "institution": sale.institution,
        "reasons": said_reasons(sale),
        "facts": _sale_facts(sale),
        "crumbs": _crumbs(sale),
        "may_edit": may(actor, Action.ESCROW_EDIT, target),
    }
    return render(request, "desk/fees/refused_sale.html", context)


def _sale_facts(sale: RefusedSale) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("班级"), "value": sale.filing.class_name, "data": True},
        {"label": _("合同编号"), "value": sale.number, "data": True},
        {"label": _("总价（元）"), "value": format_yuan(sale.price_fen)},
        {"label": _("课时"), "value": sale.lesson_count},
        {"label": _("家长怎么付"), "value": MEANS_LABELS[sale.means]},
        {"label": _("登记日期"), "value": sale.refused_on},
    ]
    if sale.received_on:
        facts += [
            {"label": _("到账金额（元）"), "value": format_yuan(sale.received_fen)},
            {"label": _("到账日期"), "value": sale.received_on},
            {"label": _("应当退回的最后一天"), "value": sale.refund_due_on},
            {"label": _("退款日期"), "value": sale.refunded_on},
        ]
    return facts


@page_for(Action.ESCROW_EDIT)
def refused_sale_receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Book money that came in although the sale was refused."""
    sale = _sale_or_404(request, public_id)
    form = IrregularForm(posted(request), initial={"booked_on": timezone.localdate()})
    return _sale_form(
        request, sale, form, receive_irregular, title=_("登记违规进账"), done=_("已登记违规进账。")
    )


@page_for(Action.ESCROW_EDIT)
def refused_sale_return(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Book that the money went back."""
    sale = _sale_or_404(request, public_id)
    form = ReturnForm(posted(request), initial={"booked_on": timezone.localdate()})
    return _sale_form(
        request, sale, form, return_irregular, title=_("登记原路退回"), done=_("已登记退回。")
    )


def _sale_form(
    request: HttpRequest, sale: RefusedSale, form: Form, act: Any, *, title: str, done: str
) -> HttpResponse:
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            act(sale, actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, done)
            return redirect("fees:refused_sale", sale.public_id)
    context = {
        "title": title,
        "crumbs": _crumbs(sale, title),
        "data": sale.institution.name,
        "form": form,
        "reasons": reasons,
        "cancel_url": reverse("fees:refused_sale", args=[sale.public_id]),
    }
    return render(request, "desk/fees/form.html", context)


def _crumbs(sale: RefusedSale, label: str = "") -> list[dict[str, Any]]:
    way: list[dict[str, Any]] = [{"label": _("未成交的收费"), "url": reverse("fees:refused_sales")}]
    name = sale.institution.name
    if not label:
        return [*way, {"label": name}]
    url = reverse("fees:refused_sale", args=[sale.public_id])
    return [*way, {"label": name, "url": url}, {"label": label}]
