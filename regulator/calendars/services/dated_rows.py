"""Rows that hold from a day to another: the one that holds on a day, and a place for a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar


class Dated(Protocol):
    """A row that holds from a day on; `ends_before` None: until now."""

    starts_on: date
    ends_before: date | None

    def save(self, *, update_fields: Sequence[str]) -> Any:
        """Write these columns."""


Row = TypeVar("Row", bound=Dated)


def row_holding(rows: Iterable[Row], day: date) -> Row | None:
    """The one that holds on a day, or None where the default does."""
    for row in rows:
        if row.starts_on <= day and (row.ends_before is None or day < row.ends_before):
            return row
    return None


def place_from(rows: Sequence[Row], starts_on: date, make: Callable[..., Row]) -> Row:
    """The row to hold a new value: the one that begins that day, or one cut in between.

    `make` is the model; the row that it makes is not saved, the one it cuts short is.
    """
    covering = row_holding(rows, starts_on)
    if covering is not None and covering.starts_on == starts_on:
        return covering
    if covering is not None:
        ends_before = covering.ends_before
        covering.ends_before = starts_on
        covering.save(update_fields=["ends_before"])
        return make(starts_on=starts_on, ends_before=ends_before)
    later = [row.starts_on for row in rows if row.starts_on > starts_on]
    return make(starts_on=starts_on, ends_before=min(later, default=None))
