"""CONTENT-DISGUISE: kinds of evidence, honest names, hidden names, and what follows."""

from __future__ import annotations

import pytest

from institutions.core.screening.engine import screen_row
from institutions.core.screening.rows import RawRow
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW
from tests.institutions.core.screening.contexts import (
    ROOT,
    breaches_of,
    csv_rows,
    findings_of,
    screening_context,
)

CODE = "CONTENT-DISGUISE"
FIXTURES = ROOT / "tests" / "fixtures"
HONEST = [row["clean_name"] for row in csv_rows(FIXTURES / "honest_examples.csv")]
DISGUISED = [row["clean_name"] for row in csv_rows(FIXTURES / "disguised_examples.csv")]
CLUB = {"班级名称": "成长营", "学科或项目": "社团", "培训内容": "交流", "培训材料": "自编"}


def _club(**changes: object) -> dict[str, object]:
    return {**ACTIVITY_ROW, **CLUB, **changes}


def _named(name: str) -> dict[str, object]:
    return _club(班级名称=name, 学科或项目=name, 培训内容=f"{name}活动", 进度安排="第1-8次")


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_class_is_neither_flagged_nor_sent_to_the_experts(name: str) -> None:
    assert findings_of(_named(name)) == {}


@pytest.mark.parametrize("name", DISGUISED)
def test_a_name_alone_never_decides(name: str) -> None:
    assert CODE not in breaches_of(_club(班级名称=name))


@pytest.mark.parametrize("activity", ["数学", "英语", "道法", "ＹＩＮＧＹＵ数学"])
def test_an_activity_that_is_a_subject_is_a_breach(activity: str) -> None:
    found = findings_of(_club(学科或项目=activity))
    assert (found[CODE].outcome == "breach") == (activity != "ＹＩＮＧＹＵ数学")


@pytest.mark.parametrize(
    "changes",
    [
        {"班级名称": "數學俱乐部", "证书学科或专业": "小学数学"},
        {"班级名称": "英·语角", "培训材料": "七年级英语练习"},
        {"班级名称": "yuwen社", "培训内容": "课文背诵、生字默写"},
        {"班级名称": "SX提升", "证书学科或专业": "初级中学数学"},
        {"班级名称": "🔢课", "培训内容": "应用题、行程问题讲练"},
        {"培训内容": "欧姆定律、电路图习题讲评", "证书学科或专业": "初级中学物理"},
        {"培训材料": "四年级数学单元卷", "证书学科或专业": "小学数学"},
    ],
)
def test_two_kinds_that_agree_are_a_breach(changes: dict[str, object]) -> None:
    assert CODE in breaches_of(_club(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"证书学科或专业": "小学数学"},
        {"班级名称": "数学乐园"},
        {"班级名称": "数学乐园", "证书学科或专业": "小学语文"},
        {"学科或项目": "珠心算"},
        {"学科或项目": "语言艺术"},
    ],
)
def test_one_kind_or_kinds_that_differ_go_to_the_expert_group(changes: dict[str, object]) -> None:
    result = screen_row(RawRow(2, _club(**changes)), screening_context())
    assert result.outcome == "appraise"
    assert [one.rule for one in result.findings] == [CODE]


def test_each_piece_of_evidence_is_shown_with_its_place() -> None:
    found = findings_of(_club(班级名称="数-学社", 证书学科或专业="小学数学"))[CODE]
    assert found.params["pieces"] == (
        {"kind": "name", "header": "班级名称", "words": "数-学"},
        {"kind": "certificate", "header": "证书学科或专业", "words": "小学数学"},
    )
    assert found.spans == (("班级名称", 0, 3), ("证书学科或专业", 0, 4))


def test_what_is_disguised_is_read_by_the_subject_tables_but_not_by_the_time_rules() -> None:
    cells = _club(
        班级名称="数学社",
        证书学科或专业="小学数学",
        招生对象="四年级",
        培训内容="一元一次方程、多边形的面积",
    )
    assert breaches_of(cells) == {CODE, "CONTENT-SYLLABUS", "CONTENT-PACE"}


def test_preschool_pupils_are_left_to_their_own_rule() -> None:
    cells = _club(招生对象="学龄前", 班级名称="数学社", 证书学科或专业="小学数学")
    assert breaches_of(cells) == {"CONTENT-PRESCHOOL"}
