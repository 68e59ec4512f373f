"""Every state × move against a matrix written by hand, and every guard of every move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inspections.core.draw_states import MOVES, DrawFacts, DrawState, reading_refusals, refusals

DUE = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

# state -> the moves it allows, and where they lead
MATRIX = {
    "preparing": {"commit": "committed", "void": "void"},
    "committed": {"draw": "drawn", "void": "void"},
    "drawn": {"reveal": "revealed", "void": "void"},
    "revealed": {},
    "void": {},
}
ACTIONS = {
    "commit": "draw.approve",
    "draw": "draw.approve",
    "reveal": "draw.reveal",
    "void": "draw.void",
}
GOOD = {
    "commit": DrawFacts(
        DrawState.PREPARING, DUE - SECOND, actor_user=2, prepared_by_user=1, due=DUE
    ),
    "draw": DrawFacts(DrawState.COMMITTED, DUE, due=DUE, has_randomness=True),
    "reveal": DrawFacts(
        DrawState.DRAWN, DUE + 3 * SECOND, drawn_at=DUE, last_visit_ended_at=DUE + 2 * SECOND
    ),
    "void": DrawFacts(DrawState.COMMITTED, DUE, reason="设备损坏"),
}


def codes(name: str, facts: DrawFacts) -> list[str]:
    return [reason.code for reason in refusals(MOVES[name], facts)]


@pytest.mark.parametrize("state", list(DrawState))
@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_state_allows_exactly_the_moves_of_the_matrix(state, name):
    found = codes(name, replace(GOOD[name], state=state))
    if name in MATRIX[state.value]:
        assert found == []
        assert MOVES[name].target.value == MATRIX[state.value][name]
    else:
        assert found == ["draw.wrong_state"]


def test_the_table_has_no_other_moves_and_each_asks_the_policy():
    assert {name: str(move.action) for name, move in MOVES.items()} == ACTIONS
    assert {state.value for state in DrawState} == set(MATRIX)


def test_every_move_cites_its_basis():
    assert all(move.basis.instrument for move in MOVES.values())


def test_the_person_who_fixed_the_frame_cannot_publish_it():
    assert codes("commit", replace(GOOD["commit"], actor_user=1)) == ["policy.same_person"]


@pytest.mark.parametrize(
    ("at", "found"),
    [(DUE - SECOND, []), (DUE, ["draw.commitment_late"]), (DUE + SECOND, ["draw.commitment_late"])],
)
def test_a_commitment_comes_before_the_reading_is_due(at, found):
    assert codes("commit", replace(GOOD["commit"], at=at)) == found


def test_every_exclusion_needs_its_approval():
    facts = replace(GOOD["commit"], unapproved_exclusions=2)
    assert codes("commit", facts) == ["draw.exclusions_open"]


def test_a_draw_needs_its_randomness_and_its_time():
    facts = replace(GOOD["draw"], at=DUE - SECOND, has_randomness=False)
    assert codes("draw", facts) == ["draw.no_randomness", "draw.early"]


def test_who_typed_the_reading_does_not_draw():
    facts = replace(GOOD["draw"], actor_user=1, read_by_user=1)
    assert codes("draw", facts) == ["policy.same_person"]
    assert codes("draw", replace(facts, actor_user=2)) == []


@pytest.mark.parametrize(
    ("copies", "outside", "found"),
    [
        (0, 0, ["draw.key_copies_missing"]),
        (1, 1, ["draw.key_copies_missing"]),
        (2, 0, ["draw.key_copies_missing"]),
        (2, 1, []),
        (3, 1, []),
    ],
)
def test_a_draw_waits_for_two_sealed_copies_of_its_key_one_outside(copies, outside, found):
    facts = replace(GOOD["draw"], key_copies=copies, key_copies_outside=outside)
    assert codes("draw", facts) == found


@pytest.mark.parametrize(
    ("ended", "found"),
    [
        (None, ["draw.visits_open"]),
        (DUE - SECOND, ["draw.visits_before_draw"]),
        (DUE, []),
        (DUE + 3 * SECOND, []),
        (DUE + 4 * SECOND, ["draw.visits_ahead"]),
    ],
)
def test_a_reveal_waits_for_the_last_visit(ended, found):
    assert codes("reveal", replace(GOOD["reveal"], last_visit_ended_at=ended)) == found


def test_a_void_needs_its_reason_and_after_the_randomness_another_department():
    assert codes("void", replace(GOOD["void"], reason=" ")) == ["draw.void_reason_missing"]
    after = replace(
        GOOD["void"],
        has_randomness=True,
        actor_user=2,
        actor_department="market_regulation",
        void_requested_by_user=1,
        void_requested_department="education",
    )
    assert codes("void", after) == []
    assert codes("void", replace(after, void_requested_by_user=None)) == ["draw.void_unsigned"]
    assert codes("void", replace(after, actor_department="education")) == [
        "draw.void_same_department"
    ]
    assert codes("void", replace(after, actor_user=1)) == ["policy.same_person"]


def test_a_reading_says_every_reason_at_once():
    facts = DrawFacts(DrawState.DRAWN, DUE - SECOND, due=DUE, has_randomness=True)
    found = reading_refusals(facts, reading="1", again="2", witnesses=())
    assert [reason.code for reason in found] == [
        "draw.wrong_state",
        "draw.early",
        "draw.randomness_known",
        "draw.reading_differs",
        "draw.witness_missing",
    ]
    facts = DrawFacts(DrawState.COMMITTED, DUE, due=DUE)
    assert reading_refusals(facts, reading="1", again="1", witnesses=("王某",)) == ()
    found = reading_refusals(facts, reading="", again="", witnesses=("王某",))
    assert [reason.code for reason in found] == ["draw.reading_missing"]
    found = reading_refusals(facts, reading="1" * 401, again="1" * 401, witnesses=("王某",))
    assert [reason.code for reason in found] == ["draw.reading_long"]
