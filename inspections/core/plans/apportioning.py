"""From shares per credit tier and an overall share to whole premises: always rounding up.

The published rule (docs/inspections-plan.md): a tier's share of its size is rounded up, so a tier
with anybody in it and a share above nothing is never left out. Where the overall share governs,
all shares are scaled by one factor until, each rounded up, they add up to the overall number: the
divisor method with rounding up (J. Q. Adams). It keeps the sum, never takes more of a tier than
there is, and a larger overall number never takes anything from a tier; largest remainders would
not promise the last (the Alabama paradox).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

RISK_ORDER = "DCBA"  # where two tiers have the same claim, the one with more risk goes first
_WHOLE = 100


class Measure(StrEnum):
    """What a tier's number means: per cent of its size, or a count."""

    PERCENT = "percent"
    COUNT = "count"


class Governing(StrEnum):
    """Which of two contradicting demands holds; the plan says it, and it is published."""

    TIERS = "tiers"
    OVERALL = "overall"


@dataclass(frozen=True)
class Demand:
    """What a plan line asks for: `shares` by tier in `measure`, `overall_percent` of everything.

    `overall_percent` None: nothing is asked of the whole.
    """

    measure: Measure
    shares: Mapping[str, int]
    overall_percent: int | None = None
    governing: Governing = Governing.TIERS


@dataclass(frozen=True)
class Apportioned:
    """The quotas by tier, and what both demands come to.

    `tiers_sum` is what the tiers ask for, each rounded up; `overall` what the whole asks for,
    rounded up, None where it asks for nothing; `shortfall` what no tier with a share could give.
    """

    quotas: Mapping[str, int]
    by_tier: Mapping[str, int]
    tiers_sum: int
    overall: int | None
    shortfall: int

    @property
    def is_contradictory(self) -> bool:
        """Whether the tiers and the whole ask for different numbers."""
        return self.overall is not None and self.overall != self.tiers_sum

    @property
    def total(self) -> int:
        """How many are drawn."""
        return sum(self.quotas.values())


def share_of(size: int, percent: int) -> int:
    """A per cent of a size, rounded up, never above the size."""
    return min(size, -(-size * percent // _WHOLE))


def apportion(demand: Demand, sizes: Mapping[str, int]) -> Apportioned:
    """The quotas that a demand gives for tiers of these sizes; tiers without a share get none."""
    by_tier = {tier: _own(demand, tier, size) for tier, size in sizes.items()}
    tiers_sum = sum(by_tier.values())
    overall = None
    if demand.overall_percent is not None:
        overall = share_of(sum(sizes.values()), demand.overall_percent)
    if overall is None or demand.governing is Governing.TIERS:
        return Apportioned(by_tier, by_tier, tiers_sum, overall, 0)
    quotas = scaled(_weights(demand, sizes), sizes, target=overall)
    return Apportioned(quotas, by_tier, tiers_sum, overall, overall - sum(quotas.values()))


def scaled(
    weights: Mapping[str, Fraction], sizes: Mapping[str, int], *, target: int
) -> dict[str, int]:
    """`target` premises handed out one by one by the divisor method with rounding up.

    The next goes to the tier with the largest weight per premises it already has; a tier without
    any comes first. A tier without a weight gets nothing; a full tier gets no more.
    """
    given = dict.fromkeys(sizes, 0)
    for _place in range(target):
        open_tiers = [tier for tier in sizes if weights.get(tier) and given[tier] < sizes[tier]]
        if not open_tiers:
            break
        given[max(open_tiers, key=lambda tier: _claim(weights[tier], given[tier], tier))] += 1
    return given


def _claim(weight: Fraction, given: int, tier: str) -> tuple[bool, Fraction, int]:
    has_none = given == 0
    risk = -RISK_ORDER.index(tier) if tier in RISK_ORDER else -len(RISK_ORDER)
    # Among tiers that have none the one with more risk goes first, whatever its weight.
    return has_none, Fraction(0) if has_none else weight / given, risk


def _own(demand: Demand, tier: str, size: int) -> int:
    share = demand.shares.get(tier, 0)
    return min(size, share) if demand.measure is Measure.COUNT else share_of(size, share)


def _weights(demand: Demand, sizes: Mapping[str, int]) -> dict[str, Fraction]:
    """What each tier claims before rounding; without any share all premises claim alike."""
    found = {
        tier: Fraction(min(size, demand.shares.get(tier, 0)))
        if demand.measure is Measure.COUNT
        else Fraction(size * demand.shares.get(tier, 0), _WHOLE)
        for tier, size in sizes.items()
    }
    if any(found.values()):
        return found
    return {tier: Fraction(size) for tier, size in sizes.items()}
