"""What an account of the ledger holds: now, at the end of a day, and posting by posting."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from fees.models import EscrowAccount, LedgerAccount, MonthTurnover, Posting


def running_balance(account_id: int) -> int:
    """The balance now, in fen on the account's own side. One row, whatever was posted."""
    return LedgerAccount.objects.values_list("balance_fen", flat=True).get(pk=account_id)


def balance_on(account: LedgerAccount, day: date) -> int:
    """The balance at the end of a day by its booking dates: whole months, then the month's days.

    Three queries; their rows are months of the account, and postings of one month.
    """
    month = day.replace(day=1)
    before_fen = month_end_balance(account, month - timedelta(days=1))
    return before_fen + account.side * _moved(account, first=month, last=day)


def month_end_balance(account: LedgerAccount, day: date) -> int:
    """The balance at the end of the month in which a day lies. One query of as many rows as months.

    What was booked later for that month counts: it is the date of booking that decides.
    """
    moved = MonthTurnover.objects.filter(account=account, month__lte=day).aggregate(
        debit=Sum("debit_fen", default=0), credit=Sum("credit_fen", default=0)
    )
    return account.side * (int(moved["debit"]) - int(moved["credit"]))


def month_balances(account: LedgerAccount) -> list[tuple[date, int]]:
    """The balance at the end of each month in which the account moved, the earliest first."""
    found, balance_fen = [], 0
    for month in MonthTurnover.objects.filter(account=account).order_by("month"):
        balance_fen += account.side * (month.debit_fen - month.credit_fen)
        found.append((month.month, balance_fen))
    return found


def accounts_with_money(escrow: EscrowAccount) -> QuerySet[LedgerAccount]:
    """The shared accounts of an escrow account that hold anything."""
    rows = LedgerAccount.objects.filter(escrow=escrow, contract=None, balance_fen__gt=0)
    return rows.order_by("-side", "pk")


def postings_of(account: LedgerAccount) -> QuerySet[Posting]:
    """Everything that moved an account, the latest first."""
    rows = Posting.objects.filter(Q(debit=account) | Q(credit=account))
    return rows.select_related("debit", "credit", "command").order_by("-id")


def _moved(account: LedgerAccount, *, first: date, last: date) -> int:
    days = Q(booked_on__gte=first, booked_on__lte=last)
    debit = Posting.objects.filter(days, debit=account).aggregate(fen=Sum("amount_fen", default=0))
    credit = Posting.objects.filter(days, credit=account).aggregate(
        fen=Sum("amount_fen", default=0)
    )
    return int(debit["fen"]) - int(credit["fen"])
