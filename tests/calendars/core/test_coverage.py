"""What of a school year is entered."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.calendars.core.coverage import (
    CoverageState,
    UnknownSpan,
    stage_coverage,
    worst_state,
    year_coverage,
)
from regulator.calendars.core.school import Confidence, Period, SchoolCalendar, Stage
from regulator.kernel.workdays import WorkdayTable

NO_HOLIDAYS = WorkdayTable(frozenset(), frozenset(), frozenset())
EVERY_STAGE = frozenset(Stage)


def whole_year(
    *, gap_days: int = 0, confidence: str = Confidence.HIGH, stages: frozenset[Stage] = EVERY_STAGE
) -> SchoolCalendar:
    """A year in two periods with a gap between them."""
    second = date.fromordinal(date(2026, 2, 1).toordinal() + gap_days)
    first_half = Period(
        "term", stages, date(2025, 9, 1), date(2026, 2, 1), 2025, 1, confidence, "通知"
    )
    second_half = Period("term", stages, second, date(2026, 9, 1), 2025, 2, Confidence.HIGH, "通知")
    return SchoolCalendar((first_half, second_half), NO_HOLIDAYS, {})


@pytest.mark.parametrize(
    ("gap_days", "state"), [(0, "entered"), (4, "entered"), (5, "partly"), (30, "partly")]
)
def test_a_gap_of_more_than_four_days_leaves_the_year_in_part(gap_days, state):
    found = stage_coverage(whole_year(gap_days=gap_days), 2025, Stage.JUNIOR)
    assert (str(found.state), found.unknown_days) == (state, gap_days)


def test_the_blank_days_are_named():
    (span,) = stage_coverage(whole_year(gap_days=30), 2025, Stage.JUNIOR).spans
    assert span == UnknownSpan(date(2026, 2, 1), date(2026, 3, 3))
    assert (span.days, span.ends_on) == (30, date(2026, 3, 2))


def test_a_year_with_computed_dates_is_doubtful():
    calendar = whole_year(confidence=Confidence.LOW)
    assert stage_coverage(calendar, 2025, Stage.JUNIOR).state == CoverageState.DOUBTFUL


def test_a_year_nobody_entered_is_blank_to_its_last_day():
    found = stage_coverage(whole_year(), 2026, Stage.JUNIOR)
    assert (found.state, found.unknown_days) == (CoverageState.BLANK, 365)


def test_one_blank_stage_leaves_the_year_in_part_and_all_four_leave_it_blank():
    without_preschool = whole_year(stages=EVERY_STAGE - {Stage.PRESCHOOL})
    assert worst_state(year_coverage(without_preschool, 2025)) == CoverageState.PARTLY
    assert worst_state(year_coverage(without_preschool, 2026)) == CoverageState.BLANK
    assert worst_state(year_coverage(whole_year(), 2025)) == CoverageState.ENTERED
