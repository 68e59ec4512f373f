"""Printed text made comparable: one width, no stray marks, and keys for matching."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")
_BLANKS = frozenset(
    [
        *("", "/", "\\", "-", "--", "—", "——", "无", "暂无", "不详", "未知", "未注明", "未公布"),
        *("未填", "待补充", "n/a", "na", "none", "null"),
    ]
)
_TRAILING_BRACKET = re.compile(r"\([^()]*\)$")
_HOUSE_NUMBER = re.compile(
    r"[0-9一二三四五六七八九十百]+\s*(?:号|栋|幢|楼|座|层|室|#|单元|弄|組|组)"
)


def clean_text(text: object) -> str:
    """One line of half-width text (NFKC), without invisible marks and outer or double spaces."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return _SPACES.sub(" ", _INVISIBLE.sub("", plain)).strip()


def clean_value(text: object) -> str:
    """As `clean_text`, and empty for the words with which lists fill a cell that has no value."""
    cleaned = clean_text(text)
    return "" if cleaned.casefold() in _BLANKS else cleaned


def match_key(text: object) -> str:
    """The letters, digits and characters alone, in lower case: equal for the same name or address.

    Width, spaces, brackets, quotes and punctuation do not count; the words themselves all do.
    """
    plain = clean_text(text).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LN")


def without_bracket(name: str) -> str:
    """A cleaned name without a last bracket, as in 某某培训学校(桂溪校区)."""
    return _TRAILING_BRACKET.sub("", name).strip()


def has_house_number(address: str) -> bool:
    """Whether an address goes down to a number, building, floor or room."""
    return _HOUSE_NUMBER.search(address) is not None


def same_address(first_key: str, second_key: str) -> bool:
    """Whether two address keys are one place: equal, or one is the other cut off at its end.

    A front that was left out (the province, city or district) does not make it another place.
    """
    if not first_key or not second_key:
        return False
    shorter, longer = sorted((first_key, second_key), key=len)
    return longer.startswith(shorter) or (len(shorter) >= 6 and longer.endswith(shorter))
