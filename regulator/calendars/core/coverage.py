"""What of a school year is entered, stage by stage, and what is still blank or doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from regulator.calendars.core.school import Confidence, SchoolCalendar, Stage

_ONE_DAY = timedelta(days=1)
# Between the last day of a break and the first of a term lies at most a weekend of registration.
_GAP_DAYS = 4


class CoverageState(StrEnum):
    """How much of a year is known: all of it, all but doubtful, part, nothing."""

    ENTERED = "entered"
    DOUBTFUL = "doubtful"
    PARTLY = "partly"
    BLANK = "blank"


@dataclass(frozen=True)
class UnknownSpan:
    """Days in a row that nobody entered, half-open."""

    starts_on: date
    ends_before: date

    @property
    def ends_on(self) -> date:
        """Its last day, as people say it."""
        return self.ends_before - _ONE_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_before - self.starts_on).days


@dataclass(frozen=True)
class StageCoverage:
    """One stage of one school year; `spans` leaves out gaps of up to four days."""

    stage: Stage
    state: CoverageState
    unknown_days: int
    spans: tuple[UnknownSpan, ...]


def school_year_range(school_year: int) -> tuple[date, date]:
    """The usual school year, 1 September to the day before the next one, half-open."""
    return date(school_year, 9, 1), date(school_year + 1, 9, 1)


def stage_coverage(calendar: SchoolCalendar, school_year: int, stage: Stage) -> StageCoverage:
    """How much of a school year is entered for a stage."""
    starts_on, ends_before = school_year_range(school_year)
    spans = tuple(_unknown_spans(calendar, stage, starts_on, ends_before))
    unknown_days = sum(span.days for span in spans)
    long_spans = tuple(span for span in spans if span.days > _GAP_DAYS)
    if unknown_days == (ends_before - starts_on).days:
        state = CoverageState.BLANK
    elif long_spans:
        state = CoverageState.PARTLY
    elif _is_doubtful(calendar, stage, starts_on, ends_before):
        state = CoverageState.DOUBTFUL
    else:
        state = CoverageState.ENTERED
    return StageCoverage(stage, state, unknown_days, long_spans)


def year_coverage(calendar: SchoolCalendar, school_year: int) -> tuple[StageCoverage, ...]:
    """Every stage of a school year, in order of age."""
    return tuple(stage_coverage(calendar, school_year, stage) for stage in Stage)


def worst_state(coverages: tuple[StageCoverage, ...]) -> CoverageState:
    """The state of a whole year: blank only when every stage is."""
    states = {one.state for one in coverages}
    if states == {CoverageState.BLANK}:
        return CoverageState.BLANK
    if states & {CoverageState.BLANK, CoverageState.PARTLY}:
        return CoverageState.PARTLY
    if CoverageState.DOUBTFUL in states:
        return CoverageState.DOUBTFUL
    return CoverageState.ENTERED


def _days(starts_on: date, ends_before: date) -> Iterator[date]:
    return (starts_on + timedelta(days=n) for n in range((ends_before - starts_on).days))


def _unknown_spans(
    calendar: SchoolCalendar, stage: Stage, starts_on: date, ends_before: date
) -> Iterator[UnknownSpan]:
    begun: date | None = None
    for day in _days(starts_on, ends_before):
        known = calendar.stage_day(day, stage).is_known
        if begun is None and not known:
            begun = day
        elif begun is not None and known:
            yield UnknownSpan(begun, day)
            begun = None
    if begun is not None:
        yield UnknownSpan(begun, ends_before)


def _is_doubtful(
    calendar: SchoolCalendar, stage: Stage, starts_on: date, ends_before: date
) -> bool:
    answers = (calendar.stage_day(day, stage) for day in _days(starts_on, ends_before))
    return any(one.is_known and one.confidence == Confidence.LOW for one in answers)
