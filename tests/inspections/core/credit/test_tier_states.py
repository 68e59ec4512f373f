"""A proposed tier's moves against a matrix written by hand, with the days of its objection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspections.core.credit.states import MOVES, TierFacts, TierState, refusals

LAST = date(2026, 3, 16)
FACTS = TierFacts(
    state=TierState.NOTIFIED,
    today=date(2026, 3, 10),
    object_until=LAST,
    drafted_by_user=1,
    actor_user=2,
    text="理由",
)
ALLOWED = {
    ("notify", "drafted"),
    ("object", "notified"),
    ("reject", "objected"),
    ("uphold", "objected"),
    ("take_effect", "notified"),
    ("withdraw", "drafted"),
    ("withdraw", "notified"),
}


@pytest.mark.parametrize("state", ["drafted", "notified", "objected", "in_effect", "withdrawn"])
@pytest.mark.parametrize(
    "move", ["notify", "object", "reject", "uphold", "take_effect", "withdraw"]
)
def test_every_move_from_every_state(move: str, state: str) -> None:
    day = date(2026, 3, 17) if move == "take_effect" else FACTS.today
    facts = replace(FACTS, state=TierState(state), today=day)
    found = [one.code for one in refusals(MOVES[move], facts)]
    assert found == ([] if (move, state) in ALLOWED else ["tier.wrong_state"])


def test_the_last_day_still_takes_an_objection_and_no_effect() -> None:
    last = replace(FACTS, today=LAST)
    assert refusals(MOVES["object"], last) == ()
    assert [one.code for one in refusals(MOVES["take_effect"], last)] == ["tier.objection_open"]


def test_the_day_after_takes_no_objection_and_lets_it_take_effect() -> None:
    after = replace(FACTS, today=date(2026, 3, 17))
    assert [one.code for one in refusals(MOVES["object"], after)] == ["tier.objection_late"]
    assert refusals(MOVES["take_effect"], after) == ()


def test_an_objection_is_raised_once_and_has_words() -> None:
    found = refusals(MOVES["object"], replace(FACTS, text=" ", has_objection=True))
    assert [one.code for one in found] == ["tier.objection_missing", "tier.objected_already"]


def test_whoever_proposed_by_hand_does_not_let_it_out() -> None:
    facts = replace(FACTS, state=TierState.DRAFTED, actor_user=1)
    assert [one.code for one in refusals(MOVES["notify"], facts)] == ["policy.same_person"]


@pytest.mark.parametrize("move", ["reject", "uphold", "withdraw"])
def test_an_end_says_why(move: str) -> None:
    state = TierState.NOTIFIED if move == "withdraw" else TierState.OBJECTED
    found = refusals(MOVES[move], replace(FACTS, state=state, text=""))
    assert [one.code for one in found] == ["tier.answer_missing"]
