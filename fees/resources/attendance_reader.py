"""An attendance list, XLSX or CSV, as rows by field; our template, and the rows that come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fees.core.statements.cells import DATE_FORMATS, read_day
from institutions.core.register.text import clean_text
from institutions.resources.exchange_files import Table, table_file
from institutions.resources.filing_problem import FileLimits
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import file_tables

HEADERS = {
    "filing": "班级备案号",
    "taught_on": "上课日期",
    "session": "当天第几次",
    "contract": "合同编号",
    "mark": "出勤情况",
}
REASON = "原因"
SHEET = "考勤"
LIMITS = FileLimits(rows=20_000)
_HEADER_WITHIN_ROWS = 10
_MOST_SESSIONS = 12


@dataclass(frozen=True)
class AttendanceRow:
    """One row as written: its number in the sheet and its texts by field."""

    number: int
    cells: dict[str, str]

    @property
    def taught_on(self) -> date | None:
        """The day; None for what is none."""
        found = (read_day(self.cells["taught_on"], one) for one in DATE_FORMATS)
        return next((day for day in found if day), None)

    @property
    def session(self) -> int | None:
        """Which lesson of the day, from 1; the first where nothing is said, None for no number."""
        text = self.cells["session"].strip() or "1"
        number = int(text) if text.isdecimal() else 0
        return number if 1 <= number <= _MOST_SESSIONS else None


class UnreadableAttendance(Exception):
    """The file is no such list; its text says what is wrong and what to do."""


def read_attendance(data: bytes, *, file_name: str) -> list[AttendanceRow]:
    """The rows beneath our headers, blank ones left out. Raises UnreadableAttendance."""
    try:
        tables = file_tables(data, file_name=file_name, limits=LIMITS)
    except UnreadableRegister as problem:
        raise UnreadableAttendance(str(problem)) from problem
    for table in tables:
        for index, header in enumerate(table[:_HEADER_WITHIN_ROWS]):
            titles = [clean_text(cell) for cell in header]
            if HEADERS["contract"] in titles and HEADERS["filing"] in titles:
                return _rows(table, index, titles)
    needed = "、".join(HEADERS.values())
    raise UnreadableAttendance(_("没有找到表头，应有：%(needed)s。") % {"needed": needed})


def _rows(table: Sequence[Sequence[str]], index: int, titles: Sequence[str]) -> list[AttendanceRow]:
    missing = [title for title in HEADERS.values() if title not in titles]
    if missing:
        raise UnreadableAttendance(_("表头缺少：%(missing)s。") % {"missing": "、".join(missing)})
    places = {field: titles.index(title) for field, title in HEADERS.items()}
    rows = []
    for number, record in enumerate(table[index + 1 :], start=index + 2):
        cells = {
            field: record[at].strip() if at < len(record) else "" for field, at in places.items()
        }
        if any(cells.values()):
            rows.append(AttendanceRow(number, cells))
    if not rows:
        raise UnreadableAttendance(_("表头下面没有内容。"))
    if len(rows) > LIMITS.rows:
        raise UnreadableAttendance(
            _("超过 %(limit)d 行，请分成几个文件。") % {"limit": LIMITS.rows}
        )
    return rows


def attendance_template(rows: Iterable[Sequence[str]] = ()) -> bytes:
    """Our template as a workbook, with a class list where one is given."""
    return table_file([Table(SHEET, tuple(HEADERS.values()), list(rows))], "xlsx")


def refused_rows(rows: Sequence[AttendanceRow], reasons: dict[int, str]) -> bytes:
    """The rows that were not taken, as they were written, each with its reasons."""
    lines = [
        [*(row.cells[field] for field in HEADERS), reasons[row.number]]
        for row in rows
        if row.number in reasons
    ]
    return table_file([Table(SHEET, (*HEADERS.values(), REASON), lines)], "xlsx")
