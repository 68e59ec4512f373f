"""Writes of calendars, deadlines and settings.

What takes effect in a known calendar or a setting is proposed and signed (`changes`): the services
that carry it out are not among these names.
"""

from regulator.calendars.services.change_drafts import (
    holiday_entry,
    holiday_removal,
    period_correction,
    period_entry,
    period_removal,
    setting_change,
    shipped_years,
    year_completion,
)
from regulator.calendars.services.changes import (
    propose_change,
    send_back_change,
    sign_change,
    withdraw_change,
)
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
from regulator.calendars.services.periods import PeriodDraft
from regulator.calendars.services.shipped import load_shipped_calendars
from regulator.calendars.services.years import add_year

__all__ = [
    "HolidayDraft",
    "PeriodDraft",
    "add_year",
    "close_deadline",
    "close_deadlines",
    "enter_holidays",
    "holiday_entry",
    "holiday_removal",
    "load_shipped_calendars",
    "period_correction",
    "period_entry",
    "period_removal",
    "propose_change",
    "recompute_deadlines",
    "remove_holiday",
    "resume_deadline",
    "send_back_change",
    "setting_change",
    "shipped_years",
    "sign_change",
    "start_deadline",
    "start_deadlines",
    "stop_deadline",
    "withdraw_change",
    "year_completion",
]
