"""From the asking to the receipt, over the services."""

from __future__ import annotations

from datetime import date

import pytest

from fees.core.refunds import Cause
from fees.models import ContractGuardian, InsolvencyCase, RefundRequest
from fees.services.lessons import void_lesson
from fees.services.parent_links import give_parent_link
from fees.services.refund_payment import Finding, close_request, decide_refund, pay_refund
from fees.services.refund_requests import (
    agree_to_refund,
    appeal_decision,
    ask_for_refund,
    dispute_refund,
    lapse_silent_requests,
    read_reasons,
    withdraw_request,
)
from institutions.models import Notice, Paper
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.audit.models import Event
from regulator.calendars.models import Deadline
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.fees.ledger.conftest import held
from tests.fees.refunds.conftest import ASKED_AT, ASKED_ON, LAST_ANSWER_DAY, at_noon

FAULTLESS = Finding(Cause.NO_FAULT, had_service_before=False, reason="双方协商")


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_request_starts_both_terms_and_tells_the_institution(asked, institution):
    assert (asked.state, asked.asked_by, asked.asked_on) == ("asked", "officer", ASKED_ON)
    assert asked.answer_deadline.due_on == LAST_ANSWER_DAY
    assert (asked.payment_deadline.amount, asked.payment_deadline.unit) == (15, "days")
    assert asked.payment_deadline.due_on == date(2026, 11, 4)
    notice = Notice.objects.get(kind="refund_asked")
    assert notice.institution == institution
    assert notice.params == {"number": "HT-1", "answer_by_on": "2026-10-27"}


def test_what_the_parent_wrote_is_sealed_and_not_in_the_chain(asked, supervisor):
    row = RefundRequest.objects.get()
    assert row.reason.startswith("s1.")
    assert "搬家" not in str(list(Event.objects.values_list("new", "reason", "subject_label")))
    words = read_reasons(row, actor=supervisor, at=ASKED_AT)
    assert words["reason"] == "搬家了"
    assert Event.objects.filter(kind="refund.reason_read").count() == 1


def test_one_open_request_a_contract_with_a_reason_and_money_to_ask_for(asked, taught, supervisor):
    with pytest.raises(Refused) as refused:
        ask_for_refund(contract=taught, reason=" ", actor=supervisor, at=ASKED_AT)
    assert codes(refused) == ["refund.reason_missing", "refund.open_already"]
    assert RefundRequest.objects.count() == 1


def test_nothing_was_paid_so_nothing_is_asked_for(contract, supervisor):
    with pytest.raises(Refused) as refused:
        ask_for_refund(contract=contract, reason="搬家", actor=supervisor, at=ASKED_AT)
    assert codes(refused) == ["refund.never_paid"]
    assert RefundRequest.objects.count() == 0
    assert Deadline.objects.filter(kind="refund.answer").count() == 0


def test_a_parent_asks_appeals_and_withdraws_for_their_own_contract_alone(
    taught, supervisor, make_actor
):
    give_parent_link(taught, actor=supervisor, at=ASKED_AT)
    user = ContractGuardian.objects.get(contract=taught).user
    guardian = actor_at(Appointment.objects.get(user=user), user)
    stranger = make_actor("parent")
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        ask_for_refund(contract=taught, reason="搬家了", actor=stranger, at=ASKED_AT)
    assert codes(refused) == ["policy.not_granted"]
    assert (RefundRequest.objects.count(), Notice.objects.count()) == (0, 0)
    assert Deadline.objects.filter(kind__startswith="refund.").count() == 0
    assert Event.objects.count() == before
    asked = ask_for_refund(contract=taught, reason="搬家了", actor=guardian, at=ASKED_AT)
    for move in (
        lambda: appeal_decision(asked, reason="不服", actor=stranger, at=ASKED_AT),
        lambda: withdraw_request(asked, actor=stranger, at=ASKED_AT),
    ):
        with pytest.raises(Refused) as refused:
            move()
        assert codes(refused) == ["policy.not_granted"]
    assert RefundRequest.objects.get().state == "asked"
    ContractGuardian.objects.filter(contract=taught).update(ended_at=ASKED_AT)
    with pytest.raises(Refused) as refused:
        withdraw_request(asked, actor=guardian, at=ASKED_AT)
    assert codes(refused) == ["policy.not_granted"]
    assert RefundRequest.objects.get().state == "asked"


def test_the_institutions_silence_is_agreement_from_the_day_after_its_term(asked):
    assert lapse_silent_requests(actor=SYSTEM, at=at_noon(LAST_ANSWER_DAY)) == 0
    assert RefundRequest.objects.get().state == "asked"
    assert lapse_silent_requests(actor=SYSTEM, at=at_noon(date(2026, 10, 28))) == 1
    row = RefundRequest.objects.get()
    assert (row.state, row.answer, row.answered_on) == ("agreed", "silent", date(2026, 10, 28))
    assert lapse_silent_requests(actor=SYSTEM, at=at_noon(date(2026, 10, 29))) == 0
    assert Event.objects.filter(kind="refund.lapse").count() == 1


def test_an_answer_in_time_is_no_silence(asked, manager):
    dispute_refund(asked, reason="课已上完", actor=manager, at=at_noon(LAST_ANSWER_DAY))
    assert lapse_silent_requests(actor=SYSTEM, at=at_noon(date(2026, 11, 30))) == 0
    row = RefundRequest.objects.get()
    assert (row.state, row.answer) == ("disputed", "disputed")
    assert row.answer_deadline.closed_on == LAST_ANSWER_DAY


