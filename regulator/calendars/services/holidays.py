"""Holidays and their make-up days are entered and removed; open deadlines follow at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, append_events
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
) -> int:
    """Enter holidays of a year's notice; returns how many open deadlines changed.

    A year that is not yet complete stays unknown, so its deadlines wait for `complete_year`.
    Raises Refused with every reason, and then none of the drafts is entered.
    """
    division = entry.calendar.division
    require(actor, Action.CALENDAR_EDIT, Target(division=division))
    with transaction.atomic():
        calendar = lock_calendar(division)
        blocks = [
            block
            for draft in drafts
            for block in draft.blocks(year=entry.year, source=entry.source)
        ]
        _refuse_faults(calendar, blocks, reason=reason)
        spans = HolidaySpan.objects.bulk_create([_span(entry, block) for block in blocks])
        renew_stamp(calendar)
        entered = EventDraft(
            kind="calendar.holiday_entered",
            subject=year_subject(entry),
            new={"holidays": [holiday_snapshot(span) for span in spans]},
            reason=reason.strip(),
        )
        return _append_with_recount(calendar, entered, actor=actor, at=at)


def remove_holiday(span: HolidaySpan, *, reason: str, actor: Actor, at: datetime) -> int:
    """Take a holiday or a make-up day out; returns how many open deadlines changed."""
    entry = span.entry
    division = entry.calendar.division
    require(actor, Action.CALENDAR_EDIT, Target(division=division))
    if not reason.strip():
        raise Refused(Refusal("calendar.reason_missing"))
    with transaction.atomic():
        calendar = lock_calendar(division)
        current = HolidaySpan.objects.select_for_update().get(pk=span.pk)
        old = holiday_snapshot(current)
        current.delete()
        renew_stamp(calendar)
        removed = EventDraft(
            kind="calendar.holiday_removed",
            subject=year_subject(entry),
            old=old,
            reason=reason.strip(),
        )
        return _append_with_recount(calendar, removed, actor=actor, at=at)


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
