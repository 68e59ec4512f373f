"""ledger.post: durable one-by-one postings a second, against django-hordak's `transfer_to`.

Each product posting is `record_movement` as the desk calls it: the caller's key, the account's
state, accounts locked in id order, the check and the running and monthly balances in the database,
an audit event in the chain, one commit. The peer's is `Account.transfer_to`: a transaction and two
legs, checked by its triggers, one commit; it keeps no key, no running balance and no audit.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from benchmarks.ledger import GOALS
from benchmarks.ledger_ground import AT, DAY, supervised_account
from benchmarks.measuring import Entry, medians
from fees.services.movements import record_movement
from regulator.kernel.actors import SYSTEM

POSTINGS = 1000
GOAL = GOALS["ledger_post"]


def product() -> Callable[[], None]:
    escrow = supervised_account()
    numbers = count(1)

    def post() -> None:
        for _ in range(POSTINGS):
            number = next(numbers)
            record_movement(
                escrow=escrow,
                rule="interest",
                amount_fen=1 + number % 997,
                reference=f"回单{number}",
                key=f"bench-{number}",
                booked_on=DAY,
                actor=SYSTEM,
                at=AT,
            )

    return post


def peer() -> Callable[[], None]:
    from hordak.models import Account  # noqa: PLC0415  only where its app is installed
    from moneyed import Money  # noqa: PLC0415

    bank = Account.objects.create(name="bank", type="AS", code="1", currencies=["CNY"])
    held = Account.objects.create(name="held", type="LI", code="2", currencies=["CNY"])
    numbers = count(1)

    def transfer() -> None:
        for _ in range(POSTINGS):
            held.transfer_to(bank, Money(1 + next(numbers) % 997, "CNY"))

    return transfer


def entries() -> list[Entry]:
    ours, theirs = medians(product(), peer())
    return [
        Entry(
            "ledger.post",
            POSTINGS / ours,
            "durable postings a second, one by one",
            "django-hordak transfer_to",
            POSTINGS / theirs,
            GOAL,
        )
    ]
