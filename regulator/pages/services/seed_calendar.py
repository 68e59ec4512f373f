"""The fictional bureau's calendar: what is shipped, and the school year it entered itself."""

from __future__ import annotations

from datetime import date, datetime

from regulator.calendars.core.school import Stage
from regulator.calendars.models import CalendarYear
from regulator.calendars.services import (
    PeriodDraft,
    add_year,
    load_shipped_calendars,
    period_entry,
    propose_change,
)
from regulator.kernel.actors import SYSTEM
from regulator.pages.services.seed_people import Staff
from regulator.processes.calendar_signing import sign_calendar_change

_SOURCE = "演示数据：虚构的区教育局校历通知"
_SCHOOL = frozenset({Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR})


def seed_calendar(staff: Staff, *, at: datetime) -> None:
    """Load the shipped years, then enter the autumn term of 2026; spring 2027 stays unknown."""
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[staff.division])
    entry = _school_year_2026(staff, at)
    if entry.periods.filter(kind="term").exists():
        return
    term = PeriodDraft(
        kind="term",
        title="第一学期",
        starts_on=date(2026, 9, 1),
        ends_before=date(2027, 1, 30),
        stages=_SCHOOL,
        term=1,
        confidence="high",
        source=_SOURCE,
    )
    change = propose_change(
        period_entry(entry, term),
        reason="收到本学年第一学期校历通知",
        actor=staff.actor("administrator"),
        at=at,
    )
    sign_calendar_change(change, actor=staff.actor("district_leader"), at=at)


def _school_year_2026(staff: Staff, at: datetime) -> CalendarYear:
    existing = CalendarYear.objects.filter(
        calendar__division=staff.division, kind="school", year=2026
    ).first()
    return existing or add_year(
        division=staff.division,
        kind="school",
        year=2026,
        source=_SOURCE,
        actor=staff.actor("administrator"),
        at=at,
    )
