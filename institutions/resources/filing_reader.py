"""A filing workbook or CSV as rows for the screening, or one clear reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO, cast
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from institutions.core.screening.rows import HEADERS, RawRow
from institutions.resources.filing_archive import (
    EMPTY_ZIP_MAGIC,
    OLE_MAGIC,
    ZIP_MAGIC,
    check_archive,
    has_macros,
    read_sheet_marks,
    sheet_part,
)
from institutions.resources.filing_cells import Cell, cell_text, csv_text
from institutions.resources.filing_csv import csv_records, decode_csv
from institutions.resources.filing_headers import header_differences, plain_header
from institutions.resources.filing_merges import fill_merges
from institutions.resources.filing_notes import Seen, is_hidden, noted, unread_sheets
from institutions.resources.filing_problem import (
    DEFAULT_LIMITS,
    GUIDE_SHEET,
    HEADER_ROWS,
    META_SHEET,
    SHEET_NAME,
    TEMPLATE_VERSION,
    FileLimits,
    SheetNote,
    UnreadableFiling,
)

_WIDTH = len(HEADERS)
_OLD_WPS = ".et"


@dataclass(frozen=True)
class FilingSheet:
    """The rows of one file: `rows` carry the sheet's own row numbers (headers are row 1).

    `template_version` is None for a CSV and for a workbook without the hidden sheet `meta`.
    `warnings` say what was read differently from what a person sees in Excel.
    """

    rows: tuple[RawRow, ...]
    template_version: int | None
    warnings: tuple[SheetNote, ...]


@dataclass(frozen=True)
class _Grid:
    """All rows from the sheet's first, as texts, with what else was seen."""

    records: Iterable[Sequence[str]]
    version: int | None
    seen: Seen


def read_filing_rows(
    file: BinaryIO, *, file_name: str, limits: FileLimits = DEFAULT_LIMITS
) -> FilingSheet:
    """Rows of a `.xlsx` or CSV file, as texts by header; wholly blank rows are left out.

    The kind of file is told by its bytes; `file_name` is only named in messages. Raises
    BadWorkbook (UnreadableFiling), whose text says what is wrong, where, which limit, what to do.
    """
    data = file.read(limits.file_bytes + 1)
    sheet = SHEET_NAME if data.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC, OLE_MAGIC)) else ""
    try:
        if len(data) > limits.file_bytes:
            raise UnreadableFiling("file-too-large", limit_mb=limits.file_bytes >> 20)
        if not data.strip():
            raise UnreadableFiling("file-empty")
        grid = _workbook_grid(data, limits) if sheet else _csv_grid(data, limits)
        return _read_grid(grid, limits)
    except UnreadableFiling as problem:
        named = {**problem.params, "file_name": file_name, "sheet": sheet}
        if named.get("kind") == ".xls" and file_name.lower().endswith(_OLD_WPS):
            named["kind"] = _OLD_WPS
        raise UnreadableFiling(problem.code, **named) from None


def _csv_grid(data: bytes, limits: FileLimits) -> _Grid:
    records = csv_records(decode_csv(data), limits)
    texts = ([csv_text(field) for field in record] for record in records)
    return _Grid(texts, None, Seen())


