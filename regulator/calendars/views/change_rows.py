"""Changes in words: what is asked for, who asked, and what it says now and would say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regulator.calendars.choices.changes import CHANGE_BADGES, CHANGE_KIND_LABELS
from regulator.calendars.choices.texts import SETTING_LABELS
from regulator.calendars.models import CalendarChange
from regulator.calendars.views.rows import told_difference


def change_title(change: CalendarChange) -> Any:
    """What is changed, as people call it."""
    return SETTING_LABELS.get(change.content.get("code"), change.title)


def listed_changes(changes: Iterable[CalendarChange]) -> list[dict[str, Any]]:
    """Changes for a list."""
    return [
        {
            "change": change,
            "kind": CHANGE_KIND_LABELS[change.kind],
            "title": change_title(change),
            "is_data": "code" not in change.content,
            "badge": CHANGE_BADGES[change.state],
        }
        for change in changes
    ]


def told_change(change: CalendarChange) -> dict[str, Any]:
    """One change with every value that it changes."""
    (listed,) = listed_changes([change])
    return listed | {"values": told_difference(change.old, change.new)}
