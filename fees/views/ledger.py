"""The ledger as the desk reads it: an account's balances and contracts, one contract's postings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fees.choices.ledger import LEDGER_KIND_LABELS
from fees.models import Contract
from fees.selectors.balances import balances_by_kind, postings_of_contract
from fees.selectors.contracts import (
    account_money,
    contract_for,
    contracts_under,
    history_of_contract,
    taught_lessons,
)
from fees.views.desk import PAGE_ROWS, account_or_404, actor_of, crumbs_to
from fees.views.showing import contract_facts, contract_figures, told_ledger_events
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.ESCROW_READ)
def escrow_ledger(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an account holds, by purpose, and the contracts under it; pupils masked."""
    account = account_or_404(request, public_id)
    rows = contracts_under(account)
    context = {
        "account": account,
        "institution": account.institution,
        "crumbs": crumbs_to(account, _("账本")),
        "balances": [(LEDGER_KIND_LABELS[kind], fen) for kind, fen in balances_by_kind(account)],
        "page": Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "desk/fees/ledger.html", context)


@require_GET
@page_for(Action.ESCROW_READ)
def contract(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One contract: its terms, its money, its lessons, every posting about it."""
    actor = actor_of(request)
    row = contract_for(actor, public_id)
    if row is None:
        raise Http404
    money, taught = account_money(row), taught_lessons(row)
    postings = Paginator(postings_of_contract(row), PAGE_ROWS)
    context = {
        "contract": row,
        "may_edit": may(actor, Action.ESCROW_EDIT, Target(division=row.institution.division_id)),
        "institution": row.institution,
        "crumbs": _crumbs(row),
        "facts": contract_facts(row),
        "stats": contract_figures(money, taught),
        "lessons": row.lessons.order_by("number", "pk"),
        "page": postings.get_page(request.GET.get("page")),
        "events": told_ledger_events(history_of_contract(row)),
    }
    return render(request, "desk/fees/contract.html", context)


def _crumbs(row: Contract) -> list[dict[str, Any]]:
    way = crumbs_to(row.escrow, row.number)
    ledger = {"label": _("账本"), "url": reverse("fees:escrow_ledger", args=[row.escrow.public_id])}
    return [*way[:-1], ledger, way[-1]]
