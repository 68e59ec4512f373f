"""The table of a reference table's moves against a matrix written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.core.reference_states import (
    BINDING_STATES,
    MOVES,
    VersionFacts,
    VersionState,
    moves_from,
    refusals,
)
from regulator.kernel.outcomes import Refusal

STATES = ("draft", "proposed", "returned", "approved", "ending", "ended", "discarded")
# By hand, from issue 4: two persons, effective dates, nothing moves once it has ended.
EXPECTED = {
    ("draft", "propose"): "proposed",
    ("returned", "propose"): "proposed",
    ("proposed", "take_back"): "draft",
    ("proposed", "send_back"): "returned",
    ("proposed", "approve"): "approved",
    ("draft", "discard"): "discarded",
    ("returned", "discard"): "discarded",
    ("approved", "ask_end"): "ending",
    ("ending", "keep"): "approved",
    ("ending", "end"): "ended",
}
NAMES = ("propose", "take_back", "send_back", "approve", "discard", "ask_end", "keep", "end")
TODAY = date(2026, 11, 2)
EARLIEST = date(2026, 12, 14)
LAW = "《中华人民共和国行政许可法》第五条"


def facts(name: str, state: str, **known: object) -> VersionFacts:
    """Facts with which nothing but the state can stand against a move."""
    plain = {
        "on": EARLIEST,
        "today": TODAY,
        "earliest_on": EARLIEST,
        "lead_workdays": 30,
        "first_on": date(2026, 9, 1) if name in ("ask_end", "end", "keep") else None,
        "basis": "区教育局通知",
        "reason": "教材更换",
        "changed_count": 1,
        "other_person": 1 if name == "take_back" else 2,
        "actor": 1,
    }
    return VersionFacts(state=VersionState(state), **{**plain, **known})


def against(name: str, state: str, **known: object) -> list[str]:
    return [one.code for one in refusals(MOVES[name], facts(name, state, **known))]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NAMES)
def test_a_move_is_allowed_exactly_where_the_matrix_has_it(state: str, name: str):
    move = MOVES[name]
    found = refusals(move, facts(name, state))
    expected = EXPECTED.get((state, name))
    if expected is None:
        assert [(one.code, dict(one.params)) for one in found] == [
            ("reference.wrong_state", {"version_state": state, "reference_move": name})
        ]
    else:
        assert (found, move.target.value) == ((), expected)


def test_the_matrix_and_the_table_know_the_same_moves_and_states():
    assert tuple(MOVES) == NAMES
    assert tuple(state.value for state in VersionState) == STATES
    assert [one.value for one in BINDING_STATES] == ["approved", "ending", "ended"]
    for state in ("ended", "discarded"):
        assert moves_from(VersionState(state)) == ()


def test_who_proposed_may_not_approve_and_who_asked_for_the_end_may_not_end():
    assert against("approve", "proposed", other_person=1) == ["policy.same_person"]
    assert against("end", "ending", other_person=1) == ["policy.same_person"]


def test_only_the_proposer_takes_back():
    assert against("take_back", "proposed", other_person=2) == ["reference.not_the_proposer"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, ["reference.day_missing"]),
        (date(2026, 11, 1), ["reference.day_past"]),
        (TODAY, ["reference.day_too_near"]),
        (date(2026, 12, 13), ["reference.day_too_near"]),
        (EARLIEST, []),
        (date(2026, 12, 15), []),
    ],
)
def test_the_first_day_is_neither_past_nor_within_the_lead_days(day, expected):
    assert against("propose", "draft", on=day) == expected
    assert against("approve", "proposed", on=day) == expected


def test_a_day_that_is_too_near_names_the_first_possible_one_the_law_and_the_remedy():
    (found,) = refusals(MOVES["propose"], facts("propose", "draft", on=TODAY))
    assert (found.params, found.basis.cite(), found.remedy) == (
        {"day": "2026-11-02", "earliest": "2026-12-14", "workdays": 30},
        LAW,
        "reference.remedy_day",
    )


def test_a_proposal_gives_every_reason_at_once():
    row = Refusal("reference.row_problem", {"row": 3})
    known = {
        "basis": " ",
        "reason": "",
        "changed_count": 0,
        "problems": (row,),
        "on": None,
    }
    assert against("propose", "approved", **known) == [
        "reference.wrong_state",
        "reference.basis_missing",
        "reference.reason_missing",
        "reference.nothing_changed",
        "reference.row_problem",
        "reference.day_missing",
    ]


def test_a_version_begins_after_every_other_approved_one():
    assert against("propose", "draft", newest_on=EARLIEST) == ["reference.before_newest"]
    assert against("propose", "draft", newest_on=date(2026, 12, 13)) == []


@pytest.mark.parametrize("name", ["send_back", "keep", "ask_end"])
def test_a_reason_is_asked_for(name: str):
    state = {"send_back": "proposed", "keep": "ending", "ask_end": "approved"}[name]
    assert against(name, state, reason=" ") == ["reference.reason_missing"]


def test_a_version_in_force_ends_after_the_lead_days_and_not_before_it_began():
    assert against("ask_end", "approved", on=date(2026, 8, 31)) == ["reference.end_before_start"]
    assert against("ask_end", "approved", on=date(2026, 12, 13)) == ["reference.day_too_near"]
    assert against("ask_end", "approved", on=EARLIEST) == []


def test_a_version_that_has_not_begun_may_be_dropped_from_its_first_day():
    coming = {"first_on": date(2026, 11, 16)}
    assert against("ask_end", "approved", on=date(2026, 11, 16), **coming) == []
    assert against("ask_end", "approved", on=date(2026, 11, 17), **coming) == [
        "reference.day_too_near"
    ]
