"""Whether a filed address is a place that the register knows: surely, perhaps, or not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from institutions.core.register.text import match_key
from institutions.core.screening.numerals import whole_number

_SHORTEST_REST = 6
_LIKE_ENOUGH = 0.8
_NUMERAL = re.compile(r"[一二三四五六七八九十百零〇两]+(?=号|栋|幢|楼|座|层|室|单元)")
_DIGITS = re.compile(r"[0-9]+")
_SAME_WORDS = (("楼层", "层"), ("号楼", "栋"), ("幢", "栋"), ("座", "栋"), ("楼", "层"))


class Likeness(StrEnum):
    """How far two addresses are one place."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"


def likeness(filed_key: str, known_key: str) -> Likeness:
    """Two address keys compared.

    A front that was left out (province, city, district) makes no other place. An end that was cut
    off, another way of writing numbers, or a few other letters with the same numbers is near: a
    person decides. Other numbers are another place.
    """
    if not filed_key or not known_key:
        return Likeness.OTHER
    if filed_key == known_key or _is_without_front(filed_key, known_key):
        return Likeness.SAME
    if filed_key.startswith(known_key) or known_key.startswith(filed_key):
        return Likeness.NEAR
    return Likeness.NEAR if _is_like(_folded(filed_key), _folded(known_key)) else Likeness.OTHER


@lru_cache(maxsize=4096)
def address_key(text: str) -> str:
    """The comparable form of an address, or of a name, as it is filed; many rows have the same."""
    return match_key(text)


def _is_without_front(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    is_rest = len(shorter) >= _SHORTEST_REST and longer.endswith(shorter)
    return is_rest and not shorter[0].isdigit()


def _is_like(one: str, other: str) -> bool:
    if one == other or _is_without_front(one, other):
        return True
    if one.startswith(other) or other.startswith(one):
        return min(len(one), len(other)) >= _SHORTEST_REST
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LIKE_ENOUGH


def _folded(key: str) -> str:
    text = _NUMERAL.sub(lambda found: str(whole_number(found[0]) or found[0]), key)
    for written, meant in _SAME_WORDS:
        text = text.replace(written, meant)
    return text
