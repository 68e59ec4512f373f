"""Dated limits: what a division allowed on a day, and the article that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from institutions.core.screening.rows import Category
from regulator.kernel.legal import LegalBasis


class LimitKey(StrEnum):
    """The name of a limit; its unit ends the name."""

    OFFLINE_END = "offline_end_minute"
    LIVE_END = "live_end_minute"
    SCHOOL_HOURS_START = "school_hours_start_minute"
    SCHOOL_HOURS_END = "school_hours_end_minute"
    LIVE_LESSON = "live_lesson_minutes_max"
    LIVE_GAP = "live_gap_minutes_min"
    SENIOR_ALIKE = "senior_high_alike"
    FEE_SPAN = "fee_span_months_max"
    FEE_LESSONS = "fee_lessons_max"
    FEE_TOTAL = "fee_total_fen_max"
    FEE_EARLY = "fee_early_months_max"


@dataclass(frozen=True)
class Limit:
    """A value for a category (None: every one), in force as its basis is; times are minutes."""

    key: LimitKey
    value: int
    category: Category | None
    basis: LegalBasis


class Limits:
    """A division's limits by key. One without any row is missing: a rule then cannot decide.

    Of two that bind the same day, the one given first holds.
    """

    def __init__(self, limits: Iterable[Limit]) -> None:
        by_key: dict[LimitKey, list[Limit]] = {}
        for limit in limits:
            by_key.setdefault(limit.key, []).append(limit)
        self._by_key: Mapping[LimitKey, list[Limit]] = by_key

    def __iter__(self) -> Iterator[Limit]:
        for limits in self._by_key.values():
            yield from limits

    def has(self, key: LimitKey) -> bool:
        """Whether the division has any such limit, of any date."""
        return key in self._by_key

    def on(self, key: LimitKey, day: date, category: Category) -> Limit | None:
        """The limit that bound a fact of that day, or None when none did."""
        for limit in self._by_key.get(key, ()):
            if limit.category in (None, category) and limit.basis.in_force_on(day):
                return limit
        return None
