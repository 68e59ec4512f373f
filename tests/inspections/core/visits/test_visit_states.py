"""Visits: every state × move against a matrix written by hand, and every guard at its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inspections.core.visits.states import (
    VISIT_MOVES,
    PresentOfficer,
    VisitFacts,
    VisitState,
    visit_refusals,
)

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
MATRIX = {
    "approve": ("planned",),
    "arrive": ("approved",),
    "conclude": ("arrived",),
    "hinder": ("approved", "arrived"),
}


def officer(number: int, **changes: object) -> PresentOfficer:
    whole = PresentOfficer(number, "education", True, date(2024, 1, 1), date(2027, 1, 1))
    return replace(whole, **changes)  # type: ignore[arg-type]


GOOD = VisitFacts(
    state=VisitState.PLANNED,
    at=AT,
    on=TODAY,
    actor_user=7,
    planned_by_user=1,
    present=(officer(1), officer(2)),
    method="hand",
    reason="机构没有张贴许可证",
    categories=("no_problem",),
    arrived_at=AT - timedelta(hours=1),
    hindrance="closed_door",
)


def codes(name: str, facts: VisitFacts) -> list[str]:
    return [one.code for one in visit_refusals(VISIT_MOVES[name], facts)]


@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.parametrize("state", [state.value for state in VisitState])
def test_each_state_allows_exactly_the_moves_of_the_matrix(name: str, state: str) -> None:
    facts = replace(GOOD, state=VisitState(state))
    expected = [] if state in MATRIX[name] else ["visit.wrong_state"]
    assert codes(name, facts) == expected


def test_every_move_cites_what_it_rests_on() -> None:
    assert {name: move.basis.cite() for name, move in VISIT_MOVES.items()} == {
        "approve": "《关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）",
        "arrive": "《中华人民共和国行政处罚法》第四十二条",
        "conclude": "《关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）",
        "hinder": "《关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）",
    }


def test_whoever_planned_a_visit_or_goes_on_it_does_not_approve_it() -> None:
    assert codes("approve", replace(GOOD, actor_user=1)) == ["policy.same_person"]
    assert codes("approve", replace(GOOD, team_users={7})) == ["visit.approver_in_team"]


@pytest.mark.parametrize(
    ("present", "refused"),
    [
        ((), True),
        ((officer(1),), True),
        ((officer(1), officer(1)), True),
        ((officer(1), officer(2)), False),
        ((officer(1), officer(2, is_active=False)), True),
        ((officer(1), officer(2, valid_before=TODAY)), True),
        ((officer(1), officer(2, valid_before=TODAY + timedelta(days=1))), False),
        ((officer(1), officer(2, valid_from=TODAY)), False),
        ((officer(1), officer(2, valid_from=TODAY + timedelta(days=1))), True),
    ],
)
def test_two_persons_with_a_certificate_of_that_day_start_a_visit(
    present: tuple[PresentOfficer, ...], refused: bool
) -> None:
    facts = replace(GOOD, state=VisitState.APPROVED, present=present)
    assert codes("arrive", facts) == (["visit.officers_few"] if refused else [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"method": "hand", "reason": "  "}, ["visit.hand_reason_missing"]),
        ({"method": "position"}, ["visit.position_missing"]),
        ({"method": "position", "has_position": True}, []),
        ({"method": "code", "code_given": "abc"}, ["visit.code_of_another"]),
        ({"method": "code", "code_given": "abc", "codes_known": {"abc"}}, []),
        ({"method": "telepathy"}, ["visit.method_unknown"]),
    ],
)
def test_an_arrival_is_proven_in_one_of_three_ways(
    changes: dict[str, object], expected: list[str]
) -> None:
    facts = replace(GOOD, state=VisitState.APPROVED, **changes)  # type: ignore[arg-type]
    assert codes("arrive", facts) == expected


@pytest.mark.parametrize(
    ("categories", "failing", "expected"),
    [
        ((), 0, ["visit.category_missing"]),
        (("no_problem",), 0, []),
        (("no_problem", "pending"), 0, ["visit.category_excludes"]),
        (("no_problem",), 1, ["visit.category_contradicts"]),
        (("pending", "not_published"), 1, []),
        (("weather",), 0, ["visit.category_unknown"]),
    ],
)
def test_no_problem_found_excludes_every_other_result(
    categories: tuple[str, ...], failing: int, expected: list[str]
) -> None:
    facts = replace(GOOD, state=VisitState.ARRIVED, categories=categories, failing=failing)
    assert codes("conclude", facts) == expected


def test_every_item_has_an_answer_and_time_runs_forward_before_a_visit_ends() -> None:
    arrived = replace(GOOD, state=VisitState.ARRIVED)
    assert codes("conclude", replace(arrived, unanswered=1)) == ["visit.unanswered"]
    assert codes("conclude", replace(arrived, arrived_at=AT)) == []
    late = replace(arrived, arrived_at=AT + timedelta(seconds=1))
    assert codes("conclude", late) == ["visit.ends_before_arrival"]


def test_a_visit_that_could_not_take_place_says_why_and_how() -> None:
    standing = replace(GOOD, state=VisitState.APPROVED)
    assert codes("hinder", replace(standing, reason="", hindrance="rain")) == [
        "visit.hindrance_unknown",
        "visit.hindrance_reason_missing",
    ]
