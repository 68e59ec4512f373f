"""Terms in working days, days or months, on years whose holiday notice is known or is not."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkdayTable:
    """Statutory holidays and make-up working days, with the years that were entered."""

    holidays: frozenset[date]
    makeup_workdays: frozenset[date]
    known_years: frozenset[int]

    def is_known(self, day: date) -> bool:
        """Whether the notice for that day's year has been entered."""
        return day.year in self.known_years

    def is_workday(self, day: date) -> bool:
        """A make-up day, or a weekday that is no holiday; an unknown year counts weekdays only."""
        if day in self.makeup_workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays


@dataclass(frozen=True)
class Deadline:
    """A due date; `provisional` when its span crosses a year that is not entered."""

    due_on: date
    provisional: bool
    unknown_years: tuple[int, ...] = ()


def add_workdays(starts_on: date, workdays: int, table: WorkdayTable) -> Deadline:
    """The last day of a term of `workdays` working days that begins the day after `starts_on`.

    Source: 行政处罚法 art. 85 and 行政许可法 art. 82 count working days without holidays; the day
    of the event itself is not counted (民法典 art. 201).
    """
    day, left, unknown = starts_on, workdays, set()
    if workdays <= 0:
        unknown = set() if table.is_known(starts_on) else {starts_on.year}
    while left > 0:
        day += _ONE_DAY
        if not table.is_known(day):
            unknown.add(day.year)
        if table.is_workday(day):
            left -= 1
    return Deadline(due_on=day, provisional=bool(unknown), unknown_years=tuple(sorted(unknown)))


def workdays_between(starts_on: date, ends_on: date, table: WorkdayTable) -> int:
    """Working days after `starts_on` up to and including `ends_on`; negative when it has passed."""
    if ends_on < starts_on:
        return -workdays_between(ends_on, starts_on, table)
    span = (ends_on - starts_on).days
    return sum(table.is_workday(starts_on + timedelta(days=n)) for n in range(1, span + 1))


class Unit(StrEnum):
    """What a term is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Stop:
    """A stretch in which a term did not run, half-open; `before` None: it stands still now."""

    starts_on: date
    before: date | None


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def term_end(
    starts_on: date, amount: int, unit: Unit, table: WorkdayTable, stops: Sequence[Stop] = ()
) -> Deadline:
    """The last day of a term that begins the day after `starts_on`; stopped stretches add to it.

    A term in days or months that would end on a rest day ends on the next working day. A stop that
    still lasts adds nothing yet. Source: 民法典 art. 201 to 203.
    """
    still = [(stop.starts_on, stop.before) for stop in stops if stop.before is not None]
    if unit is Unit.WORKDAYS:
        added = sum(_workdays_of(first, before, table) for first, before in still)
        return add_workdays(starts_on, amount + added, table)
    whole = add_months(starts_on, amount) if unit is Unit.MONTHS else starts_on + _ONE_DAY * amount
    day = whole + sum(((before - first) for first, before in still), timedelta())
    while not table.is_workday(day):
        day += _ONE_DAY
    unknown = tuple(
        year for year in range(starts_on.year, day.year + 1) if year not in table.known_years
    )
    is_provisional = not table.is_known(day)
    return Deadline(day, is_provisional, unknown if is_provisional else ())


def _workdays_of(first: date, before: date, table: WorkdayTable) -> int:
    return sum(table.is_workday(first + timedelta(days=n)) for n in range((before - first).days))
