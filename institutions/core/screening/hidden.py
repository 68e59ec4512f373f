"""Topics hidden from a plain search: marks put inside a word (方·程), or its pinyin (fangcheng)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pypinyin import lazy_pinyin

from institutions.core.screening.normalise import FoldedText

_HAN = "\u3400-\u9fff"
# Marks that join no words of a list: 、，；： and full stops stay where they are.
_INSERTED = re.compile(rf"(?<=[{_HAN}])[ \t.·・•*_\-–—~/+|^=#@&'\"]{{1,2}}(?=[{_HAN}])")
# 第3—5周 角的大小: a label of the schedule ends where the mark stands.
_LABEL = re.compile(r"第?[\d一二三四五六七八九十—–\-~至到、,，]+[周次课讲节月天回期段]$")
_LABEL_CHARS = 8
_LATIN_RUN = re.compile(r"[a-z]+(?:[ \-'·.][a-z]+)*")
_WORD = re.compile(r"[a-z]+")
_ALL_HAN = re.compile(rf"[{_HAN}]{{2,}}")
_LEAST_LETTERS = 6
_MOST_WORDS = 8


def squeeze(text: FoldedText) -> FoldedText | None:
    """The text without marks that stand inside Chinese words; None when there are none.

    `origin` of the result points into the folded text, not into the cell.
    """
    inserted = [one for one in _INSERTED.finditer(text.text) if not _ends_label(text.text, one)]
    if not inserted:
        return None
    kept: list[int] = []
    last = 0
    for found in inserted:
        kept.extend(range(last, found.start()))
        last = found.end()
    kept.extend(range(last, len(text.text)))
    return FoldedText("".join(text.text[index] for index in kept), tuple(kept))


def _ends_label(text: str, mark: re.Match[str]) -> bool:
    start = mark.start()
    return _LABEL.search(text[max(0, start - _LABEL_CHARS) : start]) is not None


def is_split(origin: Sequence[int], start: int, end: int) -> bool:
    """Whether a hit at `start:end` of a squeezed text lay in pieces, one of a single character.

    小数 乘法 are two words of a list; 方 程 is one word that somebody took apart.
    """
    pieces, length = [], 1
    for index in range(start + 1, end):
        if origin[index] == origin[index - 1] + 1:
            length += 1
        else:
            pieces.append(length)
            length = 1
    pieces.append(length)
    return len(pieces) > 1 and min(pieces) == 1


def pinyin_of(term: str) -> str:
    """The pinyin of a Chinese term without tones or spaces; empty where it would prove nothing."""
    if _ALL_HAN.fullmatch(term) is None:
        return ""
    letters = "".join(lazy_pinyin(term, errors="ignore")).replace("ü", "v")
    return letters if len(letters) >= _LEAST_LETTERS else ""


def latin_windows(text: str) -> Iterator[tuple[str, int, int]]:
    """Each run of Latin words that may be one term's pinyin: letters, and its place."""
    for run in _LATIN_RUN.finditer(text):
        words = [word.span() for word in _WORD.finditer(text, run.start(), run.end())]
        for first in range(len(words)):
            for last in range(first, min(len(words), first + _MOST_WORDS)):
                start, end = words[first][0], words[last][1]
                yield re.sub(r"[^a-z]", "", text[start:end]), start, end
