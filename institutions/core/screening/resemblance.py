"""Topics that a text is likely about by its words: a small, explainable classifier.

Words weigh as `description_words` counted them in descriptions of topics. Clauses that name a topic
or exclude something are left to the rules for these; what stands together in up to three of the
others is compared. Which topics come too early, and which are lawful and therefore the better
explanation, only the pupils decide (`placement`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import rjieba

# In hundredths. A word that one topic alone uses weighs about 700; two such are not chance.
LEAST_LIKENESS = 1_400
LEAST_LEAD = 400
LEAST_WORDS = 3
NO_TOPIC = ""  # the term of sentences that stand beside any topic
_MOST_CLAUSES = 3
_NUMBERS = tuple(range(1_000))
_LONGEST_TEXT = 4_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{2,}$")
# Numbers count lessons and weeks more often than they belong to a topic.
_NUMBER = re.compile(r"[一二三四五六七八九十百千万两几第个次]+$")
_CLAUSE = re.compile(r"[^,，。;；!！?？\n:：、()（）]+")
_SENTENCE_END = re.compile(r"[。;；!！\n]")
# 第1—6次课, Week1–2: what the schedule counts by says nothing of the topic.
_LABEL = re.compile(
    r"(?:week|第)?\s*[\d一二三四五六七八九十]+(?:\s*[—–\-~至到、]+\s*[\d一二三四五六七八九十]+)*"
    r"\s*(?:周|次课|次|课时|课|讲|节|月|天|单元|阶段|部分|专题)"
)


class Word(NamedTuple):
    """A word or a pair of single characters at `start:end` of a folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What `start:end` of a folded text is like: terms with their likeness, the likest first.

    Likeness is in hundredths of a natural logarithm; what is too little to matter is left out.
    """

    start: int
    end: int
    terms: tuple[tuple[str, int], ...]


class Resemblance:
    """The words of one subject's topics. Built once; finding changes nothing.

    `weights` are words with their (term, weight) pairs, all folded.
    """

    def __init__(self, weights: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> None:
        indexes: dict[str, int] = {}
        self._weights = {
            word: tuple(
                number
                for term, weight in pairs
                for number in (indexes.setdefault(term, len(indexes)), _same(weight))
            )
            for word, pairs in weights
        }
        self._terms = tuple(indexes)

    def find(self, text: str, named: Sequence[tuple[int, int]]) -> Iterator[Likeness]:
        """What the clauses of a folded text are like, but for those in which a term is `named`."""
        text = text[:_LONGEST_TEXT]
        words = words_of(text)
        if max(self._like(words).values(), default=0) < LEAST_LIKENESS:
            return
        for run in _runs(text, named):
            for first in range(len(run)):
                for last in range(first, min(len(run), first + _MOST_CLAUSES)):
                    start, end = run[first][0], run[last][1]
                    terms = self._likest(one for one in words if start <= one.start < end)
                    if terms:
                        yield Likeness(start, end, terms)

    def words_for(self, text: str, likeness: Likeness, term: str) -> tuple[Word, ...]:
        """The words of the text that speak for a term, the weightiest first."""
        index, start, end = self._terms.index(term), likeness.start, likeness.end
        found: dict[str, tuple[int, Word]] = {}
        for word in words_of(text[:_LONGEST_TEXT]):
            weight = dict(_pairs(self._weights.get(word.text, ()))).get(index)
            if weight is not None and start <= word.start < end:
                found.setdefault(word.text, (weight, word))
        return tuple(word for _, word in sorted(found.values(), key=lambda one: -one[0]))

    def _like(self, words: Iterable[Word]) -> dict[int, int]:
        like: dict[int, int] = {}
        for text in {word.text for word in words}:
            for index, weight in _pairs(self._weights.get(text, ())):
                like[index] = like.get(index, 0) + weight
        return like

    def _likest(self, words: Iterable[Word]) -> tuple[tuple[str, int], ...]:
        like = self._like(words)
        if max(like.values(), default=0) < LEAST_LIKENESS:
            return ()
        near = [index for index in like if like[index] > LEAST_LIKENESS - LEAST_LEAD]
        near.sort(key=lambda one: (-like[one], one))
        return tuple((self._terms[index], like[index]) for index in near)


def _pairs(row: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    each = iter(row)
    return zip(each, each, strict=True)


def _same(number: int) -> int:
    """The one object that stands for a number of usual size: a table of many stays small."""
    return _NUMBERS[number] if number < len(_NUMBERS) else number


def words_of(text: str) -> list[Word]:
    """The words of a folded text that may speak for a topic, with their places."""
    found: list[Word] = []
    single: Word | None = None
    at = 0
    for piece in rjieba.cut(_LABEL.sub(_blank, text), hmm=False):
        start, at = at, at + len(piece)
        if not _HAN.match(piece):
            if _LATIN.match(piece):
                found.append(Word(piece, start, at))
            single = None
            continue
        if _NUMBER.match(piece):
            single = None
            continue
        word = Word(piece, start, at)
        if len(piece) > 1:
            single = None
        else:
            if single is not None:
                found.append(Word(single.text + piece, single.start, at))
            single = word
        found.append(word)
    return found


def _blank(label: re.Match[str]) -> str:
    return "," * len(label.group())


def clauses_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the clauses of a range."""
    for found in _CLAUSE.finditer(text, start, end):
        yield found.span()


def _runs(text: str, named: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Clauses that follow each other in a sentence and in which nothing is named."""
    run: list[tuple[int, int]] = []
    before = 0
    for found in _CLAUSE.finditer(text):
        start, end = found.span()
        apart = _SENTENCE_END.search(text, before, start) is not None
        is_named = any(first < end and start < last for first, last in named)
        if (apart or is_named) and run:
            yield run
            run = []
        if not is_named:
            run.append((start, end))
        before = end
    if run:
        yield run
