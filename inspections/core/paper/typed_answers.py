"""Answers as people type them from paper: an item's code, and a short word or digit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches

from inspections.core.visits.answers import Answer

_WORDS = {
    Answer.MEETS.value: ("1", "符合", "是", "√", "Y", "MEETS"),
    Answer.FAILS.value: ("2", "不符合", "否", "×", "X", "N", "FAILS"),
    Answer.NOT_APPLICABLE.value: ("3", "不适用", "不涉及", "/", "NA"),
    Answer.NOT_CHECKED.value: ("4", "未查", "没查", "?", "NOTCHECKED"),
}
_ANSWERS = {word: answer for answer, words in _WORDS.items() for word in words}
_NUMBERED = re.compile(r"([A-Z]+)0*([0-9]+)")
_NEAREST = 3


def plain(text: str) -> str:
    """Without blanks, in half-width capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def item_code(typed: str, known: Collection[str]) -> str | None:
    """The code among the known ones that was meant; `a1` is `A01`. None where it is none."""
    wanted = _key(plain(typed))
    return next((code for code in known if _key(plain(code)) == wanted), None)


def _key(code: str) -> tuple[str, str]:
    found = _NUMBERED.fullmatch(code)
    return (found[1], found[2]) if found else (code, "")


def near_codes(typed: str, known: Collection[str]) -> list[str]:
    """Codes that look like what was typed, the likeliest first."""
    return get_close_matches(plain(typed), sorted(known), n=_NEAREST, cutoff=0.3)


def answer_of(typed: str) -> str | None:
    """The answer that a digit, a word or a mark stands for; None where it is none."""
    return _ANSWERS.get(plain(typed))
