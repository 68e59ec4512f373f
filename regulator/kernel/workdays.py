"""Working-day arithmetic on years whose holiday notice is known, and honest about the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

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
