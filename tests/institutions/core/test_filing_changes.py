"""When a change may be asked for, what differs, and what the next term takes over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.filing_changes import (
    ChangeFacts,
    change_number,
    change_refusals,
    changed_headers,
    differing_spans,
    opening_refusals,
)
from institutions.core.filing_copies import copied_cells, next_term
from institutions.core.filing_states import FilingState
from institutions.core.material_titles import named_titles, title_key
from institutions.core.screening.rows import HEADERS

CELLS = dict.fromkeys(HEADERS, "原文")


def codes(**changed: object) -> list[str]:
    facts = {
        "state": FilingState.APPROVED,
        "old": CELLS,
        "new": CELLS | {"授课教师": "唐老师"},
        "reason": "教师离职",
        **changed,
    }
    return [one.code for one in change_refusals(ChangeFacts(**facts))]


def test_a_teacher_may_change_with_a_reason():
    assert codes() == []
    assert codes(reason=" ") == ["filing.change_reason_missing"]


@pytest.mark.parametrize("header", ["培训类别", "学科或项目"])
def test_another_subject_is_another_class(header):
    assert codes(new=CELLS | {header: "别的"}) == ["filing.change_other_class"]


def test_nothing_changed_is_no_change_and_blanks_at_the_ends_are_nothing():
    assert codes(new=CELLS | {"授课教师": " 原文 "}) == ["filing.change_same"]


@pytest.mark.parametrize("state", [one for one in FilingState if one is not FilingState.APPROVED])
def test_only_an_approved_class_is_changed(state):
    assert [one.code for one in opening_refusals(state, "")] == ["filing.change_not_approved"]


def test_one_change_at_a_time():
    assert codes(open_change="BA-1-B1") == ["filing.change_open"]
    assert change_number("BA-1", []) == "BA-1-B1"
    assert change_number("BA-1", ["BA-1-B1"]) == "BA-1-B2"


def test_what_went_and_what_came_is_marked():
    assert differing_spans("周二、周四", "周二、周五") == (((4, 5),), ((4, 5),))
    assert differing_spans("", "新") == ((), ((0, 1),))
    assert changed_headers(CELLS, CELLS | {"班额": "9"}) == ("班额",)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marks_lie_within_the_texts_and_the_rest_is_the_same(old, new):
    gone, come = differing_spans(old, new)

    def rest(text, spans):
        kept, reached = [], 0
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            kept.append(text[reached:start])
            reached = end
        return "".join((*kept, text[reached:]))

    assert rest(old, gone) == rest(new, come)


@pytest.mark.parametrize(
    ("printed", "following"),
    [
        ("2026春1期", "2026春2期"),
        ("2026秋9期", "2026秋10期"),
        ("春季班", "春季班"),
        ("", ""),
        ("第999期", "第999期"),
    ],
)
def test_the_next_term_has_the_next_number(printed, following):
    assert next_term(printed) == following


def test_the_next_terms_dates_are_asked_anew():
    copied = copied_cells(CELLS | {"班次": "1期"})
    assert [header for header in HEADERS if not copied[header]] == [
        "开班日期",
        "结课日期",
        "收费日期",
    ]
    assert copied["班次"] == "2期"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《自编学习单》、教材", ("自编学习单",)),
        ("自编 学习单", ("自编学习单",)),
        ("三年级数学讲义", ("三年级数学讲义",)),
        ("数学讲义和三年级数学讲义", ("数学讲义", "三年级数学讲义")),
        ("人教版教材", ()),
        ("", ()),
    ],
)
def test_a_class_names_the_titles_that_stand_in_its_words(text, expected):
    assert named_titles(text, ("自编学习单", "数学讲义", "三年级数学讲义")) == expected


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
def test_no_text_upsets_the_titles(text, titles):
    assert set(named_titles(text, titles)) <= set(titles)
    assert title_key(title_key(text)) == title_key(text)
