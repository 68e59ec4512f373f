"""Orders: every state × move against a table written by hand, terms, and the last day itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inspections.core.findings.rectification_states import (
    FILING_CASES,
    MOST_TERM,
    ORDERING,
    RECTIFICATION_MOVES,
    SERVING,
    RecheckResult,
    RectificationFacts,
    RectificationState,
    TermKind,
    is_overdue,
    rectification_moves_now,
    rectification_refusals,
    term_refusals,
    term_unit,
)
from regulator.kernel.workdays import Unit

TODAY = date(2026, 3, 20)
DUE = date(2026, 3, 19)
# Written by hand from 行政处罚法 art. 28, 54 and 61; `None`: refused. The term has run out, a proof
# was handed in, the re-check that was sent passed: nothing but the state stands between.
COLUMNS = (
    "issue",
    "serve",
    "submit_proof",
    "return_proof",
    "order_recheck",
    "close",
    "escalate",
    "withdraw",
)
MATRIX = {
    "drafted": ("issued", None, None, None, None, None, None, "withdrawn"),
    "issued": (None, "served", None, None, None, None, None, "withdrawn"),
    "served": (None, None, "proved", None, "rechecking", None, "escalated", "withdrawn"),
    "proved": (None, None, "proved", "served", "rechecking", "closed", "escalated", "withdrawn"),
    "rechecking": (None, None, None, None, None, "closed", "escalated", "withdrawn"),
    "closed": (None,) * 8,
    "escalated": (None,) * 8,
    "withdrawn": (None,) * 8,
}
PAIRS = [(state, move) for state in MATRIX for move in COLUMNS]


def facts(state: str, **changes: object) -> RectificationFacts:
    values: dict[str, object] = {
        "state": RectificationState(state),
        "today": TODAY,
        "words": "现场已恢复",
        "due_on": DUE,
        "served_on": date(2026, 3, 12),
        "recheck_result": RecheckResult.PASSED if state == "rechecking" else RecheckResult.NONE,
        "stated_result": RecheckResult.PASSED,
        "proof_count": 1,
        "proof_files": 1,
        "stated_amount": 5,
    }
    return RectificationFacts(**{**values, **changes})  # type: ignore[arg-type]


def codes(move: str, state: str, **changes: object) -> list[str]:
    found = rectification_refusals(RECTIFICATION_MOVES[move], facts(state, **changes))
    return [one.code for one in found]


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_every_state_and_move_is_as_the_table_by_hand_says(state: str, move: str) -> None:
    wanted = MATRIX[state][COLUMNS.index(move)]
    found = rectification_refusals(RECTIFICATION_MOVES[move], facts(state))
    if (state, move) == ("served", "close"):
        assert [one.code for one in found] == ["rectification.nothing_proved"]
    elif wanted is None:
        assert found[0].code == "rectification.wrong_state"
        assert found[0].basis in (ORDERING, SERVING, FILING_CASES)
    else:
        assert found == ()
        assert RECTIFICATION_MOVES[move].target.value == wanted


@pytest.mark.parametrize("state", sorted(MATRIX))
def test_a_term_is_extended_only_while_it_runs(state: str) -> None:
    found = codes("extend", state, due_on=TODAY)
    assert found == ([] if state == "served" else ["rectification.wrong_state"])


@pytest.mark.parametrize("state", sorted(MATRIX))
def test_a_result_is_recorded_only_of_a_recheck_that_is_out(state: str) -> None:
    found = codes("record_recheck", state, recheck_result=RecheckResult.NONE)
    assert found == ([] if state == "rechecking" else ["rectification.wrong_state"])


def test_the_table_by_hand_has_every_state_and_every_move() -> None:
    assert set(MATRIX) == {state.value for state in RectificationState}
    assert {*COLUMNS, "extend", "record_recheck"} == set(RECTIFICATION_MOVES)


@pytest.mark.parametrize(
    ("day", "is_over"),
    [(DUE - timedelta(days=1), False), (DUE, False), (DUE + timedelta(days=1), True)],
)
def test_the_last_day_of_the_term_is_still_in_time(day: date, is_over: bool) -> None:
    assert is_overdue(facts("served", today=day)) is is_over
    found = codes("escalate", "served", today=day)
    assert found == ([] if is_over else ["rectification.not_due"])


@pytest.mark.parametrize(
    ("day", "refused"), [(DUE, []), (TODAY, ["rectification.extended_too_late"])]
)
def test_a_term_is_extended_up_to_its_last_day(day: date, refused: list[str]) -> None:
    assert codes("extend", "served", today=day) == refused


def test_an_order_on_the_spot_has_no_days_and_may_be_followed_at_once() -> None:
    assert [one.code for one in term_refusals(kind=TermKind.ON_SPOT, amount=3)] == [
        "rectification.spot_has_no_term"
    ]
    assert term_refusals(kind=TermKind.ON_SPOT, amount=0) == ()
    spot = {"term_kind": TermKind.ON_SPOT, "due_on": None}
    assert codes("close", "served", **spot) == []
    assert codes("escalate", "served", **spot) == []
    assert codes("extend", "served", **spot) == ["rectification.spot_not_extended"]


@pytest.mark.parametrize(
    ("amount", "refused"), [(0, True), (1, False), (MOST_TERM, False), (MOST_TERM + 1, True)]
)
def test_a_term_has_one_to_one_hundred_and_eighty_days(amount: int, refused: bool) -> None:
    found = term_refusals(kind=TermKind.WITHIN, amount=amount)
    assert [one.code for one in found] == (["rectification.term_out_of_range"] if refused else [])


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (1, Unit.DAYS),
        (2, Unit.WORKDAYS),
        (3, Unit.WORKDAYS),
        (4, Unit.DAYS),
        (5, Unit.WORKDAYS),
        (6, Unit.DAYS),
        (7, Unit.WORKDAYS),
        (8, Unit.DAYS),
        (15, Unit.DAYS),
        (30, Unit.DAYS),
    ],
)
def test_two_three_five_and_seven_days_are_working_days(amount: int, unit: Unit) -> None:
    assert term_unit(amount) is unit


def test_a_red_line_is_closed_only_after_a_recheck_that_passed() -> None:
    assert codes("close", "proved", has_red_line=True) == ["rectification.red_line_unchecked"]
    assert codes("close", "rechecking", has_red_line=True) == []


def test_a_recheck_must_have_passed_before_the_order_is_closed() -> None:
    assert codes("close", "rechecking", recheck_result=RecheckResult.NONE) == [
        "rectification.recheck_open"
    ]
    assert codes("close", "rechecking", recheck_result=RecheckResult.FAILED) == [
        "rectification.recheck_failed"
    ]


def test_a_failed_recheck_leads_to_a_case_before_the_term_is_over() -> None:
    found = codes("escalate", "rechecking", today=DUE, recheck_result=RecheckResult.FAILED)
    assert found == []


def test_a_recheck_result_is_stated_once() -> None:
    assert codes("record_recheck", "rechecking") == ["rectification.recheck_recorded"]
    found = codes(
        "record_recheck",
        "rechecking",
        recheck_result=RecheckResult.NONE,
        stated_result=RecheckResult.NONE,
    )
    assert found == ["rectification.recheck_result_missing"]


def test_a_proof_has_words_and_a_file() -> None:
    assert codes("submit_proof", "served", words=" ") == ["rectification.proof_text_missing"]
    assert codes("submit_proof", "served", proof_files=0) == ["rectification.proof_file_missing"]


def test_a_voided_paper_leaves_nothing_but_withdrawal() -> None:
    assert codes("close", "proved", is_paper_void=True) == ["rectification.paper_void"]
    assert codes("withdraw", "proved", is_paper_void=True) == []


def test_only_a_person_acts() -> None:
    assert codes("close", "proved", is_named_officer=False) == ["rectification.person_only"]


def test_the_moves_that_lack_only_words_are_offered() -> None:
    fresh = facts("served", words="", proof_files=0, today=DUE)
    assert rectification_moves_now(fresh) == {
        "submit_proof",
        "extend",
        "order_recheck",
        "withdraw",
    }
