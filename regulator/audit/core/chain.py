"""The hash of an event, and the walk along a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from regulator.kernel.canonical import canonical_digest

GENESIS_HASH = "0" * 64
# A tuple: a union would be built anew at each of the many calls.
_AS_IT_IS = (str, bool, int, float)


@dataclass(frozen=True)
class BrokenLink:
    """Where a chain does not hold, and why (a code: sequence, previous_hash, hash, head)."""

    division: str
    sequence: int
    reason: str


@dataclass(frozen=True)
class Link:
    """One event as stored: its place, its content without the hash, and the hash."""

    division: str
    sequence: int
    previous_hash: str
    content: Mapping[str, Any]
    hash: str


def plain(value: Any) -> Any:
    """A value as JSON can hold it without loss: times in UTC, ids and decimals as text."""
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | UUID | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)


def event_hash(*, previous_hash: str, content: Mapping[str, Any]) -> str:
    """SHA-256 hex over the previous hash and the event's canonical content (RFC 8785)."""
    return canonical_digest({"previous": previous_hash, "event": plain(content)})


def broken_links(links: Iterable[Link], *, head: tuple[int, str] | None) -> Iterator[BrokenLink]:
    """Every break of one division's chain, walked in sequence; `head` is what the end must be."""
    expected, previous, division = 1, GENESIS_HASH, ""
    for link in links:
        division = link.division
        if link.sequence != expected:
            yield BrokenLink(division, link.sequence, "sequence")
        if link.previous_hash != previous:
            yield BrokenLink(division, link.sequence, "previous_hash")
        if event_hash(previous_hash=link.previous_hash, content=link.content) != link.hash:
            yield BrokenLink(division, link.sequence, "hash")
        expected, previous = link.sequence + 1, link.hash
    if head is not None and head != (expected - 1, previous):
        yield BrokenLink(division, expected - 1, "head")
