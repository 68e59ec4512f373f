"""Tables as files: workbooks of text cells, and CSV that no spreadsheet reads as formulas."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse

from institutions.core.exchange.cells import safe_cell
from institutions.core.register.id_numbers import without_id_numbers

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENCODINGS = {"csv": "utf-8-sig", "csv-gb18030": "gb18030"}
KINDS = ("xlsx", *_ENCODINGS)
KIND_LABELS = {"xlsx": "XLSX", "csv": "CSV", "csv-gb18030": "CSV (GB18030)"}
_WIDE = 18


@dataclass(frozen=True)
class Table:
    """A sheet: its name, its headers and its rows of texts."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def table_file(tables: Sequence[Table], kind: str) -> bytes:
    """The tables as one workbook; a CSV holds the first alone. No resident ID number goes out."""
    if kind == "xlsx":
        return _workbook(tables)
    return _csv(tables[0]).encode(_ENCODINGS[kind])


def attachment(tables: Sequence[Table], kind: str, *, name: str) -> HttpResponse:
    """`table_file` as a download called `name`."""
    encoding = _ENCODINGS.get(kind, "")
    content_type = XLSX if not encoding else f"text/csv; charset={encoding.removesuffix('-sig')}"
    response = HttpResponse(table_file(tables, kind), content_type=content_type)
    ending = "csv" if encoding else kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _workbook(tables: Sequence[Table]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@", "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.set_column(0, max(len(table.headers) - 1, 0), _WIDE, text)
            for column, header in enumerate(table.headers):
                sheet.write_string(0, column, header, bold)
            for line, cells in enumerate(table.rows, start=1):
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(line, column, without_id_numbers(cell), text)
            sheet.freeze_panes(1, 1)
    return buffer.getvalue()


def _csv(table: Table) -> str:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([safe_cell(header) for header in table.headers])
    writer.writerows([safe_cell(without_id_numbers(cell)) for cell in row] for row in table.rows)
    return buffer.getvalue()
