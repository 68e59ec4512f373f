"""Points: when a fact begins and ceases to count, once each, and the tier they give."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.core.credit.points import (
    CreditFact,
    PointKind,
    Thresholds,
    assess,
    months_later,
    points_of,
    tier_for,
)

LIMITS = Thresholds(b_from=21, c_from=51, d_from=101)
WEIGHTS = {"complaint": 20, "key": 15, "nothing": 0}


def fact(
    reference: str = "T-1", on: date = date(2026, 3, 15), code: str = "complaint"
) -> CreditFact:
    return CreditFact(PointKind.COMPLAINT, reference, on, code, "依据", "情况")


@pytest.mark.parametrize(
    ("total", "tier"),
    [(0, "A"), (20, "A"), (21, "B"), (50, "B"), (51, "C"), (100, "C"), (101, "D"), (999, "D")],
)
def test_a_tier_begins_at_its_threshold(total: int, tier: str) -> None:
    assert tier_for(total, LIMITS) == tier


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2026, 3, 14), 0),
        (date(2026, 3, 15), 1),
        (date(2027, 3, 14), 1),
        (date(2027, 3, 15), 0),
    ],
)
def test_a_fact_counts_from_its_day_for_the_window(on: date, count: int) -> None:
    assert len(points_of([fact()], WEIGHTS, on=on, months=12)) == count


def test_one_reference_counts_once_and_by_its_first_day() -> None:
    again = [fact(on=date(2026, 5, 1)), fact(), fact("T-2")]
    found = points_of(again, WEIGHTS, on=date(2026, 6, 1), months=12)
    assert [(one.fact.reference, one.fact.happened_on, one.points) for one in found] == [
        ("T-1", date(2026, 3, 15), 20),
        ("T-2", date(2026, 3, 15), 20),
    ]


def test_a_weight_of_nothing_gives_no_point() -> None:
    assert points_of([fact(code="nothing")], WEIGHTS, on=date(2026, 4, 1), months=12) == ()


def test_nobody_is_an_a_because_nobody_looked() -> None:
    def tier(*, is_known: bool, facts: list[CreditFact]) -> str:
        found = assess(facts, WEIGHTS, LIMITS, on=date(2026, 4, 1), months=12, is_known=is_known)
        return found.tier

    assert tier(is_known=False, facts=[]) == ""
    assert tier(is_known=True, facts=[]) == "A"
    assert tier(is_known=False, facts=[fact(), fact("T-2")]) == "B"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
