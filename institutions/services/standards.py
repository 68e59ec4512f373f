"""A bureau enters a setting standard from a day on, or ends one; what held before stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from institutions.core.standards.limits import StandardKey, read_value, written_value
from institutions.models import SettingStandard
from institutions.selectors.standards import SUBJECT_KIND, entered_standards
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT
from regulator.calendars.services.dated_rows import place_from, row_holding
from regulator.calendars.services.locks import lock_calendar
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class StandardDraft:
    """A standard as typed. `kind`, `stage` and `room_use` are empty where it binds all."""

    standard: str
    value: str
    instrument: str
    starts_on: date
    kind: str = ""
    stage: str = ""
    room_use: str = ""
    is_soft: bool = False
    document_number: str = ""
    article: str = ""


def enter_standard(
    *, division: str, draft: StandardDraft, reason: str, actor: Actor, at: datetime
) -> SettingStandard:
    """Let a figure bind from a day until the next one entered for the same standard and places.

    Carried out by a second person's signature (`standard_changes.py`), never by a page alone.
    Raises Refused with every reason: no figure, no instrument, no reason, nothing changed.
    """
    require(actor, Action.CALENDAR_APPROVE, Target(division, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        lock_calendar(division)
        value = _checked(draft, reason)
        rows = list(alike(division, draft))
        covering = row_holding(rows, draft.starts_on)
        old = standard_snapshot(covering)
        row = place_from(rows, draft.starts_on, SettingStandard)
        row.division_id, row.value = division, value
        for name in _PLAIN:
            setattr(row, name, getattr(draft, name))
        if old == standard_snapshot(row):
            raise Refused(Refusal("standard.no_change"))
        row.entered_by, row.entered_at = actor.name, at
        row.save()
        _record(row, kind="standard.entered", old=old, reason=reason, actor=actor, at=at)
    return row


def end_standard(
    *, standard: SettingStandard, on: date, reason: str, actor: Actor, at: datetime
) -> SettingStandard:
    """From `on` the figure no longer binds; what was shipped, if anything, does again.

    Carried out by a second person's signature, as entering one is.
    """
    require(actor, Action.CALENDAR_APPROVE, Target(standard.division_id, CALENDAR_DEPARTMENT))
    with transaction.atomic():
        lock_calendar(standard.division_id)
        held = SettingStandard.objects.get(pk=standard.pk)
        old = standard_snapshot(held)
        refusals = [] if reason.strip() else [Refusal("standard.reason_missing")]
        if on <= held.starts_on:
            refusals.append(Refusal("standard.ends_before_start", {"starts": held.starts_on}))
        if held.ends_before is not None and held.ends_before <= on:
            refusals.append(Refusal("standard.ended_already", {"before": held.ends_before}))
        if refusals:
            raise Refused(refusals)
        held.ends_before = on
        held.save(update_fields=["ends_before"])
        _record(held, kind="standard.ended", old=old, reason=reason, actor=actor, at=at)
    return held


_PLAIN = (
    "standard", "kind", "stage", "room_use", "is_soft", "instrument", "document_number", "article",
)  # fmt: skip


def _checked(draft: StandardDraft, reason: str) -> str:
    value = read_value(StandardKey(draft.standard), draft.value)
    refusals = [value] if isinstance(value, Refusal) else []
    if not draft.instrument.strip():
        refusals.append(Refusal("standard.instrument_missing"))
    if not reason.strip():
        refusals.append(Refusal("standard.reason_missing"))
    if isinstance(value, Refusal) or refusals:
        raise Refused(refusals)
    return written_value(value)


def alike(division: str, draft: StandardDraft) -> QuerySet[SettingStandard]:
    """What a bureau entered for the same standard and places, the earliest first."""
    rows = entered_standards(division).filter(
        standard=draft.standard, kind=draft.kind, stage=draft.stage, room_use=draft.room_use
    )
    return rows.order_by("starts_on")


def standard_snapshot(row: SettingStandard | None) -> Mapping[str, Any] | None:
    """A row as its history tells it."""
    if row is None:
        return None
    days = {"starts_on": row.starts_on, "ends_before": row.ends_before}
    return {"value": row.value, **{name: getattr(row, name) for name in _PLAIN}, **days}


def _record(
    row: SettingStandard,
    *,
    kind: str,
    old: Mapping[str, Any] | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    append_event(
        division=row.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, row.division_id, row.get_standard_display()),
        old=old,
        new=standard_snapshot(row),
        reason=reason.strip(),
        occurred_at=at,
    )
