"""Screening a class that is still being written: what can be said already, and nothing else.

An incomplete row carries FILING-FORM alone. Somebody who is typing wants to know of the words that
they have typed, so the cells that are missing or unreadable are stood in for, and of what is found
only that is kept which no stand-in had a part in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from institutions.core.screening.engine import Finding, RowResult, screen_row
from institutions.core.screening.facts import ScreeningContext
from institutions.core.screening.rows import RawRow

_CLASS = ("培训类别", "学科或项目", "招生对象")
_WHEN = ("培训方式", "开班日期", "结课日期", "上课星期", "上课时间")
_SESSIONS = (*_WHEN, "培训类别", "招生对象")
READS: Mapping[str, tuple[str, ...]] = {
    "FILING-NAME": ("班级名称", *_CLASS),
    "TIME-OFFLINE-END": _WHEN,
    "TIME-ONLINE-END": _WHEN,
    "TIME-SCHOOL-HOURS": _SESSIONS,
    "TIME-HOLIDAY": _SESSIONS,
    "TIME-VACATION": _SESSIONS,
    "TIME-REST-DAY": _SESSIONS,
    "TIME-ONLINE-LENGTH": (*_SESSIONS, "每课时分钟", "课间休息分钟"),
    "TIME-PRESCHOOL-ONLINE": ("招生对象", "培训方式"),
    "CONTENT-SYLLABUS": _CLASS,
    "CONTENT-PACE": (*_CLASS, "开班日期", "结课日期"),
    "CONTENT-GRADE": ("培训类别", "招生对象"),
    "CONTENT-DISGUISE": (*_CLASS, "培训内容", "培训材料", "证书学科或专业"),
    "CONTENT-PRESCHOOL": ("培训类别", "招生对象"),
    "CONTENT-OVERSEAS": (),
    "CONTENT-ADMISSION": (),
    "CONTENT-HOMEWORK": (),
    "STAFF-CERTIFICATE": ("培训类别", "学科或项目", "资格证书号", "教师身份"),
    "STAFF-IN-SERVICE": (),
    "STAFF-ABROAD": (),
    "FEE-PERIOD": ("开班日期", "结课日期"),
    "FEE-LESSONS": ("总课时",),
    "FEE-AMOUNT": ("培训类别", "收费总额"),
    "FEE-EARLY": ("开班日期", "收费日期"),
    "FEE-GUIDE-PRICE": (
        *_CLASS,
        *("培训方式", "每课时分钟", "总课时", "班额", "收费总额", "收费日期", "开班日期"),
    ),
}
"""The cells that a rule's answer rests on; a rule that is not named waits for the whole row."""

_TEXTS: Mapping[str, str] = {
    "机构许可证号": "未填",
    "班级名称": "未填",
    "班次": "未填",
    "培训类别": "非学科类",
    "学科或项目": "数学",
    "招生对象": "一年级",
    "培训方式": "线下",
    "授课地点": "未填",
    "上课星期": "周一、周二、周三、周四、周五、周六、周日",
    "上课时间": "18:00-18:30",
    "每课时分钟": "30",
    "课间休息分钟": "10",
    "总课时": "1",
    "培训内容": "未填",
    "进度安排": "未填",
    "培训材料": "未填",
    "授课教师": "未填",
    "教师身份": "专职",
    "班额": "1",
    "收费总额": "0",
    "收费方式": "按课时",
}
_DATES = ("开班日期", "结课日期")
_LONGEST_CLASS = timedelta(days=7)


def screen_partial(raw: RawRow, context: ScreeningContext) -> RowResult:
    """The row's result; of an incomplete row the form's finding first, then what is sure already.

    `outcome` and `row` are those of the row as it is. Total: no text makes it raise.
    """
    whole = screen_row(raw, context)
    if whole.row is not None:
        return whole
    missing = {problem["header"] for problem in whole.findings[0].params["problems"]}
    stand_ins = set(missing)
    result = screen_row(_stood_in(raw, stand_ins, context), context)
    if result.row is None:
        # A first day after a stood-in last one, say: then nothing of the timetable is taken.
        stand_ins |= set(_WHEN)
        result = screen_row(_stood_in(raw, stand_ins, context), context)
    if result.row is None:
        return whole
    unsure = stand_ins | {header for header, text in _filled(raw).items() if not text}
    sure = tuple(one for one in result.findings if _rests_on_given(one, unsure))
    return replace(whole, findings=(*whole.findings, *sure))


def _filled(raw: RawRow) -> dict[str, str]:
    return {header: str(cell or "").strip() for header, cell in raw.cells.items()}


def _stood_in(raw: RawRow, headers: set[str], context: ScreeningContext) -> RawRow:
    cells = dict(raw.cells)
    for header in headers:
        cells[header] = _TEXTS.get(header, context.filed_on.isoformat())
    if headers & set(_DATES):
        given = next((one for one in _DATES if one not in headers), "")
        _fit_dates(cells, given, context)
    return RawRow(raw.number, cells)


def _fit_dates(cells: dict[str, object], given: str, context: ScreeningContext) -> None:
    """A missing day beside a given one, so that the class has a week."""
    if given:
        cells[_DATES[0 if given == _DATES[1] else 1]] = cells[given]
        return
    cells["开班日期"] = context.filed_on.isoformat()
    cells["结课日期"] = (context.filed_on + _LONGEST_CLASS).isoformat()


def _rests_on_given(finding: Finding, unsure: set[str]) -> bool:
    reads = READS.get(finding.rule)
    if reads is None or finding.field in unsure:
        return False
    return unsure.isdisjoint(reads)
