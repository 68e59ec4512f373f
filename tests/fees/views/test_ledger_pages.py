"""The ledger's pages: balances by purpose, pupils masked, one contract's lessons and postings."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from fees.services.contracts import sign_contract
from fees.services.lessons import confirm_lesson, release_lesson, reserve_lesson
from regulator.kernel.actors import SYSTEM
from tests.district import OTHER_DIVISION
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import contract, draft_of, filing, paid  # noqa: F401


@pytest.fixture
def taught(paid):  # noqa: F811
    for number in (1, 2):
        lesson = reserve_lesson(
            contract=paid, number=number, taught_on=date(2026, 9, 12),
            key=f"l{number}", actor=SYSTEM, at=AT,
        )  # fmt: skip
    confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)
    release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=AT)
    return paid


def ledger_of(row) -> str:
    return reverse("fees:escrow_ledger", args=[row.escrow.public_id])


def page_of(row) -> str:
    return reverse("fees:contract", args=[row.public_id])


def test_the_ledger_says_what_is_held_for_whom(client, login_as, taught):
    login_as(client, "fee_supervisor")
    page = client.get(ledger_of(taught))
    assert [(str(label), fen) for label, fen in page.context["balances"]] == [
        ("专户银行存款", 3200_00),
        ("家长预付款", 3040_00),
        ("应付机构", 80_00),
        ("待拨付", 80_00),
    ]
    assert "HT-1" in page.text
    assert "李**" in page.text
    assert "李小禾" not in page.text


def test_a_contract_shows_its_money_its_lessons_and_every_posting(client, login_as, taught):
    login_as(client, "fee_supervisor")
    page = client.get(page_of(taught))
    assert [one["value"] for one in page.context["stats"]] == [
        "3,200.00", "3,040.00", "80.00", "0.00",
    ]  # fmt: skip
    assert [row.rule for row in page.context["page"]] == [
        "lesson_release", "lesson_reserve", "lesson_reserve", "payment",
    ]  # fmt: skip
    assert "13800138000" not in page.text
    assert [str(row["label"]) for row in page.context["events"]] == [
        "消课拨付", "家长确认消课", "消课待确认", "消课待确认", "家长缴费", "登记培训合同",
    ]  # fmt: skip


def test_another_divisions_supervisor_finds_neither(client, login_as, taught):
    login_as(client, "fee_supervisor", division=OTHER_DIVISION)
    assert client.get(ledger_of(taught)).status_code == 404
    assert client.get(page_of(taught)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_ledger_asks_as_often_for_three_contracts_as_for_one(
    client, login_as, taught, active, filing, rows, django_assert_num_queries  # noqa: F811
):  # fmt: skip
    for number in range(2, rows + 1):
        draft = draft_of(filing, f"HT-{number}")
        sign_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT)
    login_as(client, "fee_supervisor")
    client.get(ledger_of(taught))
    with django_assert_num_queries(12):
        client.get(ledger_of(taught))
