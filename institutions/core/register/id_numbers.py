"""Resident ID numbers (GB 11643): found in any text, and taken out of it."""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import ric

from institutions.core.register.credit_codes import read_credit_code

ID_NUMBER_MASK = "[身份证号已删除]"
"""Half-width, so that reading it again leaves it as it is."""
_GAP = r"[\s\-·]?"
_SHAPE = re.compile(
    rf"(?<![\dA-Za-z])\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}{_GAP}[\dXxＸｘ](?![\dA-Za-z])"
)
_BIRTH = re.compile(r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def without_id_numbers(text: str) -> str:
    """The text with every resident ID number taken out, wherever it stands.

    One with a wrong last digit is somebody's number mistyped, and goes too. What is a valid credit
    code by its own check character stays.
    """
    return _SHAPE.sub(lambda match: ID_NUMBER_MASK if _is_id(match[0]) else match[0], text)


def _is_id(printed: str) -> bool:
    plain = unicodedata.normalize("NFKC", printed)
    compact = re.sub(r"[^0-9Xx]", "", plain).upper()
    if ric.is_valid(compact):
        return True
    return _BIRTH.match(compact, 6) is not None and not read_credit_code(compact).code
