"""FILING-FORM: whether every required column is there, readable, and agrees with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from institutions.core.screening.cells import (
    cell_text,
    is_scientific,
    read_count,
    read_date,
    read_fee_fen,
)
from institutions.core.screening.grades import read_grades
from institutions.core.screening.normalise import fold_text
from institutions.core.screening.remembering import remembered
from institutions.core.screening.rows import (
    HEADERS,
    SCHOOL_SUBJECTS,
    Category,
    Delivery,
    FeeWay,
    FilingRow,
    RawRow,
    Session,
    TeacherStatus,
)
from institutions.core.screening.timetable import Timetable, read_timetable, sessions_between
from regulator.kernel.workdays import WorkdayTable

_CATEGORIES = {"学科类": Category.SUBJECT, "非学科类": Category.NON_SUBJECT}
_DELIVERIES = {
    "线下": Delivery.OFFLINE,
    "线上直播": Delivery.LIVE,
    "线上录播": Delivery.RECORDED,
}
_STATUSES = {
    "专职": TeacherStatus.FULL_TIME,
    "兼职": TeacherStatus.PART_TIME,
    "在职中小学教师": TeacherStatus.SERVING,
    "外籍(境内)": TeacherStatus.FOREIGN_HERE,
    "外籍(境外)": TeacherStatus.FOREIGN_ABROAD,
}
_FEE_WAYS = {"按课时": FeeWay.BY_LESSON, "按周期": FeeWay.BY_PERIOD}
_SUBJECT_NAMES = {name: name for name in SCHOOL_SUBJECTS}
_SUBJECT_NAMES |= {"英语": "外语", "日语": "外语", "俄语": "外语", "道法": "道德与法治"}
_REQUIRED_TEXTS: tuple[str, ...] = (
    *("班级名称", "班次", "授课地点"),
    *("培训内容", "进度安排", "培训材料", "授课教师"),
)
# Read together, once for all classes that say the same in them.
_RECURRING: tuple[str, ...] = (
    *("机构许可证号", "培训类别", "学科或项目", "招生对象", "培训方式", "上课星期", "上课时间"),
    *("每课时分钟", "课间休息分钟", "总课时", "教师身份", "班额", "收费总额", "收费方式"),
)

_NO_GRADES: tuple[int, ...] = (1,)

Value = TypeVar("Value")


@dataclass(frozen=True)
class FormProblem:
    """One cell's problem: `code` names its text, `value` is the cell as filed."""

    header: str
    code: str
    value: str = ""


class _Reading:
    def __init__(self, raw: RawRow, problems: tuple[FormProblem, ...] = ()) -> None:
        self.raw = raw
        get = raw.cells.get
        self.texts = {
            header: cell.strip() if type(cell := get(header)) is str else cell_text(cell)
            for header in HEADERS
        }
        self.problems = list(problems)

    def add(self, header: str, code: str) -> None:
        if all(problem.header != header for problem in self.problems):
            self.problems.append(FormProblem(header, code, self.texts[header]))

    def is_empty(self, header: str) -> bool:
        """Whether a cell shows nothing; invisible characters are nothing."""
        text = self.texts[header]
        return not text or not (text[0].isalnum() or fold_text(text).strip())

    def text(self, header: str) -> str:
        """A required text as filed."""
        if self.is_empty(header):
            self.add(header, "empty")
        return self.texts[header]

    def read(
        self, header: str, reader: Callable[[object], Value | None], *, fallback: Value
    ) -> Value:
        """The cell's value, or the fallback after noting why it has none."""
        if self.is_empty(header):
            self.add(header, "empty")
            return fallback
        value = reader(self.raw.cells.get(header))
        if value is None:
            self.add(header, "unreadable")
            return fallback
        return value

    def count(self, header: str, *, least: int) -> int:
        value = self.read(header, read_count, fallback=least)
        if value < least:
            self.add(header, "too_small")
        return value


def is_blank(raw: RawRow) -> bool:
    """Whether every cell of the row is empty (such rows are skipped)."""
    return not any(fold_text(cell_text(value)).strip() for value in raw.cells.values())


@remembered
def subject_of(text: str) -> str:
    """The school subject a cell names (英语 is 外语), or an empty text."""
    return _SUBJECT_NAMES.get(fold_text(text).strip(), "")


@dataclass(frozen=True)
class _Columns:
    """What those columns say that recur from class to class, and what is wrong with them."""

    delivery: Delivery
    timetable: Timetable | None
    values: Mapping[str, Any]
    problems: tuple[FormProblem, ...]


