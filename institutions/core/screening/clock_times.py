"""上课时间: clock times and ranges in any punctuation, as minutes after midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from institutions.core.screening.numerals import NUMERAL_CHARS, whole_number

DAY_MINUTES = 24 * 60
_NOON_HOUR = 12
_MORNING = r"上午|早上|早晨|早|凌晨|清晨|am"
_LATER = r"中午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜晚|夜|晚|pm"
_NUMBER = rf"(?:\d{{1,2}}|[{NUMERAL_CHARS}]{{1,3}})"
_MINUTE = rf"(?:半|[一三]刻|整|{_NUMBER})"
_CLOCK = (
    r"(?P<{0}half>" + _MORNING + "|" + _LATER + r")?\s*"
    r"(?:(?P<{0}four>(?<!\d)[0-2]\d[0-5]\d(?!\d))"
    r"|(?P<{0}hour>(?<!\d)\d{{1,2}}|[" + NUMERAL_CHARS + r"]{{1,3}})\s*"
    r"(?:[:.∶︰]\s*(?P<{0}minute>\d{{1,2}})(?!\d)|[点时h]\s*钟?(?P<{0}spoken>"
    + _MINUTE.replace("{", "{{").replace("}", "}}")
    + r")?)\s*分?(?::\d\d)?)\s*(?P<{0}after>am|pm)?"
)
_RANGE = r"\s*(?:[-–—―─~〜～→]+|至|到|起至|开始[,，、]?(?:至|到)?|起[,，、](?:至|到)?)\s*"
TIME_RANGE = "(?:" + _CLOCK.format("from_") + _RANGE + r"(?:次日)?" + _CLOCK.format("to_") + ")"
_TIME_RANGE = re.compile(TIME_RANGE)
_SPOKEN = {None: 0, "": 0, "整": 0, "半": 30, "一刻": 15, "三刻": 45}


@dataclass(frozen=True)
class ClockRange:
    """A range of one day; `start_minute` < `end_minute` ≤ 1440."""

    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class _Clock:
    hour: int
    minute: int
    half: str

    def minutes(self, half: str) -> int:
        later = bool(half) and re.fullmatch(_LATER, half) is not None
        hour = self.hour + _NOON_HOUR if later and self.hour < _NOON_HOUR else self.hour
        if hour == _NOON_HOUR + _NOON_HOUR and self.minute == 0:
            return DAY_MINUTES
        return hour * 60 + self.minute


def range_of(found: re.Match[str]) -> ClockRange | None:
    """The range of a match of TIME_RANGE; None when no clock can show it or it ends first.

    An end without 上午 or 晚 takes the start's: 晚7点到9点 ends at 21:00.
    """
    start, end = _clock(found, "from_"), _clock(found, "to_")
    if start is None or end is None:
        return None
    start_minute, end_minute = start.minutes(start.half), end.minutes(end.half)
    if not end.half and end_minute <= start_minute and start.half:
        end_minute = end.minutes("pm")
    if not start.half and end.half and start.minutes(end.half) < end_minute:
        start_minute = start.minutes(end.half)
    if not start_minute < end_minute <= DAY_MINUTES:
        return None
    return ClockRange(start_minute, end_minute)


def _clock(found: re.Match[str], side: str) -> _Clock | None:
    half = found[f"{side}half"] or found[f"{side}after"] or ""
    four = found[f"{side}four"]
    hour = int(four[:2]) if four else whole_number(found[f"{side}hour"])
    minute = int(four[2:]) if four else _minute(found, side)
    if hour is None or minute is None or hour > _NOON_HOUR * 2 or minute >= 60:
        return None
    return _Clock(hour, minute, half)


def _minute(found: re.Match[str], side: str) -> int | None:
    digits, spoken = found[f"{side}minute"], found[f"{side}spoken"]
    if digits:
        return int(digits)
    return _SPOKEN[spoken] if spoken in _SPOKEN else whole_number(spoken)


def clock_ranges(text: str) -> tuple[ClockRange | None, ...]:
    """Every range in a folded text, None for one that no clock can show."""
    return tuple(range_of(found) for found in _TIME_RANGE.finditer(text))


def format_minute(minute: int) -> str:
    """`20:45` for 1245 minutes after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
