"""The calendar the product ships with, read from its own file; no database."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from regulator.calendars.core.school import SchoolCalendar
from regulator.calendars.core.table import CalendarTable, calendar_of_table, read_table

_TABLE = Path(__file__).resolve().parents[1] / "data" / "school_calendar.csv"


@lru_cache(maxsize=64)
def shipped_table(division: str) -> CalendarTable:
    """The shipped rows of a division (six-character code): national holidays, its city's terms."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return read_table(csv.DictReader(file), division=division)


@lru_cache(maxsize=64)
def shipped_calendar(division: str) -> SchoolCalendar:
    """The shipped calendar of a division; elsewhere than in Chengdu it knows holidays only."""
    return calendar_of_table(shipped_table(division))
