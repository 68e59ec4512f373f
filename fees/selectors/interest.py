"""What an account under supervision really bore: credited interest over its balance by days."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, Sum

from fees.core.ledger.accounts import LedgerKind
from fees.core.refunds import AccountInterest
from fees.models import LedgerAccount, Posting


def account_interest(escrow: int, *, until: date) -> AccountInterest | None:
    """The account's real interest as the bank credited it up to a day; None before any.

    The balance by days is that of the bank account from its first posting to the last crediting.
    """
    credited = Posting.objects.filter(
        credit__escrow=escrow, rule="interest", corrected_by=None, booked_on__lte=until
    ).aggregate(total=Sum("amount_fen"), last_on=Max("booked_on"))
    if not credited["total"]:
        return None
    left = LedgerAccount.objects.filter(escrow=escrow, kind=LedgerKind.INTEREST.value)
    left_fen = left.aggregate(total=Sum("balance_fen"))["total"] or 0
    fen_days = _fen_days(escrow, credited["last_on"])
    return AccountInterest(credited["total"], fen_days, left_fen)


def _fen_days(escrow: int, last_on: date) -> int:
    """Each posting counts from its day to the last crediting."""
    bank = LedgerAccount.objects.filter(escrow=escrow, kind=LedgerKind.BANK.value)
    before = Posting.objects.filter(booked_on__lt=last_on).order_by()
    moved = {1: before.filter(debit__in=bank), -1: before.filter(credit__in=bank)}
    return sum(
        sign * total * (last_on - day).days
        for sign, rows in moved.items()
        for day, total in rows.values_list("booked_on").annotate(total=Sum("amount_fen"))
    )
