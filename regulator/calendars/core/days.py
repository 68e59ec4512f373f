"""Several days from one line of text, as people write them."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_BETWEEN = re.compile(r"[\s、，,;；和]*")


def parse_days(text: str) -> tuple[date, ...] | None:
    """The days of a text such as `2027-01-31、2027年2月13日`; None when any part is no day."""
    days: list[date] = []
    for match in _DAY.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        try:
            days.append(date(year, month, day))
        except ValueError:
            return None
    rest = _DAY.sub("", text)
    return tuple(days) if _BETWEEN.fullmatch(rest) else None
