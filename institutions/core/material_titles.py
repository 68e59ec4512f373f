"""Titles of 培训材料 in a class's words: which of the institution's materials a class names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_NOISE = re.compile(r"[\s《》“”\"'·・（）()【】\[\]，,。.：:；;、—\-_]+")
_LEAST_CHARACTERS = 3


def title_key(title: str) -> str:
    """A title as it is compared: brackets, blanks and punctuation off, full width folded."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).casefold()


def named_titles(text: str, titles: Iterable[str]) -> tuple[str, ...]:
    """The titles that a text names, in their order; a very short one only as the whole text.

    A title that is part of a longer one that is named too does not count: 数学讲义 within
    三年级数学讲义 is another book.
    """
    folded = title_key(text)
    keys: Mapping[str, str] = {title: title_key(title) for title in titles}
    found = [
        title
        for title, key in keys.items()
        if key == folded or (len(key) >= _LEAST_CHARACTERS and key in folded)
    ]
    return tuple(
        title
        for title in found
        if _stands_alone(keys[title], folded, [keys[one] for one in found if one != title])
    )


def _stands_alone(key: str, folded: str, others: list[str]) -> bool:
    """Whether it is named besides, not only within, the longer titles that are named."""
    rest = folded
    for longer in sorted((one for one in others if key in one), key=len, reverse=True):
        rest = rest.replace(longer, "")
    return key in rest
