"""Findings: every state × move against a table written by hand, and each refusal."""

from __future__ import annotations

import pytest

from inspections.core.findings.finding_states import (
    FINDING_MOVES,
    LONGEST_WORDS,
    POWERS,
    REFERRING,
    SETTING_DOWN,
    ConfirmingFacts,
    FindingFacts,
    FindingState,
    confirming_refusals,
    finding_refusals,
    opening_state,
)

# Written by hand from 行政处罚法 art. 17, 25 and 54; `None`: refused. Columns are the moves.
COLUMNS = ("refer", "accept", "decline", "withdraw", "order", "release", "settle", "escalate")
MATRIX = {
    "open": ("referred", None, None, "withdrawn", "ordered", None, None, "case"),
    "referred": (None, "open", "returned", None, None, None, None, None),
    "returned": ("referred", None, None, "withdrawn", None, None, None, None),
    "ordered": (None, None, None, None, None, "open", "settled", "case"),
    "settled": (None,) * 8,
    "case": (None,) * 8,
    "withdrawn": (None,) * 8,
}
PAIRS = [(state, move) for state in MATRIX for move in COLUMNS]


def facts(state: str = "open", **changes: object) -> FindingFacts:
    values: dict[str, object] = {
        "state": FindingState(state),
        "holder": "education",
        "words": "不属于本部门职权",
        "asked_department": "fire_rescue",
    }
    return FindingFacts(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_every_state_and_move_is_as_the_table_by_hand_says(state: str, move: str) -> None:
    wanted = MATRIX[state][COLUMNS.index(move)]
    found = finding_refusals(FINDING_MOVES[move], facts(state))
    if wanted is None:
        assert [one.code for one in found] == ["finding.wrong_state"]
        assert found[0].basis in (POWERS, REFERRING, SETTING_DOWN)
    else:
        assert found == ()
        assert FINDING_MOVES[move].target.value == wanted


def test_the_table_by_hand_has_every_state_and_every_move() -> None:
    assert set(MATRIX) == {state.value for state in FindingState}
    assert set(COLUMNS) == set(FINDING_MOVES)


@pytest.mark.parametrize("move", ["refer", "decline", "withdraw", "release"])
def test_a_move_that_others_must_understand_needs_a_reason(move: str) -> None:
    state = {"decline": "referred", "release": "ordered"}.get(move, "open")
    found = finding_refusals(FINDING_MOVES[move], facts(state, words=" "))
    assert [one.code for one in found] == ["finding.reason_missing"]


def test_a_reason_may_be_as_long_as_the_limit_and_not_longer() -> None:
    move = FINDING_MOVES["withdraw"]
    assert finding_refusals(move, facts(words="字" * LONGEST_WORDS)) == ()
    found = finding_refusals(move, facts(words="字" * (LONGEST_WORDS + 1)))
    assert [one.code for one in found] == ["finding.words_too_long"]


def test_a_finding_is_not_referred_to_its_own_department_or_to_none() -> None:
    move = FINDING_MOVES["refer"]
    own = finding_refusals(move, facts(asked_department="education"))
    assert [one.code for one in own] == ["finding.own_department"]
    none = finding_refusals(move, facts(asked_department=""))
    assert [one.code for one in none] == ["finding.department_unknown"]
    strange = finding_refusals(move, facts(is_known_department=False))
    assert [one.code for one in strange] == ["finding.department_unknown"]


def test_only_a_person_moves_a_finding() -> None:
    found = finding_refusals(FINDING_MOVES["order"], facts(is_named_officer=False))
    assert [one.code for one in found] == ["finding.person_only"]


def confirming(**changes: object) -> tuple[str, ...]:
    values: dict[str, object] = {
        "answer": "fails",
        "is_visit_ended": True,
        "is_confirmed": False,
        "text": "东侧疏散通道堆放课桌",
    }
    made = ConfirmingFacts(**{**values, **changes})  # type: ignore[arg-type]
    return tuple(one.code for one in confirming_refusals(made))


def test_an_answer_that_fails_in_an_ended_visit_may_be_confirmed_once() -> None:
    assert confirming() == ()
    assert confirming(is_confirmed=True) == ("finding.confirmed_already",)
    assert confirming(is_visit_ended=False) == ("finding.visit_open",)


@pytest.mark.parametrize("answer", ["meets", "not_applicable", "not_checked", ""])
def test_no_other_answer_becomes_a_finding(answer: str) -> None:
    assert confirming(answer=answer) == ("finding.answer_not_failing",)


def test_a_finding_says_what_was_seen_and_names_only_a_known_violation() -> None:
    assert confirming(text=" ") == ("finding.text_missing",)
    assert confirming(violation="V99", is_known_violation=False) == ("finding.violation_unknown",)
    assert confirming(violation="", is_known_violation=False) == ()


def test_the_machine_confirms_nothing() -> None:
    assert confirming(is_named_officer=False) == ("finding.person_only",)


def test_every_reason_is_told_at_once() -> None:
    found = confirming(answer="meets", is_visit_ended=False, text="", is_named_officer=False)
    assert found == (
        "finding.answer_not_failing",
        "finding.visit_open",
        "finding.person_only",
        "finding.text_missing",
    )


def test_a_finding_begins_with_its_items_department_or_is_referred_to_it() -> None:
    assert opening_state(holder="fire_rescue", confirmer="fire_rescue") is FindingState.OPEN
    assert opening_state(holder="fire_rescue", confirmer="education") is FindingState.REFERRED
