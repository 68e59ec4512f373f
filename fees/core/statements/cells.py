"""Amounts and days as banks write them."""

from __future__ import annotations

import re
from datetime import date, datetime

_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})0*)?")
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d/%m/%Y")
_MOST_DIGITS = 14


def read_fen(text: str) -> int | None:
    """`1,234.5` as 123450 fen, with its sign; None for what is no amount in whole fen."""
    match = _AMOUNT.fullmatch(text.strip().lstrip("¥￥").strip())
    if match is None:
        return None
    sign, whole, part = match.groups()
    digits = whole.replace(",", "")
    if len(digits) > _MOST_DIGITS:
        return None
    fen = int(digits) * 100 + int((part or "").ljust(2, "0"))
    return -fen if sign == "-" else fen


def read_day(text: str, date_format: str) -> date | None:
    """The day of a text; a time of day behind it is left out. None for what is no day."""
    cleaned = text.strip()
    for candidate in (cleaned, cleaned.split(" ")[0], cleaned.split("T")[0], cleaned[:8]):
        try:
            return datetime.strptime(candidate, date_format).date()  # noqa: DTZ007  a day alone
        except ValueError:
            continue
    return None
