"""A certificate's number as it is compared with another's."""

from __future__ import annotations

import re

from institutions.core.register.text import clean_text

CERTIFICATE_NUMBER = "staff.certificate"
"""What a certificate number is digested for: in the staff list and in filings alike."""
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 6


def comparable_number(printed: str) -> str:
    """The number without spaces, as the staff list keeps it; empty where it is none, as in 无."""
    number = clean_text(printed).replace(" ", "")
    return number if len(_DIGIT.findall(number)) >= _FEWEST_DIGITS else ""