def read_row(raw: RawRow, workdays: WorkdayTable) -> FilingRow | tuple[FormProblem, ...]:
    """The typed row, or every problem of its cells, in the columns' order."""
    get = raw.cells.get
    columns = _columns(*[get(header) for header in _RECURRING])
    reading = _Reading(raw, columns.problems)
    texts = reading.texts
    for header in _REQUIRED_TEXTS:
        if reading.is_empty(header):
            reading.add(header, "empty")
    starts_on, ends_on, sessions = _dates(reading, columns, workdays)
    fee_on = reading.read("收费日期", read_date, fallback=date.min)
    if reading.problems:
        return tuple(sorted(reading.problems, key=lambda one: HEADERS.index(one.header)))
    return FilingRow(
        number=raw.number,
        licence_number=texts["机构许可证号"],
        class_name=texts["班级名称"],
        starts_on=starts_on,
        ends_on=ends_on,
        sessions=sessions,
        fee_on=fee_on,
        certificate_number=texts["资格证书号"],
        certificate_subject=texts["证书学科或专业"],
        cells=texts,
        **columns.values,
    )


@remembered
def _columns(*cells: object) -> _Columns:
    """The columns of `_RECURRING`, each by its own cell alone or by another of them."""
    reading = _Reading(RawRow(0, dict(zip(_RECURRING, cells, strict=True))))
    category = reading.read("培训类别", _choice(_CATEGORIES), fallback=Category.NON_SUBJECT)
    delivery = reading.read("培训方式", _choice(_DELIVERIES), fallback=Delivery.OFFLINE)
    activity = reading.text("学科或项目")
    _check_names(reading, category, activity)
    timetable = _timetable(reading, delivery)
    lesson_minutes, gap_minutes = _minutes(reading, delivery)
    values = {
        "category": category,
        "subject": subject_of(activity),
        "activity": activity,
        "grades": reading.read("招生对象", _grades, fallback=_NO_GRADES),
        "delivery": delivery,
        "lesson_minutes": lesson_minutes,
        "gap_minutes": gap_minutes,
        "lesson_count": reading.count("总课时", least=1),
        **_people_and_fees(reading),
    }
    return _Columns(delivery, timetable, values, tuple(reading.problems))


def _choice(names: Mapping[str, Value]) -> Callable[[object], Value | None]:
    return lambda cell: names.get(_plain_word(cell))


@remembered
def _plain_word(cell: object) -> str:
    return "".join(fold_text(cell_text(cell)).split())


def _grades(cell: object) -> tuple[int, ...] | None:
    return read_grades(cell_text(cell))


def _check_names(reading: _Reading, category: Category, activity: str) -> None:
    number = reading.raw.cells.get("机构许可证号")
    if is_scientific(number):
        reading.add("机构许可证号", "scientific")
    elif category is Category.SUBJECT and reading.is_empty("机构许可证号"):
        reading.add("机构许可证号", "empty")
    if category is Category.SUBJECT and activity and not subject_of(activity):
        reading.add("学科或项目", "no_school_subject")


def _timetable(reading: _Reading, delivery: Delivery) -> Timetable | None:
    if delivery is Delivery.RECORDED:
        return None
    timetable = read_timetable(reading.text("上课星期"), reading.text("上课时间"))
    for header in timetable.unreadable:
        reading.add(header, "unreadable")
    return timetable


def _dates(
    reading: _Reading, columns: _Columns, workdays: WorkdayTable
) -> tuple[date, date, tuple[Session, ...]]:
    starts_on = reading.read("开班日期", read_date, fallback=date.min)
    ends_on = reading.read("结课日期", read_date, fallback=date.min)
    readable = date.min not in (starts_on, ends_on)
    if readable and ends_on < starts_on:
        reading.add("结课日期", "ends_before_start")
        readable = False
    timetable = columns.timetable
    if timetable is None or not (readable and timetable.slots):
        return starts_on, ends_on, ()
    sessions = sessions_between(
        timetable.slots, starts_on=starts_on, ends_on=ends_on, workdays=workdays
    )
    if timetable.skips_holidays:
        sessions = tuple(one for one in sessions if one.day not in workdays.holidays)
    if not sessions:
        reading.add("上课星期", "no_session")
    return starts_on, ends_on, sessions


def _minutes(reading: _Reading, delivery: Delivery) -> tuple[int | None, int | None]:
    if delivery is Delivery.RECORDED:
        cells = reading.raw.cells
        return read_count(cells.get("每课时分钟")), read_count(cells.get("课间休息分钟"))
    return reading.count("每课时分钟", least=1), reading.count("课间休息分钟", least=0)


def _people_and_fees(reading: _Reading) -> dict[str, Any]:
    fee_fen = reading.read("收费总额", read_fee_fen, fallback=0)
    if fee_fen < 0:
        reading.add("收费总额", "too_small")
    return {
        "teacher_status": reading.read(
            "教师身份", _choice(_STATUSES), fallback=TeacherStatus.FULL_TIME
        ),
        "class_size": reading.count("班额", least=1),
        "fee_fen": fee_fen,
        "fee_way": reading.read("收费方式", _choice(_FEE_WAYS), fallback=FeeWay.BY_LESSON),
    }
