"""Writes of calendars, deadlines and settings."""

from regulator.calendars.services.deadlines import (
    close_deadline,
    close_deadlines,
    recompute_deadlines,
    resume_deadline,
    start_deadline,
    start_deadlines,
    stop_deadline,
)
from regulator.calendars.services.holidays import HolidayDraft, enter_holidays, remove_holiday
from regulator.calendars.services.periods import (
    PeriodDraft,
    change_period,
    enter_period,
    remove_period,
)
from regulator.calendars.services.settings import set_setting
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.calendars.services.years import add_year, complete_year

__all__ = [
    "HolidayDraft",
    "PeriodDraft",
    "add_year",
    "change_period",
    "close_deadline",
    "close_deadlines",
    "complete_year",
    "enter_holidays",
    "enter_period",
    "load_shipped_calendars",
    "recompute_deadlines",
    "remove_holiday",
    "remove_period",
    "resume_deadline",
    "set_setting",
    "start_deadline",
    "start_deadlines",
    "stop_deadline",
]
