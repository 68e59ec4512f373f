"""Characters without which a pattern cannot match, so that most texts need no search at all.

Of each alternative of a pattern one place is chosen whose character is one of few; a text that has
none of the chosen characters cannot match. Assertions are not looked at: they only narrow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

_MOST_AT_ONE_PLACE = 64
# They stand in nearly every class name: a place that needs another character tells more.
_USUAL = frozenset("一二三四五六七八九十0123456789年级小学初中高数语文英外理化物生班课训练期上下的")

Characters = frozenset[str]
Meaning = TypeVar("Meaning")


_KNOWN: dict[int, tuple[re.Pattern[str], Characters | None]] = {}
_MOST_KNOWN = 1_000


def needed_characters(pattern: re.Pattern[str]) -> Characters | None:
    """Every text that the pattern matches has one of these; None where that cannot be said."""
    # By identity: a pattern's hash is counted anew each time. It is kept with its answer.
    known = _KNOWN.get(id(pattern))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(pattern)] = (pattern, _needed(pattern))
    return known[1]


def lacks(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a text has none of the characters without which a pattern cannot match."""
    needed = needed_characters(pattern)
    return needed is not None and needed.isdisjoint(text)


class ByCharacter(Generic[Meaning]):
    """Many patterns, each with what it stands for, of which a text tries those that may match."""

    def __init__(self, patterns: Iterable[tuple[Meaning, re.Pattern[str]]]) -> None:
        self._patterns = tuple(patterns)
        self._always: set[int] = set()
        self._by_character: dict[str, set[int]] = {}
        for number, (_meaning, pattern) in enumerate(self._patterns):
            needed = _needed(pattern)
            if needed is None:
                self._always.add(number)
            for character in needed or ():
                self._by_character.setdefault(character, set()).add(number)

    def of(self, text: str) -> Iterator[tuple[Meaning, re.Pattern[str]]]:
        """Those that may match a text, in their order."""
        numbers = set(self._always)
        for character in self._by_character.keys() & set(text):
            numbers |= self._by_character[character]
        for number in sorted(numbers):
            yield self._patterns[number]


def _needed(pattern: re.Pattern[str]) -> Characters | None:
    if pattern.flags & re.IGNORECASE:
        return None
    return _of_sequence(parser.parse(pattern.pattern, pattern.flags))


def _of_sequence(sequence: Iterable[tuple[Any, Any]]) -> Characters | None:
    """The most telling of the places that all have to be there."""
    found = [one for kind, given in sequence if (one := _of_place(kind, given)) is not None]
    return min(found, key=_how_usual, default=None)


def _how_usual(characters: Characters) -> tuple[int, int]:
    return len(characters & _USUAL), len(characters)


def _of_place(kind: Any, given: Any) -> Characters | None:
    if kind is ops.LITERAL:
        return frozenset(chr(given))
    if kind is ops.IN:
        return _of_class(given)
    if kind is ops.SUBPATTERN:
        return _of_sequence(given[-1])
    if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _of_sequence(given[2]) if given[0] > 0 else None
    if kind is ops.BRANCH:
        return _of_any([_of_sequence(one) for one in given[1]])
    return None


def _of_any(found: Collection[Characters | None]) -> Characters | None:
    known = [one for one in found if one is not None]
    return frozenset[str]().union(*known) if len(known) == len(found) else None


def _of_class(members: Iterable[tuple[Any, Any]]) -> Characters | None:
    characters: set[str] = set()
    for kind, given in members:
        if kind is ops.LITERAL:
            characters.add(chr(given))
        elif kind is ops.RANGE and given[1] - given[0] < _MOST_AT_ONE_PLACE:
            characters |= set(map(chr, range(given[0], given[1] + 1)))
        else:
            return None
    return frozenset(characters) if len(characters) <= _MOST_AT_ONE_PLACE else None
