"""What an account of the ledger holds: now, at the end of a day, and posting by posting."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from fees.models import Contract, EscrowAccount, LedgerAccount, MonthTurnover, Posting


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


def balances_by_kind(escrow: EscrowAccount) -> list[tuple[str, int]]:
    """What an escrow account holds, as (kind, fen) with what the bank has or is owed first.

    Contracts are summed; what is zero is left out. One query.
    """
    rows = LedgerAccount.objects.filter(escrow=escrow, balance_fen__gt=0).order_by()
    found = rows.values("kind", "side").annotate(fen=Sum("balance_fen"))
    return [(row["kind"], row["fen"]) for row in found.order_by("-side", "-fen", "kind")]


def postings_of_contract(contract: Contract) -> QuerySet[Posting]:
    """Everything posted about a contract, its lessons' releases too, the latest first."""
    lessons = [f"lesson:{key}" for key in contract.lessons.values_list("pk", flat=True)]
    causes = [f"contract:{contract.pk}", *lessons]
    rows = Posting.objects.filter(
        Q(debit__contract=contract)
        | Q(credit__contract=contract)
        | Q(debit__escrow=contract.escrow_id, cause__in=causes)
    )
    return rows.select_related("debit", "credit", "command").order_by("-id")


def _moved(account: LedgerAccount, *, first: date, last: date) -> int:
    days = Q(booked_on__gte=first, booked_on__lte=last)
    debit = Posting.objects.filter(days, debit=account).aggregate(fen=Sum("amount_fen", default=0))
    credit = Posting.objects.filter(days, credit=account).aggregate(
        fen=Sum("amount_fen", default=0)
    )
    return int(debit["fen"]) - int(credit["fen"])
