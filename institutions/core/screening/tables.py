"""The reference tables of content and prices, as a context carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from institutions.core.screening.resemblance import Resemblance

LATEST_SCHOOL_GRADE = 12
BEYOND_SCHOOL = 99
LISTED_BASES = frozenset({"list_text", "list_press"})


@dataclass(frozen=True)
class NegativeItem:
    """A row of the negative list: a topic that is out for `grade_from`-`grade_to` pupils.

    `earliest_grade` is None where the row names no topic's place (rows that speak of pace), 10 for
    senior high and 99 for never; `basis` is list_text, list_press, derived or competition.
    """

    code: str
    subject: str
    grade_from: int
    grade_to: int
    topic: str
    terms: tuple[str, ...]
    earliest_grade: int | None
    earliest_term: int
    basis: str
    confidence: str
    speaks_of: str
    note: str = ""

    @property
    def is_listed(self) -> bool:
        """Whether the row was seen in the list's own text."""
        return self.basis in LISTED_BASES


@dataclass(frozen=True)
class PaceUnit:
    """A textbook unit in use from `first_school_year` (2024 is 2024-25) to `last_school_year`.

    `last_school_year` None is still in use; `term` is 1 (上册) or 2 (下册); `number` may be empty.
    """

    subject: str
    edition: str
    revision: str
    first_school_year: int
    last_school_year: int | None
    grade: int
    term: int
    number: str
    title: str
    terms: tuple[str, ...]
    confidence: str

    def in_use(self, school_year: int) -> bool:
        """Whether pupils of that school year use it; years before the table starts count as it."""
        if school_year < self.first_school_year:
            return self.first_school_year == TABLE_STARTS and school_year < TABLE_STARTS
        return self.last_school_year is None or school_year <= self.last_school_year


@dataclass(frozen=True)
class WeekPace:
    """进度周表: the week of the term in which a district's schools begin a unit.

    `unit` is the number of a PaceUnit or its title (a title also where the book numbers none);
    `revision` empty means the book that the cohort uses. `week` counts Monday to Sunday from 1, the
    week of the term's first day. The row binds classes that start in `starts_on` (None: ever) up to
    the day before `ends_before`; `basis` is what the bureau named.
    """

    subject: str
    edition: str
    grade: int
    term: int
    unit: str
    week: int
    revision: str = ""
    starts_on: date | None = None
    ends_before: date | None = None
    basis: str = ""

    def binds(self, day: date) -> bool:
        """Whether a class that starts on that day is held to it."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_before is None or day < self.ends_before)

    def speaks_of(self, unit: PaceUnit) -> bool:
        """Whether the row is about that unit of a book."""
        book = (self.subject, self.edition, self.grade, self.term)
        if book != (unit.subject, unit.edition, unit.grade, unit.term):
            return False
        return self.revision in ("", unit.revision) and self.unit in (unit.number, unit.title)


@dataclass(frozen=True)
class GradeEdition:
    """版本表: the edition that a division's schools use for a subject in one grade."""

    subject: str
    grade: int
    edition: str


# The oldest rows of the unit table say 2021, the first year that was looked up, not the first
# year of the book.
TABLE_STARTS = 2021


@dataclass(frozen=True)
class TermException:
    """A key term that must be read with care, or not at all.

    `treatment` is never (too general to be a topic), bounded (only when it stands by itself or in
    《》) or unless (not as a part of `words`).
    """

    subject: str
    term: str
    treatment: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Paraphrase:
    """A way of describing a topic without its term, which is one of the tables' key terms.

    `pattern` is a regular expression over folded text; … in it is up to ten characters of a clause.
    """

    subject: str
    term: str
    pattern: str


@dataclass(frozen=True)
class SubjectAlias:
    """A word by which a school subject is meant.

    `kind`: word (also with one mark inserted), token (Latin letters standing alone), code (letters
    beside a course word), emoji, or phrase (what only lessons of that subject do).
    """

    subject: str
    text: str
    kind: str


@dataclass(frozen=True)
class Activity:
    """A word that names a non-subject activity (`activity`) or one to be appraised (`appraise`)."""

    word: str
    treatment: str


@dataclass(frozen=True)
class PriceBand:
    """A guide price: yuan in fen for `lesson_minutes`, for classes of a size, with its float.

    `students_below` None has no upper end. Dates are half-open; `confidence` as in the tables.
    """

    group: str
    delivery: str
    students_from: int
    students_below: int | None
    lesson_minutes: int
    base_fen: int
    float_percent: int
    valid_from: date
    valid_before: date | None
    source: str
    confidence: str


@dataclass(frozen=True)
class ReferenceTables:
    """Every table that content and price rules read."""

    negative: tuple[NegativeItem, ...]
    units: tuple[PaceUnit, ...]
    exceptions: tuple[TermException, ...]
    paraphrases: tuple[Paraphrase, ...]
    aliases: tuple[SubjectAlias, ...]
    activities: tuple[Activity, ...]
    prices: tuple[PriceBand, ...]
    weeks: tuple[WeekPace, ...] = ()
    editions: tuple[GradeEdition, ...] = ()
    resemblances: Mapping[str, Resemblance] = field(default_factory=dict)
