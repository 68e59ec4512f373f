"""The week table: a topic that schools begin after the class's last week is taught too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from institutions.core.screening.engine import Finding, ScreeningContext
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.core.screening.tables import WeekPace
from institutions.core.screening.weeks import school_week
from tests.institutions.core.screening.contexts import findings_of, screening_context

CODE = "CONTENT-PACE"
# 2025-26: the second term begins on Monday 2026-03-02.
LINE_CHART = WeekPace("数学", "人教版", 5, 2, "折线统计图", 14, basis="双流教科院2026年春进度")


def _context(*rows: WeekPace) -> ScreeningContext:
    context = screening_context()
    return replace(context, tables=replace(context.tables, weeks=rows))


def _finding(*rows: WeekPace, ends_on: str, starts_on: str = "2026-03-10") -> Finding | None:
    cells = {
        **SUBJECT_ROW,
        "开班日期": starts_on,
        "结课日期": ends_on,
        "培训内容": "折线统计图",
        "收费日期": starts_on,
    }
    return findings_of(cells, context=_context(*rows)).get(CODE)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 3, 2), 1),
        (date(2026, 3, 8), 1),
        (date(2026, 3, 9), 2),
        (date(2026, 7, 3), 18),
        (date(2026, 2, 27), 0),
        (date(2026, 7, 4), 0),
        (date(2027, 10, 12), 0),
    ],
)
def test_weeks_run_from_monday_to_sunday_of_the_term(day: date, week: int) -> None:
    assert school_week(screening_context().calendar, day, 5) == week


def test_without_a_week_table_the_whole_term_counts_as_taught() -> None:
    assert _finding(ends_on="2026-04-28") is None


def test_a_topic_of_a_later_week_is_a_breach_that_names_book_and_week() -> None:
    finding = _finding(LINE_CHART, ends_on="2026-05-26")
    assert finding is not None
    named = {key: finding.params[key] for key in ("edition", "revision", "grade", "volume", "week")}
    assert named == {
        "edition": "人教版",
        "revision": "2012",
        "grade": "五年级",
        "volume": "下册",
        "week": "14",
    }
    assert finding.params["from_when"] == "五年级下学期第14周"
    assert finding.params["unit_title"] == "折线统计图"
    assert "第14周开始，本班第13周结课" in finding.basis
    assert "双流教科院2026年春进度" in finding.basis


def test_a_class_that_ends_in_the_week_in_which_schools_begin_passes() -> None:
    assert _finding(LINE_CHART, ends_on="2026-06-02") is None


def test_a_class_that_ends_in_the_break_has_the_whole_term() -> None:
    assert _finding(LINE_CHART, ends_on="2026-07-07") is None


def test_a_row_binds_classes_that_start_on_or_after_its_first_day() -> None:
    bound = replace(LINE_CHART, starts_on=date(2026, 3, 10))
    assert _finding(bound, ends_on="2026-05-26") is not None
    assert _finding(bound, starts_on="2026-03-03", ends_on="2026-05-26") is None


def test_a_row_that_has_ended_binds_no_class_of_its_last_day() -> None:
    ended = replace(LINE_CHART, ends_before=date(2026, 3, 10))
    assert _finding(ended, ends_on="2026-05-26") is None
    assert _finding(ended, starts_on="2026-03-03", ends_on="2026-05-26") is not None


@pytest.mark.parametrize(
    "other",
    [
        {"edition": "北师大版"},
        {"grade": 6},
        {"term": 1},
        {"unit": "分数的意义和性质"},
        {"revision": "2024"},
    ],
)
def test_rows_of_other_books_and_units_say_nothing(other: dict[str, object]) -> None:
    assert _finding(replace(LINE_CHART, **other), ends_on="2026-05-26") is None  # type: ignore[arg-type]


def test_a_unit_is_named_by_its_number_as_well() -> None:
    by_number = replace(LINE_CHART, unit="7")
    assert _finding(by_number, ends_on="2026-05-26") is not None
