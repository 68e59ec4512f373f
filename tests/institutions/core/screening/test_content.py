"""CONTENT-SYLLABUS and CONTENT-PACE: stages, cohorts, revisions, exclusions, missing books."""

from __future__ import annotations

import pytest

from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import (
    breaches_of,
    findings_of,
    screening_context,
)

AUTUMN = {"开班日期": "2025-10-14", "结课日期": "2025-12-30"}
SPRING = {"开班日期": "2026-03-10", "结课日期": "2026-04-28"}


def _cells(text: str, grade: str, **changes: object) -> dict[str, object]:
    plain = {"进度安排": "第1-8次：同上", "培训材料": "自编学习单", "班级名称": f"{grade}数学班"}
    return {**SUBJECT_ROW, **plain, "培训内容": text, "招生对象": grade, **changes}


def _codes(text: str, grade: str, **changes: object) -> set[str]:
    codes = breaches_of(_cells(text, grade, **changes))
    return {code for code in codes if code in ("CONTENT-SYLLABUS", "CONTENT-PACE")}


@pytest.mark.parametrize(
    ("text", "grade", "when", "codes"),
    [
        ("整式的加减", "六年级", SPRING, {"CONTENT-SYLLABUS"}),
        ("整式的加减", "七年级", AUTUMN, set()),
        ("全等三角形", "七年级", SPRING, {"CONTENT-PACE"}),
        ("全等三角形", "八年级", AUTUMN, set()),
        ("导数与极限", "九年级", SPRING, {"CONTENT-SYLLABUS"}),
        ("折线统计图", "五年级", AUTUMN, {"CONTENT-PACE"}),
        ("折线统计图", "五年级", SPRING, set()),
        ("托勒密定理", "八年级", SPRING, {"CONTENT-SYLLABUS"}),
        ("托勒密定理", "高一", SPRING, {"CONTENT-SYLLABUS"}),
        ("导数与极限", "高一", SPRING, set()),
    ],
)
def test_a_topic_is_judged_by_the_lowest_grade_and_the_term(
    text: str, grade: str, when: dict[str, object], codes: set[str]
) -> None:
    assert _codes(text, grade, **when) == codes


def test_a_class_of_several_grades_is_judged_by_its_lowest() -> None:
    assert _codes("百分数", "五年级、六年级", **SPRING) == {"CONTENT-PACE"}
    assert _codes("百分数", "六年级", **SPRING) == set()


@pytest.mark.parametrize(
    ("grade", "starts_on", "ends_on", "codes"),
    [
        ("五年级", "2025-10-14", "2025-12-30", set()),
        ("五年级", "2026-10-13", "2026-12-29", {"CONTENT-PACE"}),
        ("六年级", "2026-10-13", "2026-12-29", set()),
        ("四年级", "2025-10-14", "2025-12-30", {"CONTENT-PACE"}),
    ],
)
def test_a_unit_counts_by_the_book_the_cohort_uses_or_will_use(
    grade: str, starts_on: str, ends_on: str, codes: set[str]
) -> None:
    """数对: 5上 in the book in use until 2025-26, 6上 in the revised one from 2026-27."""
    assert _codes("数对", grade, 开班日期=starts_on, 结课日期=ends_on) == codes


def test_a_unit_that_its_revision_moved_to_a_later_grade_counts_as_later() -> None:
    finding = findings_of(_cells("两位数乘两位数", "三年级", **SPRING))["CONTENT-PACE"]
    assert finding.outcome == "breach"
    assert finding.basis.endswith("人教版2024年版数学四年级上册第3单元《多位数乘两位数》")
    before = {"开班日期": "2025-03-11", "结课日期": "2025-04-29"}
    assert _codes("两位数乘两位数", "三年级", **before) == set()


def test_another_edition_places_a_topic_elsewhere() -> None:
    cells = _cells("勾股定理", "八年级", **AUTUMN)
    assert "CONTENT-PACE" in breaches_of(cells)
    other = screening_context(editions={"数学": "北师大版"})
    assert "CONTENT-PACE" not in breaches_of(cells, context=other)


def test_an_edition_without_a_table_is_undetermined_and_named() -> None:
    context = screening_context(editions={"数学": "苏教版"})
    finding = findings_of(_cells("长方体", "五年级"), context=context)["CONTENT-PACE"]
    assert (finding.outcome, finding.params["missing"]) == ("undetermined", "苏教版数学教材目录")


@pytest.mark.parametrize(
    "text",
    [
        "长方体的表面积，不涉及方程组和函数",
        "不讲初中内容",
        "不教有理数、整式",
        "长方体（因式分解、二次根式不作要求）",
        "严禁讲授勾股定理",
        "不涉及函數",
    ],
)
def test_what_is_excluded_is_not_taught(text: str) -> None:
    assert _codes(text, "五年级") == set()


