"""What a rule is told about one row: the row, the calendar, the day of filing, the topics read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from institutions.core.screening.grades import FIRST_SENIOR_GRADE, PRESCHOOL_GRADE
from institutions.core.screening.limits import LimitKey, Limits
from institutions.core.screening.rows import Category, Delivery, FilingRow
from institutions.core.screening.settings import EnteredSettings
from institutions.core.screening.tables import ReferenceTables
from regulator.calendars.core.school import Confidence, SchoolCalendar, StageDay, school_year_label
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, NotApplicable, Outcome, Pass, Undetermined

if TYPE_CHECKING:
    from institutions.core.screening.reading import Reading
    from institutions.core.screening.topics import TopicIndex

NOT_APPLICABLE = NotApplicable()
PASS = Pass()
_DOUBTFUL = (Confidence.LOW, Confidence.NONE)


@dataclass(frozen=True)
class ScreeningContext:
    """All that screening needs besides the row; built once for many rows.

    `editions` is the shipped edition by school subject, `price_group` the shipped group of guide
    prices; what the bureau entered for the day of a fact (`entered`) goes before them. The
    `wider_price_groups` bind it too. `index` is the matching automaton of the tables.
    `grade_editions` ((subject, grade) → edition) is the bureau's own table and goes before both.
    `by_start` holds, by first day and in order, what binds classes that start on or after it.
    """

    division: str
    filed_on: date
    calendar: SchoolCalendar
    limits: Limits
    editions: Mapping[str, str]
    tables: ReferenceTables
    price_group: str
    index: TopicIndex = field(repr=False)
    wider_price_groups: tuple[str, ...] = ()
    entered: EnteredSettings = field(default_factory=EnteredSettings)
    grade_editions: Mapping[tuple[str, int], str] = field(default_factory=dict)
    by_start: tuple[tuple[date, ScreeningContext], ...] = field(default=(), repr=False)
    # What the rules of time said of a timetable; a context made from another begins anew.
    said_of_time: dict[tuple[object, ...], Mapping[str, Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # The cohorts met so far, by subject, grade and days, and once more by what they are.
    cohorts: dict[tuple[object, ...], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def for_class(self, starts_on: date) -> ScreeningContext:
        """The context with the tables that bind a class which starts on that day."""
        bound = self
        for first_day, context in self.by_start:
            if first_day > starts_on:
                break
            bound = context
        return bound

    def edition_on(self, subject: str, day: date, *, grade: int) -> str:
        """The edition of a school subject in a grade on a day, or nothing."""
        in_table = self.grade_editions.get((subject, grade))
        entered = in_table or self.entered.edition_on(subject, day)
        return entered or self.editions.get(subject, "")

    def price_groups_on(self, day: date) -> tuple[str, ...]:
        """The groups whose guide prices bind a fee of that day, the nearest first."""
        return (self.entered.price_group_on(day) or self.price_group, *self.wider_price_groups)


@dataclass(frozen=True)
class Facts:
    """One row with what was read from it. `verdicts` keeps a verdict that another rule needs."""

    row: FilingRow
    context: ScreeningContext
    reading: Reading
    verdicts: dict[str, Outcome] = field(default_factory=dict, compare=False, repr=False)

    @property
    def calendar(self) -> SchoolCalendar:
        """The division's school calendar."""
        return self.context.calendar

    @property
    def school_grades(self) -> tuple[int, ...]:
        """The enrolled grades 1-12."""
        return tuple(grade for grade in self.row.grades if grade > PRESCHOOL_GRADE)

    @property
    def is_preschool(self) -> bool:
        """Whether the class is judged as one of pre-school pupils."""
        return self.row.lowest_grade == PRESCHOOL_GRADE


def is_subject_class(facts: Facts, limits: Limits, *, day: date) -> bool:
    """学科类 with pupils of grades 1-9, and senior high where the division treats it alike."""
    row = facts.row
    if row.category is not Category.SUBJECT or facts.is_preschool:
        return False
    if row.lowest_grade < FIRST_SENIOR_GRADE:
        return True
    alike = limits.on(LimitKey.SENIOR_ALIKE, day, Category.SUBJECT)
    return alike is not None and alike.value == 1


def is_live(facts: Facts) -> bool:
    """线上直播."""
    return facts.row.delivery is Delivery.LIVE


def trusted_day(calendar: SchoolCalendar, day: date, grade: int) -> StageDay | None:
    """What the day is for a grade, or None when it is not entered or not to be trusted."""
    answer = calendar.grade_day(day, grade)
    return None if not answer.is_known or answer.confidence in _DOUBTFUL else answer


def missing_school_year(day: date) -> str:
    """`2026-27学年校历`: the name of what is missing for a day's school year."""
    year = day.year if day.month >= 9 else day.year - 1
    return f"{school_year_label(year)}学年校历"


def missing_holidays(day: date) -> str:
    """`2027年节假日安排`: the name of what is missing for a day's year."""
    return f"{day.year}年节假日安排"


def basis_on(bases: Iterable[LegalBasis], day: date) -> LegalBasis | None:
    """The first article in force on a day."""
    return next((basis for basis in bases if basis.in_force_on(day)), None)


__all__ = [
    "NOT_APPLICABLE",
    "PASS",
    "Breach",
    "Facts",
    "NotApplicable",
    "Outcome",
    "Pass",
    "ScreeningContext",
    "Undetermined",
    "basis_on",
    "is_live",
    "is_subject_class",
    "missing_holidays",
    "missing_school_year",
    "trusted_day",
]
