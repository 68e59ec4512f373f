"""Topics that a text is likely about by its words: a small, explainable classifier.

It is counted from descriptions of topics (`descriptions.csv`) and nothing else, so that it gives
the same answer everywhere. A word weighs for a topic by how much oftener its descriptions use it
than all others do: `log P(word | topic) - log P(word | other topics)`, a naive Bayes without
priors. Clauses that name a topic or exclude something are left to the rules for these; what stands
together in up to three of the others is compared. Which topics come too early, and which are
lawful and therefore the better explanation, only the pupils decide (`placement`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

# A word that a topic alone uses weighs about 7; a likeness of less than three such is chance.
LEAST_LIKENESS = 14.0
LEAST_LEAD = 4.0
LEAST_WORDS = 3
NO_TOPIC = ""  # the term of sentences that stand beside any topic
_MOST_CLAUSES = 3
_MOST_WEIGHT = 9.0
_LEAST_WEIGHT = 1.0
_SINGLE = 0.5  # what a word of one character counts: 角 and 根 stand in many words
_MOST_TOPICS = 12
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


@dataclass(frozen=True)
class Word:
    """A word or a pair of single characters at `start:end` of a folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Likeness:
    """What `start:end` of a folded text is like: terms with their likeness, the likest first."""

    start: int
    end: int
    terms: tuple[tuple[str, float], ...]
    words: tuple[Word, ...]


class Resemblance:
    """The words that descriptions of one subject's topics use. Built once; finding changes nothing.

    `descriptions` are (term, text) pairs, both folded.
    """

    def __init__(self, descriptions: Iterable[tuple[str, str]]) -> None:
        used: dict[str, Counter[str]] = {}
        texts: Counter[str] = Counter()
        for term, text in descriptions:
            texts[term] += 1
            used.setdefault(term, Counter()).update({word.text for word in words_of(text)})
        everywhere: Counter[str] = Counter()
        for counted in used.values():
            everywhere.update(counted)
        self._terms = tuple(used)
        weights: dict[str, list[tuple[int, float]]] = {}
        for index, term in enumerate(self._terms):
            for word, count in used[term].items():
                weight = _weight(
                    count, texts[term], everywhere[word] - count, texts.total() - texts[term]
                )
                if weight > _LEAST_WEIGHT:
                    share = _SINGLE if len(word) == 1 else 1.0
                    weights.setdefault(word, []).append((index, weight * share))
        self._weights = {word: tuple(some) for word, some in weights.items()}

    def find(self, text: str, named: Sequence[tuple[int, int]]) -> Iterator[Likeness]:
        """What the clauses of a folded text are like, but for those in which a term is `named`."""
        words = words_of(text[:_LONGEST_TEXT])
        if self._most(words) < LEAST_LIKENESS:
            return
        for run in _runs(text[:_LONGEST_TEXT], named):
            for first in range(len(run)):
                for last in range(first, min(len(run), first + _MOST_CLAUSES)):
                    start, end = run[first][0], run[last][1]
                    inside = [one for one in words if start <= one.start and one.end <= end]
                    terms = self._like(inside)
                    if terms and terms[0][1] >= LEAST_LIKENESS:
                        yield Likeness(start, end, terms, tuple(inside))

    def words_for(self, likeness: Likeness, term: str) -> tuple[Word, ...]:
        """The words that speak for a term, the weightiest first."""
        index = self._terms.index(term)
        found: dict[str, tuple[float, Word]] = {}
        for word in likeness.words:
            weight = dict(self._weights.get(word.text, ())).get(index)
            if weight is not None:
                found.setdefault(word.text, (weight, word))
        return tuple(word for _, word in sorted(found.values(), key=lambda one: -one[0]))

    def _most(self, words: Iterable[Word]) -> float:
        like = self._likeness(words)
        return max(like.values(), default=0.0)

    def _likeness(self, words: Iterable[Word]) -> dict[int, float]:
        like: dict[int, float] = {}
        for text in {word.text for word in words}:
            for index, weight in self._weights.get(text, ()):
                like[index] = like.get(index, 0.0) + weight
        return like

    def _like(self, words: Sequence[Word]) -> tuple[tuple[str, float], ...]:
        like = self._likeness(words)
        best = sorted(like, key=lambda one: (-like[one], one))[:_MOST_TOPICS]
        return tuple((self._terms[index], like[index]) for index in best)


def _weight(count: int, texts: int, elsewhere: int, others: int) -> float:
    here = (count + 0.015) / (texts + 0.03)
    there = (elsewhere + 0.3) / (others + 0.6)
    return min(_MOST_WEIGHT, math.log(here / there))


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
