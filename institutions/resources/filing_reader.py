"""A filing workbook or CSV as rows for the screening, or one clear reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from institutions.core.screening.rows import HEADERS, RawRow
from institutions.resources.filing_archive import (
    EMPTY_ZIP_MAGIC,
    OLE_MAGIC,
    ZIP_MAGIC,
    SheetMarks,
    check_archive,
    read_sheet_marks,
    sheet_part,
)
from institutions.resources.filing_cells import Cell, cell_text, csv_text, serial_date
from institutions.resources.filing_csv import csv_records, decode_csv
from institutions.resources.filing_headers import header_differences, plain_header
from institutions.resources.filing_problem import (
    DEFAULT_LIMITS,
    META_SHEET,
    SHEET_NAME,
    TEMPLATE_VERSION,
    FileLimits,
    SheetNote,
    UnreadableFiling,
)

_WIDTH = len(HEADERS)
_DATE_COLUMNS = tuple(HEADERS.index(name) for name in ("开班日期", "结课日期", "收费日期"))


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
    marks: SheetMarks


def read_filing_rows(
    file: BinaryIO, *, file_name: str, limits: FileLimits = DEFAULT_LIMITS
) -> FilingSheet:
    """Rows of a `.xlsx` or CSV file, as texts by header; wholly blank rows are left out.

    The kind of file is told by its bytes; `file_name` is only named in messages. Raises
    BadWorkbook (UnreadableFiling), whose text says what is wrong, where, which limit, what to do.
    """
    data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise UnreadableFiling("file-too-large", limit_mb=limits.file_bytes >> 20)
    if not data.strip():
        raise UnreadableFiling("file-empty", file_name=file_name)
    try:
        if data.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC, OLE_MAGIC)):
            grid = _workbook_grid(data, limits)
        else:
            grid = _csv_grid(data, limits)
        return _read_grid(grid, limits)
    except UnreadableFiling as problem:
        raise UnreadableFiling(problem.code, **{**problem.params, "file_name": file_name}) from None


def _csv_grid(data: bytes, limits: FileLimits) -> _Grid:
    records = csv_records(decode_csv(data), limits)
    texts = ([csv_text(field) for field in record] for record in records)
    return _Grid(texts, None, SheetMarks())


def _workbook_grid(data: bytes, limits: FileLimits) -> _Grid:
    archive = check_archive(data, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        names = workbook.sheet_names
        name = next((one for one in names if one.strip() == SHEET_NAME), "")
        if not name:
            raise UnreadableFiling("sheet-missing", sheets=tuple(names[:10]))
        version = _template_version(workbook)
        marks = read_sheet_marks(sheet_part(archive, name))
        sheet = workbook.get_sheet_by_name(name)
        _refuse_merged(sheet)
        rows = sheet.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise UnreadableFiling("password-protected") from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFiling("broken", part="") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # pyo3's own, raised past Exception
            raise UnreadableFiling("broken", part="") from error
        raise
    return _Grid(_texts(rows), version, marks)


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


def _refuse_merged(sheet: CalamineSheet) -> None:
    """Merged cells leave all but their first one empty, so the rows below would lack a value."""
    ranges = sorted(one for one in sheet.merged_cell_ranges or [] if one[0][1] < _WIDTH)
    if ranges:
        names = tuple(f"{cell_name(*start)}:{cell_name(*end)}" for start, end in ranges[:10])
        raise UnreadableFiling("merged-cells", ranges=names, count=len(ranges))


def cell_name(row: int, column: int) -> str:
    """`A1` for (0, 0)."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _read_grid(grid: _Grid, limits: FileLimits) -> FilingSheet:
    records = iter(grid.records)
    _check_headers(next(records, []))
    rows: list[RawRow] = []
    serials: list[str] = []
    for number, record in enumerate(records, start=2):
        if not any(record[:_WIDTH]):
            continue
        if len(rows) == limits.rows:
            raise UnreadableFiling("too-many-rows", limit=limits.rows, row=number)
        _check_lengths(record, number, limits)
        cells = (list(record) + [""] * _WIDTH)[:_WIDTH]
        serials += _turn_serials(cells, number)
        rows.append(RawRow(number, dict(zip(HEADERS, cells, strict=True))))
    if not rows:
        raise UnreadableFiling("no-rows")
    return FilingSheet(tuple(rows), grid.version, _notes(grid.marks, rows, serials))


def _check_headers(first_row: Sequence[str]) -> None:
    if not any(first_row):
        raise UnreadableFiling("header-row-empty")
    found = tuple(text for text in map(plain_header, first_row) if text)
    if sum(text in HEADERS for text in found) * 2 < _WIDTH:
        raise UnreadableFiling("wrong-template", found=tuple(text[:20] for text in found[:5]))
    differences = header_differences(first_row)
    if differences:
        raise UnreadableFiling("headers-differ", differences=differences)


def _check_lengths(record: Sequence[str], number: int, limits: FileLimits) -> None:
    for header, text in zip(HEADERS, record, strict=False):
        if len(text) > limits.cell_characters:
            raise UnreadableFiling(
                "cell-too-long", row=number, header=header, limit=limits.cell_characters
            )


def _turn_serials(cells: list[str], number: int) -> list[str]:
    """Day numbers in date columns become dates, in place; returns the cells' names."""
    turned = []
    for column in _DATE_COLUMNS:
        day: date | None = serial_date(cells[column])
        if day is not None:
            cells[column] = day.isoformat()
            turned.append(cell_name(number - 1, column))
    return turned


def _notes(
    marks: SheetMarks, rows: Sequence[RawRow], serials: Sequence[str]
) -> tuple[SheetNote, ...]:
    kept = {row.number for row in rows}
    hidden = tuple(number for number in marks.hidden_rows if number in kept)
    found = (
        ("hidden-rows", hidden),
        ("formula-cells", marks.formula_cells),
        ("formulas-somewhere", ("",) if marks.unplaced_formulas else ()),
        ("serial-dates", tuple(serials)),
    )
    return tuple(
        SheetNote(code, {"places": places[:10], "count": len(places)})
        for code, places in found
        if places
    )
