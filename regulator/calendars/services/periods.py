"""Terms and breaks are entered, changed and removed, each with a reason.

Carried out by a second person's signature (`changes.sign_change`), never by a page alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import append_event
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.core.entries import period_refusals
from regulator.calendars.core.school import STAGE_GRADES, Period, Stage
from regulator.calendars.core.table import TitledPeriod
from regulator.calendars.models import CalendarYear, SchoolPeriod
from regulator.calendars.services.locks import lock_calendar, renew_stamp
from regulator.calendars.services.snapshots import period_snapshot, year_subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class PeriodDraft:
    """What a desk or a seed says of a period; `grades` empty: every grade of the stages."""

    kind: str
    title: str
    starts_on: date
    ends_before: date
    stages: frozenset[Stage]
    term: int = 0
    grades: frozenset[int] = frozenset()
    overrides: bool = False
    confidence: str = "high"
    source: str = ""
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """The values of the model's columns."""
        every_grade = {grade for stage in self.stages for grade in STAGE_GRADES[stage]}
        narrowed = [] if self.grades == every_grade else sorted(self.grades)
        return {
            "kind": self.kind,
            "title": self.title.strip(),
            "starts_on": self.starts_on,
            "ends_before": self.ends_before,
            "stages": [str(stage) for stage in Stage if stage in self.stages],
            "term": self.term,
            "grades": narrowed,
            "overrides": self.overrides,
            "confidence": self.confidence,
            "source": self.source.strip(),
            "note": self.note.strip(),
        }


def enter_period(
    entry: CalendarYear, draft: PeriodDraft, *, reason: str, actor: Actor, at: datetime
) -> SchoolPeriod:
    """Enter a term or a break into a school year. Raises Refused with every reason."""
    division = entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        calendar = lock_calendar(division)
        _refuse_faults(entry, draft, reason=reason, besides=None)
        period = SchoolPeriod.objects.create(entry=entry, **draft.columns())
        renew_stamp(calendar)
        _record(entry, actor, at, kind="entered", old=None, new=period, reason=reason)
    return period


def change_period(
    period: SchoolPeriod, draft: PeriodDraft, *, reason: str, actor: Actor, at: datetime
) -> SchoolPeriod:
    """Correct a term or a break. Raises Refused, also when nothing would change."""
    entry = period.entry
    division = entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        calendar = lock_calendar(division)
        current = SchoolPeriod.objects.select_for_update().get(pk=period.pk)
        _refuse_faults(entry, draft, reason=reason, besides=current)
        old = period_snapshot(current)
        columns = draft.columns()
        for name, value in columns.items():
            setattr(current, name, value)
        if period_snapshot(current) == old:
            raise Refused(Refusal("calendar.no_change"))
        current.save(update_fields=list(columns))
        renew_stamp(calendar)
        _record(entry, actor, at, kind="changed", old=old, new=current, reason=reason)
    return current


def remove_period(period: SchoolPeriod, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a term or a break out of the calendar; its days are unknown from then on."""
    entry = period.entry
    division = entry.calendar.division
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    if not reason.strip():
        raise Refused(Refusal("calendar.reason_missing"))
    with transaction.atomic():
        calendar = lock_calendar(division)
        current = SchoolPeriod.objects.select_for_update().get(pk=period.pk)
        old = period_snapshot(current)
        current.delete()
        renew_stamp(calendar)
        _record(entry, actor, at, kind="removed", old=old, new=None, reason=reason)


def _refuse_faults(
    entry: CalendarYear, draft: PeriodDraft, *, reason: str, besides: SchoolPeriod | None
) -> None:
    others = SchoolPeriod.objects.filter(entry__calendar=entry.calendar).select_related("entry")
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    drafted = TitledPeriod(_period_of(entry, draft), draft.title, draft.note)
    refusals = list(period_refusals(drafted, [other.titled() for other in others]))
    if not reason.strip():
        refusals.append(Refusal("calendar.reason_missing"))
    if not draft.source.strip():
        refusals.append(Refusal("calendar.source_missing"))
    if refusals:
        raise Refused(refusals)


def _period_of(entry: CalendarYear, draft: PeriodDraft) -> Period:
    return Period(
        kind=draft.kind,
        stages=draft.stages,
        starts_on=draft.starts_on,
        ends_before=draft.ends_before,
        school_year=entry.year,
        term=draft.term,
        confidence=draft.confidence,
        source=draft.source,
        grades=draft.grades,
        overrides=draft.overrides,
    )


def _record(
    entry: CalendarYear,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    old: Mapping[str, Any] | None,
    new: SchoolPeriod | None,
    reason: str,
) -> None:
    append_event(
        division=entry.calendar.division,
        actor=actor,
        kind=f"calendar.period_{kind}",
        subject=year_subject(entry),
        old=old,
        new=None if new is None else period_snapshot(new),
        reason=reason.strip(),
        occurred_at=at,
    )
