"""What the four topic columns of a row say: terms, volumes and stages, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from institutions.core.screening.clauses import is_excluded, looks_back
from institutions.core.screening.grades import FIRST_SENIOR_GRADE
from institutions.core.screening.needed import needed_characters
from institutions.core.screening.normalise import FoldedText, fold, fold_text
from institutions.core.screening.numerals import whole_number
from institutions.core.screening.rows import TOPIC_HEADERS, FilingRow
from institutions.core.screening.topics import (
    LikenessHit,
    TermHit,
    TopicEntry,
    TopicIndex,
)

_DIGIT = r"[一二三四五六七八九1-9]"
_VOLUME = re.compile(
    rf"(?:(?P<senior>高)(?P<year>[一二三123])|(?P<junior>初)(?P<jyear>[一二三123])"
    rf"|(?<!第)(?<!共)(?<!\d)(?P<grade>{_DIGIT}))"
    r"(?:年级)?\s*(?:语文|数学|英语|外语|物理|化学|生物学?|历史|地理|道德与法治)?\s*(?:\(?(?P<term>[上下])(?:册|学期)?\)?(?![课午周网海车台机手楼一])|全一册)"
    r"|(?<![一-龥0-9])(?P<bare>[上下])册|(?P<after>[上下])册(?=教材|课本|内容|单元|知识|的|第)"
)
# 先修初一内容, 预习五年级的…: a grade that is to be taught before its time.
_AHEAD = re.compile(
    r"(?:先修|先学|先讲|提前|预习|预学|抢先|抢跑|抢学|超前)[^,，。;；!！?？\n]{0,5}?"
    rf"(?:(?P<senior>高)中?(?P<year>[一二三123])|(?P<junior>初)中?(?P<jyear>[一二三123])|(?P<grade>{_DIGIT})年级)"
    r"(?P<term>[上下](?=册|学期))?(?P<bare>(?!))?(?P<after>(?!))?"
)
_STAGE = re.compile(r"(?P<senior>高中|高考|大学)|(?P<junior>初中|中考)")
_STAGE_TOPIC = re.compile(
    r"^(?:阶段|学段)?的?(?:\w{0,4}?)(?:内容|知识|教材|课本|课程|课文|单元|题|考点|词汇|语法|数学|语文|英语|物理|化学|生物"
    r"|文言|古文|作文|讲义|预备|先修|先学|必刷|真题|卷|同步|必修|选修|竞赛)"
)
_FIRST_JUNIOR_GRADE = 7
_NAME, *_TOPICS_OF_COURSE = TOPIC_HEADERS
_DESCRIBING = ("培训内容", "进度安排")
_AROUND = 10
_WORD_CHARS = 6  # a description as short as this is a word of its own: 过去式
# Columns whose texts recur from class to class of a course; names and numbers hardly ever do.
_OF_COURSE = ("培训内容", "进度安排", "培训材料", "学科或项目", "授课地点", "证书学科或专业")
_RECURRING = frozenset((*_OF_COURSE, "授课教师"))
_MOST_CELLS, _LONGEST_CELL, _MOST_COURSES = 10_000, 2_000, 3_000

Found = TypeVar("Found")


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
    """A key term that is taught, not excluded; `looks_back` when its clause speaks of review.

    `is_described`: the term itself is not there, only words that describe it; `likely_by` are
    those that only speak for it, the weightiest first.
    """

    entry: TopicEntry
    place: Place
    looks_back: bool
    is_described: bool = False
    likely_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Clauses that name no topic, with the entries whose descriptions use their words.

    `likes` are entries with their likeness, the likest first, `plain` the likeness to what stands
    beside any topic; `words_for` gives the words.
    """

    likes: tuple[tuple[TopicEntry, int], ...]
    plain: int
    place: Place
    looks_back: bool
    words_for: Callable[[TopicEntry], tuple[str, ...]] = field(compare=False)


@dataclass(frozen=True)
class Volume:
    """A textbook volume that is named: grade 0 is the class's own; term 0 is the whole year's."""

    grade: int
    term: int
    place: Place


