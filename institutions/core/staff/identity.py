"""Identity numbers: read, checked, never kept; and the hint of a name."""

from __future__ import annotations

import re
from datetime import date

RESIDENT_ID = "resident_id"
_RESIDENT = re.compile(r"\d{17}[\dX]")
_OTHER_PAPER = re.compile(r"[A-Z0-9]{6,20}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){10,}")


def read_identity_number(kind: str, text: str) -> str | None:
    """The number of a paper as it is compared, or None where it cannot be one.

    `kind` is `resident_id`, whose date and last character are checked, or another paper's.
    """
    folded = re.sub(r"[\s-]", "", text.translate(_FULL_WIDTH)).upper()
    if kind != RESIDENT_ID:
        return folded if _OTHER_PAPER.fullmatch(folded) else None
    if not _RESIDENT.fullmatch(folded) or not _is_day(folded[6:14]):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(folded, _WEIGHTS, strict=False))
    return folded if _CHECK_CHARACTERS[total % 11] == folded[17] else None


def name_hint(name: str) -> str:
    """A name of which only the first character can be read."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2) if name else ""


def holds_long_number(text: str) -> bool:
    """Whether a text to be published holds a phone's or an identity paper's number."""
    return _LONG_NUMBER.search(text.translate(_FULL_WIDTH)) is not None


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True
