"""The pages of refunds, closures, warnings and totals: what they show, and to whom."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from fees.models import ClosurePlan, RefundRequest, RiskWarning
from fees.services.closures import prepare_closure
from fees.services.contracts import sign_contract
from fees.services.refund_requests import ask_for_refund
from fees.services.warnings import EventDraft, record_provider_event, watch_institutions
from regulator.kernel.actors import SYSTEM
from tests.district import DIVISION, OTHER_DIVISION
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, pay
from tests.fees.refunds.conftest import ASKED_AT, at_noon


def test_the_desk_shows_a_request_with_its_lines_and_no_persons_name(client, login_as, asked):
    login_as(client, "fee_supervisor")
    page = client.get(reverse("fees:refunds") + "?part=all")
    assert [row.contract.number for row, _left in page.context["rows"]] == ["HT-1"]
    page = client.get(reverse("fees:refund", args=[asked.public_id]))
    assert [one["refund_fen"] for one in page.context["proposals"]] == [2240_00, 2240_00, 2000_00]
    assert "第十九条" in page.text
    for name in ("李小禾", "李远", "13800138000", "搬家了"):
        assert name not in page.text


def test_the_desk_decides_pays_and_closes_by_plain_posts(client, login_as, consented):
    login_as(client, "fee_supervisor")
    decide = reverse("fees:refund_decide", args=[consented.public_id])
    assert client.get(decide).status_code == 200
    client.post(decide, {"cause": "consumer", "reason": "搬家"})
    assert RefundRequest.objects.get().state == "decided"
    client.post(reverse("fees:refund_pay", args=[consented.public_id]))
    assert RefundRequest.objects.get().state == "paid"
    close = reverse("fees:refund_close", args=[consented.public_id])
    assert client.post(close, {"reference": ""}).status_code == 422
    client.post(close, {"reference": "R1"})
    assert RefundRequest.objects.get().state == "closed"
    assert client.get(reverse("fees:refund", args=[consented.public_id])).status_code == 200


def test_the_institution_answers_on_its_own_page_and_no_other_one_does(
    client, login_as, asked, institution
):
    login_as(client, "institution_manager", institution="00000000-0000-0000-0000-000000000001")
    agree = reverse("fees:portal_refund_agree", args=[asked.public_id])
    assert client.post(agree).status_code == 404
    assert RefundRequest.objects.get().state == "asked"
    login_as(client, "institution_manager", institution=institution.public_id)
    assert "HT-1" in client.get(reverse("fees:portal_refunds")).text
    assert client.get(reverse("fees:portal_refund", args=[asked.public_id])).status_code == 200
    dispute = reverse("fees:portal_refund_dispute", args=[asked.public_id])
    assert client.post(dispute, {"reason": ""}).status_code == 200
    client.post(agree)
    assert RefundRequest.objects.get().state == "agreed"


def test_what_was_written_is_read_by_the_supervisor_alone(client, login_as, asked):
    words = reverse("fees:refund_words", args=[asked.public_id])
    login_as(client, "district_leader")
    assert client.get(words).status_code == 403
    login_as(client, "fee_supervisor")
    page = client.get(words)
    assert "搬家了" in page.text
    assert page["Cache-Control"] == "no-store"


def test_another_divisions_desk_finds_nothing(client, login_as, asked):
    login_as(client, "fee_supervisor", division=OTHER_DIVISION)
    assert client.get(reverse("fees:refund", args=[asked.public_id])).status_code == 404
    assert client.get(reverse("fees:refunds")).context["rows"] == []


def test_a_plan_is_seen_before_it_is_signed(client, login_as, paid, active, supervisor):
    plan = prepare_closure(escrow=active, reason="失联", actor=supervisor, at=AT)
    login_as(client, "district_leader")
    page = client.get(reverse("fees:closure", args=[plan.public_id]))
    assert page.context["may_sign"] is True
    assert "3,200.00" in page.text
    assert client.get(reverse("fees:closure_sign", args=[plan.public_id])).status_code == 200
    client.post(reverse("fees:closure_sign", args=[plan.public_id]))
    assert ClosurePlan.objects.get().state == "signed"
    assert client.get(reverse("fees:closures")).status_code == 200


def test_a_warning_shows_each_figure_its_limit_and_its_source(
    client, login_as, active, institution, supervisor
):
    for kind in ("rent_arrears", "wages_arrears"):
        draft = EventDraft(kind, date(2026, 10, 20), "核查记录")
        record_provider_event(
            institution=institution, draft=draft, actor=supervisor, at=at_noon(date(2026, 11, 2))
        )
    watch_institutions(division=DIVISION, actor=SYSTEM, at=at_noon(date(2026, 11, 2)))
    warning = RiskWarning.objects.get()
    login_as(client, "fee_supervisor")
    assert institution.name in client.get(reverse("fees:warnings")).text
    page = client.get(reverse("fees:warning", args=[warning.public_id]))
    assert "登记了 2 件欠租、欠薪或者搬离，界限是 2 件" in page.text
    assert "无法判断" in page.text
    answer = reverse("fees:warning_answer", args=[warning.public_id])
    assert client.post(answer, {"kind": "false_alarm", "text": ""}).status_code == 422
    client.post(answer, {"kind": "false_alarm", "text": "登记有误"})
    assert [one.kind for one in warning.answers.all()] == ["false_alarm"]
    assert (
        client.get(reverse("fees:provider_event_new", args=[institution.public_id])).status_code
        == 200
    )


def test_the_totals_hide_small_cells_on_the_page_and_in_the_workbook(client, login_as, paid):
    login_as(client, "fee_supervisor")
    page = client.get(reverse("fees:fee_totals"))
    [table] = page.context["tables"]
    assert set(table.cells.values()) == {None}
    assert next(one["value"] for one in page.context["stats"]) == "3,200.00"
    book = load_workbook(
        io.BytesIO(client.get(reverse("fees:fee_totals") + "?export=xlsx").content)
    )
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert [cell for cell in cells if isinstance(cell, int)] == []
    assert "李" not in str(cells)


def test_everybody_may_see_the_districts_totals_and_no_institution_in_them(
    client, paid, institution
):
    page = client.get(reverse("fees:public_totals"))
    assert page.status_code == 200
    assert "3,200.00" in page.text
    assert institution.name not in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_requests_as_for_one(
    client, login_as, asked, active, filing, supervisor, rows, django_assert_max_num_queries
):  # fmt: skip
    for number in range(2, rows + 1):
        contract = sign_contract(
            escrow=active, draft=draft_of(filing, f"HT-{number}"), actor=SYSTEM, at=AT
        )
        pay(contract, key=f"p{number}")
        ask_for_refund(contract=contract, reason="x", actor=supervisor, at=ASKED_AT)
    login_as(client, "fee_supervisor")
    client.get(reverse("fees:refunds"))
    with django_assert_max_num_queries(14):
        client.get(reverse("fees:refunds"))
