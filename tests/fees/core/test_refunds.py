"""Refunds line by line; the worked examples of docs/escrow.md, each under its name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.ledger.commands import lesson_share_fen
from fees.core.refunds import (
    CONSUMER_FAULT,
    DELIVERED,
    GIFTS,
    INSTITUTION_FAULT,
    INTEREST,
    NO_COUNTERCLAIM,
    NOTICE_2023,
    RULES_2022,
    AccountInterest,
    Cause,
    GiftTerms,
    Line,
    Refund,
    RefundFacts,
    calculate_refund,
)
from regulator.kernel.outcomes import InvariantError
from regulator.kernel.workdays import Unit

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "escrow.md"

# 40 lessons for 3,200 yuan, 100 yuan each at the list price; paid 1 September, starts 10 September.
CONTRACT = RefundFacts(
    paid_fen=3200_00,
    used=0,
    reserved_fen=0,
    list_price_fen=100_00,
    paid_on=date(2026, 9, 1),
    starts_on=date(2026, 9, 10),
    requested_on=date(2026, 10, 20),
)
PAID = Line("paid", 1, 3200_00, 3200_00, DELIVERED)


def after(used: int, **more: object) -> RefundFacts:
    return replace(CONTRACT, used=used, reserved_fen=used * 80_00, **more)


def amounts(refund: Refund) -> tuple[int, int]:
    return refund.refund_fen, refund.forfeit_fen


def test_example_1_before_the_start_everything_comes_back():
    refund = calculate_refund(replace(CONTRACT, requested_on=date(2026, 9, 9)))
    assert refund == Refund((PAID,), 3200_00, 0, "before_start", 5, Unit.WORKDAYS, NOTICE_2023)


def test_example_2_after_the_start_pro_rata():
    refund = calculate_refund(after(12))
    assert refund.lines == (
        PAID,
        Line("delivered_discounted", 12, 80_00, -960_00, DELIVERED),
    )
    assert amounts(refund) == (2240_00, 0)
    assert (refund.ground, refund.term, refund.term_unit) == ("pro_rata", 15, Unit.DAYS)


def test_example_3_the_institution_is_the_cause():
    refund = calculate_refund(after(12, cause=Cause.INSTITUTION))
    assert refund.lines[1] == Line("delivered_discounted", 12, 80_00, -960_00, INSTITUTION_FAULT)
    assert amounts(refund) == (2240_00, 0)


def test_example_4_the_consumer_is_the_cause():
    refund = calculate_refund(after(12, cause=Cause.CONSUMER))
    assert refund.lines[1] == Line("delivered_list", 12, 100_00, -1200_00, CONSUMER_FAULT)
    assert amounts(refund) == (2000_00, 240_00)


def test_example_5_nobody_owes_more_than_was_paid():
    refund = calculate_refund(after(36, cause=Cause.CONSUMER))
    assert refund.lines == (
        PAID,
        Line("delivered_list", 36, 100_00, -3600_00, CONSUMER_FAULT),
        Line("nothing_owed", 1, 400_00, 400_00, NO_COUNTERCLAIM),
    )
    assert amounts(refund) == (0, 320_00)


def test_example_6_seven_days_without_a_reason():
    facts = after(
        2, cause=Cause.CONSUMER, starts_on=date(2026, 9, 3), requested_on=date(2026, 9, 8)
    )
    refund = calculate_refund(facts)
    assert refund.ground == "no_reason"
    assert refund.lines[1] == Line("delivered_discounted", 2, 80_00, -160_00, DELIVERED)
    assert amounts(refund) == (3040_00, 0)
    day_after = calculate_refund(replace(facts, requested_on=date(2026, 9, 9)))
    assert (day_after.ground, amounts(day_after)) == ("pro_rata", (3000_00, 40_00))


def test_example_7_gifts():
    free = calculate_refund(after(12, cause=Cause.CONSUMER, gifts_used=3))
    assert free.lines[2] == Line("gifts_free", 3, 0, 0, GIFTS)
    assert amounts(free) == (2000_00, 240_00)
    priced = calculate_refund(
        after(12, cause=Cause.CONSUMER, gifts_used=3, gift_terms=GiftTerms.LIST_PRICE)
    )
    assert priced.lines[2] == Line("gifts_list", 3, 100_00, -300_00, GIFTS)
    assert amounts(priced) == (1700_00, 540_00)


def test_example_8_a_price_that_does_not_divide():
    reserved = sum(lesson_share_fen(1000_00, number=n, count=7) for n in (1, 2, 3))
    refund = calculate_refund(
        replace(CONTRACT, paid_fen=1000_00, used=3, reserved_fen=reserved, list_price_fen=0)
    )
    assert refund.lines[1] == Line("delivered_discounted", 3, None, -428_57, DELIVERED)
    assert amounts(refund) == (571_43, 0)


def test_example_9_a_lesson_voided_after_the_settlement():
    first = calculate_refund(after(12))
    second = calculate_refund(after(11, settled_fen=first.refund_fen))
    assert second.lines[2] == Line("settled", 1, 2240_00, -2240_00, DELIVERED)
    assert amounts(second) == (80_00, 0)


def test_every_example_of_the_document_is_a_test_here():
    named = re.findall(r"`(test_example_\w+)`", DOCUMENT.read_text(encoding="utf-8"))
    here = [name for name in globals() if name.startswith("test_example_")]
    assert sorted(named) == sorted(here)


def test_whoever_had_the_service_before_has_no_seven_days():
    facts = after(2, starts_on=date(2026, 9, 3), requested_on=date(2026, 9, 8))
    assert calculate_refund(replace(facts, had_service_before=True)).ground == "pro_rata"


def test_a_contract_may_give_more_days_and_never_fewer():
    facts = after(2, starts_on=date(2026, 9, 3))
    longer = replace(facts, cooling_off_days=10)
    shorter = replace(facts, cooling_off_days=3)
    assert calculate_refund(replace(longer, requested_on=date(2026, 9, 11))).ground == "no_reason"
    assert calculate_refund(replace(longer, requested_on=date(2026, 9, 12))).ground == "pro_rata"
    assert calculate_refund(replace(shorter, requested_on=date(2026, 9, 8))).ground == "no_reason"


@pytest.mark.parametrize(
    ("paid_on", "ground"), [(date(2025, 4, 30), "pro_rata"), (date(2025, 5, 1), "no_reason")]
)
def test_the_seven_days_exist_for_payments_since_may_2025(paid_on, ground):
    facts = after(2, paid_on=paid_on, starts_on=paid_on, requested_on=date(2025, 5, 4))
    assert calculate_refund(facts).ground == ground


@pytest.mark.parametrize(
    ("requested_on", "unit", "basis"),
    [
        (date(2022, 12, 31), Unit.DAYS, RULES_2022),
        (date(2023, 1, 1), Unit.WORKDAYS, NOTICE_2023),
    ],
)
def test_the_term_before_the_start_is_counted_as_its_source_counts(requested_on, unit, basis):
    refund = calculate_refund(
        replace(
            CONTRACT, paid_on=date(2022, 12, 1), starts_on=date(2023, 2, 1),
            requested_on=requested_on,
        )
    )  # fmt: skip
    assert (refund.term, refund.term_unit, refund.term_basis) == (5, unit, basis)


def test_the_list_price_never_makes_delivered_lessons_cheaper():
    refund = calculate_refund(after(12, cause=Cause.CONSUMER, list_price_fen=50_00))
    assert refund.lines[1].code == "delivered_discounted"


def test_a_balance_that_cannot_pay_the_calculation_is_a_bug():
    with pytest.raises(InvariantError):
        calculate_refund(replace(CONTRACT, reserved_fen=1_00))


@given(
    paid_fen=st.integers(0, 10**7),
    used=st.integers(0, 40),
    list_price_fen=st.integers(0, 500_00),
    gifts_used=st.integers(0, 10),
    cause=st.sampled_from(Cause),
    gift_terms=st.sampled_from(GiftTerms),
)
def test_the_settlement_is_the_balance_and_never_below_zero(
    paid_fen, used, list_price_fen, gifts_used, cause, gift_terms
):
    reserved_fen = sum(lesson_share_fen(paid_fen, number=n, count=40) for n in range(1, used + 1))
    refund = calculate_refund(
        replace(
            CONTRACT,
            paid_fen=paid_fen,
            used=used,
            reserved_fen=reserved_fen,
            list_price_fen=list_price_fen,
            gifts_used=gifts_used,
            cause=cause,
            gift_terms=gift_terms,
        )
    )
    assert refund.refund_fen >= 0
    assert refund.forfeit_fen >= 0
    assert refund.refund_fen + refund.forfeit_fen == paid_fen - reserved_fen
    assert sum(line.amount_fen for line in refund.lines) == refund.refund_fen


# 3,600 yuan lay there for 90 days and bore 3.15: 0.35 % a year.
BORE = AccountInterest(credited_fen=3_15, fen_days=3600_00 * 90, left_fen=3_15)


def test_example_10_interest_at_the_rate_the_account_bore():
    refund = calculate_refund(after(12, interest=BORE))
    # 2,240 yuan for 49 days: 224,000 × 49 × 315 / 32,400,000 = 106.7
    assert refund.lines[-1] == Line("interest", 49, None, 1_06, INTEREST)
    assert (amounts(refund), refund.interest_fen) == ((2241_06, 0), 1_06)


def test_no_interest_where_the_bank_credited_none():
    for nothing in (None, AccountInterest(0, 1, 0), AccountInterest(1, 0, 1)):
        refund = calculate_refund(after(12, interest=nothing))
        assert (amounts(refund), refund.interest_fen) == ((2240_00, 0), 0)
        assert [line.code for line in refund.lines] == ["paid", "delivered_discounted"]


def test_interest_takes_no_more_than_is_left_of_it():
    refund = calculate_refund(after(12, interest=replace(BORE, left_fen=5)))
    assert refund.interest_fen == 5
    assert calculate_refund(after(12, interest=replace(BORE, left_fen=0))).lines[-1].amount_fen == 0


def test_seven_days_give_the_principal_back_and_nothing_returned_bears_nothing():
    early = {"starts_on": date(2026, 9, 3), "requested_on": date(2026, 9, 8)}
    assert calculate_refund(after(2, interest=BORE, **early)).ground == "no_reason"
    assert calculate_refund(after(2, interest=BORE, **early)).interest_fen == 0
    assert calculate_refund(after(40, interest=BORE)).interest_fen == 0


@pytest.mark.parametrize(
    ("asked_on", "has"), [(date(2025, 4, 30), False), (date(2025, 5, 1), True)]
)
def test_interest_is_said_from_the_day_the_rule_is_in_force(asked_on, has):
    paid = {"paid_on": date(2025, 3, 1), "starts_on": date(2025, 3, 10), "requested_on": asked_on}
    codes = [line.code for line in calculate_refund(after(12, interest=BORE, **paid)).lines]
    assert ("interest" in codes) is has
