"""Cells as they leave the house: no formula runs in them, no long number loses digits."""

from __future__ import annotations

import re

_STARTS_A_FORMULA = tuple("=+-@＝＋－＠\t\r'")
_LONG_NUMBER = re.compile(r"\d{12,}|0\d+|\d+[Ee]\d+")


def safe_cell(text: str) -> str:
    """A CSV cell that a spreadsheet shows as text: an apostrophe goes before what it would read.

    Our reader takes one leading apostrophe off again, so that a cell comes back as it was.
    """
    if text.startswith(_STARTS_A_FORMULA) or _LONG_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
