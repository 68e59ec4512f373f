"""A spreadsheet's cell as the text that the screening reads."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Cell = int | float | str | bool | date | datetime | time | timedelta | None

# Excel keeps 15 significant digits: a longer number has already lost some, and is shown as 4.4E+17.
_EXACT_BELOW = 10**15
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(36526, 73051)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')


def cell_text(cell: Cell) -> str:
    """The cell as text: dates in ISO form, whole numbers without a point, spaces at the ends off.

    A number of 10**15 or more comes out in scientific notation, as its sheet shows it, because its
    last digits are lost already.
    """
    if isinstance(cell, str):
        return clean_text(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_text(cell)
    return _moment_text(cell)


def clean_text(text: str) -> str:
    """Without control characters and outer white space; lines end with a plain line feed."""
    if text.isprintable():  # neither a control nor a line end, nor any blank but the plain one
        return text.strip(" ")
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _CONTROLS.sub("", unified).strip()


def csv_text(text: str) -> str:
    """A CSV field: `="0123"` and a leading apostrophe are ways to keep digits; both come off."""
    cleaned = clean_text(text)
    match = _QUOTED_FORMULA.fullmatch(cleaned)
    inner = match.group(1) if match else cleaned
    return inner.removeprefix("'").strip()


def number_text(number: int | float) -> str:
    """`40` for 40.0, `864.5`, and `4.40106E+17` for what a sheet cannot hold exactly."""
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    if abs(number) >= _EXACT_BELOW:
        return f"{number:.6G}"
    if number == int(number):
        return str(int(number))
    return f"{number:.15g}"


def lost_digits(text: str) -> bool:
    """Whether a number that is a name stands in scientific notation: its last digits are gone."""
    return _SCIENTIFIC.fullmatch(text) is not None


def serial_date(text: str) -> date | None:
    """The date behind a day number such as `46154` (years 2000 to 2099), or None."""
    if len(text) != 5 or not text.isascii() or not text.isdigit() or int(text) not in _SERIALS:
        return None
    return _SERIAL_DAY_ZERO + timedelta(days=int(text))


def _moment_text(moment: date | datetime | time | timedelta) -> str:
    if isinstance(moment, datetime):
        at_midnight = moment.time() == time()
        return moment.date().isoformat() if at_midnight else moment.strftime("%Y-%m-%d %H:%M")
    if isinstance(moment, date):
        return moment.isoformat()
    if isinstance(moment, time):
        return moment.strftime("%H:%M")
    minutes = int(moment.total_seconds() // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