class CellReading:
    """One cell of a column, folded once, with the answers that were found in it so far.

    What is found depends on the text alone, so that the classes of one course share it.
    """

    def __init__(self, header: str, cell: str) -> None:
        self.header = header
        self.cell = cell
        self.folded = fold(cell)
        self._found: dict[object, tuple[Any, ...]] = {}
        self._matched: dict[int, tuple[re.Pattern[str], tuple[Place, ...]]] = {}
        self._characters: frozenset[str] | None = None

    def once(self, question: object, find: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
        """The answer to a question, found when it is first asked."""
        found = self._found.get(question)
        if found is None:
            found = self._found[question] = tuple(find())
        return found

    def place(self, start: int, end: int) -> Place:
        """The place in the cell of a range of the folded text."""
        first, last = self.folded.span(start, end)
        return Place(self.header, first, last, self.cell[first:last])

    def matches(self, pattern: re.Pattern[str]) -> tuple[Place, ...]:
        """The places where a pattern stands and is not excluded."""
        # By identity: a pattern's hash is counted anew each time. It is kept with its answer.
        known = self._matched.get(id(pattern))
        if known is None:
            places = () if self._lacks(pattern) else tuple(self._matches(pattern))
            known = self._matched[id(pattern)] = (pattern, places)
        return known[1]

    def _lacks(self, pattern: re.Pattern[str]) -> bool:
        """Whether the cell has none of the characters without which a pattern cannot match."""
        needed = needed_characters(pattern)
        if self._characters is None:
            self._characters = frozenset(self.folded.text)
        return needed is not None and needed.isdisjoint(self._characters)

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[Place]:
        text = self.folded.text
        for found in pattern.finditer(text):
            if found.end() > found.start() and not is_excluded(text, *found.span()):
                yield self.place(*found.span())


class CourseReading:
    """The columns that the classes of one course share, with what was found in them together."""

    def __init__(self, cells: Iterable[CellReading]) -> None:
        self.cells: Mapping[str, CellReading] = {one.header: one for one in cells}
        self._found: dict[object, tuple[Any, ...]] = {}
        self._quiet: dict[int, tuple[re.Pattern[str], Sequence[str], Sequence[str] | None]] = {}

    def once(self, question: object, find: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
        """The answer to a question about these columns alone, found when it is first asked."""
        found = self._found.get(question)
        if found is None:
            found = self._found[question] = tuple(find())
        return found

    def left_to_read(
        self, pattern: re.Pattern[str], headers: Sequence[str]
    ) -> Sequence[str] | None:
        """The columns in which a pattern may stand beside these; None where it does in these."""
        # Columns by identity too: a rule always names the same ones.
        known = self._quiet.get(id(pattern))
        if known is None or known[1] is not headers:
            own = [header for header in headers if header not in self.cells]
            shared = (self.cells[header] for header in headers if header in self.cells)
            is_quiet = not any(cell.matches(pattern) for cell in shared)
            known = self._quiet[id(pattern)] = (pattern, headers, own if is_quiet else None)
        return known[2]


class _Kept:
    """What was read with one index: cells that recur, and whole courses."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str], CellReading] = {}
        self._courses: dict[tuple[str, ...], CourseReading] = {}

    def cell(self, header: str, cell: str) -> CellReading:
        """The reading of a cell; a short text that recurs is read once, the last are kept."""
        if header not in _RECURRING or len(cell) > _LONGEST_CELL:
            return CellReading(header, cell)
        reading = self._cells.get((header, cell))
        if reading is None:
            if len(self._cells) >= _MOST_CELLS:
                self._cells.clear()
            reading = self._cells[header, cell] = CellReading(header, cell)
        return reading

    def course(self, cells: Mapping[str, str]) -> CourseReading:
        """The reading of a row's columns of the course."""
        texts = tuple([cells[header] for header in _OF_COURSE])
        course = self._courses.get(texts)
        if course is None:
            course = CourseReading(map(self.cell, _OF_COURSE, texts))
            if len(max(texts, key=len)) <= _LONGEST_CELL:
                if len(self._courses) >= _MOST_COURSES:
                    self._courses.clear()
                self._courses[texts] = course
        return course


# What was read with an index is forgotten with it.
_KEPT: WeakKeyDictionary[TopicIndex, _Kept] = WeakKeyDictionary()


class Reading:
    """The columns of a row, folded once and read on demand."""

    def __init__(self, row: FilingRow, index: TopicIndex) -> None:
        self._row = row
        self._index = index
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        kept = _KEPT.get(index)
        self._kept = kept if kept is not None else _KEPT.setdefault(index, _Kept())
        self.course = self._kept.course(row.cells)
        self._own: dict[str, CellReading] = {}

    def cell(self, header: str) -> CellReading:
        """The reading of one column."""
        cell = self.course.cells.get(header) or self._own.get(header)
        if cell is None:
            cell = self._own[header] = self._kept.cell(header, self._row.cells[header])
        return cell

    @cached_property
    def texts(self) -> dict[str, FoldedText]:
        """The folded text of each topic column."""
        return {header: self.folded(header) for header in TOPIC_HEADERS}

    def folded(self, header: str) -> FoldedText:
        """The folded text of any column."""
        return self.cell(header).folded

    def place(self, header: str, start: int, end: int) -> Place:
        """The place in the cell of a range of the folded text."""
        return self.cell(header).place(start, end)

    def mentions(self, subject: str) -> tuple[Mention, ...]:
        """The subject's terms that the class says it teaches, in the columns' order."""
        if subject not in self._mentions:
            of_course = self.course.once(
                ("mentions", subject), lambda: self._mentions_in(_TOPICS_OF_COURSE, subject)
            )
            # The name stands first among these columns.
            self._mentions[subject] = (*self._mentions_in((_NAME,), subject), *of_course)
        return self._mentions[subject]

    def _mentions_in(self, headers: Iterable[str], subject: str) -> tuple[Mention, ...]:
        by_column = (self._all_mentions(self.cell(one), subject) for one in headers)
        return tuple(chain.from_iterable(by_column))

    def _all_mentions(self, cell: CellReading, subject: str) -> tuple[Mention, ...]:
        ways = (self._index.hits, self._index.hidden, self._index.paraphrased)
        return cell.once(
            ("mentions", subject),
            lambda: [mention for find in ways for mention in _read(cell, subject, find)],
        )

    def passages(self, subject: str) -> tuple[Passage, ...]:
        """What content and schedule seem to be about where they name nothing."""
        cells = [self.cell(header) for header in _DESCRIBING]
        return self.course.once(
            ("passages", subject),
            lambda: [one for cell in cells for one in _passages(cell, subject, self._index)],
        )

    def named_topics(self, subject: str, headers: Iterable[str]) -> Iterator[Mention]:
        """The subject's terms that columns say are taught, without mere descriptions."""
        for header in headers:
            cell = self.cell(header)
            yield from cell.once(
                ("named", subject), partial(_read, cell, subject, self._index.hits)
            )

    @cached_property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes named outside the class name: 五年级下册, 八上, 下册教材."""
        cells = [self.cell(header) for header in _TOPICS_OF_COURSE]
        return self.course.once("volumes", lambda: chain.from_iterable(map(_volumes, cells)))

    def matches(self, pattern: re.Pattern[str], headers: Sequence[str]) -> list[Place]:
        """The places in columns where a pattern stands and is not excluded."""
        found: list[Place] = []
        left = self.course.left_to_read(pattern, headers)
        for header in headers if left is None else left:
            found += self.cell(header).matches(pattern)
        return found

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
        cells = [self.cell(header) for header in _TOPICS_OF_COURSE]
        found = self.course.once("stages", lambda: chain.from_iterable(map(_stages, cells)))
        return (*_stages(self.cell(_NAME)), *found)


def _read(
    cell: CellReading, subject: str, find: Callable[[FoldedText, str], Iterable[TermHit]]
) -> Iterator[Mention]:
    text = cell.folded
    for hit in find(text, subject):
        broadly = not hit.is_described or hit.end - hit.start <= _WORD_CHARS
        if not is_excluded(text.text, hit.start, hit.end, broadly=broadly):
            back = looks_back(text.text, hit.start)
            place = cell.place(hit.start, hit.end)
            yield Mention(hit.entry, place, back, hit.is_described)


def _passages(cell: CellReading, subject: str, index: TopicIndex) -> Iterator[Passage]:
    def words(hit: LikenessHit, entry: TopicEntry) -> tuple[str, ...]:
        return tuple(cell.place(*place).words for place in index.words_for(cell.folded, hit, entry))

    for hit in index.resembling(cell.folded, subject):
        place = cell.place(hit.start, hit.end)
        back = looks_back(cell.folded.text, hit.end)
        yield Passage(hit.entries, hit.plain, place, back, partial(words, hit))


def _volumes(cell: CellReading) -> Iterator[Volume]:
    text = cell.folded.text
    for pattern in (_VOLUME, _AHEAD):
        for found in pattern.finditer(text):
            if not is_excluded(text, found.start(), found.end(), broadly=True):
                grade, term = _volume_of(found)
                yield Volume(grade, term, cell.place(found.start(), found.end()))


def _stages(cell: CellReading) -> Iterator[Volume]:
    text = cell.folded.text
    for found in _STAGE.finditer(text):
        named = _STAGE_TOPIC.match(text[found.end() : found.end() + 12])
        if named and not is_excluded(text, found.start(), found.end(), broadly=True):
            grade = FIRST_SENIOR_GRADE if found["senior"] else _FIRST_JUNIOR_GRADE
            yield Volume(grade, 0, cell.place(*found.span()))


def _volume_of(found: re.Match[str]) -> tuple[int, int]:
    side = found["term"] or found["bare"] or found["after"]
    term = 0 if side is None else (1 if side == "上" else 2)
    if found["senior"]:
        return 9 + (whole_number(found["year"]) or 1), term
    if found["junior"]:
        return 6 + (whole_number(found["jyear"]) or 1), term
    return (whole_number(found["grade"]) or 0) if found["grade"] else 0, term
