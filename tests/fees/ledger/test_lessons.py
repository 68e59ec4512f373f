"""A lesson's money: set aside, then released after consent or silence, held, or given back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fees.core.refunds import Cause
from fees.models import LedgerAccount, Lesson, Posting
from fees.selectors.contracts import account_money
from fees.services.contracts import sign_contract
from fees.services.lessons import (
    confirm_lesson,
    notify_parents,
    object_to_lesson,
    release_lesson,
    reserve_lesson,
    void_lesson,
)
from fees.services.movements import correct_posting, record_movement
from fees.services.release_runs import Ahead, release_due
from fees.services.settlements import settle_closure, settle_contract
from institutions.selectors.journey_obligations import obligations_of
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import DAY, draft_of, held, later, pay


def codes(refused) -> list[str]:
    return [one.code for one in refused.value.refusals]


def reserve(contract, number=1, key=""):
    return reserve_lesson(
        contract=contract, number=number, taught_on=date(2026, 9, 12),
        key=key or f"lesson-{number}", actor=SYSTEM, at=AT,
    )  # fmt: skip


def settle(contract, key="settle", cause=Cause.NO_FAULT):
    return settle_contract(
        contract=contract, cause=cause, had_service_before=False, requested_on=DAY,
        key=key, booked_on=DAY, actor=SYSTEM, at=AT,
    )  # fmt: skip


def move(escrow, rule, amount_fen, key=""):
    return record_movement(
        escrow=escrow, rule=rule, amount_fen=amount_fen, reference="回单1",
        key=key or rule, booked_on=DAY, actor=SYSTEM, at=AT,
    )  # fmt: skip


def test_a_confirmed_lesson_goes_to_the_institution(paid, active):
    lesson = reserve(paid)
    assert held(active) == {"bank": 3200_00, "contract": 3120_00, "pending": 80_00}
    confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)
    release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=AT)
    assert held(active) == {"bank": 3200_00, "contract": 3120_00, "payable": 80_00}
    move(active, "payout", 80_00)
    assert held(active) == {"bank": 3120_00, "contract": 3120_00}


def test_reserving_twice_under_one_key_gives_the_same_lesson(paid, active):
    assert reserve(paid).pk == reserve(paid).pk
    assert Lesson.objects.count() == 1
    with pytest.raises(Refused) as refused:
        reserve(paid, key="another")
    assert codes(refused) == ["lesson.reserved_already"]
    assert held(active)["pending"] == 80_00


def test_a_lesson_that_nobody_paid_for_is_not_set_aside(contract, active):
    with pytest.raises(Refused) as refused:
        reserve(contract)
    assert codes(refused) == ["ledger.not_enough"]
    assert (Lesson.objects.count(), Posting.objects.count()) == (0, 0)


def test_silence_releases_after_fifteen_working_days_and_not_before(paid, active):
    lesson = reserve(paid)
    with pytest.raises(Refused) as refused:
        release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=later(60))
    assert codes(refused) == ["lesson.notices_missing"]
    assert notify_parents(lessons=[lesson], actor=SYSTEM, at=AT) == 1
    lesson.refresh_from_db()
    assert lesson.answer_by == date(2026, 11, 20)  # 15 weekdays after Sunday, 1 November
    with pytest.raises(Refused) as refused:
        release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=later(19))
    assert codes(refused) == ["lesson.parent_may_answer"]
    release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=later(20))
    assert held(active)["payable"] == 80_00


def test_an_objection_holds_this_lessons_money_through_any_silence(paid, active):
    first, second = reserve(paid, 1), reserve(paid, 2)
    notify_parents(lessons=[first, second], actor=SYSTEM, at=AT)
    object_to_lesson(lesson=first, reason="没有上课", actor=SYSTEM, at=AT)
    done = release_due(escrow=active, on=date(2026, 12, 1), after=0, actor=SYSTEM, at=later(30))
    assert (done.lessons, done.amount_fen) == (1, 80_00)
    assert held(active) == {
        "bank": 3200_00, "contract": 3040_00, "pending": 80_00, "payable": 80_00,
    }  # fmt: skip
    void_lesson(lesson=first, reason="确未上课", key="v", actor=SYSTEM, at=AT)
    assert held(active)["contract"] == 3120_00


def test_a_released_lesson_is_neither_voided_nor_released_again(paid, active):
    lesson = reserve(paid)
    confirm_lesson(lesson=lesson, actor=SYSTEM, at=AT)
    release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=AT)
    release_lesson(lesson=lesson, key="r", actor=SYSTEM, at=AT)
    for act in (
        lambda: release_lesson(lesson=lesson, key="r2", actor=SYSTEM, at=AT),
        lambda: void_lesson(lesson=lesson, reason="x", key="v", actor=SYSTEM, at=AT),
        lambda: object_to_lesson(lesson=lesson, reason="x", actor=SYSTEM, at=AT),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["lesson.wrong_state"]
    assert held(active)["payable"] == 80_00


def test_a_run_releases_chunk_by_chunk_and_repeats_nothing(paid, active):
    for number in range(1, 6):
        confirm_lesson(lesson=reserve(paid, number), actor=SYSTEM, at=AT)
    after, sizes = 0, []
    for _ in range(4):
        done = release_due(escrow=active, on=DAY, after=after, actor=SYSTEM, at=AT, size=2)
        after = done.last
        sizes.append(done.lessons)
    assert sizes == [2, 2, 1, 0]
    again = release_due(escrow=active, on=DAY, after=0, actor=SYSTEM, at=AT)
    assert (again.lessons, held(active)["payable"]) == (0, 400_00)
    events = Event.objects.filter(kind="ledger.release_run")
    assert [one.row_count for one in events.order_by("pk")] == [2, 2, 1]


def test_lessons_looked_up_ahead_are_looked_at_again_before_they_are_released(paid, active):
    lessons = [reserve(paid, number) for number in range(1, 8)]
    for one in lessons[:6]:
        confirm_lesson(lesson=one, actor=SYSTEM, at=AT)
    ahead, after, sizes = Ahead(), 0, []
    for step in range(4):
        done = release_due(
            escrow=active, on=DAY, after=after, actor=SYSTEM, at=AT, size=2, ahead=ahead
        )
        after = done.last
        sizes.append(done.lessons)
        if step == 0:  # two of those ahead go another way, and one becomes due
            release_lesson(lesson=lessons[2], key="r", actor=SYSTEM, at=AT)
            object_to_lesson(lesson=lessons[3], reason="没有上课", actor=SYSTEM, at=AT)
            confirm_lesson(lesson=lessons[6], actor=SYSTEM, at=AT)
    assert sizes == [2, 2, 1, 0]
    states = Lesson.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["released"] * 3 + ["held"] + ["released"] * 3
    assert Posting.objects.filter(rule="lesson_release").count() == 6
    assert held(active)["payable"] == 480_00


def test_an_accounts_lessons_are_looked_up_once_for_all_chunks(paid, active):
    for number in range(1, 7):
        confirm_lesson(lesson=reserve(paid, number), actor=SYSTEM, at=AT)
    ahead, after = Ahead(), 0
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            after = release_due(
                escrow=active, on=DAY, after=after, actor=SYSTEM, at=AT, size=2, ahead=ahead
            ).last
    joined = [one["sql"] for one in queries if 'JOIN "fees_contract"' in one["sql"]]
    assert (len(joined), held(active)["payable"]) == (1, 480_00)


def test_gifts_move_no_money(active, filing):
    from_gift = draft_of(filing, "HT-2", lesson_count=1, gift_count=1, price_fen=80_00)
    contract = pay(_signed(active, from_gift), 80_00)
    reserve(contract, 1)
    gift = reserve(contract, 2)
    assert (gift.amount_fen, held(active)["pending"]) == (0, 80_00)
    confirm_lesson(lesson=gift, actor=SYSTEM, at=AT)
    release_lesson(lesson=gift, key="g", actor=SYSTEM, at=AT)
    assert Posting.objects.count() == 2


def _signed(escrow, draft):
    return sign_contract(escrow=escrow, draft=draft, actor=SYSTEM, at=AT)


def test_a_settlement_pays_what_the_calculation_gives(paid, active):
    for number in range(1, 13):
        reserve(paid, number)
    refund = settle(paid, cause=Cause.CONSUMER)
    assert (refund.refund_fen, refund.forfeit_fen) == (2000_00, 240_00)
    assert held(active) == {"bank": 1200_00, "pending": 960_00, "payable": 240_00}
    assert settle(paid, cause=Cause.CONSUMER) is None
    with pytest.raises(Refused) as refused:
        settle(paid, key="settle-2")
    assert codes(refused) == ["refund.nothing_left"]


def test_a_lesson_voided_after_the_settlement_is_settled_too(paid, active):
    lesson = reserve(paid)
    settle(paid)
    void_lesson(lesson=lesson, reason="确未上课", key="v", actor=SYSTEM, at=AT)
    refund = settle(paid, key="settle-2")
    assert (refund.refund_fen, held(active)) == (80_00, {})


def test_a_refund_that_the_bank_cannot_pay_is_refused_whole(paid, active):
    move(active, "seizure", 1_00)
    with pytest.raises(Refused) as refused:
        settle(paid)
    assert codes(refused) == ["ledger.not_enough"]
    assert held(active) == {"bank": 3199_00, "shortfall": 1_00, "contract": 3200_00}
    paid.refresh_from_db()
    assert paid.closed_on is None


def test_a_closure_pays_pro_rata_and_records_the_rest_as_claims(paid, active, filing):
    other = pay(_signed(active, draft_of(filing, "HT-2", price_fen=800_00)), 800_00, "pay-2")
    move(active, "seizure", 1000_00)
    settle_closure(escrow=active, reason="机构失联", key="c", booked_on=DAY, actor=SYSTEM, at=AT)
    assert held(active) == {"shortfall": 1000_00, "claims": 1000_00}
    paid_out = Posting.objects.filter(rule="refund").order_by("amount_fen")
    assert [(row.cause, row.amount_fen) for row in paid_out] == [
        (f"contract:{other.pk}", 600_00),
        (f"contract:{paid.pk}", 2400_00),
    ]
    move(active, "shortfall_repaid", 1000_00)
    move(active, "claim_paid", 1000_00)
    assert held(active) == {}


def test_a_mistaken_payment_is_corrected_once_by_its_opposite(paid, active):
    posting = Posting.objects.get()

    def correct(key):
        correct_posting(
            posting=posting, reason="记错合同", key=key, booked_on=DAY, actor=SYSTEM, at=AT
        )

    correct("c1")
    assert held(active) == {}
    assert account_money(paid).paid_fen == 0
    with pytest.raises(Refused) as refused:
        correct("c2")
    assert codes(refused) == ["ledger.corrected_already"]


def test_movements_need_a_reference_and_the_right_account(active, supervisor):
    with pytest.raises(Refused) as refused:
        record_movement(
            escrow=active, rule="lesson_deposit_in", amount_fen=0, reference=" ", key="k",
            booked_on=DAY, actor=supervisor, at=AT,
        )  # fmt: skip
    assert codes(refused) == [
        "ledger.wrong_account_kind",
        "ledger.amount_unreadable",
        "ledger.reference_missing",
    ]
    assert LedgerAccount.objects.count() == 0


def test_parents_money_is_an_obligation_until_it_is_paid_back(paid, active):
    def owed():
        found = obligations_of(active.institution, date(2027, 1, 1))
        return [one.amount_fen for one in found if one.code == "parents_unrefunded"]

    assert owed() == [3200_00]
    reserve(paid)
    assert owed() == [3200_00]
    settle(paid)
    assert owed() == [80_00]
