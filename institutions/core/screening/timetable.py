"""The weekly timetable a class files, and the sessions that follow from it.

Either cell may name days and times. A time applies to the days named with it, else to all days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from institutions.core.screening.clock_times import TIME_RANGE, ClockRange, range_of
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.remembering import remembered
from institutions.core.screening.rows import Session
from institutions.core.screening.weekdays import (
    EVERY_WORKDAY,
    WEEKDAY_GROUP,
    days_of_group,
    take_exceptions,
    take_holidays,
    with_prefix,
)
from regulator.kernel.workdays import WorkdayTable

_TOKEN = re.compile(rf"(?P<days>{WEEKDAY_GROUP})|(?P<time>{TIME_RANGE})")
_NOT_EVERY_WEEK = re.compile(r"隔周|单周|双周|单双|隔日|隔天|轮流|待定|另行|不定|不固定|待通知")
# Classes that run longer, or more often, are rare, and their sessions are many.
_USUAL_DAYS, _USUAL_SLOTS = 200, 7
_NO_TIMES: set[tuple[int, int]] = set()
_LATE_DAY = re.compile(r"晚上|下午|傍晚|晚")
_EARLY_DAY = re.compile(r"早|上午|中午")
_ANY_HALF = re.compile(r"[早晚午夜晨]|[ap]m")
_CLOCKISH = re.compile(r"\d\s*[:.]\s*\d|\d\s*[点时]")


@dataclass(frozen=True)
class WeeklySlot:
    """A time on a day of the week (0-6, or EVERY_WORKDAY)."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class Timetable:
    """The slots read from both cells, with the header of each cell that could not be read.

    `skips_holidays`: the cells say that no class meets on statutory holidays (节假日除外).
    """

    slots: tuple[WeeklySlot, ...]
    unreadable: tuple[str, ...] = ()
    skips_holidays: bool = False


@dataclass(frozen=True)
class _Part:
    days: frozenset[int]
    ranges: tuple[ClockRange, ...]


@remembered
def read_timetable(weekday_text: str, time_text: str) -> Timetable:
    """The weekly slots of 上课星期 and 上课时间, in any spelling."""
    # Runs of blanks say nothing, and would cost the patterns a scan from each of them.
    folded = [" ".join(fold_text(text).split()) for text in (weekday_text, time_text)]
    folded = [with_prefix(folded[0]), _with_half(*folded)]
    parts: list[_Part] = []
    unreadable: list[str] = []
    taken: set[int] = set()
    skips_holidays = False
    for header, text in zip(("上课星期", "上课时间"), folded, strict=True):
        kept, without_holidays = take_holidays(text)
        skips_holidays = skips_holidays or without_holidays
        kept, exceptions = take_exceptions(kept)
        taken |= exceptions
        found = _parts_of(kept)
        if found is None:
            unreadable.append(header)
        else:
            parts.extend(found)
    slots, missing = _slots_of(parts, frozenset(taken))
    unreadable.extend(header for header in missing if header not in unreadable)
    return Timetable(slots, tuple(unreadable), skips_holidays)


def _with_half(weekday_text: str, time_text: str) -> str:
    """The time cell with the half of the day that the other cell names (周五晚上; 6:30-8:00)."""
    half = _LATE_DAY.search(weekday_text)
    named = _ANY_HALF.search(time_text) or _EARLY_DAY.search(weekday_text)
    return time_text if half is None or named else f"{half[0]}{time_text}"


def _parts_of(text: str) -> list[_Part] | None:
    """Days and times in the order they stand, each time with its days; None when unreadable."""
    if _NOT_EVERY_WEEK.search(text):
        return None
    tokens = list(_TOKEN.finditer(text))
    if _CLOCKISH.search(_TOKEN.sub(" ", text)):
        return None
    ordered = _days_first(tokens)
    parts: list[_Part] = []
    days: frozenset[int] = frozenset()
    ranges: list[ClockRange] = []
    for token in ordered:
        if token["days"] is not None:
            if ranges:
                parts.append(_Part(days, tuple(ranges)))
                days, ranges = frozenset(), []
            days |= days_of_group(token["days"])
            continue
        clock = range_of(token)
        if clock is None:
            return None
        ranges.append(clock)
    if days or ranges:
        parts.append(_Part(days, tuple(ranges)))
    return parts


def _days_first(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Turns `18:30-20:00（周二）` around, when a text names every time before its days."""
    if not tokens or tokens[0]["days"] is not None or tokens[-1]["days"] is None:
        return tokens
    ordered: list[re.Match[str]] = []
    times: list[re.Match[str]] = []
    days: list[re.Match[str]] = []
    for token in tokens:
        if token["days"] is None and days:
            ordered, times, days = [*ordered, *days, *times], [], []
        (days if token["days"] is not None else times).append(token)
    return [*ordered, *days, *times]


def _slots_of(
    parts: Iterable[_Part], taken: frozenset[int]
) -> tuple[tuple[WeeklySlot, ...], tuple[str, ...]]:
    parts = list(parts)
    named = frozenset[int]().union(*(part.days for part in parts)) - taken
    timed = frozenset[int]().union(*(part.days for part in parts if part.ranges)) - taken
    if not named:
        return (), ("上课星期",)
    slots: set[WeeklySlot] = set()
    for part in parts:
        days = (part.days - taken) if part.days else named
        for clock in part.ranges:
            slots |= {WeeklySlot(day, clock.start_minute, clock.end_minute) for day in days}
    for_all = any(part.ranges and not part.days for part in parts)
    if not slots or not (for_all or named <= timed):
        return (), ("上课时间",)
    return tuple(sorted(slots, key=lambda one: (one.weekday, one.start_minute))), ()


def sessions_between(
    slots: tuple[WeeklySlot, ...], *, starts_on: date, ends_on: date, workdays: WorkdayTable
) -> tuple[Session, ...]:
    """The sessions of the slots from `starts_on` to `ends_on`, both included, in order."""
    usual = (ends_on - starts_on).days <= _USUAL_DAYS and len(slots) <= _USUAL_SLOTS
    find = _kept_sessions if usual else _sessions_between
    return find(slots, starts_on, ends_on, workdays)


def _sessions_between(
    slots: tuple[WeeklySlot, ...], starts_on: date, ends_on: date, workdays: WorkdayTable
) -> tuple[Session, ...]:
    by_weekday: dict[int, set[tuple[int, int]]] = {}
    for slot in slots:
        by_weekday.setdefault(slot.weekday, set()).add((slot.start_minute, slot.end_minute))
    every_workday = by_weekday.get(EVERY_WORKDAY, set())
    sessions: list[Session] = []
    for offset in range((ends_on - starts_on).days + 1):
        day = starts_on + timedelta(days=offset)
        times = by_weekday.get(day.weekday(), _NO_TIMES)
        if every_workday and workdays.is_workday(day):
            times = times | every_workday
        if times:
            sessions.extend(Session(day, start, end) for start, end in sorted(times))
    return tuple(sessions)


_kept_sessions = lru_cache(maxsize=1_024)(_sessions_between)
