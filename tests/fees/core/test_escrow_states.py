"""Every state × move of an escrow account against a matrix written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fees.core.escrow_states import (
    TRANSITIONS,
    EscrowFacts,
    EscrowState,
    moves_from,
    publication_refusals,
    refusals,
)

ON = date(2026, 11, 1)
SOUND = EscrowFacts(
    state=EscrowState.APPLIED,
    on=ON,
    has_number=True,
    agreement_number="三方〔2026〕1号",
    agreed_on=date(2026, 10, 30),
    reason="更换银行",
    clause="第十二条第（三）项",
)

# state, move: where it leads, or None where it may not be made.
MATRIX = {
    ("applied", "agree"): "agreed",
    ("applied", "activate"): None,
    ("applied", "hold"): None,
    ("applied", "lift"): None,
    ("applied", "close"): "closed",
    ("agreed", "agree"): None,
    ("agreed", "activate"): "active",
    ("agreed", "hold"): None,
    ("agreed", "lift"): None,
    ("agreed", "close"): "closed",
    ("active", "agree"): None,
    ("active", "activate"): None,
    ("active", "hold"): "held",
    ("active", "lift"): None,
    ("active", "close"): "closed",
    ("held", "agree"): None,
    ("held", "activate"): None,
    ("held", "hold"): None,
    ("held", "lift"): "active",
    ("held", "close"): "closed",
    ("closed", "agree"): None,
    ("closed", "activate"): None,
    ("closed", "hold"): None,
    ("closed", "lift"): None,
    ("closed", "close"): None,
}


@pytest.mark.parametrize(("pair", "target"), MATRIX.items(), ids=["-".join(one) for one in MATRIX])
def test_a_move_is_made_exactly_where_the_matrix_says(pair, target):
    state, name = pair
    found = refusals(TRANSITIONS[name], replace(SOUND, state=EscrowState(state)))
    if target is None:
        assert [(one.code, dict(one.params)) for one in found] == [
            ("escrow.wrong_state", {"escrow_state": state, "escrow_move": name})
        ]
    else:
        assert (found, TRANSITIONS[name].target) == ((), target)


def test_the_matrix_names_every_pair():
    pairs = {(state.value, name) for state in EscrowState for name in TRANSITIONS}
    assert set(MATRIX) == pairs


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"has_number": False}, ["escrow.number_missing"]),
        ({"agreement_number": "  "}, ["escrow.agreement_number_missing"]),
        ({"agreed_on": None}, ["escrow.agreement_day_missing"]),
        ({"agreed_on": date(2026, 11, 2)}, ["escrow.agreement_in_future"]),
        ({"agreed_on": ON}, []),
        (
            {"has_number": False, "agreement_number": "", "agreed_on": None},
            [
                "escrow.number_missing",
                "escrow.agreement_number_missing",
                "escrow.agreement_day_missing",
            ],
        ),
    ],
)
def test_an_agreement_names_everything_that_it_lacks(change, codes):
    found = refusals(TRANSITIONS["agree"], replace(SOUND, **change))
    assert [one.code for one in found] == codes


def test_an_account_without_a_number_is_not_activated_and_says_what_to_do():
    facts = replace(SOUND, state=EscrowState.AGREED, has_number=False)
    (refusal,) = refusals(TRANSITIONS["activate"], facts)
    assert (refusal.code, refusal.remedy) == ("escrow.number_missing", "escrow.remedy_number")
    assert refusal.basis.document_number == "教监管函〔2021〕2号"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_closing_needs_a_reason(reason):
    found = refusals(TRANSITIONS["close"], replace(SOUND, reason=reason))
    assert [one.code for one in found] == ["escrow.reason_missing"]


def test_money_that_is_left_is_not_closed_in():
    assert refusals(TRANSITIONS["close"], replace(SOUND, balance_fen=0)) == ()
    (refusal,) = refusals(TRANSITIONS["close"], replace(SOUND, balance_fen=1))
    assert (refusal.code, refusal.params) == ("escrow.money_left", {"amount": "0.01"})


def test_payments_are_held_only_under_a_named_clause_of_a_signed_agreement():
    facts = replace(SOUND, state=EscrowState.ACTIVE, agreement_number=" ", clause=" ", reason=" ")
    found = refusals(TRANSITIONS["hold"], facts)
    assert [(one.code, one.remedy) for one in found] == [
        ("escrow.hold_without_agreement", ""),
        ("escrow.clause_missing", "escrow.remedy_clause"),
        ("escrow.reason_missing", ""),
    ]


def test_a_hold_is_lifted_with_a_reason():
    facts = replace(SOUND, state=EscrowState.HELD, reason=" ")
    assert [one.code for one in refusals(TRANSITIONS["lift"], facts)] == ["escrow.reason_missing"]


@pytest.mark.parametrize(
    ("state", "is_published", "codes"),
    [
        ("active", False, []),
        ("active", True, ["escrow.published_already"]),
        ("held", False, []),
        ("applied", False, ["escrow.not_active"]),
        ("agreed", False, ["escrow.not_active"]),
        ("closed", False, ["escrow.not_active"]),
    ],
)
def test_only_an_active_account_is_published_and_only_once(state, is_published, codes):
    facts = replace(SOUND, state=EscrowState(state), is_published=is_published)
    assert [one.code for one in publication_refusals(facts)] == codes


def test_the_moves_from_each_state_are_those_of_the_table():
    names = {state.value: [move.name for move in moves_from(state)] for state in EscrowState}
    assert names == {
        "applied": ["agree", "close"],
        "agreed": ["activate", "close"],
        "active": ["hold", "close"],
        "held": ["lift", "close"],
        "closed": [],
    }
