"""The shipped calendar goes into a division's own tables, where nobody entered a year yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.selectors.people import divisions_on
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.core.table import CalendarTable, HolidayBlock, TitledPeriod
from regulator.calendars.models import (
    CalendarYear,
    DivisionCalendar,
    HolidaySpan,
    SchoolPeriod,
)
from regulator.calendars.selectors.calendars import HOLIDAY, SCHOOL, read_calendar
from regulator.calendars.selectors.shipped import shipped_table
from regulator.calendars.services.deadlines import recounted
from regulator.calendars.services.locks import lock_calendar, renew_stamp
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest


def load_shipped_calendars(
    *, actor: Actor, at: datetime, divisions: Sequence[str] | None = None
) -> int:
    """Enter the shipped years that a division does not have; returns how many years were added.

    For the divisions named, else for every division valid on that day; one transaction each. A
    year that a bureau entered is left as it is, so that a second load changes nothing. At a
    desk by a second person's signature (`changes.sign_change`).
    """
    named = divisions
    if named is None:
        named = list(divisions_on(at.date()).values_list("code", flat=True))
    return sum(_load_one(division, actor, at) for division in named)


def _load_one(division: str, actor: Actor, at: datetime) -> int:
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    table = shipped_table(division)
    with transaction.atomic():
        calendar = lock_calendar(division)
        years = _add_missing_years(calendar, table, at)
        if not years:
            return 0
        SchoolPeriod.objects.bulk_create(_periods(years, table.periods))
        HolidaySpan.objects.bulk_create(_holidays(years, table.holidays))
        renew_stamp(calendar)
        drafts = [
            _loaded_event(division, years),
            *recounted(division, read_calendar(calendar.pk).workdays),
        ]
        append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
    return len(years)


def missing_shipped_years(division: str) -> list[tuple[str, int]]:
    """The shipped years, kind and year, that a division does not have."""
    table = shipped_table(division)
    shipped = {(SCHOOL, one.period.school_year) for one in table.periods}
    shipped |= {(HOLIDAY, year) for year in table.holiday_years}
    entries = CalendarYear.objects.filter(calendar__division=division)
    return sorted(shipped - set(entries.values_list("kind", "year")))


def _add_missing_years(
    calendar: DivisionCalendar, table: CalendarTable, at: datetime
) -> dict[tuple[str, int], CalendarYear]:
    sources = {(HOLIDAY, block.year): block.source for block in table.holidays}
    entries = [
        CalendarYear(
            calendar=calendar,
            kind=kind,
            year=year,
            source=sources.get((kind, year), ""),
            completed_at=at if kind == HOLIDAY else None,
        )
        for kind, year in missing_shipped_years(calendar.division)
    ]
    CalendarYear.objects.bulk_create(entries)
    return {(entry.kind, entry.year): entry for entry in entries}


def _periods(
    years: dict[tuple[str, int], CalendarYear], titled: Iterable[TitledPeriod]
) -> list[SchoolPeriod]:
    return [
        SchoolPeriod(
            entry=years[SCHOOL, one.period.school_year],
            kind=str(one.period.kind),
            term=one.period.term,
            title=one.title,
            starts_on=one.period.starts_on,
            ends_before=one.period.ends_before,
            stages=sorted(str(stage) for stage in one.period.stages),
            grades=sorted(one.period.grades),
            overrides=one.period.overrides,
            source=one.period.source,
            confidence=str(one.period.confidence),
            note=one.note,
        )
        for one in titled
        if (SCHOOL, one.period.school_year) in years
    ]


def _holidays(
    years: dict[tuple[str, int], CalendarYear], blocks: Iterable[HolidayBlock]
) -> list[HolidaySpan]:
    return [
        HolidaySpan(
            entry=years[HOLIDAY, block.year],
            kind=block.kind,
            title=block.title,
            starts_on=block.starts_on,
            ends_before=block.ends_before,
            source=block.source,
            confidence=block.confidence,
        )
        for block in blocks
        if (HOLIDAY, block.year) in years
    ]


def _loaded_event(division: str, years: dict[tuple[str, int], CalendarYear]) -> EventDraft:
    labels = [f"{entry.kind} {entry.label}" for entry in years.values()]
    return EventDraft(
        kind="calendar.shipped_loaded",
        subject=Subject("division_calendar", division, division),
        new={"years": labels},
        row_count=len(labels),
        rows_digest=canonical_digest(labels),
    )
