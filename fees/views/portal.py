"""An institution's own accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fees.choices.ledger import LEDGER_KIND_LABELS
from fees.choices.texts import KIND_LABELS
from fees.selectors.accounts import own_accounts
from fees.selectors.agreements import freezes_of
from fees.selectors.balances import balances_by_kind
from fees.selectors.month_statements import issued_statements, months_moved
from fees.views.desk import actor_of
from fees.views.showing import facts, journey, scheme_words
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def portal_account(request: HttpRequest) -> HttpResponse:
    """Where each account stands and who has to act; what it holds, its monthly statements."""
    actor, today = actor_of(request), timezone.localdate()
    accounts = [
        {
            "account": account,
            "kind": KIND_LABELS[account.kind],
            "facts": facts(account),
            "steps": journey(account),
            "balances": [
                (LEDGER_KIND_LABELS[kind], fen) for kind, fen in balances_by_kind(account)
            ],
            "freezes": [one for one in freezes_of(account, on=today) if one.in_force],
            "months": months_moved(account),
            "statements": issued_statements(account),
        }
        for account in own_accounts(actor)
    ]
    context = {"accounts": accounts, "scheme": scheme_words(actor.division)}
    return render(request, "portal/fees/account.html", context)