@pytest.mark.parametrize(
    "text",
    [
        "复习一元一次方程",
        "不仅讲分数，还讲一元一次方程",
        "不讲分数，讲一元一次方程",
        "一元一次方程入门",
        "一元一\u200b次方程",
        "壹年级不讲；一元一次方程",
    ],
)
def test_calling_a_later_topic_review_or_hiding_it_does_not_excuse_it(text: str) -> None:
    assert _codes(text, "五年级") == {"CONTENT-SYLLABUS"}


def test_an_earlier_topic_may_be_reviewed() -> None:
    assert _codes("先复习上册的小数除法，再学长方体", "五年级") == set()


def test_every_text_column_is_read() -> None:
    for header in ("班级名称", "培训内容", "进度安排", "培训材料"):
        cells = _cells("长方体", "五年级") | {header: "五年级数学：一元一次方程"}
        finding = findings_of(cells)["CONTENT-SYLLABUS"]
        assert (finding.field, finding.evidence) == (header, "一元一次方程")


def test_a_hit_knows_where_it_stood_in_the_cell_as_filed() -> None:
    finding = findings_of(_cells("先讲：合並\u200b同類項。", "六年级"))["CONTENT-SYLLABUS"]
    assert finding.spans == (("培训内容", 3, 9),)


def test_the_material_of_a_later_volume_is_ahead() -> None:
    assert _codes("长方体", "五年级", 培训材料="人教版数学六年级上册") == {"CONTENT-PACE"}
    assert _codes("长方体", "五年级", 培训材料="人教版数学七年级上册") == {"CONTENT-SYLLABUS"}
    assert _codes("小数除法", "五年级", 培训材料="五下练习", **AUTUMN) == {"CONTENT-PACE"}
    assert _codes("长方体", "五年级", 培训材料="人教版数学五年级下册") == set()


@pytest.mark.parametrize(
    ("text", "when", "codes"),
    [
        ("下学期内容", AUTUMN, {"CONTENT-PACE"}),
        ("本学期即下学期内容", SPRING, set()),
        ("寒假预习", AUTUMN, {"CONTENT-PACE"}),
        ("不超前教学", AUTUMN, set()),
    ],
)
def test_rows_that_speak_of_pace_count_for_pace(
    text: str, when: dict[str, object], codes: set[str]
) -> None:
    assert _codes(text, "五年级", **when) == codes


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ({"开班日期": "2026-01-06", "结课日期": "2026-01-27"}, {"CONTENT-PACE"}),
        ({"开班日期": "2026-03-03", "结课日期": "2026-04-28"}, set()),
    ],
)
def test_chemistry_is_not_reviewed_for_the_examination_before_the_winter_break_ends(
    when: dict[str, object], codes: set[str]
) -> None:
    assert _codes("中考一轮复习", "九年级", 学科或项目="化学", **when) == codes


def test_without_a_school_calendar_only_what_is_certain_is_a_breach() -> None:
    when = {"开班日期": "2026-10-13", "结课日期": "2026-12-29"}
    assert _codes("全等三角形", "七年级", **when) == {"CONTENT-PACE"}
    finding = findings_of(_cells("二次根式", "八年级", **when))["CONTENT-PACE"]
    assert (finding.outcome, finding.params["missing"]) == ("undetermined", "2026-27学年校历")


@pytest.mark.parametrize(
    ("day", "codes"), [("2020-05-07", set()), ("2020-05-08", {"CONTENT-SYLLABUS"})]
)
def test_the_list_binds_classes_that_start_on_or_after_its_day(day: str, codes: set[str]) -> None:
    when = {"开班日期": day, "结课日期": "2020-06-30"}
    assert _codes("一元一次方程", "五年级", **when) == codes


@pytest.mark.parametrize(
    "text", ["综合数学活动，面对数学问题", "指导数感训练", "品质数学", "小组积分卡", "视频数据"]
)
def test_a_term_inside_another_word_is_no_topic(text: str) -> None:
    assert _codes(text, "三年级") == set()


def test_a_title_of_one_or_two_characters_needs_its_marks() -> None:
    chinese = {"学科或项目": "语文", "班级名称": "四年级语文班"}
    assert _codes("春天的桥，反复朗读", "四年级", **chinese) == set()
    assert _codes("《春》诵读", "四年级", **chinese) == {"CONTENT-SYLLABUS"}


def test_activities_are_not_read_by_the_subject_tables() -> None:
    cells = {**ACTIVITY_ROW, "班级名称": "概率桌游", "培训内容": "掷骰子，聊聊概率"}
    assert "CONTENT-SYLLABUS" not in breaches_of(cells)
