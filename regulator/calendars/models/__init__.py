"""Calendars by year, deadlines that depend on them, and dated settings."""

from regulator.calendars.models.calendar import (
    CalendarYear,
    DivisionCalendar,
    HolidaySpan,
    SchoolPeriod,
)
from regulator.calendars.models.change import CalendarChange
from regulator.calendars.models.deadline import Deadline
from regulator.calendars.models.setting import DivisionSetting

__all__ = [
    "CalendarChange",
    "CalendarYear",
    "Deadline",
    "DivisionCalendar",
    "DivisionSetting",
    "HolidaySpan",
    "SchoolPeriod",
]
