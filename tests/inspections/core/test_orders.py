"""An order's moves against a matrix written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspections.core.orders import (
    MOVES,
    MemberFact,
    OrderFacts,
    OrderKind,
    OrderState,
    TargetFact,
    draft_refusals,
    order_number,
    refusals,
)

FIRST, AFTER = date(2026, 3, 10), date(2026, 3, 15)


def member(number: int, **changes: object) -> MemberFact:
    values = MemberFact(number, f"检查员{number}", "education", "1", date(2024, 1, 1), AFTER)
    return replace(values, **changes)  # type: ignore[arg-type]


FACTS = OrderFacts(
    kind=OrderKind.PATROL,
    state=OrderState.DRAFTED,
    today=FIRST,
    title="巡查",
    basis="校外培训行政处罚暂行办法",
    reference="",
    starts_on=FIRST,
    ends_before=AFTER,
    departments=("education",),
    targets=(TargetFact("P000001", "one", "1"),),
    members=(member(1), member(2)),
    publishing=frozenset({"education"}),
    certified=frozenset({"education"}),
    drafted_by_user=1,
    actor_user=2,
    reason="不再需要",
)
ALLOWED = {
    ("approve", "drafted"),
    ("start", "approved"),
    ("end", "running"),
    ("withdraw", "drafted"),
    ("withdraw", "approved"),
}


@pytest.mark.parametrize("state", ["drafted", "approved", "running", "ended", "withdrawn"])
@pytest.mark.parametrize("move", ["approve", "start", "end", "withdraw"])
def test_every_move_from_every_state(move: str, state: str) -> None:
    found = [one.code for one in refusals(MOVES[move], replace(FACTS, state=OrderState(state)))]
    assert found == ([] if (move, state) in ALLOWED else ["order.wrong_state"])


@pytest.mark.parametrize("state", ["approved", "running", "ended", "withdrawn"])
def test_only_a_draft_is_changed(state: str) -> None:
    found = draft_refusals(replace(FACTS, state=OrderState(state)))
    assert [one.code for one in found] == ["order.wrong_state"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"is_active": False}, ["order.member_uncertified"]),
        ({"valid_from": date(2026, 3, 11)}, ["order.member_uncertified"]),
        ({"valid_before": date(2026, 3, 14)}, ["order.member_uncertified"]),
        ({"valid_from": FIRST}, []),
        ({"department": "health"}, ["order.member_of_other_department"]),
        ({"recused_from": frozenset({"one"})}, ["order.member_recused"]),
        ({"recused_from": frozenset({"two"})}, []),
        ({"recused_from": frozenset({"one"}), "team": "2"}, []),
    ],
)
def test_who_may_not_join(changes: dict[str, object], codes: list[str]) -> None:
    facts = replace(FACTS, members=(member(1, **changes),))
    assert [one.code for one in draft_refusals(facts)] == codes


def test_every_team_that_goes_out_has_two_of_every_body() -> None:
    facts = replace(
        FACTS,
        departments=("education", "health"),
        publishing=frozenset({"education", "health"}),
        certified=frozenset({"education", "health"}),
        targets=(TargetFact("P000001", "one", "1"), TargetFact("P000002", "two", "2")),
        members=(*FACTS.members, member(3, department="health"), member(4, team="2")),
    )
    found = refusals(MOVES["approve"], facts)
    assert [
        (one.params["team"], one.params["department"], one.params["count"]) for one in found
    ] == [
        ("1", "health", 1),
        ("2", "education", 1),
        ("2", "health", 0),
    ]


def test_the_last_day_may_still_begin_it_and_the_next_may_not() -> None:
    approved = replace(FACTS, state=OrderState.APPROVED)
    assert refusals(MOVES["start"], replace(approved, today=date(2026, 3, 14))) == ()
    late = refusals(MOVES["start"], replace(approved, today=AFTER))
    assert [one.code for one in late] == ["order.days_past"]


def test_a_number_says_its_series() -> None:
    made = order_number(division="510116", year=2026, kind=OrderKind.RECHECK, position=7)
    assert made == "510116-2026-R007"
