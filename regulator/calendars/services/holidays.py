"""Holidays and make-up days are entered and removed; once known, open deadlines follow at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, append_events
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.core.entries import holiday_refusals
from regulator.calendars.core.table import MAKEUP_WORKDAY, STATUTORY_HOLIDAY, HolidayBlock
from regulator.calendars.models import CalendarYear, DivisionCalendar, HolidaySpan
from regulator.calendars.selectors.calendars import read_calendar
from regulator.calendars.services.deadlines import recounted
from regulator.calendars.services.locks import lock_calendar, renew_stamp
from regulator.calendars.services.snapshots import holiday_snapshot, year_subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HolidayDraft:
    """One holiday of a notice: the days off, half-open, and the weekend days worked instead."""

    title: str
    starts_on: date
    ends_before: date
    makeup_days: tuple[date, ...] = ()

    def blocks(self, *, year: int, source: str) -> list[HolidayBlock]:
        """The holiday and each make-up day as blocks of that year's notice."""
        title = self.title.strip()
        off = HolidayBlock(
            STATUTORY_HOLIDAY, year, title, self.starts_on, self.ends_before, source, "high"
        )
        worked = [
            HolidayBlock(MAKEUP_WORKDAY, year, title, day, day + _ONE_DAY, source, "high")
            for day in self.makeup_days
        ]
        return [off, *worked]


def enter_holidays(
    entry: CalendarYear,
    drafts: Sequence[HolidayDraft],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Enter holidays of a year's notice while the year is not complete: nothing knows of them yet.

    The whole year waits for `complete_year`. Raises Refused with every reason, and then none of
    the drafts is entered; a complete year changes by `put_in_holidays`.
    """
    require(actor, Action.CALENDAR_EDIT, Target(division=entry.calendar.division))
    with transaction.atomic():
        calendar = lock_calendar(entry.calendar.division)
        _refuse_known(entry)
        event = _entered(calendar, entry, drafts, reason=reason)
        append_events(division=calendar.division, actor=actor, drafts=[event], occurred_at=at)


def put_in_holidays(
    entry: CalendarYear,
    drafts: Sequence[HolidayDraft],
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Enter holidays of a year, complete or not; returns how many open deadlines changed.

    Carried out by a second person's signature (`changes.sign_change`), never by a page alone.
    Raises Refused with every reason.
    """
    division = entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        calendar = lock_calendar(division)
        event = _entered(calendar, entry, drafts, reason=reason)
        return _append_with_recount(calendar, event, actor=actor, at=at)


def _entered(
    calendar: DivisionCalendar, entry: CalendarYear, drafts: Sequence[HolidayDraft], *, reason: str
) -> EventDraft:
    blocks = [
        block for draft in drafts for block in draft.blocks(year=entry.year, source=entry.source)
    ]
    _refuse_faults(calendar, blocks, reason=reason)
    spans = HolidaySpan.objects.bulk_create([_span(entry, block) for block in blocks])
    renew_stamp(calendar)
    return EventDraft(
        kind="calendar.holiday_entered",
        subject=year_subject(entry),
        new={"holidays": [holiday_snapshot(span) for span in spans]},
        reason=reason.strip(),
    )


def remove_holiday(span: HolidaySpan, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a holiday or a make-up day out of a year that is not complete. Raises Refused."""
    require(actor, Action.CALENDAR_EDIT, Target(division=span.entry.calendar.division))
    with transaction.atomic():
        calendar = lock_calendar(span.entry.calendar.division)
        _refuse_known(span.entry)
        event = _removed(calendar, span, reason=reason)
        append_events(division=calendar.division, actor=actor, drafts=[event], occurred_at=at)


def take_out_holiday(span: HolidaySpan, *, reason: str, actor: Actor, at: datetime) -> int:
    """Take a holiday or a make-up day out; returns how many open deadlines changed.

    Carried out by a second person's signature (`changes.sign_change`), never by a page alone.
    """
    division = span.entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        calendar = lock_calendar(division)
        event = _removed(calendar, span, reason=reason)
        return _append_with_recount(calendar, event, actor=actor, at=at)


def _removed(calendar: DivisionCalendar, span: HolidaySpan, *, reason: str) -> EventDraft:
    if not reason.strip():
        raise Refused(Refusal("calendar.reason_missing"))
    current = HolidaySpan.objects.select_for_update().get(pk=span.pk)
    old = holiday_snapshot(current)
    current.delete()
    renew_stamp(calendar)
    return EventDraft(
        kind="calendar.holiday_removed",
        subject=year_subject(span.entry),
        old=old,
        reason=reason.strip(),
    )


def _refuse_known(entry: CalendarYear) -> None:
    """Under the calendar's lock: a year that counts as known changes by two persons."""
    if CalendarYear.objects.filter(pk=entry.pk, completed_at__isnull=False).exists():
        raise Refused(Refusal("change.year_known"))


def _append_with_recount(
    calendar: DivisionCalendar, change: EventDraft, *, actor: Actor, at: datetime
) -> int:
    recount = recounted(calendar.division, read_calendar(calendar.pk).workdays)
    drafts = [change, *recount]
    append_events(division=calendar.division, actor=actor, drafts=drafts, occurred_at=at)
    return sum(draft.row_count for draft in recount)


def _refuse_faults(
    calendar: DivisionCalendar, blocks: Sequence[HolidayBlock], *, reason: str
) -> None:
    spans = HolidaySpan.objects.filter(entry__calendar=calendar).select_related("entry")
    refusals = list(holiday_refusals(blocks, [span.block() for span in spans]))
    if not reason.strip():
        refusals.append(Refusal("calendar.reason_missing"))
    if refusals:
        raise Refused(refusals)


def _span(entry: CalendarYear, block: HolidayBlock) -> HolidaySpan:
    return HolidaySpan(
        entry=entry,
        kind=block.kind,
        title=block.title,
        starts_on=block.starts_on,
        ends_before=block.ends_before,
        source=block.source,
        confidence=block.confidence,
    )
