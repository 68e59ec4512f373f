"""What parents are still owed: while an account under supervision is open, it holds their money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fees.core.escrow_states import EscrowState
from fees.models import EscrowAccount
from institutions.core.journeys.facts import Obligation
from institutions.models import Institution


def open_accounts(institution: Institution, on: date) -> Iterable[Obligation]:
    """One obligation for each account of the institution that is not closed, its number masked."""
    rows = EscrowAccount.objects.filter(institution=institution)
    for account in rows.exclude(state=EscrowState.CLOSED.value).order_by("opened_on", "id"):
        params = {"escrow_kind": account.kind, "account": str(account)}
        yield Obligation("escrow_account_open", params, to_parents=True)
