"""What each column of the filing workbook asks for: the template, its guide and the row's form.

Headers, options and examples are the workbook's own Chinese; guides are said in the reader's
language, and always in Chinese on the printed sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.choices.filings import (
    CATEGORY_WORDS,
    DELIVERY_WORDS,
    FEE_WAY_WORDS,
    GRADE_WORDS,
    TEACHER_STATUS_WORDS,
)
from institutions.core.screening.rows import SCHOOL_SUBJECTS

TEXT, WHOLE, MONEY, DAY = "text", "whole", "money", "day"
REQUIRED = _("必填")
_OPTIONAL = _("选填")
_SUBJECT_ONLY = _("学科类必填")
_SESSIONS = _("线上录播可不填")
_CERTIFICATE = _("外籍教师可空")
_CHOOSE_ONLY = _("只能从下拉框选")
_CHOOSE = _("从下拉框选。")

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column: how wide (in characters), which kind of cell, what to fill in, an example.

    `unless` says who may leave it empty. `options` are offered in a drop-down; `closed` is what is
    said when nothing else is allowed.
    """

    header: str
    width: int
    kind: str
    guide: Text
    example: str
    unless: Text = ""
    options: tuple[str, ...] = ()
    closed: Text = ""

    @property
    def required(self) -> Text:
        """Whether it must be filled in, in a word."""
        return self.unless or REQUIRED

    @property
    def whole_guide(self) -> Text:
        """What to fill in, and who may leave it empty where that is not everybody."""
        if self.unless in ("", _OPTIONAL):
            return self.guide
        return _("%(guide)s%(unless)s。") % {"guide": self.guide, "unless": self.unless}

    def is_needed_in(self, cells: Mapping[str, str]) -> bool:
        """Whether it must be filled in, the row's other cells being what they are."""
        if self.unless == _SUBJECT_ONLY:
            return cells.get("培训类别") == "学科类"
        if self.unless == _SESSIONS:
            return cells.get("培训方式") != "线上录播"
        if self.unless == _CERTIFICATE:
            return "外籍" not in cells.get("教师身份", "")
        return not self.unless


COLUMNS: tuple[Column, ...] = (
    Column(
        "机构许可证号",
        24,
        TEXT,
        _(
            "照办学许可证填写；非学科类机构没有许可证号的，填统一社会信用代码。"
            "本列是文本格式，不要改成数字，否则末尾几位会丢失。"
        ),
        "100000080000001",
        _SUBJECT_ONLY,
    ),
    Column(
        "班级名称", 26, TEXT, _("学科类写明学段、年级和学科，简明准确。"), "小学三年级数学培训班"
    ),
    Column("班次", 14, TEXT, _("年份、季节和期数。"), "2026春1期"),
    Column(
        "培训类别",
        11,
        TEXT,
        _CHOOSE,
        "学科类",
        options=CATEGORY_WORDS,
        closed=_CHOOSE_ONLY,
    ),
    Column(
        "学科或项目",
        14,
        TEXT,
        _("学科类从下拉框选九门学科之一；非学科类写项目名称。"),
        "数学",
        options=SCHOOL_SUBJECTS,
    ),
    Column(
        "招生对象",
        18,
        TEXT,
        _("学龄前、一年级到九年级、高一到高三；招几个年级的，用顿号隔开。"),
        "三年级、四年级",
        options=GRADE_WORDS,
    ),
    Column(
        "培训方式",
        11,
        TEXT,
        _CHOOSE,
        "线下",
        options=DELIVERY_WORDS,
        closed=_CHOOSE_ONLY,
    ),
    Column(
        "授课地点", 34, TEXT, _("线下写许可证上的地址到门牌；线上写平台名称。"), "某某街道某某路1号"
    ),
    Column("开班日期", 13, DAY, _("第一次上课的日期。"), "2026-03-03"),
    Column("结课日期", 13, DAY, _("最后一次上课的日期，不早于开班日期。"), "2026-04-28"),
    Column("上课星期", 15, TEXT, _("每周哪几天上课。"), "周二、周四", _SESSIONS),
    Column("上课时间", 15, TEXT, _("起止时间，24 小时制。"), "18:30-20:00", _SESSIONS),
    Column("每课时分钟", 11, WHOLE, _("一课时多少分钟，整数。"), "40", _SESSIONS),
    Column("课间休息分钟", 12, WHOLE, _("两课时之间休息多少分钟，没有填 0。"), "10", _SESSIONS),
    Column("总课时", 9, WHOLE, _("本期一共多少课时，整数。"), "18"),
    Column("培训内容", 40, TEXT, _("讲什么，写到知识点或技能。"), "长方形和正方形的面积"),
    Column("进度安排", 40, TEXT, _("每次课讲什么。"), "第1至3次：面积；第4至6次：单位换算"),
    Column(
        "培训材料", 30, TEXT, _("教材、讲义、练习册的名称，都要写。"), "人教版数学三年级下册教材"
    ),
    Column("授课教师", 12, TEXT, _("教师姓名。"), "王老师"),
    Column(
        "资格证书号",
        22,
        TEXT,
        _("教师资格证或专业证书编号。本列是文本格式，不要改成数字。"),
        "20205101234567890",
        _CERTIFICATE,
    ),
    Column("证书学科或专业", 16, TEXT, _("证书上写的任教学科或专业。"), "小学数学", _OPTIONAL),
    Column(
        "教师身份",
        16,
        TEXT,
        _("从下拉框选。在职中小学教师不得到校外培训机构任教。"),
        "专职",
        options=TEACHER_STATUS_WORDS,
        closed=_CHOOSE_ONLY,
    ),
    Column("班额", 8, WHOLE, _("最多招多少人，整数。"), "20"),
    Column("收费总额", 11, MONEY, _("本期向一名学生一共收多少元。"), "720"),
    Column("收费日期", 13, DAY, _("最早什么时候收费。"), "2026-02-25"),
    Column(
        "收费方式",
        11,
        TEXT,
        _CHOOSE,
        "按课时",
        options=FEE_WAY_WORDS,
        closed=_CHOOSE_ONLY,
    ),
)
COLUMN_BY_HEADER = {column.header: column for column in COLUMNS}
