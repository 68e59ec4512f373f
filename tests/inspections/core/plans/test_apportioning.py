"""Quotas from shares: the worked examples of docs/inspections-plan.md, and what always holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.core.plans.apportioning import (
    Demand,
    Governing,
    Measure,
    apportion,
    scaled,
    share_of,
)

SIZES = {"A": 60, "B": 30, "C": 8, "D": 2}
SHARES = {"A": 5, "B": 10, "C": 20, "D": 40}
TIERS = ("A", "B", "C", "D")
sizes_of_tiers = st.fixed_dictionaries({tier: st.integers(0, 400) for tier in TIERS})
percents = st.fixed_dictionaries({tier: st.integers(0, 100) for tier in TIERS})


def demand(
    overall: int | None = None, *, governing: Governing = Governing.TIERS, **shares: int
) -> Demand:
    return Demand(Measure.PERCENT, shares or SHARES, overall, governing)


def test_every_tier_is_rounded_up() -> None:
    found = apportion(demand(), SIZES)
    assert found.quotas == {"A": 3, "B": 3, "C": 2, "D": 1}
    assert (found.tiers_sum, found.overall, found.is_contradictory) == (9, None, False)


def test_the_whole_and_the_tiers_contradict_each_other_and_it_is_said() -> None:
    found = apportion(demand(10), SIZES)
    assert found.quotas == {"A": 3, "B": 3, "C": 2, "D": 1}
    assert (found.tiers_sum, found.overall, found.is_contradictory) == (9, 10, True)


def test_where_the_whole_governs_the_shares_are_scaled_up() -> None:
    found = apportion(demand(10, governing=Governing.OVERALL), SIZES)
    assert found.quotas == {"A": 3, "B": 4, "C": 2, "D": 1}
    assert (found.total, found.shortfall) == (10, 0)


def test_where_the_whole_governs_the_shares_are_scaled_down() -> None:
    found = apportion(demand(5, governing=Governing.OVERALL), SIZES)
    assert found.quotas == {"A": 1, "B": 2, "C": 1, "D": 1}
    assert (found.tiers_sum, found.overall, found.total) == (9, 5, 5)


def test_counts_are_taken_as_they_are_but_never_above_the_size() -> None:
    found = apportion(Demand(Measure.COUNT, {"A": 4, "D": 9}), SIZES)
    assert found.quotas == {"A": 4, "B": 0, "C": 0, "D": 2}


def test_without_any_share_the_whole_is_spread_by_size() -> None:
    found = apportion(Demand(Measure.PERCENT, {}, 10, Governing.OVERALL), SIZES)
    assert found.quotas == {"A": 5, "B": 3, "C": 1, "D": 1}


def test_what_no_tier_with_a_share_can_give_is_reported() -> None:
    found = apportion(demand(50, governing=Governing.OVERALL, D=100), SIZES)
    assert found.quotas == {"A": 0, "B": 0, "C": 0, "D": 2}
    assert (found.overall, found.shortfall) == (50, 48)


def test_fewer_places_than_tiers_go_to_the_tiers_with_more_risk() -> None:
    weights = {tier: Fraction(1) for tier in TIERS}
    assert scaled(weights, SIZES, target=2) == {"A": 0, "B": 0, "C": 1, "D": 1}


@pytest.mark.parametrize(
    ("size", "percent", "expected"),
    [(100, 5, 5), (99, 5, 5), (101, 5, 6), (1, 1, 1), (0, 100, 0), (7, 0, 0), (7, 100, 7)],
)
def test_a_share_at_and_beside_whole_numbers(size: int, percent: int, expected: int) -> None:
    assert share_of(size, percent) == expected


@given(sizes=sizes_of_tiers, shares=percents, target=st.integers(0, 400))
def test_the_sum_is_the_target_and_no_tier_is_above_its_size(
    sizes: dict[str, int], shares: dict[str, int], target: int
) -> None:
    weights = {tier: Fraction(sizes[tier] * shares[tier], 100) for tier in TIERS}
    given_out = scaled(weights, sizes, target=target)
    room = sum(size for tier, size in sizes.items() if weights[tier])
    assert sum(given_out.values()) == min(target, room)
    assert all(0 <= given_out[tier] <= sizes[tier] for tier in TIERS)


@given(sizes=sizes_of_tiers, shares=percents, target=st.integers(0, 200))
def test_a_larger_target_takes_nothing_from_any_tier(
    sizes: dict[str, int], shares: dict[str, int], target: int
) -> None:
    weights = {tier: Fraction(sizes[tier] * shares[tier], 100) for tier in TIERS}
    less = scaled(weights, sizes, target=target)
    more = scaled(weights, sizes, target=target + 1)
    assert all(less[tier] <= more[tier] for tier in TIERS)


@given(sizes=sizes_of_tiers, shares=percents, tier=st.sampled_from(TIERS))
def test_a_larger_share_never_draws_fewer_of_its_tier(
    sizes: dict[str, int], shares: dict[str, int], tier: str
) -> None:
    more = {**shares, tier: min(100, shares[tier] + 1)}
    before = apportion(Demand(Measure.PERCENT, shares), sizes).quotas[tier]
    assert before <= apportion(Demand(Measure.PERCENT, more), sizes).quotas[tier]


@given(sizes=sizes_of_tiers, shares=percents, overall=st.integers(0, 100))
def test_where_the_tiers_govern_nobody_with_a_share_is_left_out(
    sizes: dict[str, int], shares: dict[str, int], overall: int
) -> None:
    found = apportion(Demand(Measure.PERCENT, shares, overall), sizes)
    for tier in TIERS:
        assert (found.quotas[tier] >= 1) == bool(sizes[tier] and shares[tier])
