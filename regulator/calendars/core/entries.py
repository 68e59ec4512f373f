"""Why a period or a holiday may not be entered as given: every reason, by code.

The texts stand on the `choices` floor under the same codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from regulator.calendars.core.school import STAGE_GRADES, Period, PeriodKind
from regulator.calendars.core.table import MAKEUP_WORKDAY, HolidayBlock, TitledPeriod
from regulator.kernel.outcomes import Refusal

LONGEST_PERIOD_DAYS = 200
LONGEST_HOLIDAY_DAYS = 12
_SATURDAY = 5
# A notice for one year may begin in the last days of the year before (2022-12-31 for 2023).
_NOTICE_REACH = timedelta(days=14)


def period_refusals(entered: TitledPeriod, others: Sequence[TitledPeriod]) -> tuple[Refusal, ...]:
    """Every reason against a period beside the `others` of the same division."""
    return tuple(_period_faults(entered.period)) + tuple(_overlaps(entered.period, others))


def _period_faults(period: Period) -> Iterator[Refusal]:
    if period.ends_before <= period.starts_on:
        yield Refusal("calendar.dates_reversed")
    elif (period.ends_before - period.starts_on).days > LONGEST_PERIOD_DAYS:
        yield Refusal("calendar.period_too_long", {"days": LONGEST_PERIOD_DAYS})
    if not period.stages:
        yield Refusal("calendar.stages_missing")
    of_stages = {grade for stage in period.stages for grade in STAGE_GRADES[stage]}
    if period.stages and period.grades - of_stages:
        yield Refusal("calendar.grades_outside_stages")
    if period.kind == PeriodKind.TERM and period.term not in (1, 2):
        yield Refusal("calendar.term_number_missing")
    if not _within_school_year(period):
        yield Refusal("calendar.period_outside_year", {"year": period.school_year})


def _within_school_year(period: Period) -> bool:
    # Some terms begin in the last week of August, and a summer break may end in early September.
    first, last = date(period.school_year, 8, 15), date(period.school_year + 1, 9, 15)
    return first <= period.starts_on and period.ends_before <= last


def _overlaps(period: Period, others: Iterable[TitledPeriod]) -> Iterator[Refusal]:
    for other in others:
        same_rank = other.period.overrides == period.overrides
        if same_rank and _meet(period, other.period):
            yield Refusal(
                "calendar.period_overlaps",
                {
                    "title": other.title,
                    "starts_on": other.period.starts_on.isoformat(),
                    "ends_on": _last_day(other.period.ends_before),
                },
            )


def _meet(first: Period, second: Period) -> bool:
    in_time = first.starts_on < second.ends_before and second.starts_on < first.ends_before
    return in_time and bool(first.covered_grades() & second.covered_grades())


def holiday_refusals(
    entered: Sequence[HolidayBlock], others: Sequence[HolidayBlock]
) -> tuple[Refusal, ...]:
    """Every reason against the blocks of one holiday beside the `others` of the division."""
    faults: list[Refusal] = []
    for place, block in enumerate(entered):
        faults.extend(_holiday_faults(block))
        faults.extend(_holiday_overlaps(block, [*others, *entered[:place]]))
    return tuple(faults)


def _holiday_faults(block: HolidayBlock) -> Iterator[Refusal]:
    named = {"title": block.title, "day": block.starts_on.isoformat()}
    days = (block.ends_before - block.starts_on).days
    if days <= 0:
        yield Refusal("calendar.dates_reversed")
        return
    if days > LONGEST_HOLIDAY_DAYS:
        yield Refusal("calendar.holiday_too_long", {"days": LONGEST_HOLIDAY_DAYS})
    first = date(block.year, 1, 1) - _NOTICE_REACH
    last = date(block.year + 1, 1, 1) + _NOTICE_REACH
    if not (first <= block.starts_on and block.ends_before <= last):
        yield Refusal("calendar.holiday_outside_year", named | {"year": block.year})
    weekdays = [day for day in block.days() if day.weekday() < _SATURDAY]
    if block.kind == MAKEUP_WORKDAY and weekdays:
        yield Refusal("calendar.makeup_on_weekday", {"day": weekdays[0].isoformat()})


def _holiday_overlaps(block: HolidayBlock, others: Iterable[HolidayBlock]) -> Iterator[Refusal]:
    for other in others:
        if block.starts_on < other.ends_before and other.starts_on < block.ends_before:
            yield Refusal(
                "calendar.holiday_overlaps",
                {
                    "title": other.title,
                    "starts_on": other.starts_on.isoformat(),
                    "ends_on": _last_day(other.ends_before),
                },
            )


def _last_day(ends_before: date) -> str:
    return (ends_before - timedelta(days=1)).isoformat()
