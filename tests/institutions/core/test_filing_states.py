"""The table of a filing's transitions against a matrix written by hand."""

from __future__ import annotations

import pytest

from institutions.core.filing_states import (
    TRANSITIONS,
    FilingFacts,
    FilingState,
    decision_refusals,
    moves_from,
    refusals,
)

STATES = ("draft", "submitted", "approved", "returned", "withdrawn", "revoked", "adopted")
# By hand, from the sources named in docs/glossary.md and 国办发〔2018〕80号; not from the table.
EXPECTED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "approve"): "approved",
    ("submitted", "send_back"): "returned",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("approved", "withdraw"): "withdrawn",
    ("approved", "revoke_approval"): "revoked",
    ("submitted", "adopt"): "adopted",
}
MOVES = ("submit", "approve", "send_back", "withdraw", "revoke_approval", "adopt")


def facts(state: str, **known: object) -> FilingFacts:
    given = {"reason": "理由", "was_heard": True, "amends_state": FilingState.APPROVED, **known}
    return FilingFacts(state=FilingState(state), **given)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_allowed_exactly_where_the_matrix_has_it(state: str, name: str):
    move = TRANSITIONS[name]
    found = refusals(move, facts(state))
    expected = EXPECTED.get((state, name))
    if expected is None:
        assert [(one.code, dict(one.params)) for one in found] == [
            ("filing.wrong_state", {"filing_state": state, "move": name})
        ]
    else:
        assert (found, move.target.value) == ((), expected)


def test_the_matrix_and_the_table_know_the_same_moves_and_states():
    assert set(TRANSITIONS) == set(MOVES)
    assert [state.value for state in FilingState] == list(STATES)
    assert [move.name for move in moves_from(FilingState.WITHDRAWN)] == []


def codes(name: str, state: str, **known: object) -> list[str]:
    return [one.code for one in refusals(TRANSITIONS[name], facts(state, **known))]


def test_a_submission_gives_every_reason_at_once():
    assert codes(
        "submit",
        "draft",
        is_readable=False,
        breaches=("TIME-HOLIDAY",),
        reason="",
        wrong_licence="151011680000704",
        already_filed_as="BA510116-2026-00001",
    ) == [
        "filing.form_incomplete",
        "filing.other_licence",
        "filing.already_filed",
        "filing.statement_missing",
    ]


@pytest.mark.parametrize(
    "original", [None, *(one for one in FilingState if one is not FilingState.APPROVED)]
)
def test_a_change_is_adopted_only_while_its_original_stands(original: FilingState | None):
    assert codes("adopt", "submitted", amends_state=original) == ["filing.original_not_standing"]


def test_a_change_is_adopted_under_the_guards_of_any_approval():
    assert codes("adopt", "submitted", breaches=("TIME-HOLIDAY",), undecided=("FILING-NAME",)) == [
        "filing.breach_stands",
        "filing.undecided",
    ]


def test_a_breach_may_be_handed_in_with_a_statement_and_never_approved():
    assert codes("submit", "draft", breaches=("TIME-HOLIDAY",)) == []
    assert codes("approve", "submitted", breaches=("TIME-HOLIDAY", "TIME-REST-DAY")) == [
        "filing.breach_stands",
        "filing.breach_stands",
    ]


def test_what_is_undecided_or_decided_as_a_breach_stands_against_approval():
    assert codes("approve", "submitted", undecided=("FILING-NAME",)) == ["filing.undecided"]
    assert codes("approve", "submitted", found_breach=("FILING-NAME",)) == ["filing.breach_decided"]


def test_a_return_and_the_withdrawal_of_an_approved_class_need_a_reason():
    assert codes("send_back", "submitted", reason=" ") == ["filing.reason_missing"]
    assert codes("withdraw", "approved", reason="") == ["filing.withdrawal_reason_missing"]
    assert codes("withdraw", "submitted", reason="") == []


def test_an_approval_is_revoked_only_after_the_institution_was_heard_and_with_a_reason():
    assert codes("revoke_approval", "approved", was_heard=False, reason=" ") == [
        "filing.not_heard",
        "filing.revocation_reason_missing",
    ]
    assert codes("revoke_approval", "approved") == []


def test_every_reason_against_a_decision_is_given():
    found = decision_refusals(
        state=FilingState.APPROVED, rule="FILING-NAME", undetermined=(), reason=""
    )
    assert [one.code for one in found] == [
        "filing.not_in_review",
        "filing.nothing_to_decide",
        "filing.decision_reason_missing",
    ]
    assert (
        decision_refusals(
            state=FilingState.SUBMITTED,
            rule="FILING-NAME",
            undetermined=("FILING-NAME",),
            reason="理由",
        )
        == ()
    )


def test_a_waived_breach_no_longer_stands_against_approval_and_another_does():
    assert codes("approve", "submitted", breaches=("FILING-LATE",), waived=("FILING-LATE",)) == []
    assert (
        codes("approve", "submitted", found_breach=("FILING-NAME",), waived=("FILING-NAME",)) == []
    )
    assert codes("approve", "submitted", breaches=("TIME-HOLIDAY",), waived=("FILING-LATE",)) == [
        "filing.breach_stands"
    ]


def test_what_the_experts_have_is_neither_approved_nor_decided_past_them():
    asked = ("CONTENT-DISGUISE",)
    assert codes("approve", "submitted", undecided=asked, with_experts=asked) == [
        "filing.appraisal_open"
    ]
    found = decision_refusals(
        state=FilingState.SUBMITTED,
        rule="CONTENT-DISGUISE",
        undetermined=asked,
        reason="理由",
        with_experts=asked,
    )
    assert [one.code for one in found] == ["filing.finding_with_experts"]
