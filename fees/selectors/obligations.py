"""What parents are still owed: what the ledger holds for them, and every account still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fees.core.escrow_states import EscrowState
from fees.core.ledger.accounts import LedgerKind
from fees.models import EscrowAccount, LedgerAccount
from institutions.core.journeys.facts import Obligation
from institutions.models import Institution
from regulator.kernel.money import format_yuan

# What belongs to parents, wherever it lies until it is paid back, released or voided.
_PARENTS = tuple(
    kind.value
    for kind in (LedgerKind.CONTRACT, LedgerKind.PENDING, LedgerKind.IRREGULAR, LedgerKind.CLAIMS)
)


def open_accounts(institution: Institution, on: date) -> Iterable[Obligation]:
    """One obligation for each account of the institution that is not closed, its number masked."""
    rows = EscrowAccount.objects.filter(institution=institution)
    for account in rows.exclude(state=EscrowState.CLOSED.value).order_by("opened_on", "id"):
        params = {"escrow_kind": account.kind, "account": str(account)}
        yield Obligation("escrow_account_open", params, to_parents=True)


def unrefunded_balances(institution: Institution, on: date) -> Iterable[Obligation]:
    """One obligation for all that the ledger holds for parents of the institution. One query.

    Also of accounts that are closed at the bank: their money has to be somewhere.
    """
    rows = LedgerAccount.objects.filter(
        escrow__institution=institution, kind__in=_PARENTS, balance_fen__gt=0
    )
    balances = list(rows.values_list("balance_fen", flat=True))
    if balances:
        amount_fen = sum(balances)
        params = {"count": len(balances), "amount": format_yuan(amount_fen)}
        yield Obligation("parents_unrefunded", params, amount_fen, to_parents=True)
