"""The table of a recheck's moves against a matrix written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from institutions.core.recheck_states import (
    LONGEST_WORDS,
    MOVES,
    RecheckFacts,
    RecheckState,
    refusals,
    was_heard,
)

STATES = ("open", "noticed", "answered", "closed_kept", "closed_withdrawn")
# By hand, from issue 4: the machine opens; withdrawal follows notice and the answer.
EXPECTED = {
    ("open", "notify"): "noticed",
    ("noticed", "record_service"): "noticed",
    ("noticed", "answer"): "answered",
    ("open", "keep"): "closed_kept",
    ("noticed", "keep"): "closed_kept",
    ("answered", "keep"): "closed_kept",
    ("noticed", "take_back"): "closed_withdrawn",
    ("answered", "take_back"): "closed_withdrawn",
}
NAMES = ("notify", "record_service", "answer", "keep", "take_back")
NOTICED, DELIVERED, DUE = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 11)
AFTER = date(2026, 3, 12)


def facts(state: str, name: str = "", **known: Any) -> RecheckFacts:
    told: dict[str, Any] = {
        "today": AFTER,
        "words": "理由",
        "noticed_on": NOTICED,
        "delivered_on": None if name == "record_service" else DELIVERED,
        "answer_due_on": None if name == "record_service" else DUE,
        "served_on": DELIVERED,
    }
    return RecheckFacts(state=RecheckState(state), **(told | known))


def codes(name: str, state: str, **known: Any) -> list[str]:
    return [one.code for one in refusals(MOVES[name], facts(state, name, **known))]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NAMES)
def test_a_move_is_allowed_exactly_where_the_matrix_has_it(state: str, name: str):
    expected = EXPECTED.get((state, name))
    if expected is None:
        assert codes(name, state) == ["recheck.wrong_state"]
    else:
        assert (codes(name, state), MOVES[name].target.value) == ([], expected)


def test_the_matrix_and_the_table_know_the_same_moves_and_states():
    assert set(MOVES) == set(NAMES)
    assert [state.value for state in RecheckState] == list(STATES)


@pytest.mark.parametrize("name", NAMES)
def test_no_move_is_the_machine_s(name: str):
    state = next(state for state, move in EXPECTED if move == name)
    assert codes(name, state, is_named_officer=False) == ["recheck.person_only"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (
            {"noticed_on": None, "delivered_on": None, "answer_due_on": None},
            ["recheck.not_noticed"],
        ),
        ({"delivered_on": None, "answer_due_on": None}, ["recheck.not_delivered"]),
        ({"today": DELIVERED}, ["recheck.answer_awaited"]),
        ({"today": DUE}, ["recheck.answer_awaited"]),
        ({"today": AFTER}, []),
    ],
)
def test_an_approval_is_taken_back_only_after_notice_and_the_end_of_the_term(known, expected):
    assert codes("take_back", "noticed", **known) == expected


def test_before_the_notice_every_reason_is_given_at_once():
    assert codes(
        "take_back",
        "open",
        noticed_on=None,
        delivered_on=None,
        answer_due_on=None,
        words=" ",
        is_approved=False,
        is_named_officer=False,
    ) == [
        "recheck.wrong_state",
        "recheck.person_only",
        "recheck.reason_missing",
        "recheck.not_approved_any_more",
        "recheck.not_noticed",
    ]


def test_an_answer_ends_the_waiting_at_once():
    early = facts("answered", today=DELIVERED)
    assert was_heard(early) is True
    assert codes("take_back", "answered", today=DELIVERED) == []


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("notify", "open", "recheck.notice_text_missing"),
        ("answer", "noticed", "recheck.answer_missing"),
        ("keep", "open", "recheck.reason_missing"),
        ("take_back", "answered", "recheck.reason_missing"),
    ],
)
def test_what_is_said_is_said_in_words_and_not_in_too_many(name, state, code):
    assert codes(name, state, words=" \n") == [code]
    assert codes(name, state, words="字" * LONGEST_WORDS) == []
    assert codes(name, state, words="字" * (LONGEST_WORDS + 1)) == ["recheck.words_too_long"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"served_on": None}, ["recheck.service_day_missing"]),
        ({"served_on": date(2026, 3, 13)}, ["recheck.service_day_ahead"]),
        ({"served_on": AFTER}, []),
        ({"served_on": NOTICED}, []),
        ({"served_on": date(2026, 3, 1)}, ["recheck.service_before_notice"]),
        ({"delivered_on": DELIVERED}, ["recheck.delivered_already"]),
    ],
)
def test_service_is_entered_once_for_a_day_between_the_notice_and_today(known, expected):
    assert codes("record_service", "noticed", **known) == expected