def test_another_institution_answers_nothing(asked, make_actor):
    other = make_actor("institution_manager", institution="00000000-0000-0000-0000-000000000001")
    with pytest.raises(Refused) as refused:
        agree_to_refund(asked, actor=other, at=ASKED_AT)
    assert codes(refused) == ["policy.other_institution"]
    assert RefundRequest.objects.get().state == "asked"


def test_a_decision_freezes_the_calculation_with_its_articles_and_goes_out_as_a_paper(decided):
    assert (decided.refund_fen, decided.forfeit_fen) == (2000_00, 240_00)
    lines = [(one["code"], one["amount_fen"]) for one in decided.calculation["lines"]]
    assert lines == [("paid", 3200_00), ("delivered_list", -1200_00)]
    assert decided.calculation["lines"][1]["basis"]["article"] == "第十九条"
    paper = Paper.objects.get(public_id=decided.paper)
    assert (paper.kind, paper.number_text) == ("refund_decision", "双教退核〔2026〕第1号")
    assert paper.facts["amount"] == "2,000.00 元"
    assert [line["text"] for line in paper.facts["calculation"]] == [
        "家长已付 3,200.00 元",
        "已上 12 课，按原价每课 100.00 元扣除 1,200.00 元",
    ]
    assert "李" not in str(paper.facts["calculation"])
    assert Notice.objects.filter(kind="refund_decided").count() == 1


def test_what_was_decided_is_paid_through_the_ledger_and_closed_with_the_receipt(
    decided, active, supervisor
):
    paid = pay_refund(decided, actor=supervisor, at=at_noon(date(2026, 10, 24)))
    assert (paid.state, paid.paid_on) == ("paid", date(2026, 10, 24))
    assert held(active) == {"bank": 1200_00, "pending": 960_00, "payable": 240_00}
    with pytest.raises(Refused) as refused:
        pay_refund(paid, actor=supervisor, at=at_noon(date(2026, 10, 24)))
    assert codes(refused) == ["refund.wrong_state"]
    with pytest.raises(Refused) as refused:
        close_request(paid, reference=" ", actor=supervisor, at=at_noon(date(2026, 10, 25)))
    assert codes(refused) == ["refund.receipt_missing"]
    done = close_request(paid, reference="R-1", actor=supervisor, at=at_noon(date(2026, 10, 25)))
    assert (done.state, done.bank_reference) == ("closed", "R-1")
    assert held(active) == {"bank": 1200_00, "pending": 960_00, "payable": 240_00}


def test_a_lesson_voided_after_the_decision_has_it_decided_anew(decided, active, supervisor):
    void_lesson(
        lesson=decided.contract.lessons.get(number=12), reason="没有上课", key="v",
        actor=SYSTEM, at=at_noon(date(2026, 11, 2)),
    )  # fmt: skip
    before = held(active)
    with pytest.raises(Refused) as refused:
        pay_refund(decided, actor=supervisor, at=at_noon(date(2026, 11, 2)))
    assert codes(refused) == ["refund.changed_since"]
    assert held(active) == before
    again = decide_refund(
        decided,
        Finding(Cause.CONSUMER, had_service_before=False, reason="第12课没有上"),
        actor=supervisor,
        at=at_noon(date(2026, 11, 2)),
    )
    assert (again.refund_fen, again.forfeit_fen) == (2100_00, 220_00)
    pay_refund(again, actor=supervisor, at=at_noon(date(2026, 11, 2)))
    assert held(active) == {"bank": 1100_00, "pending": 880_00, "payable": 220_00}


def test_an_appeal_is_decided_by_another_person(decided, manager, supervisor, make_actor):
    appealed = appeal_decision(
        decided, reason="原价不对", actor=manager, at=at_noon(date(2026, 10, 24))
    )
    assert (appealed.state, appealed.appealed_by) == ("appealed", "institution")
    with pytest.raises(Refused) as refused:
        decide_refund(appealed, FAULTLESS, actor=supervisor, at=at_noon(date(2026, 10, 25)))
    assert codes(refused) == ["refund.same_person"]
    assert RefundRequest.objects.get().refund_fen == 2000_00
    second = make_actor("fee_supervisor")
    again = decide_refund(appealed, FAULTLESS, actor=second, at=at_noon(date(2026, 10, 25)))
    assert (again.state, again.refund_fen) == ("decided", 2240_00)


def test_the_parent_may_take_it_back_until_it_is_paid(asked, supervisor, manager):
    with pytest.raises(Refused) as refused:
        withdraw_request(asked, actor=manager, at=ASKED_AT)
    assert codes(refused) == ["policy.not_granted"]
    taken = withdraw_request(asked, actor=supervisor, at=ASKED_AT)
    assert (taken.state, taken.is_open) == ("withdrawn", False)
    assert Deadline.objects.filter(kind__startswith="refund.", closed_on=None).count() == 0


def test_nobody_is_paid_once_a_court_accepted_the_bankruptcy(decided, active, supervisor):
    with unaudited():
        InsolvencyCase.objects.create(
            institution=active.institution, court="成都市中级人民法院",
            document_number="（2026）川01破申1号", accepted_on=date(2026, 10, 23),
            recorded_by="李", recorded_at=ASKED_AT,
        )  # fmt: skip
    before = held(active)
    with pytest.raises(Refused) as refused:
        pay_refund(decided, actor=supervisor, at=at_noon(date(2026, 10, 24)))
    assert codes(refused) == ["closure.bankruptcy_accepted"]
    assert refused.value.refusals[0].basis.article == "第十六条"
    assert held(active) == before
    assert RefundRequest.objects.get().state == "decided"
