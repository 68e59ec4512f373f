"""The workbook of results: written from the assigned visits, read again by its headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from inspections.models import Visit
from inspections.selectors.returns import typed_lines
from inspections.services.returns_workbook import HEADERS, ResultRow, WorkbookProblem
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import file_tables

_WIDTHS = (12, 34, 10, 50, 12, 14, 40)
_HEADER_WITHIN_ROWS = 10
MOST_ROWS = 20_000


def result_template(visits: Sequence[Visit]) -> bytes:
    """Every item of every visit with the answer that stands; answers are chosen from a list."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("检查结果")
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        for column, header in enumerate(HEADERS):
            sheet.write_string(0, column, header, bold)
            sheet.set_column(column, column, _WIDTHS[column], text)
        row = 0
        for visit in visits:
            for line in typed_lines(visit):
                row += 1
                stands = line.answer
                cells = (
                    visit.register_id,
                    visit.premises.institution.name,
                    line.item.code,
                    line.item.title,
                    str(stands.get_answer_display()) if stands else "",
                    stands.measured_value if stands else "",
                    stands.remark if stands else "",
                )
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell, text)
        choices = {"validate": "list", "source": ["符合", "不符合", "不适用", "未查"]}
        sheet.data_validation(1, 4, max(row, 1), 4, choices)
        sheet.freeze_panes(1, 3)
    return buffer.getvalue()


@dataclass(frozen=True)
class _Columns:
    """Where each header stands."""

    places: dict[str, int]

    def cell(self, record: Sequence[str], header: str) -> str:
        place = self.places.get(header)
        return record[place].strip() if place is not None and place < len(record) else ""


def read_results(data: bytes, *, file_name: str) -> list[ResultRow]:
    """The filled-in rows with their numbers. Raises WorkbookProblem."""
    try:
        tables = file_tables(data, file_name=file_name)
    except UnreadableRegister as problem:
        raise WorkbookProblem("workbook.unreadable", why=str(problem)) from problem
    for table in tables:
        for index, header in enumerate(table[:_HEADER_WITHIN_ROWS]):
            places = {cell.strip(): place for place, cell in enumerate(header)}
            if {"场所编号", "事项编号", "结果"} <= set(places):
                return _rows(table[index + 1 :], _Columns(places), first_number=index + 2)
    raise WorkbookProblem("workbook.headers", missing="场所编号、事项编号、结果")


def _rows(
    records: Sequence[Sequence[str]], columns: _Columns, *, first_number: int
) -> list[ResultRow]:
    rows = [
        ResultRow(number, *(columns.cell(record, header) for header in HEADERS))
        for number, record in enumerate(records, start=first_number)
        if columns.cell(record, "结果")
    ]
    if not rows:
        raise WorkbookProblem("workbook.nothing")
    if len(rows) > MOST_ROWS:
        raise WorkbookProblem("workbook.rows", limit=MOST_ROWS)
    return rows
