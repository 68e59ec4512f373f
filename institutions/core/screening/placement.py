"""Where a topic belongs for one cohort: grade and term, by the book it used or will use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from institutions.core.screening.facts import Facts
from institutions.core.screening.grades import FIRST_SENIOR_GRADE, grade_name, stage_name, stage_of
from institutions.core.screening.tables import (
    BEYOND_SCHOOL,
    LATEST_SCHOOL_GRADE,
    NegativeItem,
    PaceUnit,
    WeekPace,
)
from institutions.core.screening.topics import TopicEntry
from institutions.core.screening.weeks import school_week, week_of_unit
from regulator.calendars.core.school import Confidence, usual_school_year

_LAST_TERM = 2
_SPIRAL_GRADES = 2
_MOST_COHORTS = 5_000
_TERM_NAMES = {0: "", 1: "上册", 2: "下册"}
_SCHOOL_TERMS = {0: "", 1: "上学期", 2: "下学期"}


@dataclass(frozen=True)
class Cohort:
    """The pupils a class is judged by: their grade, school year and how far they may have got.

    `latest_term` is the term of the last day, or 0 when the calendar does not say. `edition` is
    the grade's own; `grade_editions` has that of other grades where the bureau's table names them.
    `weeks` are the rows of the week table that bind the class, `week` the last day's week of the
    term (0 in a break, and without such rows: then the whole term counts as taught).
    """

    grade: int
    school_year: int
    latest_term: int
    edition: str
    grade_editions: Mapping[int, str] = field(default_factory=dict)
    weeks: tuple[WeekPace, ...] = ()
    week: int = 0
    # Where topics lie for these pupils, as far as it was asked; by the entry itself.
    placed: dict[int, tuple[TopicEntry, TopicPlace | None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def week_of(self, unit: PaceUnit) -> int:
        """The week in which schools begin a unit of this term, or 0."""
        return week_of_unit(self.weeks, unit) if self.weeks else 0

    def edition_of(self, grade: int) -> str:
        """The edition that these pupils use in a grade."""
        return self.grade_editions.get(grade, self.edition)

    def year_of_grade(self, grade: int) -> int:
        """The school year in which these pupils are in another grade."""
        return self.school_year + grade - self.grade


@dataclass(frozen=True)
class TopicPlace:
    """A topic's grade (10 senior high, 99 no stage) and term, as the tables have it.

    `is_certain` is False when only doubtful rows say so. `source` is the row.
    """

    grade: int
    term: int
    is_certain: bool
    source: PaceUnit | NegativeItem

    @property
    def stage(self) -> int:
        """1 primary, 2 junior, 3 senior, 4 none."""
        return stage_of(self.grade)


def cohort_of(facts: Facts, *, subject: str) -> Cohort:
    """The cohort of a row on its last day; a break belongs to the term before it.

    Classes of the same pupils share one, with what was found for it.
    """
    row, kept = facts.row, facts.context.cohorts
    asked = (subject, row.lowest_grade, row.starts_on, row.ends_on)
    cohort: Cohort | None = kept.get(asked)
    if cohort is None:
        found = _cohort_of(facts, subject)
        alike = (subject, found.grade, found.school_year, found.latest_term, found.edition)
        same = (*alike, found.week, found.weeks)
        if len(kept) >= _MOST_COHORTS:
            kept.clear()
        cohort = kept[asked] = kept.setdefault(same, found)
    return cohort


def _cohort_of(facts: Facts, subject: str) -> Cohort:
    context = facts.context
    edition = context.edition_on(subject, facts.row.starts_on, grade=facts.row.lowest_grade)
    by_grade = {at: one for (name, at), one in context.grade_editions.items() if name == subject}
    day = facts.row.ends_on
    grade = facts.row.lowest_grade
    answer = facts.calendar.grade_day(day, grade)
    trusted = answer.is_known and answer.confidence not in (Confidence.LOW, Confidence.NONE)
    if trusted and answer.school_year is not None:
        weeks = _binding_weeks(facts, subject)
        week = school_week(facts.calendar, day, grade) if weeks else 0
        year, term = answer.school_year, answer.latest_term
        return Cohort(grade, year, term, edition, by_grade, weeks, week)
    return Cohort(grade, usual_school_year(day), 0, edition, by_grade)


def _binding_weeks(facts: Facts, subject: str) -> tuple[WeekPace, ...]:
    rows = facts.context.tables.weeks
    starts_on, grade = facts.row.starts_on, facts.row.lowest_grade
    return tuple(
        row for row in rows if (row.subject, row.grade) == (subject, grade) and row.binds(starts_on)
    )


def place_topic(entry: TopicEntry, cohort: Cohort) -> TopicPlace | None:
    """The earliest place of a topic for a cohort, or None when the tables give it none.

    A unit of the cohort's own books decides. Without one, other years' books of the edition and
    the negative list's own note do, when they agree that the topic comes later.
    """
    known = cohort.placed.get(id(entry))
    if known is None:
        known = cohort.placed[id(entry)] = (entry, _place_topic(entry, cohort))
    return known[1]


def _place_topic(entry: TopicEntry, cohort: Cohort) -> TopicPlace | None:
    books = [unit for unit in entry.units if unit.edition == cohort.edition_of(unit.grade)]
    own = [unit for unit in books if unit.in_use(cohort.year_of_grade(unit.grade))]
    if own:
        place = _earliest_unit(own, cohort)
        return None if _is_met_before(books, place, cohort) else place
    places = [_place_of_unit(unit) for unit in books]
    places += [_place_of_item(item) for item in _placing(entry.items, cohort.grade)]
    if places:
        return min(places, key=lambda one: (one.grade, one.term, not one.is_certain))
    others = [unit for unit in entry.units if unit.edition != cohort.edition_of(unit.grade)]
    if not others:
        return None
    first = _earliest_unit(others, cohort)
    return TopicPlace(first.grade, first.term, False, first.source)


def _is_met_before(books: Iterable[PaceUnit], place: TopicPlace, cohort: Cohort) -> bool:
    """Whether the word is also one of a much earlier grade's, which these pupils have passed.

    A revision moves a unit by a year; a word that stands two grades apart (三角形, 直线) belongs to
    several units, and says nothing by itself.
    """
    reached = (cohort.grade, cohort.latest_term or _LAST_TERM)
    return any(
        unit.grade <= place.grade - _SPIRAL_GRADES and (unit.grade, unit.term) <= reached
        for unit in books
    )


def _placing(items: Iterable[NegativeItem], grade: int) -> Iterable[NegativeItem]:
    for item in items:
        if item.earliest_grade is None:
            continue
        below_senior = grade < FIRST_SENIOR_GRADE
        if item.basis == "competition" or (
            below_senior and _reaches(item, grade, item.earliest_grade)
        ):
            yield item


def _reaches(item: NegativeItem, grade: int, earliest_grade: int) -> bool:
    """Whether a row's place binds a grade: one it names, or of the stage the topic belongs to.

    A topic of senior high that is out for primary pupils may be touched on in junior (文言句式).
    """
    return grade <= item.grade_to or stage_of(earliest_grade) == stage_of(grade)


def _earliest_unit(units: Iterable[PaceUnit], cohort: Cohort) -> TopicPlace:
    first = min(units, key=lambda one: (one.grade, one.term, cohort.week_of(one), _is_low(one)))
    return _place_of_unit(first)


def _is_low(unit: PaceUnit) -> bool:
    return unit.confidence == Confidence.LOW


def _place_of_unit(unit: PaceUnit) -> TopicPlace:
    return TopicPlace(unit.grade, unit.term, not _is_low(unit), unit)


def _place_of_item(item: NegativeItem) -> TopicPlace:
    grade = item.earliest_grade if item.earliest_grade is not None else BEYOND_SCHOOL
    return TopicPlace(grade, item.earliest_term, item.confidence != Confidence.LOW, item)


def is_later(place: TopicPlace, cohort: Cohort) -> bool | None:
    """Whether the topic comes after the cohort's term; None when that hangs on a missing year."""
    if cohort.latest_term:
        position, reached = (place.grade, place.term), (cohort.grade, cohort.latest_term)
        return position > reached or (position == reached and _is_later_week(place, cohort))
    if place.grade != cohort.grade:
        return place.grade > cohort.grade
    return None if place.term == _LAST_TERM else False


