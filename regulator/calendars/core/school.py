"""What a day is for a pupil: term, break, holiday, make-up working day, or not known.

A calendar is built once from its periods and answers by dictionary. It never guesses: a day that
no period covers, or that two periods of equal rank describe differently, is `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from regulator.kernel.workdays import WorkdayTable


class Stage(StrEnum):
    """学段: the stages that break up on different days."""

    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"


STAGE_GRADES: Mapping[Stage, tuple[int, ...]] = {
    Stage.PRESCHOOL: (0,),
    Stage.PRIMARY: (1, 2, 3, 4, 5, 6),
    Stage.JUNIOR: (7, 8, 9),
    Stage.SENIOR: (10, 11, 12),
}
_STAGES = {grade: stage for stage, grades in STAGE_GRADES.items() for grade in grades}


class PeriodKind(StrEnum):
    """What a stretch of the school year is; `short_break` is a spring or autumn break (春秋假)."""

    TERM = "term"
    WINTER_BREAK = "winter_break"
    SUMMER_BREAK = "summer_break"
    SHORT_BREAK = "short_break"


class DayState(StrEnum):
    """What a day is for one stage: a kind of period, or `unknown`."""

    TERM = "term"
    WINTER_BREAK = "winter_break"
    SUMMER_BREAK = "summer_break"
    SHORT_BREAK = "short_break"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far a date is to be trusted; a day of `low` or `none` never makes a breach."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


_DOUBT = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2, Confidence.NONE: 3}
_SEPTEMBER = 9


def stage_of_grade(grade: int) -> Stage:
    """The stage of a grade: 0 is pre-school, 1-6, 7-9 and 10-12 the school stages.

    Raises ValueError for any other number.
    """
    try:
        return _STAGES[grade]
    except KeyError:
        raise ValueError(f"no school grade: {grade}") from None


def school_year_label(school_year: int) -> str:
    """`2025-26` for 2025, the year in which the school year begins."""
    return f"{school_year}-{(school_year + 1) % 100:02d}"


def usual_school_year(day: date) -> int:
    """The school year a day falls in by the usual first of September, entered or not."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1


@dataclass(frozen=True)
class Period:
    """A term or a break of some stages, `starts_on` to the day before `ends_before`.

    `school_year` is the year in which it begins (2025 is 2025-26). `term` is 1 or 2 for a term and
    0 for a break. `grades` narrows it to those grades (empty: every grade of `stages`).
    `overrides` marks one that prevails over the plan, as an early break-up or a 春秋假 does.
    """

    kind: str
    stages: frozenset[Stage]
    starts_on: date
    ends_before: date
    school_year: int
    term: int
    confidence: str
    source: str
    grades: frozenset[int] = frozenset()
    overrides: bool = False

    def covered_grades(self) -> frozenset[int]:
        """The grades it speaks of, 0-12."""
        of_stages = {grade for stage in self.stages for grade in STAGE_GRADES[stage]}
        return frozenset(of_stages & self.grades if self.grades else of_stages)


@dataclass(frozen=True)
class HolidayAnswer:
    """`name` of the statutory holiday that covers the day, or None; `makeup`: a working weekend.

    `known` is False when the State Council's notice for that year is not entered, and then neither
    of the others says anything.
    """

    known: bool
    name: str | None
    makeup: bool


@dataclass(frozen=True)
class StageDay:
    """What a day is for a stage; `school_year` None and `confidence` none when unknown."""

    state: str
    school_year: int | None
    term: int
    confidence: str

    @property
    def is_known(self) -> bool:
        """Whether the day was entered for this stage, and without contradiction."""
        return self.state != DayState.UNKNOWN

    @property
    def latest_term(self) -> int:
        """The term it lies in or that it follows: 1 or 2, and 0 where that is not known."""
        if self.state == DayState.WINTER_BREAK:
            return 1
        return 2 if self.state == DayState.SUMMER_BREAK else self.term


UNKNOWN_DAY = StageDay(DayState.UNKNOWN, None, 0, Confidence.NONE)


@dataclass(frozen=True, eq=False)
class SchoolCalendar:
    """A division's periods, its working days and the names of the holidays.

    Built once and asked many times: each answer is kept by day and stage or grade.
    """

    periods: tuple[Period, ...]
    workdays: WorkdayTable
    holiday_names: Mapping[date, str]
    _by_grade: dict[int, list[Period]] = field(init=False, repr=False)
    _grade_days: dict[tuple[date, int], StageDay] = field(init=False, repr=False)
    _stage_days: dict[tuple[date, Stage], StageDay] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_grade: dict[int, list[Period]] = {grade: [] for grade in _STAGES}
        for period in self.periods:
            for grade in period.covered_grades():
                by_grade[grade].append(period)
        object.__setattr__(self, "_by_grade", by_grade)
        object.__setattr__(self, "_grade_days", {})
        object.__setattr__(self, "_stage_days", {})

    def holiday(self, day: date) -> HolidayAnswer:
        """Whether the day is a statutory holiday or a make-up working day, by the notices."""
        if not self.workdays.is_known(day):
            return HolidayAnswer(known=False, name=None, makeup=False)
        makeup = day in self.workdays.makeup_workdays
        return HolidayAnswer(known=True, name=self.holiday_names.get(day), makeup=makeup)

    def stage_day(self, day: date, stage: Stage) -> StageDay:
        """What the day is for a whole stage; `unknown` when its grades differ (2022-12-30)."""
        answer = self._stage_days.get((day, stage))
        if answer is None:
            answer = _agreed([self.grade_day(day, grade) for grade in STAGE_GRADES[stage]])
            self._stage_days[day, stage] = answer
        return answer

    def grade_day(self, day: date, grade: int) -> StageDay:
        """What the day is for one grade, 0-12; as exact as the entries are."""
        answer = self._grade_days.get((day, grade))
        if answer is None:
            answer = _day_of(day, self._by_grade[grade])
            self._grade_days[day, grade] = answer
        return answer

    def unknown_days(self, starts_on: date, ends_before: date, stage: Stage) -> int:
        """How many days of the range are not known for a stage."""
        days = (starts_on + timedelta(days=n) for n in range((ends_before - starts_on).days))
        return sum(not self.stage_day(day, stage).is_known for day in days)


def _day_of(day: date, periods: Iterable[Period]) -> StageDay:
    covering = [one for one in periods if one.starts_on <= day < one.ends_before]
    prevailing = [one for one in covering if one.overrides] or covering
    if not prevailing:
        return UNKNOWN_DAY
    return _agreed([_answer_of(one) for one in prevailing])


def _answer_of(period: Period) -> StageDay:
    term = period.term if period.kind in (PeriodKind.TERM, PeriodKind.SHORT_BREAK) else 0
    return StageDay(DayState(period.kind), period.school_year, term, Confidence(period.confidence))


def _agreed(answers: list[StageDay]) -> StageDay:
    first = answers[0]
    meanings = {(one.state, one.school_year, one.term) for one in answers}
    if len(meanings) > 1:
        return UNKNOWN_DAY
    doubt = max((Confidence(one.confidence) for one in answers), key=_DOUBT.__getitem__)
    return StageDay(first.state, first.school_year, first.term, doubt)
