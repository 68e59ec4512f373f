"""What a day is, asked of small calendars and of the shipped one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.calendars.core.school import (
    STAGE_GRADES,
    UNKNOWN_DAY,
    Confidence,
    DayState,
    HolidayAnswer,
    Period,
    PeriodKind,
    SchoolCalendar,
    Stage,
    StageDay,
    school_year_label,
    stage_of_grade,
    usual_school_year,
)
from regulator.kernel.workdays import WorkdayTable

NOTHING_KNOWN = WorkdayTable(frozenset(), frozenset(), frozenset())


def period(
    kind: str,
    starts_on: date,
    ends_before: date,
    *,
    stages: frozenset[Stage] = frozenset({Stage.JUNIOR}),
    term: int = 0,
    confidence: str = Confidence.HIGH,
    grades: frozenset[int] = frozenset(),
    overrides: bool = False,
) -> Period:
    return Period(
        kind, stages, starts_on, ends_before, 2025, term, confidence, "通知", grades, overrides
    )


def calendar(*periods: Period) -> SchoolCalendar:
    return SchoolCalendar(periods, NOTHING_KNOWN, {})


TERM_ONE = period(PeriodKind.TERM, date(2025, 9, 1), date(2026, 1, 31), term=1)
WINTER = period(PeriodKind.WINTER_BREAK, date(2026, 1, 31), date(2026, 3, 2))


def test_a_grade_belongs_to_its_stage():
    grades = {grade: str(stage_of_grade(grade)) for grade in range(13)}
    assert grades == {
        0: "preschool",
        **dict.fromkeys(range(1, 7), "primary"),
        **dict.fromkeys(range(7, 10), "junior"),
        **dict.fromkeys(range(10, 13), "senior"),
    }


@pytest.mark.parametrize("grade", [-1, 13])
def test_a_number_that_is_no_grade_is_refused(grade):
    with pytest.raises(ValueError, match=str(grade)):
        stage_of_grade(grade)


def test_the_first_day_of_a_period_is_inside_and_ends_before_is_not():
    asked = calendar(TERM_ONE)
    assert asked.stage_day(date(2025, 8, 31), Stage.JUNIOR) == UNKNOWN_DAY
    in_term = StageDay("term", 2025, 1, "high")
    assert asked.stage_day(date(2025, 9, 1), Stage.JUNIOR) == in_term
    assert asked.stage_day(date(2026, 1, 30), Stage.JUNIOR) == in_term
    assert asked.stage_day(date(2026, 1, 31), Stage.JUNIOR) == UNKNOWN_DAY


def test_another_stage_is_not_known():
    assert calendar(TERM_ONE).stage_day(date(2025, 10, 9), Stage.SENIOR) == UNKNOWN_DAY


def test_a_break_follows_the_term_before_it():
    asked = calendar(TERM_ONE, WINTER)
    assert asked.stage_day(date(2026, 2, 2), Stage.JUNIOR).latest_term == 1
    assert asked.stage_day(date(2025, 12, 2), Stage.JUNIOR).latest_term == 1
    assert StageDay("summer_break", 2025, 0, "high").latest_term == 2
    assert UNKNOWN_DAY.latest_term == 0


def test_an_early_break_up_of_some_grades_prevails_for_them_and_leaves_the_stage_undecided():
    early = period(
        PeriodKind.WINTER_BREAK,
        date(2026, 1, 20),
        date(2026, 3, 2),
        grades=frozenset({7, 8}),
        overrides=True,
    )
    asked = calendar(TERM_ONE, WINTER, early)
    day = date(2026, 1, 21)
    assert asked.grade_day(day, 7).state == DayState.WINTER_BREAK
    assert asked.grade_day(day, 9).state == DayState.TERM
    assert asked.stage_day(day, Stage.JUNIOR) == UNKNOWN_DAY
    assert asked.stage_day(date(2026, 2, 1), Stage.JUNIOR).state == DayState.WINTER_BREAK


def test_an_autumn_break_prevails_over_its_term_and_is_no_vacation():
    autumn = period(
        PeriodKind.SHORT_BREAK, date(2025, 11, 12), date(2025, 11, 15), term=1, overrides=True
    )
    answer = calendar(TERM_ONE, autumn).stage_day(date(2025, 11, 13), Stage.JUNIOR)
    assert answer == StageDay("short_break", 2025, 1, "high")


def test_two_entries_of_equal_rank_that_differ_are_not_known():
    overlapping = period(PeriodKind.WINTER_BREAK, date(2026, 1, 25), date(2026, 3, 2))
    asked = calendar(TERM_ONE, overlapping)
    assert asked.stage_day(date(2026, 1, 26), Stage.JUNIOR) == UNKNOWN_DAY


def test_the_least_certain_entry_gives_the_confidence():
    again = period(
        PeriodKind.TERM, date(2025, 9, 1), date(2026, 1, 31), term=1, confidence=Confidence.LOW
    )
    answer = calendar(TERM_ONE, again).stage_day(date(2025, 10, 9), Stage.JUNIOR)
    assert answer == StageDay("term", 2025, 1, "low")


def test_the_same_question_gets_the_same_answer_again():
    asked = calendar(TERM_ONE)
    first = asked.stage_day(date(2025, 10, 9), Stage.JUNIOR)
    assert asked.stage_day(date(2025, 10, 9), Stage.JUNIOR) is first


def test_a_holiday_is_named_only_in_a_year_that_is_entered():
    day = date(2025, 10, 1)
    workdays = WorkdayTable(frozenset({day}), frozenset({date(2025, 9, 28)}), frozenset({2025}))
    asked = SchoolCalendar((), workdays, {day: "国庆节"})
    assert asked.holiday(day) == HolidayAnswer(True, "国庆节", False)
    assert asked.holiday(date(2025, 9, 28)) == HolidayAnswer(True, None, True)
    assert asked.holiday(date(2025, 9, 29)) == HolidayAnswer(True, None, False)
    assert asked.holiday(date(2026, 10, 1)) == HolidayAnswer(False, None, False)


def test_unknown_days_of_a_range_are_counted():
    asked = calendar(TERM_ONE)
    assert asked.unknown_days(date(2026, 1, 29), date(2026, 2, 3), Stage.JUNIOR) == 3


def test_a_school_year_is_named_by_the_year_it_begins():
    assert school_year_label(2025) == "2025-26"
    assert school_year_label(1999) == "1999-00"
    assert usual_school_year(date(2026, 8, 31)) == 2025
    assert usual_school_year(date(2026, 9, 1)) == 2026


kinds = st.sampled_from(list(PeriodKind))
starts = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@st.composite
def any_period(draw: st.DrawFn) -> Period:
    starts_on = draw(starts)
    stages = frozenset(draw(st.sets(st.sampled_from(list(Stage)), min_size=1)))
    return Period(
        kind=draw(kinds),
        stages=stages,
        starts_on=starts_on,
        ends_before=starts_on + timedelta(days=draw(st.integers(1, 200))),
        school_year=draw(st.integers(2024, 2026)),
        term=draw(st.integers(0, 2)),
        confidence=draw(st.sampled_from(list(Confidence))),
        source="",
        grades=frozenset(draw(st.sets(st.integers(0, 12)))),
        overrides=draw(st.booleans()),
    )


@given(st.lists(any_period(), max_size=6), starts, st.integers(0, 12))
def test_any_answer_is_total_and_says_what_some_covering_period_says(periods, day, grade):
    answer = calendar(*periods).grade_day(day, grade)
    covering = [
        one
        for one in periods
        if one.starts_on <= day < one.ends_before and grade in one.covered_grades()
    ]
    if not covering:
        assert answer == UNKNOWN_DAY
    assert answer == UNKNOWN_DAY or answer.state in {str(one.kind) for one in covering}


@given(st.lists(any_period(), max_size=6), starts, st.sampled_from(list(Stage)), st.randoms())
def test_the_order_of_entry_changes_no_answer(periods, day, stage, random):
    shuffled = list(periods)
    random.shuffle(shuffled)
    assert calendar(*periods).stage_day(day, stage) == calendar(*shuffled).stage_day(day, stage)


@given(st.lists(any_period(), max_size=6), starts, st.sampled_from(list(Stage)))
def test_a_stage_says_no_more_than_each_of_its_grades(periods, day, stage):
    asked = calendar(*periods)
    answer = asked.stage_day(day, stage)
    if answer.is_known:
        states = {asked.grade_day(day, grade).state for grade in STAGE_GRADES[stage]}
        assert states == {answer.state}
