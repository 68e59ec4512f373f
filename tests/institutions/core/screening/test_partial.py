"""What is said of a class while it is being written: only what rests on cells that are there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.core.screening.catalogue import FORM_CODE, RULES
from institutions.core.screening.engine import screen_row
from institutions.core.screening.partial import READS, screen_partial
from institutions.core.screening.rows import HEADERS, RawRow
from institutions.core.screening.rules.example_rows import Example
from institutions.core.screening.rules.examples import EXAMPLES
from tests.institutions.core.screening.contexts import screening_context

CONTEXT = screening_context()


def said(**cells: str) -> list[str]:
    row = RawRow(1, dict.fromkeys(HEADERS, "") | cells)
    return [one.rule for one in screen_partial(row, CONTEXT).findings]


def test_every_rule_of_the_catalogue_says_what_it_reads():
    assert set(READS) == {rule.code for rule in RULES} - {FORM_CODE}
    assert all(header in HEADERS for headers in READS.values() for header in headers)


def test_an_empty_class_says_only_what_it_wants():
    assert said() == [FORM_CODE]


def test_words_are_judged_as_soon_as_they_stand_there():
    assert said(培训内容="课后在微信群打卡作业") == [FORM_CODE, "CONTENT-HOMEWORK"]


def test_a_topic_waits_for_the_grade():
    words = {"培训类别": "学科类", "学科或项目": "数学", "培训内容": "一元二次方程"}
    assert said(**words) == [FORM_CODE]
    assert said(**words, 招生对象="三年级") == [FORM_CODE, "CONTENT-SYLLABUS"]


def test_a_late_end_waits_for_the_dates():
    when = {"培训方式": "线下", "上课星期": "周二", "上课时间": "19:30-21:00"}
    assert said(**when) == [FORM_CODE]
    dates = {"开班日期": "2026-05-12", "结课日期": "2026-06-18"}
    assert said(**when, **dates) == [FORM_CODE, "TIME-OFFLINE-END"]


def test_a_last_day_before_the_first_hides_nothing_else():
    assert said(开班日期="2026-05-12", 结课日期="2026-05-01", 总课时="61") == [
        FORM_CODE,
        "FEE-LESSONS",
    ]


def _whole(example: Example) -> RawRow:
    return example if isinstance(example, RawRow) else RawRow(1, example.cells)


@pytest.mark.parametrize("code", sorted(set(EXAMPLES) - {FORM_CODE}))
def test_a_whole_row_is_screened_as_ever(code):
    for example in EXAMPLES[code][1]:
        row = _whole(example)
        assert screen_partial(row, CONTEXT) == screen_row(row, CONTEXT)


CELL = st.one_of(st.just(""), st.text(max_size=30), st.sampled_from(["2026-05-12", "数学", "周二"]))


@settings(max_examples=150)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(HEADERS, CELL)))
def test_no_half_written_class_raises_and_nothing_is_said_of_an_empty_cell(cells):
    row = RawRow(1, dict.fromkeys(HEADERS, "") | cells)
    result = screen_partial(row, CONTEXT)
    assert result.findings[:1] == screen_row(row, CONTEXT).findings[:1]
    if result.row is None:
        assert all(row.cells[one.field].strip() for one in result.findings[1:])
