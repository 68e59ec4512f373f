"""Reads the shipped table of periods and holidays: text cells in, one calendar out.

Columns: region (`510100` serves every division that begins with 5101, `000000` the country), year
(a school year by the year it begins, or a calendar year for holidays), kind, term, title,
starts_on, ends_before (half-open), stages and grades (`|` between), overrides, source, confidence,
note. A row without both dates says that somebody looked and did not find: it enters nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from regulator.calendars.core.school import Confidence, Period, SchoolCalendar, Stage
from regulator.kernel.workdays import WorkdayTable

STATUTORY_HOLIDAY = "statutory_holiday"
MAKEUP_WORKDAY = "makeup_workday"
_HOLIDAY_KINDS = (STATUTORY_HOLIDAY, MAKEUP_WORKDAY)


@dataclass(frozen=True)
class TitledPeriod:
    """A period with the words by which the bureau's notice calls it."""

    period: Period
    title: str
    note: str


@dataclass(frozen=True)
class HolidayBlock:
    """Days in a row of one kind from one year's notice; `title` is the holiday's name."""

    kind: str
    year: int
    title: str
    starts_on: date
    ends_before: date
    source: str
    confidence: str

    def days(self) -> Iterator[date]:
        """Each day of the block."""
        span_days = (self.ends_before - self.starts_on).days
        return (self.starts_on + timedelta(days=n) for n in range(span_days))


@dataclass(frozen=True)
class CalendarTable:
    """What the table holds for one division."""

    periods: tuple[TitledPeriod, ...]
    holidays: tuple[HolidayBlock, ...]

    @property
    def holiday_years(self) -> frozenset[int]:
        """The calendar years whose notice is entered."""
        return frozenset(block.year for block in self.holidays)


def read_table(rows: Iterable[Mapping[str, str]], *, division: str) -> CalendarTable:
    """The rows that concern a division (six-character code); raises ValueError on a bad cell."""
    periods: list[TitledPeriod] = []
    holidays: list[HolidayBlock] = []
    for row in rows:
        if not (_concerns(row["region"], division) and row["starts_on"] and row["ends_before"]):
            continue
        if row["kind"] in _HOLIDAY_KINDS:
            holidays.append(_holiday_block(row))
        else:
            periods.append(TitledPeriod(_period(row), row["title"], row["note"]))
    return CalendarTable(tuple(periods), tuple(holidays))


def build_calendar(
    periods: Iterable[Period], holidays: Iterable[HolidayBlock], *, known_years: frozenset[int]
) -> SchoolCalendar:
    """One calendar of periods and holiday blocks; only `known_years` count as entered."""
    names: dict[date, str] = {}
    makeups: set[date] = set()
    for block in holidays:
        if block.kind == MAKEUP_WORKDAY:
            makeups.update(block.days())
        else:
            names.update(dict.fromkeys(block.days(), block.title))
    workdays = WorkdayTable(frozenset(names), frozenset(makeups), known_years)
    return SchoolCalendar(tuple(periods), workdays, names)


def calendar_of_table(table: CalendarTable) -> SchoolCalendar:
    """The calendar of a whole table, every year with a holiday row counting as entered."""
    periods = (one.period for one in table.periods)
    return build_calendar(periods, table.holidays, known_years=table.holiday_years)


def _concerns(region: str, division: str) -> bool:
    # GB/T 2260: a prefecture's divisions share its first four characters, local zones included.
    return division.startswith(region.rstrip("0"))


def _period(row: Mapping[str, str]) -> Period:
    return Period(
        kind=row["kind"],
        stages=frozenset(Stage(one) for one in row["stages"].split("|")),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_before=date.fromisoformat(row["ends_before"]),
        school_year=int(row["year"]),
        term=int(row["term"] or 0),
        confidence=Confidence(row["confidence"]),
        source=row["source"],
        grades=frozenset(int(one) for one in row["grades"].split("|") if one),
        overrides=row["overrides"] == "yes",
    )


def _holiday_block(row: Mapping[str, str]) -> HolidayBlock:
    return HolidayBlock(
        kind=row["kind"],
        year=int(row["year"]),
        title=row["title"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_before=date.fromisoformat(row["ends_before"]),
        source=row["source"],
        confidence=row["confidence"],
    )
