"""The moves of a request for a refund, against a matrix written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from fees.core.refund_states import TRANSITIONS, MoveFacts, RefundState, moves_from, refusals
from fees.core.refunds import Cause

ON = date(2026, 11, 6)
# state → the moves that lead on from it
ALLOWED = {
    "asked": {"agree": "agreed", "dispute": "disputed", "lapse": "agreed", "withdraw": "withdrawn"},
    "agreed": {"decide": "decided", "withdraw": "withdrawn"},
    "disputed": {"decide": "decided", "withdraw": "withdrawn"},
    "decided": {
        "decide": "decided",
        "appeal": "appealed",
        "pay": "paid",
        "close": "closed",
        "withdraw": "withdrawn",
    },
    "appealed": {"decide": "decided", "withdraw": "withdrawn"},
    "paid": {"close": "closed"},
    "closed": {},
    "withdrawn": {},
}
MOVES = ("agree", "dispute", "lapse", "decide", "appeal", "pay", "close", "withdraw")


def facts_that_fit(state: str, move: str) -> MoveFacts:
    """Facts against which nothing but the state could stand."""
    return MoveFacts(
        RefundState(state),
        ON,
        reason="搬家",
        answer_by=date(2026, 11, 5),
        cause=Cause.NO_FAULT,
        due_fen=0 if move == "close" and state == "decided" else 100_00,
        decided_by=1,
        actor=2,
        reference="回单1",
    )


def codes(move: str, facts: MoveFacts) -> list[str]:
    return [one.code for one in refusals(TRANSITIONS[move], facts)]


def test_the_matrix_names_every_state_and_every_move():
    assert set(ALLOWED) == {state.value for state in RefundState}
    assert set(MOVES) == set(TRANSITIONS)


@pytest.mark.parametrize("state", sorted(ALLOWED))
@pytest.mark.parametrize("move", MOVES)
def test_a_move_starts_from_its_own_states_alone(state, move):
    found = codes(move, facts_that_fit(state, move))
    if move in ALLOWED[state]:
        assert found == []
        assert TRANSITIONS[move].target.value == ALLOWED[state][move]
    else:
        assert found == ["refund.wrong_state"]
        refusal = refusals(TRANSITIONS[move], facts_that_fit(state, move))[0]
        assert refusal.basis == TRANSITIONS[move].basis
        assert refusal.params == {"refund_state": state, "refund_move": move}


@pytest.mark.parametrize("state", sorted(ALLOWED))
def test_the_moves_from_a_state_are_those_of_the_matrix(state):
    assert {move.name for move in moves_from(RefundState(state))} == set(ALLOWED[state])


def test_silence_counts_from_the_day_after_the_last_one():
    def on(day: date) -> list[str]:
        facts = MoveFacts(RefundState.ASKED, day, answer_by=date(2026, 11, 6))
        return codes("lapse", facts)

    assert on(date(2026, 11, 5)) == ["refund.may_answer"]
    assert on(date(2026, 11, 6)) == ["refund.may_answer"]
    assert on(date(2026, 11, 7)) == []


def test_every_reason_against_a_decision_is_given_at_once():
    facts = MoveFacts(RefundState.APPEALED, ON, reason=" ", decided_by=7, actor=7)
    assert codes("decide", facts) == [
        "refund.reason_missing",
        "refund.cause_missing",
        "refund.never_paid",
        "refund.same_person",
    ]


def test_only_an_appeal_needs_another_person():
    facts = MoveFacts(
        RefundState.DECIDED, ON, "改正", cause=Cause.CONSUMER, due_fen=1, decided_by=7, actor=7
    )
    assert codes("decide", facts) == []


def test_a_dispute_an_appeal_and_a_decision_need_a_reason_and_an_agreement_none():
    assert codes("dispute", MoveFacts(RefundState.ASKED, ON)) == ["refund.reason_missing"]
    assert codes("appeal", MoveFacts(RefundState.DECIDED, ON)) == ["refund.reason_missing"]
    assert codes("agree", MoveFacts(RefundState.ASKED, ON)) == []
    assert codes("withdraw", MoveFacts(RefundState.ASKED, ON)) == []


def test_what_changed_since_the_decision_is_not_paid():
    facts = MoveFacts(RefundState.DECIDED, ON, due_fen=1, is_same_calculation=False)
    assert codes("pay", facts) == ["refund.changed_since"]


def test_nothing_due_is_closed_and_not_paid_and_something_due_is_paid_before_it_is_closed():
    nothing = MoveFacts(RefundState.DECIDED, ON, due_fen=0)
    one_fen = MoveFacts(RefundState.DECIDED, ON, due_fen=1)
    assert codes("pay", nothing) == ["refund.nothing_due"]
    assert codes("close", nothing) == []
    assert codes("pay", one_fen) == []
    assert codes("close", one_fen) == ["refund.not_paid"]


def test_a_paid_refund_is_closed_with_the_banks_receipt():
    assert codes("close", MoveFacts(RefundState.PAID, ON, due_fen=1)) == ["refund.receipt_missing"]
    assert codes("close", MoveFacts(RefundState.PAID, ON, due_fen=1, reference="R1")) == []
