"""The tables, calendar and settings that a trial compares: those in force, and those proposed."""

from __future__ import annotations

from datetime import date, datetime

from institutions.core.screening.engine import ScreeningContext
from institutions.models import ScreeningTrial
from institutions.selectors.filings_screening import Grounds, local_day, screening_context
from institutions.selectors.rechecks_screening import version_by_key
from regulator.calendars.models import CalendarChange
from regulator.calendars.selectors.changes import change_in
from regulator.calendars.services.changes import effect_of_change


def trial_contexts(
    trial: ScreeningTrial, at: datetime
) -> tuple[ScreeningContext, ScreeningContext | None] | None:
    """What is in force, and the same with what the trial tries.

    That is a table's version before all others of its kind, or a change of the calendar or a
    setting as if it were signed. The second is None where the trial tries neither; all is None
    where it is gone. Raises Refused where the change could not be signed any more.
    """
    division, on = trial.division_id, local_day(at)
    now = screening_context(division, on)
    if not trial.table_key:
        return now, None
    version = version_by_key(division, trial.table_key)
    if version is not None:
        return now, screening_context(division, on, proposed=version)
    change = change_in(division, trial.table_key)
    if change is None:
        return None
    return now, _as_if_signed(change, on, at)


def _as_if_signed(change: CalendarChange, on: date, at: datetime) -> ScreeningContext:
    if change.state == "signed":
        return screening_context(change.division, on)
    effect = effect_of_change(change, at=at)
    grounds = Grounds(effect.calendar, effect.settings)
    return screening_context(change.division, on, grounds=grounds)
