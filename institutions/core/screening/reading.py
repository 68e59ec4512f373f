"""What the four topic columns of a row say: terms, volumes and stages, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from institutions.core.screening.clauses import is_excluded, looks_back
from institutions.core.screening.grades import FIRST_SENIOR_GRADE
from institutions.core.screening.normalise import FoldedText, fold, fold_text
from institutions.core.screening.numerals import whole_number
from institutions.core.screening.rows import TOPIC_HEADERS, FilingRow
from institutions.core.screening.topics import TermHit, TopicEntry, TopicIndex

_DIGIT = r"[一二三四五六七八九1-9]"
_VOLUME = re.compile(
    rf"(?:(?P<senior>高)(?P<year>[一二三123])|(?P<junior>初)(?P<jyear>[一二三123])"
    rf"|(?<!第)(?<!共)(?<!\d)(?P<grade>{_DIGIT}))"
    r"(?:年级)?\s*(?:\(?(?P<term>[上下])(?:册|学期)?\)?(?![课午周网海车台机手楼一])|全一册)"
    r"|(?<![一-龥0-9])(?P<bare>[上下])册|(?P<after>[上下])册(?=教材|课本|内容|单元|知识|的|第)"
)
_STAGE = re.compile(r"(?P<senior>高中|高考|大学)|(?P<junior>初中|中考)")
_STAGE_TOPIC = re.compile(
    r"^(?:阶段|学段)?的?(?:\w{0,4}?)(?:内容|知识|教材|课本|课程|课文|单元|题|考点|词汇|语法|数学|语文|英语|物理|化学|生物)"
)
_FIRST_JUNIOR_GRADE = 7
_AROUND = 10


@dataclass(frozen=True)
class Place:
    """Where words stand: the column, the place in the cell as filed, and the words themselves."""

    header: str
    start: int
    end: int
    words: str

    @property
    def span(self) -> tuple[str, int, int]:
        """Column, start and end in the cell, as a page marks it."""
        return self.header, self.start, self.end


@dataclass(frozen=True)
class Mention:
    """A key term that is taught, not excluded; `looks_back` when its clause speaks of review."""

    entry: TopicEntry
    place: Place
    looks_back: bool


@dataclass(frozen=True)
class Volume:
    """A textbook volume that is named: grade 0 is the class's own; term 0 is the whole year's."""

    grade: int
    term: int
    place: Place


class Reading:
    """The topic columns of a row, folded once and read on demand."""

    def __init__(self, row: FilingRow, index: TopicIndex) -> None:
        self._row = row
        self._index = index
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._folded: dict[str, FoldedText] = {}

    @cached_property
    def texts(self) -> dict[str, FoldedText]:
        """The folded text of each topic column."""
        return {header: self.folded(header) for header in TOPIC_HEADERS}

    def folded(self, header: str) -> FoldedText:
        """The folded text of any column."""
        if header not in self._folded:
            self._folded[header] = fold(self._row.cells[header])
        return self._folded[header]

    def place(self, header: str, start: int, end: int) -> Place:
        """The place in the cell of a range of the folded text."""
        first, last = self.folded(header).span(start, end)
        return Place(header, first, last, self._row.cells[header][first:last])

    def mentions(self, subject: str) -> tuple[Mention, ...]:
        """The subject's terms that the class says it teaches, in the columns' order."""
        if subject not in self._mentions:
            terms = self._read(subject, self._index.hits)
            hidden = self._read(subject, self._index.hidden)
            described = self._read(subject, self._index.paraphrased)
            mentions = (*terms, *hidden, *described)
            in_order = sorted(mentions, key=lambda one: TOPIC_HEADERS.index(one.place.header))
            self._mentions[subject] = tuple(in_order)
        return self._mentions[subject]

    def named_topics(self, subject: str) -> Iterator[Mention]:
        """The subject's terms that the class says it teaches, without mere descriptions."""
        return self._read(subject, self._index.hits)

    def _read(
        self, subject: str, find: Callable[[FoldedText, str], Iterable[TermHit]]
    ) -> Iterator[Mention]:
        for header, text in self.texts.items():
            for hit in find(text, subject):
                if not is_excluded(text.text, hit.start, hit.end):
                    back = looks_back(text.text, hit.start)
                    yield Mention(hit.entry, self.place(header, hit.start, hit.end), back)

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes named outside the class name: 五年级下册, 八上, 下册教材."""
        return tuple(self._volumes(header for header in TOPIC_HEADERS if header != "班级名称"))

    def _volumes(self, headers: Iterable[str]) -> Iterator[Volume]:
        for header in headers:
            text = self.texts[header].text
            for found in _VOLUME.finditer(text):
                if not is_excluded(text, found.start(), found.end()):
                    grade, term = _volume_of(found)
                    yield Volume(grade, term, self.place(header, found.start(), found.end()))

    def matches(self, pattern: re.Pattern[str], headers: Iterable[str]) -> Iterator[Place]:
        """The places in columns where a pattern stands and is not excluded."""
        for header in headers:
            text = self.folded(header).text
            for found in pattern.finditer(text):
                if found.end() > found.start() and not is_excluded(text, *found.span()):
                    yield self.place(header, *found.span())

    def before(self, place: Place) -> str:
        """The ten characters before a place, folded."""
        return fold_text(self._row.cells[place.header][max(0, place.start - _AROUND) : place.start])

    def around(self, place: Place) -> str:
        """The words before, at and after a place, up to ten characters on each side, folded."""
        cell = self._row.cells[place.header]
        return fold_text(cell[max(0, place.start - _AROUND) : place.end + _AROUND])

    @cached_property
    def stages(self) -> tuple[Volume, ...]:
        """Contents named by their stage alone (初中内容, 高中知识): grade 7 or 10, term 0."""
        return tuple(self._stages())

    def _stages(self) -> Iterator[Volume]:
        for header, text in self.texts.items():
            for found in _STAGE.finditer(text.text):
                named = _STAGE_TOPIC.match(text.text[found.end() : found.end() + 12])
                if named and not is_excluded(text.text, found.start(), found.end()):
                    grade = FIRST_SENIOR_GRADE if found["senior"] else _FIRST_JUNIOR_GRADE
                    yield Volume(grade, 0, self.place(header, *found.span()))


def _volume_of(found: re.Match[str]) -> tuple[int, int]:
    side = found["term"] or found["bare"] or found["after"]
    term = 0 if side is None else (1 if side == "上" else 2)
    if found["senior"]:
        return 9 + (whole_number(found["year"]) or 1), term
    if found["junior"]:
        return 6 + (whole_number(found["jyear"]) or 1), term
    return (whole_number(found["grade"]) or 0) if found["grade"] else 0, term
