"""The plain rows that the rules' examples change, and how an example is written.

An example is one filing of division 510116 on 2026-02-20 under the shipped tables. They are shown
with the rule in plain language, and one test runs them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from institutions.core.screening.rows import HEADERS

EXAMPLE_DIVISION = "510116"
EXAMPLE_FILED_ON = date(2026, 2, 20)

SUBJECT_ROW: Mapping[str, object] = MappingProxyType(
    dict(
        zip(
            HEADERS,
            (
                "教民000000000000001号",
                "小学五年级数学培训班",
                "2026春1期",
                "学科类",
                "数学",
                "五年级",
                "线下",
                "示例路1号2楼",
                "2026-03-10",
                "2026-04-28",
                "周二",
                "18:30-20:00",
                "40",
                "10",
                "16",
                "长方体和正方体的特征、表面积",
                "第1-8次：长方体和正方体",
                "人教版数学五年级下册",
                "示例教师",
                "20200000000000000",
                "小学数学",
                "专职",
                "20",
                "448",
                "2026-03-01",
                "按课时",
            ),
            strict=True,
        )
    )
)
ACTIVITY_ROW: Mapping[str, object] = MappingProxyType(
    {
        **SUBJECT_ROW,
        "班级名称": "少儿围棋班",
        "培训类别": "非学科类",
        "学科或项目": "围棋",
        "招生对象": "三年级、四年级",
        "上课星期": "周六",
        "开班日期": "2026-03-07",
        "结课日期": "2026-04-25",
        "上课时间": "09:00-10:30",
        "培训内容": "布局与手筋",
        "进度安排": "第1-8次：对局与复盘",
        "培训材料": "棋具",
        "证书学科或专业": "围棋教练员",
        "收费总额": "1200",
    }
)


@dataclass(frozen=True)
class Example:
    """A row: SUBJECT_ROW or ACTIVITY_ROW with `changes`; `note` says what it shows."""

    note: str
    base: Mapping[str, object]
    changes: Mapping[str, object] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, object]:
        """The row's cells by header."""
        return {**self.base, **self.changes}


def subject_row(note: str, **changes: object) -> Example:
    """An example of a subject class."""
    return Example(note, SUBJECT_ROW, changes)


def activity_row(note: str, **changes: object) -> Example:
    """An example of a non-subject class."""
    return Example(note, ACTIVITY_ROW, changes)


def live_row(note: str, **changes: object) -> Example:
    """An example of a live subject class of 30-minute lessons."""
    return Example(note, SUBJECT_ROW, {"培训方式": "线上直播", "每课时分钟": "30", **changes})


Pair = tuple[tuple[Example, ...], tuple[Example, ...]]
