"""One spelling for what people write: NFKC, simplified characters, lower case, no hidden marks.

Every folded character knows the place it came from, so that a page can mark the words as filed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_SIMPLIFY = OpenCC("t2s")
# Default-ignorable marks that people (and copy-paste) hide inside words; category Cf covers the
# zero-width ones, these are letters or marks to Unicode and yet invisible.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_ROUNDS = 6


@dataclass(frozen=True)
class FoldedText:
    """`text` is the folded form; `origin[i]` is the index in the given text of its i-th char."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place in the given text of the folded range `start:end`."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=50_000)
def fold_char(char: str) -> str:
    """The folded form of one character, which folds to itself; empty when it is invisible."""
    folded = char
    for _ in range(_ROUNDS):
        again = "".join(_fold_once(one) for one in folded)
        if again == folded:
            break
        folded = again
    return folded


def _fold_once(char: str) -> str:
    if char.isascii():
        return char.lower()
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me", "Cs", "Co") or char in _INVISIBLE:
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible != char:
        return compatible
    simplified: str = _SIMPLIFY.convert(char)
    return simplified.lower()


def fold(text: str) -> FoldedText:
    """The folded text with the origin of each character."""
    folded = [fold_char(char) for char in text]
    lengths = [len(one) for one in folded]
    if lengths.count(1) == len(text):
        return FoldedText("".join(folded), range(len(text)))
    origin = [index for index, length in enumerate(lengths) for _ in range(length)]
    return FoldedText("".join(folded), tuple(origin))


def fold_text(text: str) -> str:
    """The folded text alone."""
    return "".join(map(fold_char, text))
