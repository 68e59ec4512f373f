"""Topics that are described without their term. These cases were written apart from the table."""

from __future__ import annotations

import pytest

from institutions.core.screening.normalise import fold_text
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from tests.institutions.core.screening.contexts import breaches_of, screening_context, tables

CONTENT = {"CONTENT-SYLLABUS", "CONTENT-PACE"}


def _codes(subject: str, grade: str, text: str) -> set[str]:
    cells = {
        **SUBJECT_ROW,
        "学科或项目": subject,
        "班级名称": f"{grade}{subject}班",
        "招生对象": grade,
        "培训内容": text,
        "进度安排": "第1-8次：同上",
        "培训材料": "自编学习单",
    }
    return breaches_of(cells) & CONTENT


@pytest.mark.parametrize(
    ("subject", "grade", "text", "codes"),
    [
        ("数学", "四年级", "学会在等式里求未知数", {"CONTENT-PACE"}),
        ("数学", "五年级", "把未知数移到等号一边，数移到另一边", {"CONTENT-SYLLABUS"}),
        ("数学", "六年级", "直角三角形两条直角边的平方加起来等于斜边的平方", {"CONTENT-SYLLABUS"}),
        ("数学", "七年级", "把一个式子写成几个式子相乘", {"CONTENT-PACE"}),
        ("数学", "四年级", "船在河里顺水和逆水要走多久", {"CONTENT-SYLLABUS"}),
        ("数学", "八年级", "既有大小又有方向的量怎么加", {"CONTENT-SYLLABUS"}),
        ("物理", "八年级", "研究速度变化得有多快", {"CONTENT-SYLLABUS"}),
        ("外语", "五年级", "用一句话来修饰前面的名词", {"CONTENT-SYLLABUS"}),
        ("生物", "七年级", "染色体数目减半的分裂", {"CONTENT-SYLLABUS"}),
        ("语文", "五年级", "先批评后夸赞的写法", {"CONTENT-SYLLABUS"}),
        ("数学", "四年级", "不讲在等式里求未知数的内容", set()),
        ("数学", "八年级", "在等式里求未知数的回顾", set()),
    ],
)
def test_a_described_topic_is_placed_like_the_topic(
    subject: str, grade: str, text: str, codes: set[str]
) -> None:
    assert _codes(subject, grade, text) == codes


def test_every_paraphrase_stands_for_a_term_of_the_tables() -> None:
    index = screening_context().index
    known = {(one.subject, fold_text(one.term)) for one in tables().paraphrases}
    assert known <= index.known_terms()
