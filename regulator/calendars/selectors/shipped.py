"""The calendar and the settings the product ships with, read from its own files; no database."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from regulator.calendars.core.school import SchoolCalendar
from regulator.calendars.core.settings import SettingSpec, read_specs
from regulator.calendars.core.table import CalendarTable, calendar_of_table, read_table

_DATA = Path(__file__).resolve().parents[1] / "data"


@lru_cache(maxsize=64)
def shipped_table(division: str) -> CalendarTable:
    """The shipped rows of a division (six-character code): national holidays, its city's terms."""
    with (_DATA / "school_calendar.csv").open(encoding="utf-8", newline="") as file:
        return read_table(csv.DictReader(file), division=division)


@lru_cache(maxsize=64)
def shipped_calendar(division: str) -> SchoolCalendar:
    """The shipped calendar of a division; elsewhere than in Chengdu it knows holidays only."""
    return calendar_of_table(shipped_table(division))


@lru_cache(maxsize=1)
def shipped_settings() -> Mapping[str, SettingSpec]:
    """Every setting of a division by code, with its shipped default, in the table's order."""
    with (_DATA / "settings.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(read_specs(csv.DictReader(file)))
