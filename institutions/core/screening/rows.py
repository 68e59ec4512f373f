"""One row of the filing workbook (备案工作簿), as read and as understood.

The headers and their order are version 1 of the workbook in `docs/screening.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

HEADERS: tuple[str, ...] = (
    "机构许可证号",
    "班级名称",
    "班次",
    "培训类别",
    "学科或项目",
    "招生对象",
    "培训方式",
    "授课地点",
    "开班日期",
    "结课日期",
    "上课星期",
    "上课时间",
    "每课时分钟",
    "课间休息分钟",
    "总课时",
    "培训内容",
    "进度安排",
    "培训材料",
    "授课教师",
    "资格证书号",
    "证书学科或专业",
    "教师身份",
    "班额",
    "收费总额",
    "收费日期",
    "收费方式",
)

TOPIC_HEADERS: tuple[str, ...] = ("班级名称", "培训内容", "进度安排", "培训材料")

SCHOOL_SUBJECTS: tuple[str, ...] = (
    "语文",
    "数学",
    "外语",
    "物理",
    "化学",
    "生物",
    "历史",
    "地理",
    "道德与法治",
)


class Category(StrEnum):
    """培训类别, as filed."""

    SUBJECT = "subject"
    NON_SUBJECT = "non_subject"


class Delivery(StrEnum):
    """培训方式."""

    OFFLINE = "offline"
    LIVE = "live"
    RECORDED = "recorded"


class TeacherStatus(StrEnum):
    """教师身份."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    SERVING = "serving"
    FOREIGN_HERE = "foreign_here"
    FOREIGN_ABROAD = "foreign_abroad"


class FeeWay(StrEnum):
    """收费方式."""

    BY_LESSON = "by_lesson"
    BY_PERIOD = "by_period"


class BadWorkbook(Exception):
    """A file that cannot be read as a filing workbook.

    `code` names the text (`institutions/choices`), `params` fill it in.
    """

    def __init__(self, code: str, params: Mapping[str, Any] | None = None) -> None:
        self.code = code
        self.params: Mapping[str, Any] = dict(params or {})
        super().__init__(code)


@dataclass(frozen=True)
class RawRow:
    """A sheet row: its number (headers are row 1) and header → cell as the reader gave it.

    A cell is str, int, float, bool, date, datetime, time or None.
    """

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Session:
    """One meeting of a class: its day and minutes after midnight, `end_minute` exclusive."""

    day: date
    start_minute: int
    end_minute: int


@dataclass(frozen=True)
class FilingRow:
    """A row that reads well. `grades` ascend: 0 is pre-school, 1-9, and 10-12 senior high.

    `subject` is one of SCHOOL_SUBJECTS or empty, `activity` the cell as printed. `ends_on` is the
    last day itself. `sessions` is empty for 线上录播, whose minutes may be None. `cells` holds
    every cell as text, for evidence and for the places of hits.
    """

    number: int
    licence_number: str
    class_name: str
    category: Category
    subject: str
    activity: str
    grades: tuple[int, ...]
    delivery: Delivery
    starts_on: date
    ends_on: date
    sessions: tuple[Session, ...]
    lesson_minutes: int | None
    gap_minutes: int | None
    lesson_count: int
    certificate_number: str
    certificate_subject: str
    teacher_status: TeacherStatus
    class_size: int
    fee_fen: int
    fee_on: date
    fee_way: FeeWay
    cells: Mapping[str, str] = field(repr=False)

    @property
    def lowest_grade(self) -> int:
        """The grade a class is judged by."""
        return self.grades[0]
