"""Single cells as dates, whole numbers, yuan and texts; None means that nobody could read it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from institutions.core.screening.normalise import fold_text
from institutions.core.screening.numerals import whole_number
from institutions.core.screening.remembering import remembered
from regulator.kernel.money import parse_yuan_fen

FIRST_YEAR, LAST_YEAR = 2000, 2099
# Excel counts days from 1899-12-30 (1900 was no leap year, but Lotus thought so).
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_RANGE = range(36_526, 73_051)
# A number beyond 15 digits has lost its last ones in a spreadsheet.
_EXACT_LIMIT = 10**15
_DATE = re.compile(
    r"(?P<year>\d{4})\s*[-./年·]\s*(?P<month>\d{1,2})\s*[-./月·]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:\s*t?\s*0{1,2}:00(?::00(?:\.0+)?)?)?(?:\s*\(?(?:周|星期)[一二三四五六日天]\)?)?"
)
_COMPACT_DATE = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_CHINESE_DATE = re.compile(
    r"(?P<year>[〇零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_COUNT = re.compile(
    r"(?:约|共|每课时|每班|限)?\s*(?P<number>-?\d[\d,]*(?:\.0+)?|[零〇一二两三四五六七八九十百千]+)\s*"
    r"(?:个?课时|节课?|课|分钟|分|人|名|位|学生|学员|min(?:utes?)?)?"
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e[+-]?\d+")
_YUAN_WORDS = re.compile(r"(?:人民币|rmb|cny|¥|￥)|(?:元整?|块)?(?:/|每)?(?:人|生|期|班)?$")


def cell_text(value: object) -> str:
    """A cell as trimmed text: a whole float without its `.0`, a date as 2026-03-07."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_LIMIT:
        return str(int(value))
    return str(value).strip()


@remembered
def read_date(value: object) -> date | None:
    """A day between 2000 and 2099 from a date, a spreadsheet's day number or a text."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if FIRST_YEAR <= value.year <= LAST_YEAR else None
    if isinstance(value, int | float):
        return None if isinstance(value, bool) else _from_serial(value)
    return _from_text(fold_text(cell_text(value)).strip())


def _from_serial(value: float) -> date | None:
    if value % 1:
        return None
    days = int(value)
    return _SERIAL_EPOCH + timedelta(days=days) if days in _SERIAL_RANGE else None


def _from_text(text: str) -> date | None:
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _from_serial(int(text))
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text) or _CHINESE_DATE.fullmatch(text)
    if found is None:
        return None
    parts = [whole_number(found[name]) or 0 for name in ("year", "month", "day")]
    try:
        day = date(*parts)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


@remembered
def read_count(value: object) -> int | None:
    """A whole number, with or without its unit (`40`, `40分钟`, `三十六课时`); may be negative."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    found = _COUNT.fullmatch(fold_text(cell_text(value)).strip())
    if found is None:
        return None
    digits = found["number"].replace(",", "")
    if digits.lstrip("-").isdigit() or "." in digits:
        return int(digits.partition(".")[0]) if len(digits) <= 12 else None
    return whole_number(digits)


@remembered
def read_fee_fen(value: object) -> int | None:
    """Exact fen of a yuan amount; None when it is no amount or has parts of a fen."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    text = fold_text(repr(value) if isinstance(value, float) else cell_text(value)).strip()
    text = _YUAN_WORDS.sub("", text).strip()
    fraction = text.partition(".")[2]
    if fraction and not fraction.strip("0"):
        text = text.partition(".")[0]
    return parse_yuan_fen(text)


@remembered
def is_scientific(value: object) -> bool:
    """Whether a spreadsheet has turned a number that is a name into one that has lost digits."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return not math.isfinite(value) or abs(value) >= _EXACT_LIMIT
    return _SCIENTIFIC.fullmatch(fold_text(cell_text(value))) is not None
