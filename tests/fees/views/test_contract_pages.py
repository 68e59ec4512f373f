"""The pages of contracts: refused with reasons, paid, masked, seen by their guardian alone."""

from __future__ import annotations

import logging
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from fees.models import Contract, ContractGuardian, Lesson, MonthStatement, RefusedSale
from fees.services.contracts import sign_contract
from fees.services.lessons import reserve_lesson
from fees.services.month_statements import issue_month_statement
from fees.services.parent_links import give_parent_link
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import contract, draft_of, filing, paid  # noqa: F401

PERSONAL = ("李小禾", "小禾", "李远", "13800138000")
FORM = {
    "number": "HT-7",
    "signed_on": "2026-09-01",
    "pupil_name": "李小禾",
    "guardian_name": "李远",
    "guardian_phone": "138 0013 8000",
    "consent_version": "2026-1",
    "consented_on": "2026-08-30",
    "lesson_count": "40",
    "gift_count": "0",
    "price_fen": "3,200.00",
    "list_price_fen": "",
    "gift_terms": "free",
    "charging": "lesson",
    "means": "card",
    "cooling_off_days": "7",
}


def own(name: str, *args) -> str:
    return reverse(f"fees:{name}", args=args)


@pytest.fixture
def manager(client, login_as, active):
    login_as(client, "institution_manager", institution=active.institution.public_id)
    return client


def test_a_sale_is_refused_with_every_reason_and_sold_once_they_are_gone(
    manager,
    filing,  # noqa: F811
    active,
):
    form = FORM | {"filing": str(filing.public_id)}
    page = manager.post(own("own_contract_new"), form | {"means": "loan", "gift_count": "21"})
    assert "不得用培训贷缴费" in page.text
    assert "一次收费不得超过 60 课时：新购 40、赠课 21、同科未消 0，合计 61。" in page.text
    assert (Contract.objects.count(), RefusedSale.objects.count()) == (0, 1)
    sold = manager.post(own("own_contract_new"), form)
    made = Contract.objects.get()
    assert sold.headers["Location"] == own("own_contract", made.public_id)
    assert (made.price_fen, made.means, made.pupil_shown) == (3200_00, "card", "李**")
    listed = manager.get(own("own_contracts")).text
    shown = manager.get(own("own_contract", made.public_id)).text
    assert "不得用培训贷缴费" in listed
    assert "138******00" in shown
    assert [word for word in PERSONAL if word in listed + shown] == []


def test_no_contract_is_entered_without_consent(manager, filing, active):  # noqa: F811
    form = FORM | {"filing": str(filing.public_id), "consented_on": "", "consent_version": ""}
    manager.post(own("own_contract_new"), form)
    form |= {"consented_on": "2099-01-01", "consent_version": "2026-1"}
    page = manager.post(own("own_contract_new"), form)
    assert "没有监护人同意收集学员信息的记录" in page.text
    assert Contract.objects.count() == 0


def test_the_names_are_shown_for_a_written_purpose_only(manager, contract):  # noqa: F811
    address = own("own_contract_people", contract.public_id)
    assert "李小禾" not in manager.get(address).text
    assert "李小禾" not in manager.post(address, {"reason": " "}).text
    page = manager.post(address, {"reason": "核对退费"})
    assert "李小禾" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert Event.objects.get(kind="contract.personal_read").reason == "核对退费"


def test_another_institutions_contract_is_not_there(client, login_as, contract):  # noqa: F811
    login_as(client, "institution_manager", institution="00000000-0000-0000-0000-000000000001")
    for name in ("own_contract", "own_contract_people"):
        assert client.get(own(name, contract.public_id)).status_code == 404
    assert client.post(own("own_contract_link", contract.public_id)).status_code == 404
    assert ContractGuardian.objects.count() == 0


