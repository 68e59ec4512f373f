"""Whether characters that spell a term belong to two other words (调整式子 holds no 整式).

Words are those of the jieba dictionary that rjieba ships, taken without guessing new ones.
"""

from __future__ import annotations

import rjieba

# Words do not reach farther; it also bounds the work on a cell of 32,767 characters.
_AROUND = 12


def falls_between_words(text: str, start: int, end: int) -> bool:
    """Whether `start:end` begins inside one word of the text and ends inside a later one."""
    first = max(0, start - _AROUND)
    begins, at = -1, first
    for word in rjieba.cut(text[first : end + _AROUND], hmm=False):
        after = at + len(word)
        if at < start < after < end:
            begins = at
        if begins >= 0 and start < at < end < after:
            return True
        at = after
    return False
