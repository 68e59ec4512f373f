"""Reads of calendars, deadlines and settings. The module `shipped` needs no database."""

from regulator.calendars.selectors.calendars import school_calendar, workday_table
from regulator.calendars.selectors.deadlines import (
    deadline_of,
    open_deadlines,
    provisional_deadlines,
    workdays_left,
)
from regulator.calendars.selectors.settings import division_settings

__all__ = [
    "deadline_of",
    "division_settings",
    "open_deadlines",
    "provisional_deadlines",
    "school_calendar",
    "workday_table",
    "workdays_left",
]