def _workbook_grid(data: bytes, limits: FileLimits) -> _Grid:
    archive = check_archive(data, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return _sheet_grid(workbook, archive, limits)
    except PasswordError as error:
        raise UnreadableFiling("password-protected") from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFiling("broken", part="") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # pyo3's own, raised past Exception
            raise UnreadableFiling("broken", part="") from error
        raise


def _sheet_grid(workbook: CalamineWorkbook, archive: ZipFile, limits: FileLimits) -> _Grid:
    names = workbook.sheet_names
    name = next((one for one in names if one.strip() == SHEET_NAME), "")
    if not name:
        raise UnreadableFiling("sheet-missing", sheets=tuple(names[:10]))
    version = _template_version(workbook)
    seen = Seen(
        marks=read_sheet_marks(sheet_part(archive, name)),
        macros=has_macros(archive),
        unread_sheets=unread_sheets(archive, workbook, {SHEET_NAME, META_SHEET, GUIDE_SHEET}),
        hidden_sheet=is_hidden(workbook, name),
    )
    sheet = workbook.get_sheet_by_name(name)
    ranges = sheet.merged_cell_ranges or []
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    if ranges:
        header_row, _ = _found_headers(list(_texts(rows[:HEADER_ROWS])))
        merges = fill_merges(rows, ranges, header_row=header_row, limits=limits)
        seen = replace(seen, merges=merges)
    return _Grid(_texts(rows), version, seen)


def _texts(rows: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    for row in rows:
        yield [cell_text(cell) for cell in row] if any(cell != "" for cell in row) else []


def _template_version(workbook: CalamineWorkbook) -> int | None:
    """The number beside `template_version` on the sheet `meta`; refuses any but the current one."""
    if META_SHEET not in workbook.sheet_names:
        return None
    rows = workbook.get_sheet_by_name(META_SHEET).to_python()
    values = {cell_text(row[0]): cell_text(row[1]) for row in rows if len(row) > 1}
    found = values.get("template_version", "")
    if found != str(TEMPLATE_VERSION):
        raise UnreadableFiling("template-version", found=found or "—", current=TEMPLATE_VERSION)
    return TEMPLATE_VERSION


def _read_grid(grid: _Grid, limits: FileLimits) -> FilingSheet:
    records = iter(grid.records)
    head = list(islice(records, HEADER_ROWS))
    header_row, headers = _found_headers(head)
    _check_headers(headers, header_row)
    rows: list[RawRow] = []
    same: dict[str, str] = {}  # classes of one course repeat most of their cells
    for number, record in enumerate(chain(head[header_row:], records), start=header_row + 1):
        if not any(record[:_WIDTH]):
            continue
        if len(rows) == limits.rows:
            raise UnreadableFiling("too-many-rows", limit=limits.rows, row=number)
        _check_lengths(record, number, limits)
        cells = (list(record) + [""] * _WIDTH)[:_WIDTH]
        cells = [same.setdefault(cell, cell) for cell in cells]
        rows.append(RawRow(number, dict(zip(HEADERS, cells, strict=True))))
    if not rows:
        raise UnreadableFiling("no-rows", row=header_row + 1)
    rows, notes = noted(rows, replace(grid.seen, header_row=header_row))
    return FilingSheet(tuple(rows), grid.version, notes)


def _found_headers(head: Sequence[Sequence[str]]) -> tuple[int, Sequence[str]]:
    """The first row that reads like the headers, counted from 1, and its texts.

    Where none does, the first row that is not blank; row 1 where all are.
    """
    for number, record in enumerate(head, start=1):
        if sum(plain_header(text) in HEADERS for text in record) * 2 >= _WIDTH:
            return number, record
    filled = ((number, record) for number, record in enumerate(head, start=1) if any(record))
    return next(filled, (1, []))


def _check_headers(headers: Sequence[str], row: int) -> None:
    if not any(headers):
        raise UnreadableFiling("header-row-empty")
    found = tuple(text for text in map(plain_header, headers) if text)
    if sum(text in HEADERS for text in found) * 2 < _WIDTH:
        shown = tuple(text[:20] for text in found[:5])
        raise UnreadableFiling("wrong-template", found=shown, row=row)
    differences = header_differences(headers)
    if differences:
        raise UnreadableFiling("headers-differ", differences=differences, row=row)


def _check_lengths(record: Sequence[str], number: int, limits: FileLimits) -> None:
    if not record or len(max(record, key=len)) <= limits.cell_characters:
        return
    for header, text in zip(HEADERS, record, strict=False):
        if len(text) > limits.cell_characters:
            raise UnreadableFiling(
                "cell-too-long", row=number, header=header, limit=limits.cell_characters
            )
