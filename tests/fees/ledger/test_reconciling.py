"""reconcile_ledger: a sound ledger is clean, and each damage past the services is named."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from fees.models import LedgerAccount, LedgerCommand
from fees.services.lessons import reserve_lesson
from regulator.kernel.actors import SYSTEM
from regulator.pages.choices.nightly import violation_line
from regulator.pages.services.nightly import check_invariants
from tests.audited import unaudited
from tests.fees.conftest import AT


@pytest.fixture
def taught(paid):
    reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 12), key="l", actor=SYSTEM, at=AT
    )
    return paid


def run(capsys) -> tuple[int, list[str]]:
    code = 0
    try:
        call_command("reconcile_ledger")
    except SystemExit as left:
        code = int(left.code)
    return code, capsys.readouterr().out.splitlines()


def damage(sql: str, *values: object) -> None:
    with unaudited(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_sound_ledger_has_no_difference(taught, capsys):
    assert run(capsys) == (0, ["核对 2 条分录，0 处差异。"])


def test_a_balance_written_past_the_postings_is_named(taught, capsys):
    account = LedgerAccount.objects.get(contract=taught)
    damage("UPDATE fees_ledgeraccount SET balance_fen = 1 WHERE id = %s", account.pk)
    assert run(capsys) == (
        1,
        [
            "510116 青禾培训中心 家长预付款 HT-1：余额记为 0.01 元，按分录应是 3,120.00 元",
            "510116 青禾培训中心：专户资产 3,200.00 元，与应付 80.01 元不相等",
            "核对 2 条分录，2 处差异。",
        ],
    )
    lines = [violation_line(one) for one in check_invariants(at=AT).violations]
    assert len([line for line in lines if "余额记为 0.01 元" in line]) == 1


def test_a_month_that_was_written_over_is_named(taught, capsys):
    damage("UPDATE fees_monthturnover SET debit_fen = 7 WHERE debit_fen = 320000")
    assert run(capsys) == (
        1,
        [
            "510116 青禾培训中心 专户银行存款：月发生额记为 0.07 元，按分录应是 3,200.00 元",
            "核对 2 条分录，1 处差异。",
        ],
    )


def test_a_lesson_whose_money_is_not_there_is_named(taught, capsys):
    damage("UPDATE fees_lesson SET state = 'released'")
    assert run(capsys) == (
        1,
        [
            "510116 青禾培训中心 HT-1 第1课：消课记录是 80.00 元，分录是 0.00 元",
            "核对 2 条分录，1 处差异。",
        ],
    )


def test_a_posting_between_the_wrong_accounts_is_named(taught, capsys):
    bank = LedgerAccount.objects.get(kind="bank")
    interest = LedgerAccount.objects.get(kind="interest")
    damage(
        "INSERT INTO fees_posting (command_id, position, debit_id, credit_id, amount_fen, rule,"
        " cause, booked_on) VALUES (%s, 9, %s, %s, 100, 'payment', 'contract:1', '2026-11-01')",
        LedgerCommand.objects.first().pk,
        bank.pk,
        interest.pk,
    )
    assert run(capsys) == (
        1,
        [
            "510116 青禾培训中心 专户银行存款：1.00 元的分录不符合它的记账规则",
            "核对 3 条分录，1 处差异。",
        ],
    )
