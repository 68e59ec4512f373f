"""Who gets how much of what is there when an institution has closed down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.closures import (
    ClosureFacts,
    Debt,
    Deposit,
    Drawing,
    plan_closure,
    preparation_refusals,
    refilled,
    signing_refusals,
)
from fees.core.escrow_states import AccountKind

LESSONS, PERFORMANCE = AccountKind.LESSON_DEPOSIT, AccountKind.PERFORMANCE_DEPOSIT
FEN = st.integers(0, 10**9)


def debts(*owed: int) -> tuple[Debt, ...]:
    return tuple(Debt(number, fen) for number, fen in enumerate(owed, start=1))


def paid(facts: ClosureFacts) -> list[int]:
    return [share.share_fen for share in plan_closure(facts).shares]


def test_enough_pays_everybody_in_full_and_draws_no_deposit():
    facts = ClosureFacts(500, debts(200, 300), (Deposit(9, LESSONS, 100),), hole_fen=100)
    closure = plan_closure(facts)
    assert [share.share_fen for share in closure.shares] == [200, 300]
    assert (closure.drawings, closure.claim_fen) == ((), 0)


def test_half_of_it_pays_everybody_half():
    facts = ClosureFacts(250, debts(200, 300))
    assert paid(facts) == [100, 150]
    assert plan_closure(facts).claim_fen == 250


def test_a_fen_that_does_not_divide_goes_to_the_largest_remainder_and_the_earlier():
    assert paid(ClosureFacts(100, debts(100, 100, 100))) == [34, 33, 33]


def test_the_deposit_for_untaught_lessons_is_drawn_before_the_other():
    deposits = (Deposit(8, PERFORMANCE, 500), Deposit(9, LESSONS, 60))
    closure = plan_closure(ClosureFacts(100, debts(200), deposits, hole_fen=100))
    assert closure.drawings == (Drawing(9, LESSONS, 60), Drawing(8, PERFORMANCE, 40))
    assert closure.pay_fen == 200


def test_no_more_is_drawn_than_the_account_lacks():
    deposits = (Deposit(9, LESSONS, 500),)
    assert plan_closure(ClosureFacts(100, debts(200), deposits, hole_fen=30)).deposit_fen == 30


def test_what_is_disputed_and_what_came_in_wrongly_ranks_alike_and_is_set_aside():
    closure = plan_closure(ClosureFacts(300, debts(200), pending_fen=300, irregular_fen=100))
    assert [share.share_fen for share in closure.shares] == [100]
    assert closure.set_aside_fen == 200


def test_a_deposit_fills_the_shortfall_before_the_banks_fees():
    assert refilled(50, shortfall_fen=40, bank_fees_fen=20) == [
        ("shortfall_repaid", 40), ("bank_fee_repaid", 10),
    ]  # fmt: skip
    assert refilled(40, shortfall_fen=40, bank_fees_fen=20) == [("shortfall_repaid", 40)]


@given(
    there=FEN,
    owed=st.lists(FEN, max_size=30),
    pending=FEN,
    irregular=FEN,
    deposits=st.lists(FEN, max_size=2),
    hole=FEN,
)
def test_the_sum_is_exact_nobody_gets_above_what_they_are_owed_and_nothing_is_made_up(
    there, owed, pending, irregular, deposits, hole
):
    kinds = (PERFORMANCE, LESSONS)
    facts = ClosureFacts(
        there,
        debts(*owed),
        tuple(Deposit(n, kinds[n], fen) for n, fen in enumerate(deposits)),
        pending,
        irregular,
        hole,
    )
    closure = plan_closure(facts)
    needed = sum(owed) + pending + irregular
    available = there + closure.deposit_fen
    assert closure.pay_fen + closure.set_aside_fen == min(available, needed)
    assert all(0 <= share.share_fen <= share.owed_fen for share in closure.shares)
    assert closure.pay_fen + closure.claim_fen == sum(owed)
    assert closure.deposit_fen <= min(sum(deposits), hole, max(0, needed - there))
    if closure.claim_fen:
        # equals are paid alike: no two shares of the same debt differ by more than a fen
        for one in closure.shares:
            for other in closure.shares:
                if one.owed_fen == other.owed_fen:
                    assert abs(one.share_fen - other.share_fen) <= 1


def test_every_reason_against_a_plan_is_given_at_once():
    found = preparation_refusals(ClosureFacts(10, ()), reason=" ", has_open_plan=True)
    assert [one.code for one in found] == [
        "escrow.reason_missing", "closure.nobody_owed", "closure.open_already",
    ]  # fmt: skip
    facts = ClosureFacts(10, debts(1))
    assert preparation_refusals(facts, reason="失联", has_open_plan=False) == ()


@pytest.mark.parametrize("state", ["signed", "done", "stopped", "discarded"])
def test_only_a_prepared_plan_is_signed_by_another_person_and_as_it_was_prepared(state):
    def codes(state: str, actor: int, *, is_as_prepared: bool) -> list[str]:
        found = signing_refusals(
            state=state, prepared_by=1, actor=actor, is_as_prepared=is_as_prepared
        )
        return [one.code for one in found]

    assert codes("prepared", 2, is_as_prepared=True) == []
    assert codes("prepared", 1, is_as_prepared=True) == ["closure.same_person"]
    assert codes("prepared", 2, is_as_prepared=False) == ["closure.changed_since"]
    assert codes(state, 2, is_as_prepared=True) == ["closure.wrong_state"]
