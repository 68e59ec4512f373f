"""What the database itself holds, whoever writes: tried with plain SQL on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from fees.core.ledger.accounts import SIDES, LedgerKind
from fees.models import LedgerAccount, LedgerCommand, MonthTurnover, Posting
from tests.audited import unaudited

AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
# How each database says "insert, and never mind what is there".
LENIENT = {
    "ignore": {
        "sqlite": {"verb": "INSERT OR IGNORE"},
        "postgresql": {"end": "ON CONFLICT DO NOTHING"},
    },
    "replace": {
        "sqlite": {"verb": "INSERT OR REPLACE"},
        "postgresql": {
            "end": "ON CONFLICT (cause) WHERE rule = 'lesson_release' "
            "DO UPDATE SET amount_fen = EXCLUDED.amount_fen"
        },
    },
}
COLUMNS = "command_id, position, debit_id, credit_id, amount_fen, rule, cause, booked_on"


@pytest.fixture
def accounts(active):
    with unaudited():
        made = {
            kind: LedgerAccount.objects.create(escrow=active, kind=kind.value, side=SIDES[kind])
            for kind in (LedgerKind.BANK, LedgerKind.INTEREST, LedgerKind.BANK_FEES)
        }
        LedgerCommand.objects.create(
            escrow=active, key="k", kind="interest", digest="d", booked_on=AT.date(), posted_at=AT
        )
    return made


def insert(
    accounts, debit, credit, amount_fen, *, position=1, verb="INSERT", rule="interest", end=""
):
    values = [
        LedgerCommand.objects.get().pk, position, accounts[debit].pk, accounts[credit].pk,
        amount_fen, rule, "account:1", date(2026, 11, 1),
    ]  # fmt: skip
    with unaudited(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO fees_posting ({COLUMNS}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s) {end}", values
        )


def balances() -> dict[str, int]:
    return dict(LedgerAccount.objects.values_list("kind", "balance_fen"))


def test_balances_and_months_follow_a_posting_inserted_by_sql(accounts):
    insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 100)
    insert(accounts, LedgerKind.BANK_FEES, LedgerKind.BANK, 30, position=2, rule="bank_fee")
    assert balances() == {"bank": 70, "interest": 100, "bank_fees": 30}
    months = MonthTurnover.objects.values_list("account__kind", "month", "debit_fen", "credit_fen")
    assert sorted(months) == [
        ("bank", date(2026, 11, 1), 100, 30),
        ("bank_fees", date(2026, 11, 1), 30, 0),
        ("interest", date(2026, 11, 1), 0, 100),
    ]


def test_no_balance_goes_below_zero(accounts):
    insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 100)
    with pytest.raises(IntegrityError):
        insert(accounts, LedgerKind.INTEREST, LedgerKind.BANK, 101, position=2)
    assert balances() == {"bank": 100, "interest": 100, "bank_fees": 0}
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("way", LENIENT)
def test_no_lenient_insert_passes_the_balance(accounts, way):
    with pytest.raises(DatabaseError):
        insert(
            accounts, LedgerKind.BANK_FEES, LedgerKind.BANK, 1, **LENIENT[way][connection.vendor]
        )
    assert balances() == {"bank": 0, "interest": 0, "bank_fees": 0}
    assert Posting.objects.count() == 0


def test_no_insert_replaces_a_release(accounts):
    insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 5, rule="lesson_release")
    words = LENIENT["replace"][connection.vendor]
    with pytest.raises(DatabaseError):
        insert(
            accounts, LedgerKind.BANK, LedgerKind.INTEREST, 7,
            position=2, rule="lesson_release", **words,
        )  # fmt: skip
    assert [row.amount_fen for row in Posting.objects.all()] == [5]
    assert balances()["bank"] == 5


def test_a_lesson_is_released_once(accounts):
    insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 5, rule="lesson_release")
    with pytest.raises(IntegrityError):
        insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 5, position=2, rule="lesson_release")
    assert balances()["bank"] == 5


@pytest.mark.parametrize("amount_fen", [0, -5])
def test_an_amount_is_above_zero(accounts, amount_fen):
    with pytest.raises(IntegrityError):
        insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, amount_fen)


def test_an_account_does_not_pay_itself(accounts):
    with pytest.raises(IntegrityError):
        insert(accounts, LedgerKind.BANK, LedgerKind.BANK, 5)


FORBIDDEN = [
    "UPDATE fees_posting SET amount_fen = 1",
    "DELETE FROM fees_posting",
    "UPDATE fees_ledgercommand SET digest = 'x'",
    "DELETE FROM fees_ledgercommand",
    "UPDATE fees_ledgeraccount SET side = -side",
    "UPDATE fees_ledgeraccount SET balance_fen = -1",
    "DELETE FROM fees_ledgeraccount",
    "TRUNCATE fees_posting CASCADE",
    "TRUNCATE fees_ledgercommand CASCADE",
    "INSERT OR REPLACE INTO fees_posting SELECT * FROM fees_posting",
    "INSERT OR REPLACE INTO fees_ledgercommand SELECT * FROM fees_ledgercommand",
    "INSERT OR REPLACE INTO fees_ledgeraccount SELECT * FROM fees_ledgeraccount",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_what_is_written_stays_as_it_is(accounts, sql):
    insert(accounts, LedgerKind.BANK, LedgerKind.INTEREST, 100)
    with (
        pytest.raises(DatabaseError),
        unaudited(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert balances() == {"bank": 100, "interest": 100, "bank_fees": 0}
    assert [row.amount_fen for row in Posting.objects.all()] == [100]
