"""The months of a school year as weeks of cells, ready to be drawn."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from regulator.calendars.core.school import SchoolCalendar, Stage, StageDay

_MONDAY_FIRST = Calendar(firstweekday=0)
_SATURDAY = 5


@dataclass(frozen=True)
class Lane:
    """One stage's strip through a day."""

    stage: Stage
    day: StageDay


@dataclass(frozen=True)
class DayCell:
    """A day: is it worked, which holiday, and what each stage does."""

    day: date
    workday: bool
    weekend: bool
    notice_known: bool
    holiday: str
    makeup: bool
    lanes: tuple[Lane, ...]


Week = tuple[DayCell | None, ...]


@dataclass(frozen=True)
class MonthPicture:
    """A month as weeks that begin on Monday; days of other months are None."""

    year: int
    month: int
    weeks: tuple[Week, ...]


def month_picture(calendar: SchoolCalendar, *, year: int, month: int) -> MonthPicture:
    """One month of a calendar."""
    weeks = _MONDAY_FIRST.monthdatescalendar(year, month)
    return MonthPicture(
        year,
        month,
        tuple(
            tuple(_cell(calendar, day) if day.month == month else None for day in week)
            for week in weeks
        ),
    )


def school_year_picture(calendar: SchoolCalendar, school_year: int) -> tuple[MonthPicture, ...]:
    """The twelve months from September of `school_year` to the next August."""
    months = [(school_year + (n >= 12), n % 12 + 1) for n in range(8, 20)]
    return tuple(month_picture(calendar, year=year, month=month) for year, month in months)


def _cell(calendar: SchoolCalendar, day: date) -> DayCell:
    holiday = calendar.holiday(day)
    return DayCell(
        day=day,
        workday=calendar.workdays.is_workday(day),
        weekend=day.weekday() >= _SATURDAY,
        notice_known=holiday.known,
        holiday=holiday.name or "",
        makeup=holiday.makeup,
        lanes=tuple(Lane(stage, calendar.stage_day(day, stage)) for stage in Stage),
    )
