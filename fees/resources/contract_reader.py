"""A list of contracts, XLSX or CSV: as it is read, our template, and the rows that go back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from fees.choices.contract_columns import COLUMNS
from fees.core.contract_rows import CLASS, HEADERS
from fees.core.contract_tables import ContractTable
from institutions.models import Filing
from institutions.resources.exchange_files import Table, table_file
from institutions.resources.exchange_reader import RawTable, read_raw
from institutions.resources.filing_guide import COLUMN_HEADS, column_lines, write_guide_sheet
from institutions.resources.filing_problem import REASON_HEADER, FileLimits
from institutions.resources.form_workbooks import Form, ReturnedRow, form_workbook
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import file_tables

LIMITS = FileLimits(file_bytes=5 * 1024 * 1024, rows=5_000, cell_characters=500)
TEMPLATE_VERSION = 1
SHEET, CLASS_SHEET = "合同", "班级"
_CLASS_HEADS = ("班级备案号", "班级名称", "班次", "开班日期", "结课日期")
_CLASS_WIDTHS = (26, 36, 16, 14, 14)
_STEPS = (
    "在“合同”表里每行填一份合同，从第 2 行填起；不要改列名和表名，不要合并单元格。",
    f"一个文件最多 {LIMITS.rows:,} 行、{LIMITS.file_bytes >> 20} MB，保存为 .xlsx 或 CSV 后上传。",
    "系统逐行按逐份登记的同样要求核对：时长、课时、金额、收费时间、价格、备案、许可、账户和监护人同意。",
    "合格的行直接登记；不合格的行带原因退回，改好再传。已经登记过的合同不会被改动。",
    "不要填身份证号码：有这样的列，系统读取时就会丢弃。",
)


class UnreadableContracts(Exception):
    """The file is no list of contracts; its text says what is wrong and what to do."""


def read_contracts(data: bytes, *, file_name: str, wanted: Sequence[str] = ()) -> ContractTable:
    """The sheet whose headers are most like a list of contracts. Raises UnreadableContracts.

    `wanted` are headers of saved mappings. Columns of resident ID numbers are dropped before
    anything is kept; a returned workbook's own column of reasons is left out.
    """
    try:
        raw = read_raw(data, file_name=file_name, wanted=(*HEADERS, *wanted), limits=LIMITS)
        is_ours = set(HEADERS) <= set(raw.headers)
        if is_ours:
            _check_version(file_tables(data, file_name=file_name, limits=LIMITS))
    except UnreadableRegister as problem:
        raise UnreadableContracts(str(problem)) from problem
    for number, cells in raw.rows:
        _check_lengths(raw, number, cells)
    return _without_reasons(raw, is_ours=is_ours)


def _without_reasons(raw: RawTable, *, is_ours: bool) -> ContractTable:
    kept = [at for at, header in enumerate(raw.headers) if header != REASON_HEADER]
    rows = [(number, tuple(cells[at] for at in kept)) for number, cells in raw.rows]
    filled = tuple((number, cells) for number, cells in rows if any(cells))
    return ContractTable(tuple(raw.headers[at] for at in kept), filled, is_ours)


def _check_version(tables: Sequence[Sequence[Sequence[str]]]) -> None:
    for table in tables:
        if table and table[0][:1] == ["template_version"]:
            found = table[0][1] if len(table[0]) > 1 else ""
            if found != str(TEMPLATE_VERSION):
                params = {"found": found or "—", "current": TEMPLATE_VERSION}
                said = _("模板是第 %(found)s 版，现在用的是第 %(current)s 版。请下载新模板再填。")
                raise UnreadableContracts(said % params)


def _check_lengths(raw: RawTable, number: int, cells: Sequence[str]) -> None:
    for header, text in zip(raw.headers, cells, strict=True):
        if header != REASON_HEADER and len(text) > LIMITS.cell_characters:
            said = _("第 %(row)d 行“%(header)s”超过 %(limit)d 个字，不像合同表。请缩短后再传。")
            params = {"row": number, "header": header[:30], "limit": LIMITS.cell_characters}
            raise UnreadableContracts(said % params)


def contract_template(classes: Iterable[Filing]) -> bytes:
    """Our template, version 1, with the approved classes on a sheet that its drop-down offers."""
    return form_workbook(_form(list(classes)))


def returned_contracts(
    table: ContractTable,
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
    classes: Iterable[Filing],
) -> bytes:
    """Rows as they were handed in, (cells, reasons) each, in the institution's own columns.

    Our own template comes back as the template; any other list under its own headers.
    """
    if table.headers != HEADERS:
        lines = [[*cells, "\n".join(reasons)] for cells, reasons in rows]
        return table_file([Table(SHEET, (*table.headers, REASON_HEADER), lines)], "xlsx")
    returned = tuple(
        ReturnedRow(dict(zip(table.headers, cells, strict=True)), tuple(reasons))
        for cells, reasons in rows
    )
    return form_workbook(_form(list(classes)), returned)


def _form(classes: Sequence[Filing]) -> Form:
    def write_others(book: Any) -> None:
        lines = [
            (
                *(one.number, one.class_name, one.class_term),
                *(one.starts_on.isoformat(), one.ends_on.isoformat()),
            )
            for one in classes
        ]
        sheet = book.add_worksheet(CLASS_SHEET)
        head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for index, (header, width) in enumerate(zip(_CLASS_HEADS, _CLASS_WIDTHS, strict=True)):
            sheet.set_column(index, index, width, text)
            sheet.write_string(0, index, header, head)
        for row, line in enumerate(lines, start=1):
            for index, cell in enumerate(line):
                sheet.write_string(row, index, cell, text)
        sheet.freeze_panes(1, 0)
        tables = [(COLUMN_HEADS, column_lines(COLUMNS))]
        write_guide_sheet(book, "培训合同表填表说明", _STEPS, tables)

    source = {CLASS: f"='{CLASS_SHEET}'!$A$2:$A${len(classes) + 1}"} if classes else {}
    return Form(
        title="培训合同表",
        sheet=SHEET,
        columns=COLUMNS,
        version=TEMPLATE_VERSION,
        most_rows=LIMITS.rows,
        write_others=write_others,
        sources=source,
        frozen_columns=1,
    )
