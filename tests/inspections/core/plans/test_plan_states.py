"""The plan's moves against a matrix written by hand, and what stands against a line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspections.core.plans.states import (
    MOVES,
    LineFacts,
    PlanFacts,
    PlanState,
    line_draw_reasons,
    line_refusals,
    refusals,
)

LINE = LineFacts(
    position=1,
    campaign="春季抽查",
    items=("E01",),
    shares={"A": 5},
    is_percent=True,
    overall_percent=None,
    first_month=3,
    last_month=6,
    departments=("education",),
)
FACTS = PlanFacts(
    state=PlanState.DRAFT,
    version=1,
    reason="",
    lines=(LINE,),
    submitted_by_user=1,
    actor_user=2,
    note="改",
)
ALLOWED = {
    ("submit", "draft"),
    ("send_back", "submitted"),
    ("approve", "submitted"),
    ("publish", "approved"),
    ("supersede", "published"),
}
STATES = ["draft", "submitted", "approved", "published", "superseded"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", ["submit", "send_back", "approve", "publish", "supersede"])
def test_every_move_from_every_state(move: str, state: str) -> None:
    found = [one.code for one in refusals(MOVES[move], replace(FACTS, state=PlanState(state)))]
    assert found == ([] if (move, state) in ALLOWED else ["plan.wrong_state"])


def test_whoever_submitted_does_not_approve() -> None:
    facts = replace(FACTS, state=PlanState.SUBMITTED, actor_user=1)
    assert [one.code for one in refusals(MOVES["approve"], facts)] == ["policy.same_person"]


def test_a_later_version_says_why() -> None:
    facts = replace(FACTS, version=2)
    assert [one.code for one in refusals(MOVES["submit"], facts)] == ["plan.reason_missing"]
    assert refusals(MOVES["submit"], replace(facts, reason="新增消防")) == ()


def test_a_plan_without_lines_is_not_submitted() -> None:
    found = refusals(MOVES["submit"], replace(FACTS, lines=()))
    assert [one.code for one in found] == ["plan.no_lines"]


def test_sending_back_says_what_for() -> None:
    facts = replace(FACTS, state=PlanState.SUBMITTED, note=" ")
    assert [one.code for one in refusals(MOVES["send_back"], facts)] == ["plan.note_missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"campaign": " "}, "plan.campaign_missing"),
        ({"items": ()}, "plan.items_missing"),
        ({"unpublished": ("G02",)}, "plan.item_unpublished"),
        ({"foreign_items": ("F01",)}, "plan.item_of_nobody"),
        ({"shares": {"A": 0}}, "plan.shares_missing"),
        ({"shares": {"A": 101}}, "plan.percent_above"),
        ({"overall_percent": 101}, "plan.percent_above"),
        ({"first_month": 0}, "plan.months_reversed"),
        ({"last_month": 13}, "plan.months_reversed"),
        ({"first_month": 7}, "plan.months_reversed"),
        ({"uncertified": ("science",)}, "plan.department_uncertified"),
    ],
)
def test_each_thing_that_stands_against_a_line(changes: dict[str, object], code: str) -> None:
    assert [one.code for one in line_refusals(replace(LINE, **changes))] == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"shares": {"A": 100}},
        {"shares": {}, "overall_percent": 5},
        {"shares": {"A": 101}, "is_percent": False},
        {"first_month": 6},
        {"first_month": 1, "last_month": 12},
    ],
)
def test_a_line_at_its_limits_stands(changes: dict[str, object]) -> None:
    assert line_refusals(replace(LINE, **changes)) == ()  # type: ignore[arg-type]


def test_a_draw_carries_out_a_line_of_a_published_plan_with_its_bodies_alone() -> None:
    found = line_draw_reasons(
        PlanState.APPROVED,
        planned=("education", "fire_rescue"),
        seated=("education", "health"),
        categories_alike=False,
    )
    assert [(one.code, one.params.get("department", "")) for one in found] == [
        ("plan.wrong_state", ""),
        ("plan.department_not_planned", "health"),
        ("plan.department_not_seated", "fire_rescue"),
        ("plan.other_scope", ""),
    ]
    assert (
        line_draw_reasons(
            PlanState.PUBLISHED, planned=("a", "b"), seated=("b", "a"), categories_alike=True
        )
        == ()
    )
