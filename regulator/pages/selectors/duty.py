"""One line of what a desk has to do today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Duty:
    """One line of today: how many wait, where, and by when the first of them is due.

    `left` counts `unit` until `due`; negative when it has passed.
    """

    title: str | Promise
    text: str | Promise
    count: int
    url_name: str
    query: str = ""
    due: date | None = None
    left: int | None = None
    unit: str = "workdays"
    provisional: bool = False
    state: str = "todo"
