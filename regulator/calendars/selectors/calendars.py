"""A division's calendar as the database has it now, and its years for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.calendars.core.coverage import (
    CoverageState,
    StageCoverage,
    worst_state,
    year_coverage,
)
from regulator.calendars.core.school import SchoolCalendar
from regulator.calendars.core.table import build_calendar
from regulator.calendars.models import (
    CalendarYear,
    DivisionCalendar,
    HolidaySpan,
    SchoolPeriod,
)
from regulator.kernel.workdays import WorkdayTable

SCHOOL = "school"
HOLIDAY = "holiday"
NOTHING_ENTERED = build_calendar((), (), known_years=frozenset())


@dataclass(frozen=True)
class YearRow:
    """A year in a list: its entry, or None where nobody entered it, and how much it covers."""

    kind: str
    year: int
    entry: CalendarYear | None
    state: CoverageState


@dataclass(frozen=True)
class SchoolYear:
    """A school year as a desk looks at it; `entry` is None where nobody entered it."""

    year: int
    entry: CalendarYear | None
    periods: tuple[SchoolPeriod, ...]
    coverage: tuple[StageCoverage, ...]
    calendar: SchoolCalendar


def school_calendar(division: str) -> SchoolCalendar:
    """The calendar of a division (six-character code); without entries it knows nothing.

    One query as long as nothing was written; the calendar is kept until its stamp changes.
    """
    row = DivisionCalendar.objects.filter(division=division).first()
    return NOTHING_ENTERED if row is None else _built(row.pk, row.stamp)


def workday_table(division: str) -> WorkdayTable:
    """The division's working days, and the years whose holiday notice is entered."""
    return school_calendar(division).workdays


@lru_cache(maxsize=128)
def _built(calendar_id: int, stamp: UUID) -> SchoolCalendar:
    del stamp  # only tells one state of the calendar from the next
    return read_calendar(calendar_id)


def read_calendar(calendar_id: int) -> SchoolCalendar:
    """The calendar of a `DivisionCalendar`, read anew; four queries.

    A holiday year that nobody signed yet is as good as not entered.
    """
    years = CalendarYear.objects.filter(
        calendar=calendar_id, kind=HOLIDAY, completed_at__isnull=False
    )
    known_years = frozenset(years.values_list("year", flat=True))
    periods = SchoolPeriod.objects.filter(entry__calendar=calendar_id).select_related("entry")
    holidays = HolidaySpan.objects.filter(
        entry__calendar=calendar_id, entry__completed_at__isnull=False
    ).select_related("entry")
    return build_calendar(
        (one.titled().period for one in periods.order_by("starts_on", "id")),
        (one.block() for one in holidays.order_by("starts_on", "id")),
        known_years=known_years,
    )


def year_entry(*, division: str, kind: str, year: int) -> CalendarYear | None:
    """The entry of a year, `kind` being school or holiday."""
    entries = CalendarYear.objects.filter(calendar__division=division, kind=kind, year=year)
    return entries.select_related("calendar").first()


def year_in(division: str, public_id: UUID | str) -> CalendarYear | None:
    """A year of a division by its public id."""
    entries = CalendarYear.objects.filter(calendar__division=division, public_id=public_id)
    return entries.select_related("calendar").first()


def school_year_of(division: str, year: int) -> SchoolYear:
    """A school year with its periods by date and what is still blank in it."""
    calendar = school_calendar(division)
    entry = year_entry(division=division, kind=SCHOOL, year=year)
    periods = () if entry is None else tuple(periods_of(entry))
    return SchoolYear(year, entry, periods, year_coverage(calendar, year), calendar)


def periods_of(entry: CalendarYear) -> QuerySet[SchoolPeriod]:
    """The terms and breaks of a school year, by date."""
    return entry.periods.select_related("entry").order_by("starts_on", "id")


def holidays_of(entry: CalendarYear) -> QuerySet[HolidaySpan]:
    """The holidays and make-up days of a calendar year, by date."""
    return entry.holidays.select_related("entry").order_by("starts_on", "id")


def period_in(division: str, public_id: UUID | str) -> SchoolPeriod | None:
    """A period of a division by its public id."""
    periods = SchoolPeriod.objects.filter(entry__calendar__division=division, public_id=public_id)
    return periods.select_related("entry__calendar").first()


def holiday_in(division: str, public_id: UUID | str) -> HolidaySpan | None:
    """A holiday or make-up block of a division by its public id."""
    spans = HolidaySpan.objects.filter(entry__calendar__division=division, public_id=public_id)
    return spans.select_related("entry__calendar").first()


def school_year_rows(division: str, *, first: int, last: int) -> list[YearRow]:
    """School years from `first`, or the earliest entered, to `last` or the latest, downwards."""
    calendar = school_calendar(division)
    entries = _entries(division, SCHOOL)
    years = _span(entries, first, last)
    return [
        YearRow(SCHOOL, year, entries.get(year), worst_state(year_coverage(calendar, year)))
        for year in years
    ]


def holiday_year_rows(division: str, *, first: int, last: int) -> list[YearRow]:
    """Calendar years from `first`, or the earliest entered, to `last` or the latest, downwards."""
    entries = _entries(division, HOLIDAY)
    years = _span(entries, first, last)
    return [YearRow(HOLIDAY, year, entries.get(year), _state_of(entries, year)) for year in years]


def _span(entries: dict[int, CalendarYear], first: int, last: int) -> range:
    """Every year down from the last one to the first, the gaps between entries included."""
    return range(max([last, *entries]), min([first, *entries]) - 1, -1)


def _entries(division: str, kind: str) -> dict[int, CalendarYear]:
    entries = CalendarYear.objects.filter(calendar__division=division, kind=kind)
    return {entry.year: entry for entry in entries.select_related("calendar")}


def _state_of(entries: dict[int, CalendarYear], year: int) -> CoverageState:
    entry = entries.get(year)
    if entry is None:
        return CoverageState.BLANK
    return CoverageState.PARTLY if entry.completed_at is None else CoverageState.ENTERED


def history_of_year(entry: CalendarYear) -> QuerySet[Event]:
    """What was done to a year and its contents, newest first."""
    return history_of(kind="calendar_year", key=str(entry.public_id))
