"""ledger.balance.*: the balance of an account with 10⁴, 10⁵ and 10⁶ postings, in milliseconds.

Both the running balance and that of a month's end in the past, as the desk asks for them; the
slower of the two is the value. A day inside a month costs the postings of that month besides.
"""

from __future__ import annotations

import statistics
from datetime import date

from django.db import connection

from benchmarks.ledger import GOALS
from benchmarks.ledger_ground import AT, DAY, supervised_account
from benchmarks.measuring import RUNS, Entry, seconds
from fees.models import LedgerAccount, LedgerCommand
from fees.selectors.balances import month_end_balance, running_balance

SIZES = (("1e4", 10**4), ("1e5", 10**5), ("1e6", 10**6))
REPEATS = 50
DAYS = 1000
PAST = date(2025, 6, 1)
GOAL = GOALS["ledger_balance"]


def filled(postings: int, so_far: int) -> None:
    """The account's postings up to that many, spread over about three years."""
    account, interest = (LedgerAccount.objects.get(kind=kind).pk for kind in ("bank", "interest"))
    command = LedgerCommand.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fees_posting (command_id, position, debit_id, credit_id, amount_fen, rule,"
            " cause, booked_on) SELECT %s, n, %s, %s, 1 + n %% 97, 'interest', 'account:1',"
            " %s::date - n %% %s FROM generate_series(%s, %s) n",
            [command.pk, account, interest, DAY, DAYS, so_far + 1, postings],
        )
        cursor.execute("ANALYZE fees_posting")


def asked() -> float:
    """Milliseconds of the slower question: of a row of them without a pause, the median row.

    A pause between two would be spent collecting garbage, after which a busy machine lets others go
    first: what was measured then was the queue.
    """
    account = LedgerAccount.objects.get(kind="bank")

    def now() -> None:
        for _ in range(REPEATS):
            running_balance(account.pk)

    def then() -> None:
        for _ in range(REPEATS):
            month_end_balance(account, PAST)

    rows = (statistics.median(seconds(row) for _ in range(RUNS)) for row in (now, then))
    return max(rows) * 1000 / REPEATS


def entries() -> list[Entry]:
    escrow = supervised_account()
    LedgerCommand.objects.create(
        escrow=escrow, key="bench", kind="interest", digest="0" * 64, booked_on=DAY, posted_at=AT
    )
    found, so_far = [], 0
    for name, size in SIZES:
        filled(size, so_far)
        so_far = size
        unit = f"ms for an account of {size:,} postings"
        found.append(Entry(f"ledger.balance.{name}", asked(), unit, goal=GOAL))
    return found
