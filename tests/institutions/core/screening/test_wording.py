"""STAFF-*, CONTENT-GRADE, -PRESCHOOL, -OVERSEAS, -ADMISSION, -HOMEWORK: said, unsaid, denied."""

from __future__ import annotations

import pytest

from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from tests.institutions.core.screening.contexts import breaches_of, findings_of


def _activity(text: str, **changes: object) -> set[str]:
    return breaches_of({**ACTIVITY_ROW, "培训内容": text, **changes})


def _subject(text: str, **changes: object) -> set[str]:
    return breaches_of({**SUBJECT_ROW, "培训内容": text, **changes})


@pytest.mark.parametrize(
    "text",
    [
        "长方体；每次课后发一张小练习",
        "长方体，课前预习单",
        "长方体，每天在微信群打卡",
        "长方体，回家背诵公式",
        "长方体，家庭作业拍照上传",
        "长方体，布置练习册第3页",
    ],
)
def test_work_outside_the_sessions_is_homework(text: str) -> None:
    assert _subject(text) == {"CONTENT-HOMEWORK"}


@pytest.mark.parametrize(
    "text",
    [
        "长方体，不布置作业",
        "长方体，无课后作业",
        "长方体，作业当堂完成，课后不留任务",
        "长方体，严禁以打卡等形式布置作业",
        "长方体，课堂练习与讲评",
        "长方体，零作业",
    ],
)
def test_no_work_outside_the_sessions_is_no_homework(text: str) -> None:
    assert _subject(text) == set()


@pytest.mark.parametrize(
    "text",
    ["结业择优推荐进入合作中学", "与初中招生挂钩", "备战“星火杯”赛", "AMC8真题", "小升初面试"],
)
def test_what_is_linked_with_admission_or_a_contest_is_found(text: str) -> None:
    assert _activity(text) == {"CONTENT-ADMISSION"}


@pytest.mark.parametrize(
    "text", ["不与招生入学挂钩", "本班不作为升学依据", "彩绘马克杯", "不参加任何杯赛", "世界杯故事"]
)
def test_what_is_denied_or_only_shares_a_word_is_no_link(text: str) -> None:
    assert _activity(text) == set()


@pytest.mark.parametrize(
    "text", ["IB课程", "ap微积分课程", "SAT备考", "A-Level", "igcse", "美国高中课程"]
)
def test_a_foreign_curriculum_is_found(text: str) -> None:
    assert "CONTENT-OVERSEAS" in _activity(text)


@pytest.mark.parametrize("text", ["用APP记谱", "sat down and sing", "国际象棋课程", "国际跳棋课"])
def test_letters_that_are_no_curriculum_are_left_alone(text: str) -> None:
    assert _activity(text) == set()


@pytest.mark.parametrize("text", ["KET词汇", "雅思口语", "剑桥英语"])
def test_a_language_test_is_for_an_officer(text: str) -> None:
    finding = findings_of({**SUBJECT_ROW, "培训内容": text})["CONTENT-OVERSEAS"]
    assert finding.outcome == "undetermined"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("由市重点小学在编美术老师授课", {"STAFF-IN-SERVICE"}),
        ("外聘某中学现任教师主讲", {"STAFF-IN-SERVICE"}),
        ("本班教师均为专职，不聘在职教师", set()),
        ("由退休小学教师授课", set()),
        ("由本培训学校教师授课", set()),
        ("老师在英国通过视频给孩子上课", {"STAFF-ABROAD"}),
        ("境外外教直播", {"STAFF-ABROAD"}),
        ("不聘请境外外教", set()),
        ("外教面授", set()),
    ],
)
def test_who_teaches_is_read_in_any_text(text: str, codes: set[str]) -> None:
    assert _activity(text) == codes


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        ("小学数学", ""),
        ("初级中学数学", ""),
        ("小学全科", "undetermined"),
        ("", "undetermined"),
        ("小学", "undetermined"),
        ("小学语文", "breach"),
        ("高级中学物理", "breach"),
        ("小学体育", "breach"),
    ],
)
def test_the_certificate_is_for_the_subject(certificate: str, outcome: str) -> None:
    found = findings_of({**SUBJECT_ROW, "证书学科或专业": certificate})
    assert getattr(found.get("STAFF-CERTIFICATE"), "outcome", "") == outcome


@pytest.mark.parametrize(
    ("activity", "certificate"), [("英语", "小学英语"), ("日语", "初中日语"), ("外语", "英语")]
)
def test_english_and_japanese_are_foreign_languages(activity: str, certificate: str) -> None:
    cells = {**SUBJECT_ROW, "学科或项目": activity, "证书学科或专业": certificate}
    assert "STAFF-CERTIFICATE" not in breaches_of(cells)


@pytest.mark.parametrize(
    ("name", "enrolled", "codes"),
    [
        ("五年级数学班", "五年级", set()),
        ("5年级数学班", "五年级", set()),
        ("五、六年级数学班", "五年级", {"CONTENT-GRADE"}),
        ("三至五年级数学班", "三年级、四年级、五年级", set()),
        ("五升六数学班", "五年级", {"CONTENT-GRADE"}),
        ("小学数学班", "五年级", set()),
        ("初中数学班", "五年级", {"CONTENT-GRADE"}),
        ("初一数学班", "七年级", set()),
        ("初二数学班", "七年级", {"CONTENT-GRADE"}),
        ("高一数学班", "高一", set()),
    ],
)
def test_the_name_names_enrolled_grades_only(name: str, enrolled: str, codes: set[str]) -> None:
    cells = {**SUBJECT_ROW, "班级名称": name, "招生对象": enrolled, "培训内容": "练习"}
    found = breaches_of({**cells, "进度安排": "第1-8次", "培训材料": "自编"})
    assert found & {"CONTENT-GRADE"} == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("学写数字和20以内口算", {"CONTENT-PRESCHOOL"}),
        ("听英文绘本、背单词", {"CONTENT-PRESCHOOL"}),
        ("跟着音乐做律动，不教拼音", set()),
        ("捏泥塑、搭积木", set()),
    ],
)
def test_preschool_children_are_not_taught_what_school_teaches(text: str, codes: set[str]) -> None:
    assert _activity(text, 招生对象="学龄前") == codes
