"""A register list, XLSX or CSV, as rows by field name; resident-ID columns never become rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from institutions.core.exchange.cells import safe_cell
from institutions.core.register.headers import Columns, is_resident_id_header, read_headers
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.listing import JudgedRow, judge_rows
from institutions.core.register.refusals import ImportScope
from institutions.core.register.rows import read_row
from institutions.resources.filing_archive import (
    EMPTY_ZIP_MAGIC,
    OLE_MAGIC,
    ZIP_MAGIC,
    check_archive,
)
from institutions.resources.filing_cells import cell_text, csv_text
from institutions.resources.filing_csv import decode_csv
from institutions.resources.filing_problem import FileLimits, UnreadableFiling
from institutions.resources.register_problem import UnreadableRegister

LIMITS = FileLimits(rows=50_000)
_SEPARATORS = (",", "\t", ";", "，")
_HEADER_WITHIN_ROWS = 10


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the sheet, the kept cells in order, and those of known columns."""

    number: int
    texts: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True)
class RegisterSheet:
    """The kept columns and the rows beneath them, wholly blank ones left out."""

    columns: Columns
    rows: tuple[SheetRow, ...]


def read_register(data: bytes, *, file_name: str, limits: FileLimits = LIMITS) -> RegisterSheet:
    """The list in a file. Raises UnreadableRegister, whose text says what is wrong."""
    for table in file_tables(data, file_name=file_name, limits=limits):
        sheet = _sheet_of(table, limits, file_name)
        if sheet is not None:
            return sheet
    raise UnreadableRegister("headers", file_name=file_name)


def file_tables(
    data: bytes, *, file_name: str, limits: FileLimits = LIMITS
) -> list[list[list[str]]]:
    """Every sheet of a file as rows of texts. Raises UnreadableRegister for what is no table."""
    try:
        if len(data) > limits.file_bytes:
            raise UnreadableFiling("file-too-large", limit_mb=limits.file_bytes >> 20)
        if not data.strip():
            raise UnreadableFiling("file-empty")
        if data.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC, OLE_MAGIC)):
            return _workbook_tables(data, limits)
        return [_csv_table(decode_csv(data))]
    except UnreadableFiling as problem:
        raise _unreadable(problem, file_name) from problem


def storable_register(data: bytes, *, file_name: str) -> bytes:
    """The list as it may be kept: as it came, or without the resident ID numbers it held.

    Rows keep their numbers, and a column of ID numbers its place: read again it is the same list.
    """
    tables = file_tables(data, file_name=file_name)
    for table in tables:
        for index, header in enumerate(table[:_HEADER_WITHIN_ROWS]):
            if read_headers(header).names_institutions:
                return storable_table(data, tables, table, header_index=index)
    raise UnreadableRegister("headers", file_name=file_name)


def storable_table(
    data: bytes,
    tables: Sequence[Sequence[Sequence[str]]],
    table: Sequence[Sequence[str]],
    *,
    header_index: int,
) -> bytes:
    """`data` where no sheet holds resident ID numbers, else `table` alone as CSV without them."""
    header = table[header_index]
    dropped = {index for index, cell in enumerate(header) if is_resident_id_header(cell)}
    if not any(_speaks_of_ids(cell) for each in tables for row in each for cell in row):
        return data
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerows([] for _ in range(header_index))
    writer.writerow([safe_cell(cell) for cell in header])
    for row in table[header_index + 1 :]:
        writer.writerow(
            "" if index in dropped else safe_cell(without_id_numbers(cell))
            for index, cell in enumerate(row)
        )
    return buffer.getvalue().encode()


def judged_sheet(sheet: RegisterSheet, scope: ImportScope) -> list[JudgedRow]:
    """Every row of a sheet, judged by itself and against the rows before it."""
    return judge_rows((read_row(row.number, row.cells) for row in sheet.rows), scope)


def _speaks_of_ids(text: str) -> bool:
    return bool(text) and (is_resident_id_header(text) or without_id_numbers(text) != text)


def _unreadable(problem: UnreadableFiling, file_name: str) -> UnreadableRegister:
    said = UnreadableFiling(problem.code, **{**problem.params, "file_name": file_name})
    return UnreadableRegister("file", why=str(said))


def _workbook_tables(data: bytes, limits: FileLimits) -> list[list[list[str]]]:
    check_archive(data, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        return [
            [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for sheet in sheets
        ]
    except PasswordError as error:
        raise UnreadableFiling("password-protected") from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFiling("broken", part="") from error


def _csv_table(text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([csv_text(cell) for cell in record] for record in reader)
    except csv.Error as error:
        raise UnreadableFiling("open-quote", row=len(rows) + 1) from error
    return rows


def _sheet_of(
    table: Sequence[Sequence[str]], limits: FileLimits, file_name: str
) -> RegisterSheet | None:
    """The table read under its header row, or None where no header names the institutions."""
    for index, header in enumerate(table[:_HEADER_WITHIN_ROWS]):
        columns = read_headers(header)
        if columns.names_institutions:
            rows = tuple(_rows_of(table[index + 1 :], columns, first_number=index + 2))
            if len(rows) > limits.rows:
                raise UnreadableRegister("rows", file_name=file_name, limit=limits.rows)
            return RegisterSheet(columns, rows)
    return None


def _rows_of(
    records: Iterable[Sequence[str]], columns: Columns, *, first_number: int
) -> Iterable[SheetRow]:
    for number, record in enumerate(records, start=first_number):
        texts = tuple(
            without_id_numbers(record[index]) if index < len(record) else ""
            for index in columns.kept
        )
        if not any(text.strip() for text in texts):
            continue
        cells = {field: text for field, text in zip(columns.fields, texts, strict=True) if field}
        yield SheetRow(number, texts, cells)
