"""Bank account numbers: read as written, shown masked."""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s\-—–·.]")
_DIGITS = re.compile(r"\d{8,32}")
_SHOWN_DIGITS = 4


def read_account_number(text: str) -> str | None:
    """The digits of an account number written with spaces, dashes or in full width.

    None when it is none: settlement accounts of Chinese banks have 8 to 32 digits, and unlike
    cards no common check digit.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return digits if digits.isascii() and _DIGITS.fullmatch(digits) else None


def last_four(number: str) -> str:
    """What of a number may be seen."""
    return number[-_SHOWN_DIGITS:]


def masked(last_digits: str) -> str:
    """`**** 0123`, or nothing where there is no number."""
    return f"**** {last_digits}" if last_digits else ""
