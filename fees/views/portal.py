"""An institution's own accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fees.choices.texts import KIND_LABELS
from fees.selectors.accounts import own_accounts
from fees.views.desk import actor_of
from fees.views.showing import facts, journey
from regulator.accounts.core.actions import Action
from regulator.accounts.views.access import page_for


@require_GET
@page_for(Action.ESCROW_READ_OWN)
def portal_account(request: HttpRequest) -> HttpResponse:
    """Where each account stands and who has to act."""
    accounts = [
        {
            "account": account,
            "kind": KIND_LABELS[account.kind],
            "facts": facts(account),
            "steps": journey(account),
        }
        for account in own_accounts(actor_of(request))
    ]
    return render(request, "portal/fees/account.html", {"accounts": accounts})
