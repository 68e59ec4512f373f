"""A year is added, and a holiday year declared complete."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, append_event, append_events
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.models import CalendarYear
from regulator.calendars.selectors.calendars import HOLIDAY, read_calendar
from regulator.calendars.services.deadlines import recounted
from regulator.calendars.services.locks import lock_calendar, renew_stamp
from regulator.calendars.services.snapshots import holiday_snapshot, year_subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

FIRST_YEAR = 2015
YEARS_AHEAD = 2


def add_year(
    *, division: str, kind: str, year: int, source: str, actor: Actor, at: datetime
) -> CalendarYear:
    """Open a school year (`school`, by the year it begins) or a holiday year (`holiday`).

    It is empty at first: nothing becomes known by it. Raises Refused.
    """
    require(actor, Action.CALENDAR_EDIT, Target(division=division))
    with transaction.atomic():
        calendar = lock_calendar(division)
        refusals = list(_year_faults(year, at))
        if not source.strip():
            refusals.append(Refusal("calendar.source_missing"))
        if CalendarYear.objects.filter(calendar=calendar, kind=kind, year=year).exists():
            refusals.append(Refusal("calendar.year_exists"))
        if refusals:
            raise Refused(refusals)
        entry = CalendarYear.objects.create(
            calendar=calendar, kind=kind, year=year, source=source.strip()
        )
        renew_stamp(calendar)
        append_event(
            division=division,
            actor=actor,
            kind="calendar.year_added",
            subject=year_subject(entry),
            new={"kind": kind, "year": year, "source": entry.source},
            occurred_at=at,
        )
    return entry


def _year_faults(year: int, at: datetime) -> tuple[Refusal, ...]:
    last = at.year + YEARS_AHEAD
    if FIRST_YEAR <= year <= last:
        return ()
    return (Refusal("calendar.year_out_of_range", {"first": FIRST_YEAR, "last": last}),)


def complete_year(entry: CalendarYear, *, actor: Actor, at: datetime) -> int:
    """Declare a holiday year wholly entered: from now on it is known.

    Carried out by a second person's signature (`changes.sign_change`), never by a page alone.
    Counts the division's open deadlines anew and returns how many changed. Raises Refused.
    """
    division = entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        calendar = lock_calendar(division)
        current = CalendarYear.objects.select_related("calendar").get(pk=entry.pk)
        refusals = _completion_faults(current)
        if refusals:
            raise Refused(refusals)
        current.completed_at = at
        current.save(update_fields=["completed_at"])
        renew_stamp(calendar)
        spans = current.holidays.order_by("starts_on", "id")
        completed = EventDraft(
            kind="calendar.year_completed",
            subject=year_subject(current),
            new={"holidays": [holiday_snapshot(span) for span in spans]},
        )
        recount = recounted(division, read_calendar(calendar.pk).workdays)
        drafts = [completed, *recount]
        append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
    return sum(draft.row_count for draft in recount)


def _completion_faults(entry: CalendarYear) -> list[Refusal]:
    if entry.kind != HOLIDAY:
        return [Refusal("calendar.year_not_holiday")]
    if entry.completed_at is not None:
        return [Refusal("calendar.year_complete")]
    return [] if entry.holidays.exists() else [Refusal("calendar.year_empty")]
