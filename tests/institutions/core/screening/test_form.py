"""FILING-FORM: each required column empty, unreadable or contradictory, and nothing else then."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.core.screening.engine import is_blank, screen_row
from institutions.core.screening.rows import HEADERS, RawRow
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import screening_context

OPTIONAL = {"资格证书号", "证书学科或专业"}
TIMED = {"上课星期", "上课时间", "每课时分钟", "课间休息分钟"}


def _problems(**changes: object) -> list[tuple[str, str]]:
    result = screen_row(RawRow(2, {**SUBJECT_ROW, **changes}), screening_context())
    if result.outcome != "invalid":
        return []
    (finding,) = result.findings
    assert (finding.rule, finding.outcome, result.row) == ("FILING-FORM", "breach", None)
    return [(one["header"], one["code"]) for one in finding.params["problems"]]


@pytest.mark.parametrize("header", [one for one in HEADERS if one not in OPTIONAL])
def test_a_required_column_may_not_be_empty(header: str) -> None:
    assert _problems(**{header: ""}) == [(header, "empty")]
    assert _problems(**{header: " \u200b"}) == [(header, "empty")]


@pytest.mark.parametrize("header", sorted(OPTIONAL))
def test_the_certificate_is_not_a_matter_of_form(header: str) -> None:
    assert _problems(**{header: ""}) == []


def test_a_recorded_class_needs_no_timetable() -> None:
    assert _problems(培训方式="线上录播", **dict.fromkeys(TIMED, "")) == []


def test_a_non_subject_class_needs_no_licence_number() -> None:
    result = screen_row(RawRow(2, {**ACTIVITY_ROW, "机构许可证号": ""}), screening_context())
    assert result.outcome != "invalid"


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("培训类别", "文化课", "unreadable"),
        ("学科或项目", "围棋", "no_school_subject"),
        ("招生对象", "大学一年级", "unreadable"),
        ("培训方式", "面授", "unreadable"),
        ("开班日期", "2026-02-30", "unreadable"),
        ("结课日期", "2026-03-09", "ends_before_start"),
        ("上课星期", "待定", "unreadable"),
        ("上课时间", "18:30-25:00", "unreadable"),
        ("每课时分钟", "0", "too_small"),
        ("课间休息分钟", "-1", "too_small"),
        ("总课时", "若干", "unreadable"),
        ("总课时", "0", "too_small"),
        ("教师身份", "临时", "unreadable"),
        ("班额", "0", "too_small"),
        ("收费总额", "-1", "too_small"),
        ("收费总额", "面议", "unreadable"),
        ("收费日期", "开班前", "unreadable"),
        ("收费方式", "按月", "unreadable"),
        ("机构许可证号", "1.51012E+14", "scientific"),
    ],
)
def test_a_cell_that_cannot_be_is_named_with_its_reason(header: str, value: str, code: str) -> None:
    assert _problems(**{header: value}) == [(header, code)]


@pytest.mark.parametrize(
    ("header", "value"), [("收费总额", "0"), ("课间休息分钟", "0"), ("结课日期", "2026-03-10")]
)
def test_what_may_be_zero_or_a_single_day_is_accepted(header: str, value: str) -> None:
    assert _problems(**{header: value}) == []


def test_dates_without_a_session_between_them_contradict_the_weekday() -> None:
    assert _problems(结课日期="2026-03-11", 上课星期="周五") == [("上课星期", "no_session")]


def test_every_problem_is_reported_in_the_order_of_the_columns() -> None:
    assert _problems(总课时="若干", 结课日期="", 班级名称="") == [
        ("班级名称", "empty"),
        ("结课日期", "empty"),
        ("总课时", "unreadable"),
    ]


def test_an_invalid_row_carries_nothing_else() -> None:
    cells = {**SUBJECT_ROW, "上课时间": "19:00-21:45", "总课时": "若干"}
    result = screen_row(RawRow(7, cells), screening_context())
    assert (result.number, result.outcome) == (7, "invalid")
    assert [one.rule for one in result.findings] == ["FILING-FORM"]


def test_a_wholly_blank_row_is_recognised() -> None:
    assert is_blank(RawRow(9, dict.fromkeys(HEADERS, " ")))
    assert not is_blank(RawRow(9, {**dict.fromkeys(HEADERS), "备注": "x"}))


CELLS = st.one_of(
    st.text(max_size=60), st.integers(), st.floats(), st.none(), st.dates(), st.booleans()
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(HEADERS), CELLS, max_size=26))
def test_no_row_raises_or_loses_its_number(cells: dict[str, object]) -> None:
    result = screen_row(RawRow(5, cells), screening_context())
    assert result.number == 5
    assert result.outcome in ("invalid", "flagged", "appraise", "clear")


@settings(max_examples=200)
@given(
    base=st.sampled_from([SUBJECT_ROW, ACTIVITY_ROW]),
    texts=st.dictionaries(
        st.sampled_from(["班级名称", "培训内容", "进度安排", "培训材料", "证书学科或专业"]),
        st.text(
            alphabet=st.one_of(
                st.characters(), st.sampled_from("不讲复习方程函数五六年级上下册，。《》概率")
            ),
            max_size=80,
        ),
    ),
)
def test_no_text_of_a_readable_row_raises(base: dict[str, object], texts: dict[str, str]) -> None:
    cells = {**base, **texts}
    result = screen_row(RawRow(5, cells), screening_context())
    codes = [finding.rule for finding in result.findings]
    assert len(codes) == len(set(codes))
    for finding in result.findings:
        for header, start, end in finding.spans:
            assert 0 <= start < end <= max(len(str(cells[header])), 1)
