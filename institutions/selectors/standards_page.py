"""The page of a division's setting standards: what binds on a day, whose word it is, and since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from institutions.choices.places_events import PLACES_EVENT_LABELS
from institutions.choices.premises import ROOM_USE_LABELS
from institutions.choices.standards import (
    ALL_KINDS,
    BLANK_BADGE,
    ENTERED_BADGE,
    HARD,
    KIND_LABELS,
    SOFT,
    SOURCED_BADGE,
    STAGE_LABELS,
    STANDARD_FIELD_LABELS,
    STANDARD_LABELS,
    STANDARD_WORDS,
    UNSURE_BADGE,
    value_words,
)
from institutions.core.standards.limits import LimitStanding, StandardLimit, written_value
from institutions.selectors.standards import (
    SUBJECT_KIND,
    Elsewhere,
    entered_standards,
    limit_of,
    shipped_on,
)
from regulator.audit.models import Event
from regulator.calendars.choices.changes import CHANGE_EVENT_LABELS, CHANGE_KIND_LABELS
from regulator.calendars.models import CalendarChange
from regulator.calendars.selectors.changes import waiting_changes
from regulator.web.choices import Badge

_EVENT_LABELS = {**PLACES_EVENT_LABELS, **CHANGE_EVENT_LABELS}
_BADGES = {
    LimitStanding.ENTERED: ENTERED_BADGE,
    LimitStanding.SOURCED: SOURCED_BADGE,
    LimitStanding.UNSURE: UNSURE_BADGE,
}


@dataclass(frozen=True)
class StandardLine:
    """A standard as the page shows it. `public_id` is an entered row's; `value` empty: unknown."""

    standard: str
    label: str | Promise
    who: str
    value: str
    badge: Badge
    is_soft: bool
    basis: str
    note: str
    starts_on: date | None
    ends_before: date | None
    public_id: UUID | None


def standard_lines(division: str, on: date) -> list[StandardLine]:
    """The division's standards on a day and those to come, by standard, entered ones first.

    A shipped one is left out where an entered one stands instead of it on that day.
    """
    entered = [
        (row, limit_of(row))
        for row in entered_standards(division)
        if row.ends_before is None or row.ends_before > on
    ]
    lines = [_line(limit, row.public_id) for row, limit in entered]
    replaced = {(limit.key, limit.kind) for row, limit in entered if limit.basis.in_force_on(on)}
    lines += [
        _line(limit, None)
        for limit in shipped_on(division, on)
        if not replaced & {(limit.key, limit.kind), (limit.key, "")}
    ]
    order = list(STANDARD_LABELS)
    return sorted(lines, key=lambda line: (order.index(line.standard), line.public_id is None))


def who_words(kind: str, stage: str, room_use: str) -> str:
    """Whom a standard binds, in words."""
    words = [KIND_LABELS.get(kind, ALL_KINDS)]
    words += [STAGE_LABELS[stage]] if stage else []
    words += [ROOM_USE_LABELS[room_use]] if room_use else []
    return " · ".join(str(word) for word in words)


def elsewhere_words(row: Elsewhere) -> dict[str, object]:
    """Another place's standard in words."""
    return {
        "code": row.code,
        "place": row.place,
        "label": STANDARD_LABELS[row.standard],
        "who": who_words(row.kind, row.stage, row.room_use),
        "value": value_words(row.standard, row.value),
        "instrument": row.instrument,
        "confidence": row.confidence,
        "note": row.note,
    }


def waiting_standards(division: str) -> list[dict[str, object]]:
    """What was proposed of the standards and waits for a second person, for a list."""
    return [
        {"change": one, "kind": CHANGE_KIND_LABELS[one.kind], "title": _called(one)}
        for one in waiting_changes(division).filter(subject_kind=SUBJECT_KIND)
    ]


def _called(change: CalendarChange) -> object:
    return STANDARD_LABELS.get(change.content["standard"], change.title)


def told_changes(events: Iterable[Event]) -> list[dict[str, object]]:
    """Events of standards with what they changed, as the list of changes shows them."""
    return [
        {"event": event, "label": _EVENT_LABELS[event.kind], "changes": _changes(event)}
        for event in events
    ]


def _changes(event: Event) -> list[dict[str, object]]:
    old, new = event.old or {}, event.new or {}
    return [
        {"name": label, "old": _told(name, old), "new": _told(name, new)}
        for name, label in STANDARD_FIELD_LABELS.items()
        if old.get(name) != new.get(name) and (old.get(name) or new.get(name))
    ]


def _told(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value in (None, ""):
        return ""
    if name == "value":
        return value_words(values["standard"], str(value))
    if isinstance(value, bool):
        return str(SOFT if value else HARD)
    return str(STANDARD_WORDS.get(name, {}).get(str(value), value))


def _line(limit: StandardLimit, public_id: UUID | None) -> StandardLine:
    value = "" if limit.value is None else value_words(limit.key, written_value(limit.value))
    return StandardLine(
        standard=str(limit.key),
        label=STANDARD_LABELS[limit.key],
        who=who_words(limit.kind, limit.stage, limit.room_use),
        value=value,
        badge=_BADGES[limit.standing] if value else BLANK_BADGE,
        is_soft=limit.is_soft,
        basis=limit.basis.cite(),
        note=limit.note,
        starts_on=limit.basis.in_force_from,
        ends_before=limit.basis.in_force_before,
        public_id=public_id,
    )
