"""The shipped calendar says what its sources say, and no more."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from regulator.calendars.core.school import UNKNOWN_DAY, SchoolCalendar, Stage, StageDay
from regulator.calendars.selectors.shipped import shipped_calendar, shipped_table


@pytest.fixture
def chengdu() -> SchoolCalendar:
    return shipped_calendar("510116")


@pytest.mark.parametrize(
    ("day", "stage", "expected"),
    [
        (date(2026, 1, 30), Stage.PRIMARY, StageDay("term", 2025, 1, "medium")),
        (date(2026, 1, 31), Stage.PRIMARY, StageDay("winter_break", 2025, 0, "high")),
        (date(2026, 3, 1), Stage.PRESCHOOL, StageDay("winter_break", 2025, 0, "high")),
        (date(2026, 3, 2), Stage.PRESCHOOL, StageDay("term", 2025, 2, "high")),
        (date(2026, 7, 4), Stage.JUNIOR, StageDay("summer_break", 2025, 0, "high")),
        (date(2026, 7, 4), Stage.SENIOR, StageDay("term", 2025, 2, "high")),
        (date(2026, 7, 11), Stage.SENIOR, StageDay("summer_break", 2025, 0, "high")),
        (date(2024, 10, 8), Stage.JUNIOR, StageDay("term", 2024, 1, "low")),
        (date(2024, 4, 8), Stage.SENIOR, UNKNOWN_DAY),
        (date(2021, 10, 8), Stage.PRIMARY, UNKNOWN_DAY),
        (date(2026, 9, 1), Stage.PRIMARY, UNKNOWN_DAY),
        (date(2027, 3, 8), Stage.PRIMARY, UNKNOWN_DAY),
        (date(2021, 3, 2), Stage.PRIMARY, UNKNOWN_DAY),
    ],
)
def test_a_day_of_chengdu_is_as_the_notice_says(chengdu, day, stage, expected):
    assert chengdu.stage_day(day, stage) == expected


def test_the_early_break_of_december_2022_spared_grades_9_and_12(chengdu):
    day = date(2023, 1, 9)
    states = {grade: str(chengdu.grade_day(day, grade).state) for grade in range(13)}
    breaks = dict.fromkeys([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11], "winter_break")
    assert states == breaks | {9: "term", 12: "term"}
    assert chengdu.grade_day(date(2023, 1, 7), 11).state == "term"


@pytest.mark.parametrize(
    ("day", "known", "name", "makeup"),
    [
        (date(2026, 2, 23), True, "春节", False),
        (date(2026, 2, 24), True, None, False),
        (date(2026, 5, 9), True, None, True),
        (date(2022, 12, 31), True, "元旦", False),
        (date(2027, 1, 1), False, None, False),
    ],
)
def test_holidays_come_from_the_state_councils_notices(chengdu, day, known, name, makeup):
    answer = chengdu.holiday(day)
    assert (answer.known, answer.name, answer.makeup) == (known, name, makeup)


def test_the_years_2021_to_2026_hold_40_holidays_and_40_makeup_days():
    table = shipped_table("510116")
    kinds = [block.kind for block in table.holidays]
    assert (kinds.count("statutory_holiday"), kinds.count("makeup_workday")) == (40, 40)
    assert sorted(table.holiday_years) == [2021, 2022, 2023, 2024, 2025, 2026]


def test_every_working_day_agrees_with_an_independent_table(chengdu):
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(6 * 365 + 1)]
    differing = [
        day for day in days if chengdu.workdays.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert (days[-1], differing) == (date(2026, 12, 31), [])


def test_every_makeup_day_is_a_weekend_and_no_holiday():
    workdays = shipped_calendar("510116").workdays
    assert {day.weekday() for day in workdays.makeup_workdays} == {5, 6}
    assert workdays.makeup_workdays & workdays.holidays == frozenset()


def test_elsewhere_the_country_is_known_and_the_schools_are_not():
    asked = shipped_calendar("510700")
    assert asked.periods == ()
    assert asked.holiday(date(2026, 5, 1)).name == "劳动节"
    assert asked.stage_day(date(2026, 4, 8), Stage.PRIMARY) == UNKNOWN_DAY
