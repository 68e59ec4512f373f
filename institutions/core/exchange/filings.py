"""Another system's list of classes: which column is which of our 26, and its words as ours.

No public page of the national platform shows the headers of its class list, so nothing is taken
for known: names that people use are guessed, and a person confirms them once.
"""

from __future__ import annotations

from collections.abc import Mapping

from institutions.core.exchange.layouts import Layout, doubled_columns, fits, folded_header
from institutions.core.screening.rows import HEADERS

NEEDED = ("班级名称", "开班日期", "结课日期", "培训内容")
"""Columns without which no row says which class it is, when it runs and what it teaches."""
_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "机构许可证号": ("办学许可证号", "许可证号", "许可证编号", "办学许可证编号"),
    "班级名称": ("班名", "课程名称", "培训班名称", "班级", "课程班级名称"),
    "班次": ("期次", "期数", "班级期次"),
    "培训类别": ("类别", "课程类别", "培训类型", "课程类型"),
    "学科或项目": ("学科", "科目", "培训学科", "培训项目", "项目", "课程科目", "学科名称"),
    "招生对象": ("年级", "适用年级", "培训对象", "招生年级", "面向对象", "授课对象"),
    "培训方式": ("授课方式", "上课方式", "培训形式", "教学方式", "授课形式"),
    "授课地点": ("上课地点", "培训地点", "教学地点", "上课地址", "授课地址"),
    "开班日期": ("开始日期", "开课日期", "开班时间", "开课时间", "课程开始日期"),
    "结课日期": ("结束日期", "结班日期", "结课时间", "结束时间", "课程结束日期"),
    "上课星期": ("星期", "每周上课日", "上课日", "周次"),
    "上课时间": ("上课时段", "时段", "上课时间段", "授课时间"),
    "每课时分钟": ("课时时长", "单课时时长", "课时分钟", "每课时时长", "单课时分钟"),
    "课间休息分钟": ("课间休息", "休息分钟", "课间时长"),
    "总课时": ("课时数", "总课时数", "课时", "课时总数"),
    "培训内容": ("课程内容", "教学内容", "内容", "课程简介"),
    "进度安排": ("教学进度", "课程进度", "教学计划", "进度"),
    "培训材料": ("教材", "使用教材", "材料", "教材名称"),
    "授课教师": ("教师", "任课教师", "教师姓名", "主讲教师", "上课教师"),
    "资格证书号": ("教师资格证号", "教师资格证编号", "证书编号", "资格证号"),
    "证书学科或专业": ("证书学科", "任教学科", "资格证学科", "证书专业"),
    "教师身份": ("专兼职", "教师类型", "教师性质"),
    "班额": ("招生人数", "人数上限", "计划招生人数", "班级人数", "招生名额"),
    "收费总额": ("总费用", "收费金额", "课程费用", "学费", "收费标准", "总价"),
    "收费日期": ("开始收费日期", "收费时间", "缴费日期"),
    "收费方式": ("缴费方式", "计费方式", "收费类型"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "培训类别": {
        "学科": "学科类",
        "学科类培训": "学科类",
        "非学科": "非学科类",
        "非学科类培训": "非学科类",
    },
    "培训方式": {
        **dict.fromkeys(("面授", "线下面授", "线下培训", "线下课"), "线下"),
        **dict.fromkeys(("直播", "线上直播课", "在线直播"), "线上直播"),
        **dict.fromkeys(("录播", "线上录播课", "在线录播"), "线上录播"),
    },
    "教师身份": {"专职教师": "专职", "兼职教师": "兼职", "全职": "专职"},
    "收费方式": {
        **dict.fromkeys(("课时", "按课时收费", "按课时计费"), "按课时"),
        **dict.fromkeys(("周期", "按周期收费", "按期", "按学期"), "按周期"),
    },
}

FILINGS = Layout(HEADERS, NEEDED, _OTHER_NAMES, _WORDS)
"""The list of classes: 面授 is 线下, and 授课方式 is 培训方式."""
guess_header = FILINGS.guess_header
guess_headers = FILINGS.guess_headers
missing_columns = FILINGS.missing_columns
own_word = FILINGS.own_word
own_cells = FILINGS.own_cells

__all__ = [
    "FILINGS",
    "NEEDED",
    "doubled_columns",
    "fits",
    "folded_header",
    "guess_header",
    "guess_headers",
    "missing_columns",
    "own_cells",
    "own_word",
]
