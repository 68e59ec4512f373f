"""Dates as lists print them: unpadded, cut to a month or a year, or without a year at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from institutions.core.register.text import clean_value

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_ZERO = date(1899, 12, 30)
_DAY_NUMBERS = range(20_000, 73_051)
_PART = re.compile(r"\d{4}(?:\s*[-/.年]\s*(?:\d{1,2}\s*月?)?)?")


@dataclass(frozen=True)
class PrintedDate:
    """A date cell: `day` when it names one, `partial` when it names only a year or a month."""

    printed: str = ""
    day: date | None = None
    partial: bool = False
    unreadable: bool = False


def read_date(value: object) -> PrintedDate:
    """Reads a cell of a workbook or a text file; what is no date at all is `unreadable`."""
    if isinstance(value, datetime):
        return PrintedDate(printed=value.date().isoformat(), day=value.date())
    if isinstance(value, date):
        return PrintedDate(printed=value.isoformat(), day=value)
    text = clean_value(value)
    if not text:
        return PrintedDate()
    if len(text) == 5 and text.isdecimal() and int(text) in _DAY_NUMBERS:  # a sheet's day number
        day = _DAY_ZERO + timedelta(days=int(text))
        return PrintedDate(printed=text, day=day)
    match = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is not None:
        return _whole(text, match)
    partial = _PART.fullmatch(text) is not None
    return PrintedDate(printed=text, partial=partial, unreadable=not partial)


def _whole(text: str, match: re.Match[str]) -> PrintedDate:
    year, month, day = (int(part) for part in match.groups()[:3])
    try:
        return PrintedDate(printed=text, day=date(year, month, day))
    except ValueError:
        return PrintedDate(printed=text, unreadable=True)
