"""Topics hidden by marks, look-alikes or pinyin, and the tables read against themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.hidden import latin_windows, pinyin_of, squeeze
from institutions.core.screening.normalise import fold
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.core.screening.tables import PaceUnit
from tests.institutions.core.screening.contexts import breaches_of, tables

CONTENT = {"CONTENT-SYLLABUS", "CONTENT-PACE"}
GRADES = (
    "",
    "一年级",
    "二年级",
    "三年级",
    "四年级",
    "五年级",
    "六年级",
    "七年级",
    "八年级",
    "九年级",
)
TERMS = {1: ("2025-10-14", "2025-12-30"), 2: ("2026-03-10", "2026-04-28")}
SCHOOL_YEAR = 2025


def _codes(text: str, grade: int = 5, term: int = 2, subject: str = "数学") -> set[str]:
    starts_on, ends_on = TERMS[term]
    cells = {
        **SUBJECT_ROW,
        "学科或项目": subject,
        "班级名称": f"{GRADES[grade]}{subject}班",
        "招生对象": GRADES[grade],
        "开班日期": starts_on,
        "结课日期": ends_on,
        "培训内容": text,
        "进度安排": "第1-8次：同上",
        "培训材料": "自编学习单",
    }
    return breaches_of(cells) & CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "一元一次方·程组入门：整-式",
        "函 数",
        "函*数初步",
        "有.理.数",
        "yiyuanyicifangcheng",
        "有理數",
        "hanshu 与 整式",
        "zheng shi de：youli shu",
        "勾\u200b股\u200b定\u200b理",
    ],
)
def test_a_hidden_topic_is_found(text: str) -> None:
    assert _codes(text) == {"CONTENT-SYLLABUS"}


@pytest.mark.parametrize("text", ["小数 乘法", "长方体 - 正方体", "Week1 review", "不讲 hanshu"])
def test_a_list_of_words_hides_nothing(text: str) -> None:
    assert _codes(text) == set()


def test_a_hidden_topic_is_marked_as_it_was_filed() -> None:
    squeezed = squeeze(fold("讲函·数"))
    assert squeezed is not None
    assert squeezed.text == "讲函数"
    assert squeezed.span(1, 3) == (1, 4)


def test_pinyin_is_without_tones_and_too_short_proves_nothing() -> None:
    assert pinyin_of("函数") == "hanshu"
    assert pinyin_of("圆") == ""
    assert pinyin_of("SSS") == ""


@given(st.text(max_size=60))
def test_no_text_makes_the_search_for_hidden_words_fail(text: str) -> None:
    folded = fold(text)
    squeezed = squeeze(folded)
    assert squeezed is None or len(squeezed.text) < len(folded.text)
    assert all(folded.text[start:end] for _, start, end in latin_windows(folded.text))


def _units() -> list[PaceUnit]:
    return [unit for unit in tables().units if unit.edition in ("人教版", "统编")]


def _words(unit: PaceUnit) -> str:
    return "、".join((unit.title, *unit.terms))


def test_no_unit_of_the_term_is_called_ahead_in_its_own_term() -> None:
    wrong = [
        (unit.subject, unit.grade, unit.term, unit.title)
        for unit in _units()
        if unit.in_use(SCHOOL_YEAR) and _codes(_words(unit), unit.grade, unit.term, unit.subject)
    ]
    assert wrong == []


def test_nine_of_ten_units_are_found_when_taught_one_term_early() -> None:
    found, all_units = 0, 0
    for unit in _units():
        grade, term = (unit.grade, 1) if unit.term == 2 else (unit.grade - 1, 2)
        if grade < 1 or not unit.in_use(SCHOOL_YEAR + unit.grade - grade):
            continue
        all_units += 1
        found += bool(_codes(_words(unit), grade, term, unit.subject))
    assert found * 10 >= all_units * 9
