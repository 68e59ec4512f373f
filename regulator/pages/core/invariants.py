"""What the nightly check may find, and which periods clash. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Violation:
    """Something that should never be: what kind, of which division (empty: of all), about what.

    `thing` is the kind of row, `subject` its name as people know it, `key` its public id or number;
    `params` fill the words of the kind.
    """

    kind: str
    division: str = ""
    thing: str = ""
    subject: str = ""
    key: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Report:
    """One run: the day, the moment it ended (ISO 8601), rows looked at by thing, what was found."""

    on: date
    checked_at: str
    counts: Mapping[str, int]
    violations: tuple[Violation, ...]


@dataclass(frozen=True)
class Span:
    """A row that holds for a time; those of one group must follow each other without overlap."""

    group: tuple[Any, ...]
    division: str
    subject: str
    starts_on: date
    ends_before: date | None


def clashing(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Each span that begins before an earlier one of its group has ended, with that one.

    `spans` are sorted by group and first day. A span that ends before it begins clashes with
    itself.
    """
    for _group, members in groupby(spans, key=lambda span: span.group):
        longest: Span | None = None
        for span in members:
            if span.ends_before is not None and span.ends_before <= span.starts_on:
                yield span, span
                continue
            if longest is not None and _reaches(longest, span.starts_on):
                yield longest, span
            if longest is None or _outlasts(span, longest):
                longest = span


def _reaches(span: Span, day: date) -> bool:
    return span.ends_before is None or day < span.ends_before


def _outlasts(span: Span, other: Span) -> bool:
    if other.ends_before is None:
        return False
    return span.ends_before is None or span.ends_before > other.ends_before


def as_json(report: Report) -> dict[str, Any]:
    """The report as it is kept in a file."""
    return {
        "on": report.on.isoformat(),
        "checked_at": report.checked_at,
        "counts": dict(report.counts),
        "violations": [
            {
                "kind": one.kind,
                "division": one.division,
                "thing": one.thing,
                "subject": one.subject,
                "key": one.key,
                "params": dict(one.params),
            }
            for one in report.violations
        ],
    }


def from_json(kept: Mapping[str, Any]) -> Report:
    """The report again, from its file."""
    return Report(
        on=date.fromisoformat(kept["on"]),
        checked_at=kept["checked_at"],
        counts=dict(kept["counts"]),
        violations=tuple(
            Violation(**{**one, "params": tuple(sorted(one["params"].items()))})
            for one in kept["violations"]
        ),
    )
