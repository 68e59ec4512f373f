"""A journey's events as lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from institutions.choices.journey_events import JOURNEY_EVENT_LABELS
from institutions.choices.journey_words import document_label, move_label, state_label
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.choices.wave_texts import WAVE_EVENT_LABELS
from regulator.audit.models import Event

_EVENT_LABELS = {**JOURNEY_EVENT_LABELS, **WAVE_EVENT_LABELS}


@dataclass(frozen=True)
class JourneyEventLine:
    """One event: what was done, to which document or state it led."""

    event: Event
    label: Any
    detail: Any


def journey_history_lines(events: Iterable[Event]) -> list[JourneyEventLine]:
    """Events with what they were about, in words."""
    return [JourneyEventLine(event, _label(event), journey_event_detail(event)) for event in events]


def journey_event_label(event: Event) -> Any:
    """The event with the matter it belongs to: 延续：受理."""
    kind = str((event.new or {}).get("journey_kind", ""))
    matter = JOURNEY_KIND_LABELS.get(kind, "")
    return _("%(matter)s：%(what)s") % {"matter": matter, "what": _label(event)}


def _label(event: Event) -> Any:
    new = event.new or {}
    kind, code = str(new.get("journey_kind", "")), event.kind.partition(".")[2]
    try:
        return move_label(kind, code)
    except KeyError:
        return _EVENT_LABELS.get(event.kind, event.kind)


def journey_event_detail(event: Event) -> Any:
    """What the event was about: a document, a move, or the state it led to."""
    new = event.new or {}
    kind = str(new.get("journey_kind", ""))
    if "document" in new:
        return document_label(kind, str(new["document"]))
    if "move" in new:
        return move_label(kind, str(new["move"]))
    if "state" in new:
        return state_label(kind, str(new["state"]))
    return ""
