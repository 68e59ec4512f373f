"""One line of the bank: booked, or matched with postings; and what an institution reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fees.forms.bank import BookingForm, ReceiptForm
from fees.models import StatementLine
from fees.selectors.accounts import own_accounts
from fees.selectors.bank import (
    contracts_to_book,
    line_for,
    open_differences,
    postings_by_id,
    reports_of,
    suggestions_for,
)
from fees.services.bank_matching import (
    BOOKED_FROM_LINES,
    accept_match,
    book_line,
    compare_account,
)
from fees.services.statements import report_receipts
from fees.views.bank import bank_crumbs, told_difference
from fees.views.desk import PAGE_ROWS, actor_of, posted
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


def _line_or_404(request: HttpRequest, public_id: UUID) -> StatementLine:
    line = line_for(actor_of(request), public_id, Action.ESCROW_EDIT)
    if line is None:
        raise Http404
    return line


@page_for(Action.ESCROW_EDIT)
def bank_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A line that stands for nothing yet: what is proposed, and booking it."""
    line = _line_or_404(request, public_id)
    form = BookingForm(
        posted(request),
        rules=BOOKED_FROM_LINES[line.direction],
        contracts=contracts_to_book(line),
    )
    reasons: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            _book(form, line, actor_of(request))
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已记账，并与这笔流水勾对。"))
            return redirect("fees:statement", public_id=line.statement.public_id)
    return render(request, "desk/fees/bank_line.html", _context(line, form, reasons))


def _book(form: BookingForm, line: StatementLine, actor: Actor) -> None:
    book_line(
        line=line,
        rule=form.cleaned_data["rule"],
        contract=form.chosen_contract,
        reference=form.cleaned_data["reference"],
        actor=actor,
        at=timezone.now(),
    )


def _context(line: StatementLine, form: BookingForm, reasons: list[Any]) -> dict[str, Any]:
    is_matched = line.matches.exists()
    proposals = [] if is_matched else suggestions_for(line)
    statement = {
        "label": line.statement.file_name,
        "url": reverse("fees:statement", args=[line.statement.public_id]),
    }
    return {
        "line": line,
        "form": form,
        "reasons": reasons,
        "is_matched": is_matched,
        "proposals": [
            {"postings": postings_by_id(pair.ledger), "keys": pair.ledger} for pair in proposals
        ],
        "crumbs": bank_crumbs(statement, {"label": line.reference or line.value_on}),
    }


@require_POST
@page_for(Action.ESCROW_EDIT)
def bank_match(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A person agrees with what was proposed for a line."""
    line = _line_or_404(request, public_id)
    keys = [int(key) for key in request.POST.getlist("posting") if key.isdecimal()]
    try:
        accept_match(
            lines=[line],
            postings=postings_by_id(keys),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.error(request, reason.text)
        return redirect("fees:bank_line", public_id=line.public_id)
    messages.success(request, _("已勾对。"))
    return redirect("fees:statement", public_id=line.statement.public_id)


@page_for(Action.ESCROW_READ_OWN)
def receipts(request: HttpRequest) -> HttpResponse:
    """What the institution took in by day, and where that differs from the bank."""
    actor = actor_of(request)
    institution = institutions_in(actor, Action.CONTRACT_KEEP).first()
    if not actor.institution or institution is None:
        raise Http404
    accounts = [one for one in own_accounts(actor) if one.kind == "custody" and one.active_on]
    initial = {"day": timezone.localdate()}
    form, reasons = ReceiptForm(posted(request), accounts=accounts, initial=initial), []
    if request.method == "POST" and form.is_valid():
        try:
            _report(form, actor)
        except Refused as refused:
            reasons = list(refusal_texts(refused.refusals))
        else:
            messages.success(request, _("已申报。"))
            return redirect("fees:receipts")
    context = {"form": form, "reasons": reasons, "accounts": accounts}
    found = open_differences(institution)[:PAGE_ROWS]
    context["differences"] = [told_difference(one) for one in found]
    context["page"] = Paginator(reports_of(institution), 20).get_page(request.GET.get("page"))
    return render(request, "portal/fees/receipts.html", context)


def _report(form: ReceiptForm, actor: Actor) -> None:
    """Keep the report, and compare the account with it."""
    data, now = form.cleaned_data, timezone.now()
    report_receipts(
        escrow=form.chosen_escrow,
        day=data["day"],
        receipt_count=data["receipt_count"],
        amount_fen=data["amount"],
        actor=actor,
        at=now,
    )
    compare_account(escrow=form.chosen_escrow, actor=SYSTEM, at=now)
