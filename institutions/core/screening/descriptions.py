"""Topics that a text describes with several words in any order, near each other.

A description is a conjunction: `直角|斜边 & 平方|自乘 & 边` holds where one word of each group
stands within a window of a passage. A group that begins with `!` holds words that must be absent
there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import ahocorasick_rs

JOIN = " & "
_ABSENT = "!"
# Farther apart, two words of a cell are rarely about one thing.
_WINDOW_CHARS = 48
_GAP_CHARS = 20
_CLOSE_CHARS = 7
_AROUND_CHARS = 12
_PASSAGE_END = re.compile(r"[。!！]")


@dataclass(frozen=True)
class Described:
    """Description number `index` at `start:end` of a folded text; `at` is each word's place."""

    index: int
    start: int
    end: int
    at: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Groups:
    wanted: int
    absent: frozenset[str]


class Descriptions:
    """Finds the descriptions of one subject; built once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._groups: list[_Groups] = []
        places: dict[str, list[tuple[int, int]]] = {}
        for index, text in enumerate(texts):
            parts = text.split(JOIN)
            wanted = [part for part in parts if not part.startswith(_ABSENT)]
            absent = [part[1:] for part in parts if part.startswith(_ABSENT)]
            words = frozenset(word for part in absent for word in part.split("|"))
            self._groups.append(_Groups(len(wanted), words))
            for number, part in enumerate(wanted):
                for word in part.split("|"):
                    places.setdefault(word, []).append((index, number))
        self._words = list(places)
        self._places = [places[word] for word in self._words]
        self._automaton = ahocorasick_rs.AhoCorasick(self._words)

    def find(self, text: str) -> Iterator[Described]:
        """Each description that a folded text fulfils, once."""
        seen: dict[int, list[tuple[int, int, int]]] = {}
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for index, number in self._places[word]:
                seen.setdefault(index, []).append((start, end, number))
        ends: list[int] | None = None
        for index, found in seen.items():
            groups = self._groups[index]
            if len({number for _, _, number in found}) < groups.wanted:
                continue
            if ends is None:
                ends = [one.start() for one in _PASSAGE_END.finditer(text)]
            at = _nearest(found, groups.wanted, ends)
            if at is None:
                continue
            start, end = min(one[0] for one in at), max(one[1] for one in at)
            around = text[max(0, start - _AROUND_CHARS) : end + _AROUND_CHARS]
            if not any(word in around for word in groups.absent):
                yield Described(index, start, end, at)


def _nearest(
    found: list[tuple[int, int, int]], wanted: int, ends: list[int]
) -> tuple[tuple[int, int], ...] | None:
    """The first places of all groups near each other in one passage, in the groups' order."""
    last: dict[int, tuple[int, int]] = {}
    for start, end, number in sorted(found):
        last[number] = (start, end)
        if len(last) < wanted:
            continue
        first = min(one[0] for one in last.values())
        if end - first > _WINDOW_CHARS or _is_parted(first, end, ends):
            continue
        if len(set(last.values())) == wanted and _hangs_together(sorted(last.values())):
            return tuple(last[one] for one in range(wanted))
    return None


def _is_parted(first: int, end: int, ends: list[int]) -> bool:
    """Whether a passage ends between two places."""
    following = bisect_right(ends, first)
    return following < len(ends) and ends[following] < end


def _hangs_together(places: list[tuple[int, int]]) -> bool:
    """Whether no word stands far from the others; a word of one character must stand close."""
    gaps = [after[0] - before[1] for before, after in pairwise(places)]
    if max(gaps, default=0) > _GAP_CHARS:
        return False
    for index, (start, end) in enumerate(places):
        beside = gaps[max(0, index - 1) : index + 1]
        if end - start == 1 and beside and min(beside) > _CLOSE_CHARS:
            return False
    return True
