"""The chain as links, its head, and the history of one subject."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from regulator.audit.core.chain import BrokenLink, Link, broken_links
from regulator.audit.models import Event, Head

_HASHED_FIELDS = (
    "division",
    "sequence",
    "occurred_at",
    "recorded_at",
    "kind",
    "actor_user",
    "actor_name",
    "actor_role",
    "actor_department",
    "standing_in_for",
    "subject_kind",
    "subject_key",
    "subject_label",
    "old",
    "new",
    "reason",
    "basis",
    "row_count",
    "rows_digest",
)


def event_content(event: Event) -> dict[str, Any]:
    """What an event's hash covers: every field but the two hashes and the inner id."""
    return {name: getattr(event, name) for name in _HASHED_FIELDS}


def divisions_with_events() -> list[str]:
    """Codes of the divisions that have a chain, in order."""
    return list(Head.objects.order_by("division").values_list("division", flat=True))


def head_of(division: str) -> Head | None:
    """The head row of a division's chain."""
    return Head.objects.filter(division=division).first()


def verify_chain(
    division: str, *, outside_head: tuple[int, str] | None = None
) -> Iterator[BrokenLink]:
    """Every break in a division's chain; `outside_head` is a head exported earlier.

    The outside head must be met on the way: a chain that was cut off and grown again differs there.
    """
    head = head_of(division)
    stored = (head.sequence, head.hash) if head else (0, "")
    met = outside_head is None

    def links() -> Iterator[Link]:
        nonlocal met
        rows = Event.objects.filter(division=division).order_by("sequence")
        for event in rows.iterator(chunk_size=2000):
            if outside_head == (event.sequence, event.hash):
                met = True
            yield Link(
                division=event.division,
                sequence=event.sequence,
                previous_hash=event.previous_hash,
                content=event_content(event),
                hash=event.hash,
            )

    for broken in broken_links(links(), head=stored if head else None):
        yield BrokenLink(division, broken.sequence, broken.reason)
    if not met and outside_head is not None:
        yield BrokenLink(division, outside_head[0], "outside_head")


def history_of(*, kind: str, key: str) -> QuerySet[Event]:
    """The events of one subject, newest first."""
    return Event.objects.filter(subject_kind=kind, subject_key=key).order_by("-id")


def events_in(division: str, *, wanted: str = "") -> QuerySet[Event]:
    """A division's events, newest first; `wanted` is part of an actor's, subject's or kind's name.

    A whole number finds the event of that sequence.
    """
    events = Event.objects.filter(division=division).order_by("-sequence")
    if not wanted:
        return events
    if wanted.isdecimal():
        return events.filter(sequence=int(wanted))
    return events.filter(
        Q(actor_name__icontains=wanted)
        | Q(subject_label__icontains=wanted)
        | Q(kind__icontains=wanted)
    )
