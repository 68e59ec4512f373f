"""The school week of a day, for the week table that a bureau may enter (进度周表)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from institutions.core.screening.tables import PaceUnit, WeekPace
from regulator.calendars.core.school import DayState, PeriodKind, SchoolCalendar

_DAYS_OF_WEEK = 7


def school_week(calendar: SchoolCalendar, day: date, grade: int) -> int:
    """The week of the term, Monday to Sunday from 1 at the term's first day; 0 outside a term."""
    answer = calendar.grade_day(day, grade)
    if answer.state != DayState.TERM:
        return 0
    begins = [
        period.starts_on
        for period in calendar.periods
        if period.kind == PeriodKind.TERM
        and (period.school_year, period.term) == (answer.school_year, answer.term)
        and grade in period.covered_grades()
    ]
    if not begins:
        return 0
    return (_monday(day) - _monday(min(begins))).days // _DAYS_OF_WEEK + 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of_unit(weeks: Iterable[WeekPace], unit: PaceUnit) -> int:
    """The week in which the district's schools begin a unit; 0 when no row speaks of it."""
    return next((row.week for row in weeks if row.speaks_of(unit)), 0)
