"""An entry's events as lines: what was done, what became of what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from institutions.choices.register_events import REGISTER_EVENT_LABELS
from institutions.choices.register_history import value_words
from institutions.choices.register_texts import HISTORY_FIELD_LABELS
from regulator.audit.models import Event


@dataclass(frozen=True)
class HistoryLine:
    """One event. `changes` are (field in words, old, new)."""

    event: Event
    label: Any
    changes: list[tuple[Any, str, str]] = field(default_factory=list)


def history_lines(events: Iterable[Event]) -> list[HistoryLine]:
    """Events with what they changed, in words."""
    return [
        HistoryLine(event, REGISTER_EVENT_LABELS.get(event.kind, event.kind), _changes(event))
        for event in events
    ]


def _changes(event: Event) -> list[tuple[Any, str, str]]:
    old, new = event.old or {}, event.new or {}
    named = [name for name in HISTORY_FIELD_LABELS if old.get(name) != new.get(name)]
    words = [
        (
            HISTORY_FIELD_LABELS[name],
            value_words(name, old.get(name)),
            value_words(name, new.get(name)),
        )
        for name in named
    ]
    return [(label, before, after) for label, before, after in words if before or after]
