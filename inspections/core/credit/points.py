"""From dated facts to points, from points to a tier: every point says what it rests on.

A fact counts for a window of months from its day and for its own weight on that day; nothing is
counted twice. Points are deductions: the more, the worse the tier. The thresholds follow the shape
of 天津市校外培训机构信用管理办法 (2022): up to 20 of 1000 deducted is A, up to 50 B, up to 100 C.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PointKind(StrEnum):
    """What a point comes from; with the grade it names its weight."""

    FINDING = "finding"
    COMPLAINT = "complaint"
    ANNUAL_CHECK = "annual_check"
    ESCROW_WARNING = "escrow_warning"


@dataclass(frozen=True)
class CreditFact:
    """Something that counts: `reference` makes it one fact however often it is handed in.

    `weight_code` names the setting that weighs it; `basis` is what it rests on, as printed.
    """

    kind: PointKind
    reference: str
    happened_on: date
    weight_code: str
    basis: str
    text: str


@dataclass(frozen=True)
class CreditPoint:
    """A fact with its weight and the first day on which it no longer counts."""

    fact: CreditFact
    points: int
    expires_on: date


@dataclass(frozen=True)
class Thresholds:
    """From how many points a tier begins; below `b_from` is A."""

    b_from: int
    c_from: int
    d_from: int


@dataclass(frozen=True)
class Assessment:
    """The tier that the facts give, "" where nothing is known of the institution in the window."""

    tier: str
    total: int
    points: tuple[CreditPoint, ...]


def months_later(day: date, months: int) -> date:
    """The same day so many months on (or back), or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def points_of(
    facts: Iterable[CreditFact], weights: Mapping[str, int], *, on: date, months: int
) -> tuple[CreditPoint, ...]:
    """The points that count on a day, the earliest first; each reference of a kind once."""
    seen: dict[tuple[PointKind, str], CreditFact] = {}
    for fact in sorted(facts, key=lambda one: (one.happened_on, one.reference)):
        seen.setdefault((fact.kind, fact.reference), fact)
    found = []
    for fact in seen.values():
        expires_on = months_later(fact.happened_on, months)
        if fact.happened_on <= on < expires_on and weights[fact.weight_code]:
            found.append(CreditPoint(fact, weights[fact.weight_code], expires_on))
    return tuple(found)


def tier_for(total: int, thresholds: Thresholds) -> str:
    """The tier of a sum of points."""
    if total >= thresholds.d_from:
        return "D"
    if total >= thresholds.c_from:
        return "C"
    return "B" if total >= thresholds.b_from else "A"


def assess(
    facts: Iterable[CreditFact],
    weights: Mapping[str, int],
    thresholds: Thresholds,
    *,
    on: date,
    months: int,
    is_known: bool,
) -> Assessment:
    """The tier on a day. `is_known`: something was looked at in the window (a visit, a check).

    Nobody is graded A because nobody looked: without points and without a look it stays open.
    """
    points = points_of(facts, weights, on=on, months=months)
    total = sum(one.points for one in points)
    known = is_known or bool(points)
    return Assessment(tier_for(total, thresholds) if known else "", total, points)
