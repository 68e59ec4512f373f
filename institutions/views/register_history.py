"""An entry's events as lines: what was done, what became of what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from institutions.choices.exchange import EXCHANGE_EVENT_LABELS
from institutions.choices.notice_texts import NOTICE_EVENT_LABELS
from institutions.choices.papers import PAPER_EVENT_LABELS
from institutions.choices.places_events import PLACES_EVENT_LABELS, PLACES_FIELD_LABELS
from institutions.choices.register_events import REGISTER_EVENT_LABELS
from institutions.choices.register_history import value_words
from institutions.choices.register_texts import HISTORY_FIELD_LABELS
from institutions.choices.staff_texts import STAFF_EVENT_LABELS
from institutions.choices.wave_texts import WAVE_EVENT_LABELS
from institutions.views.journey_history import journey_event_detail, journey_event_label
from regulator.audit.models import Event

_EVENT_LABELS = {
    **REGISTER_EVENT_LABELS,
    **PLACES_EVENT_LABELS,
    **PAPER_EVENT_LABELS,
    **STAFF_EVENT_LABELS,
    **NOTICE_EVENT_LABELS,
    **WAVE_EVENT_LABELS,
    **EXCHANGE_EVENT_LABELS,
}
_MATTER = "journey."
_FIELD_LABELS = {**HISTORY_FIELD_LABELS, **PLACES_FIELD_LABELS}


@dataclass(frozen=True)
class HistoryLine:
    """One event. `changes` are (field in words, old, new); `detail` is a journey's in words."""

    event: Event
    label: Any
    changes: list[tuple[Any, str, str]] = field(default_factory=list)
    detail: Any = ""


def history_lines(events: Iterable[Event]) -> list[HistoryLine]:
    """Events with what they changed, in words."""
    return [_line(event) for event in events]


def _line(event: Event) -> HistoryLine:
    if event.kind.startswith(_MATTER):
        detail = journey_event_detail(event)
        return HistoryLine(event, journey_event_label(event), detail=detail)
    return HistoryLine(event, _EVENT_LABELS.get(event.kind, event.kind), _changes(event))


def _changes(event: Event) -> list[tuple[Any, str, str]]:
    old, new = event.old or {}, event.new or {}
    named = [name for name in _FIELD_LABELS if old.get(name) != new.get(name)]
    words = [
        (
            _FIELD_LABELS[name],
            value_words(name, old.get(name)),
            value_words(name, new.get(name)),
        )
        for name in named
    ]
    return [(label, before, after) for label, before, after in words if before or after]
