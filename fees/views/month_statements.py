"""An account's monthly statements: asked for at the portal, kept as issued."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fees.documents.month_statements import statement_workbook
from fees.models import MonthStatement
from fees.selectors.accounts import own_accounts
from fees.selectors.month_statements import statement_for
from fees.services.month_statements import issue_month_statement
from fees.views.desk import actor_of
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for
from regulator.adapters.storage import read_stored
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_texts


@require_POST
@page_for(Action.ESCROW_READ_OWN)
def month_statement_issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Issue the statement of a month of one's own account."""
    actor = actor_of(request)
    account = own_accounts(actor).filter(public_id=public_id).first()
    month = _month(request.POST.get("month", ""))
    if account is None or month is None:
        raise Http404
    try:
        issued = issue_month_statement(account, month=month, actor=actor, at=timezone.now())
    except Refused as refused:
        for reason in refusal_texts(refused.refusals):
            messages.warning(request, reason.text)
    else:
        messages.success(
            request,
            _("%(number)s 已开出，正在生成 PDF；稍后刷新本页。") % {"number": issued.number},
        )
    return redirect("fees:portal_account")


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def month_statement_pdf(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """The kept PDF, byte for byte."""
    statement = _statement_or_404(request, statement_id)
    if not statement.sha256:
        raise Http404
    response = HttpResponse(read_stored(statement.sha256), content_type="application/pdf")
    name = f"month-statement-{statement.month:%Y-%m}-v{statement.version}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def month_statement_workbook(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """The same figures as a workbook."""
    return statement_workbook(_statement_or_404(request, statement_id))


def _statement_or_404(request: HttpRequest, statement_id: UUID) -> MonthStatement:
    statement = statement_for(actor_of(request), statement_id)
    if statement is None:
        raise Http404
    return statement


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