def _is_later_week(place: TopicPlace, cohort: Cohort) -> bool:
    if not cohort.week or not isinstance(place.source, PaceUnit):
        return False
    return cohort.week_of(place.source) > cohort.week


def book_of(place: TopicPlace, cohort: Cohort) -> dict[str, str]:
    """What a finding names: edition, revision, grade, volume, unit, week, and from when it passes.

    A value is empty where the table has none; `week` is the week table's.
    """
    source = place.source
    term = "" if place.grade >= FIRST_SENIOR_GRADE else _SCHOOL_TERMS[place.term]
    named = {
        "grade": grade_name(place.grade) if place.grade <= LATEST_SCHOOL_GRADE else "",
        "volume": _TERM_NAMES[place.term] if term else "",
    }
    if not isinstance(source, PaceUnit):
        return named | {"from_when": _from_when(place, "")}
    week = cohort.week_of(source) if _is_later_week(place, cohort) else 0
    return named | {
        "edition": source.edition,
        "revision": source.revision,
        "unit": source.number,
        "unit_title": source.title,
        "week": str(week) if week else "",
        "from_when": _from_when(place, f"第{week}周" if week else ""),
    }


def _from_when(place: TopicPlace, week: str) -> str:
    """`八年级上学期第6周`, `高中`; empty for what no school teaches."""
    if place.grade > LATEST_SCHOOL_GRADE:
        return ""
    if place.grade >= FIRST_SENIOR_GRADE:
        return stage_name(place.stage)
    return f"{grade_name(place.grade)}{_SCHOOL_TERMS[place.term]}{week}"


def week_note(place: TopicPlace, cohort: Cohort) -> str:
    """What the week table says of a topic of this term, and when the class ends; or nothing."""
    if not isinstance(place.source, PaceUnit) or not _is_later_week(place, cohort):
        return ""
    begins = cohort.week_of(place.source)
    basis = next((row.basis for row in cohort.weeks if row.speaks_of(place.source)), "")
    source = f"（{basis}）" if basis else ""
    return f"，本区进度周表{source}第{begins}周开始，本班第{cohort.week}周结课"


def describe(place: TopicPlace) -> str:
    """`人教版2012年版数学八年级上册第12单元《全等三角形》`, or the negative list's row."""
    source = place.source
    if isinstance(source, PaceUnit):
        number = f"第{source.number}单元" if source.number else ""
        volume = f"{grade_name(source.grade)}{_TERM_NAMES[source.term]}"
        book = f"{source.edition}{source.revision}年版{source.subject}"
        return f"{book}{volume}{number}《{source.title}》"
    return f"{source.subject}“{source.topic}”，{where(place)}（负面清单数据{source.code}）"


def where(place: TopicPlace) -> str:
    """`八年级上册`, `高中` or `不属于中小学`."""
    if place.grade >= FIRST_SENIOR_GRADE:
        return stage_name(place.stage)
    return f"{grade_name(place.grade)}{_TERM_NAMES[place.term]}"
