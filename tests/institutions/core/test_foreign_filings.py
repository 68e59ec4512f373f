"""Another system's headers and words as ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.exchange.filings import (
    doubled_columns,
    fits,
    guess_header,
    guess_headers,
    missing_columns,
    own_cells,
    own_word,
)
from institutions.core.screening.rows import HEADERS


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("班级名称", "班级名称"),
        ("课时时长(分钟)", "每课时分钟"),
        ("总费用（元）", "收费总额"),
        (" 任课教师 *", "授课教师"),
        ("序号", ""),
        ("", ""),
    ],
)
def test_a_header_is_known_by_the_names_people_use(theirs, ours):
    assert guess_header(theirs) == ours


def test_of_two_columns_for_one_of_ours_the_first_has_it():
    assert guess_headers(["学科", "科目", "年级"]) == ("学科或项目", "", "招生对象")


def test_our_own_headers_mean_themselves():
    assert guess_headers(HEADERS) == HEADERS


def test_what_is_missing_may_be_fixed_and_two_for_one_is_told():
    assert missing_columns(["班级名称", "开班日期"], {"结课日期": "2026-12-01"}) == ("培训内容",)
    assert doubled_columns(["班额", "", "班额", "班次"]) == ("班额",)


def test_a_mapping_fits_where_all_that_it_reads_is_there():
    pairs = [["课程名称", "班级名称"], ["备注", ""], ["课时数", "总课时"]]
    assert fits(pairs, ["课时数 ", "课程名称", "别的"]) == 2
    assert fits(pairs, ["课程名称"]) == 0
    assert fits([["备注", ""]], ["备注"]) == 0


def test_a_row_is_read_under_our_headers_with_fixed_values_for_blanks():
    row = own_cells(
        ["课程名称", "授课方式", "备注"],
        ["数学班 ", "面授", "x"],
        [["课程名称", "班级名称"], ["授课方式", "培训方式"], ["备注", ""]],
        {"培训方式": "线上直播", "课间休息分钟": "10"},
    )
    assert tuple(row) == HEADERS
    assert (row["班级名称"], row["培训方式"], row["课间休息分钟"]) == ("数学班", "线下", "10")
    assert sum(bool(text) for text in row.values()) == 3


def test_an_unknown_word_stays_as_it_is():
    assert own_word("培训方式", "混合式") == "混合式"
    assert own_word("收费方式", "按课时 收费") == "按课时"


@given(st.lists(st.text(max_size=12), max_size=8))
def test_no_header_upsets_the_guess(headers):
    guessed = guess_headers(headers)
    assert len(guessed) == len(headers)
    assert doubled_columns(guessed) == ()