def test_a_payment_is_entered_with_its_invoice_and_booked_once(
    client,
    login_as,
    contract,  # noqa: F811
    active,
):
    login_as(client, "fee_supervisor")
    address = own("contract_payment", contract.public_id)
    form = {
        "amount_fen": "3200", "invoice_number": " ", "booked_on": "2026-09-01", "key": "pay:1",
    }  # fmt: skip
    client.post(address, form)
    assert contract.ledger_accounts.get().balance_fen == 0
    for _twice in range(2):
        client.post(address, form | {"invoice_number": "24512000000012345678"})
    assert contract.ledger_accounts.get().balance_fen == 3200_00


def test_a_guardian_comes_in_by_the_link_and_answers_by_one_tap(
    client,
    paid,  # noqa: F811
    supervisor,
    caplog,
):
    caplog.set_level(logging.INFO)
    lesson = reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 10), key="r1", actor=SYSTEM, at=AT
    )
    token = give_parent_link(paid, actor=supervisor, at=AT)
    assert client.get(f"/p/{token}/", REMOTE_ADDR="203.0.113.9").headers["Location"] == "/parent/"
    assert own("parent_contract", paid.public_id) in client.get("/parent/").text
    page = client.get(own("parent_contract", paid.public_id))
    assert [word for word in PERSONAL if word in page.text] == []
    client.post(own("parent_answer", lesson.public_id), {"ground": "absent"})
    assert Lesson.objects.get().state == "held"
    client.post(own("parent_undo", lesson.public_id))
    assert Lesson.objects.get().state == "reserved"
    client.post(own("parent_answer", lesson.public_id))
    assert Lesson.objects.get().state == "confirmed"
    data = own("parent_data", paid.public_id)
    assert "李小禾" not in client.get(data).text
    assert "李小禾" in client.post(data).text
    assert Event.objects.filter(kind="guardian.personal_seen").count() == 1
    erasing = client.post(own("parent_erase", paid.public_id))
    assert "合同还有没有结清的余额" in erasing.text
    assert token not in caplog.text
    assert [word for word in PERSONAL if word in caplog.text] == []


def test_another_parents_pages_are_not_there(client, login_as, paid, supervisor):  # noqa: F811
    lesson = reserve_lesson(
        contract=paid, number=1, taught_on=date(2026, 9, 10), key="r1", actor=SYSTEM, at=AT
    )
    give_parent_link(paid, actor=supervisor, at=AT)
    login_as(client, "parent")
    for name in ("parent_contract", "parent_data", "parent_correct", "parent_erase"):
        assert client.get(own(name, paid.public_id)).status_code == 404
    assert client.post(own("parent_refund", paid.public_id), {"reason": "x"}).status_code == 404
    assert client.post(own("parent_answer", lesson.public_id)).status_code == 404
    assert Lesson.objects.get().state == "reserved"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_contracts_asks_as_often_for_three_as_for_one(
    manager,
    active,
    filing,  # noqa: F811
    count,
    django_assert_max_num_queries,
):
    for number in range(count):
        sign_contract(escrow=active, draft=draft_of(filing, f"HT-1{number}"), actor=SYSTEM, at=AT)
    manager.get(own("own_contracts"))
    with django_assert_max_num_queries(20):
        page = manager.get(own("own_contracts"))
    assert page.text.count("HT-1") >= count


def test_a_month_is_frozen_under_a_number_and_names_nobody(manager, paid, active):  # noqa: F811
    first = issue_month_statement(active, month=date(2026, 9, 1), actor=SYSTEM, at=AT)
    again = issue_month_statement(active, month=date(2026, 9, 1), actor=SYSTEM, at=AT)
    assert (first.pk, first.version, first.number) == (again.pk, 1, "月结〔2026〕1号")
    assert first.facts["balances"] == [["bank", 0, 3200_00], ["contract", 0, 3200_00]]
    assert first.facts["lines"] == [["2026-09-01", "payment", 1, 3200_00]]
    assert [word for word in PERSONAL if word in str(first.facts)] == []
    book = manager.get(own("month_statement_workbook", first.public_id)).content
    rows = [
        [cell.value for cell in row]
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
    ]
    assert ["2026-09-01", "家长缴费", "1", "3,200.00"] in rows
    assert manager.get(own("month_statement_pdf", first.public_id)).status_code == 404
    assert MonthStatement.objects.count() == 1
