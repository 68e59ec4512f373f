"""What was read differently from what a person sees in the file: each kind is one note."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from institutions.core.screening.rows import HEADERS, RawRow
from institutions.resources.filing_archive import SheetMarks, has_content, sheet_part
from institutions.resources.filing_cells import lost_digits, serial_date
from institutions.resources.filing_merges import Merges, cell_name, column_name
from institutions.resources.filing_problem import SheetNote

_DATE_COLUMNS = tuple((HEADERS.index(name), name) for name in ("开班日期", "结课日期", "收费日期"))
_NUMBER_COLUMNS = tuple((HEADERS.index(name), name) for name in ("机构许可证号", "资格证书号"))
_ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#DATA!")
)
_MOST_PLACES = 10


@dataclass(frozen=True)
class Seen:
    """What was seen beside the rows. `header_row` counts from 1."""

    marks: SheetMarks = field(default_factory=SheetMarks)
    merges: Merges = field(default_factory=Merges)
    macros: bool = False
    unread_sheets: tuple[str, ...] = ()
    hidden_sheet: bool = False
    header_row: int = 1


def unread_sheets(
    archive: ZipFile, workbook: CalamineWorkbook, read: Collection[str]
) -> tuple[str, ...]:
    """The other sheets that hold something; hidden ones too."""
    others = (
        one.name
        for one in workbook.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.name.strip() not in read
    )
    return tuple(name for name in others if has_content(sheet_part(archive, name)))


def is_hidden(workbook: CalamineWorkbook, name: str) -> bool:
    """Whether a sheet does not show when the file is opened."""
    return any(
        one.name == name and one.visible != SheetVisibleEnum.Visible
        for one in workbook.sheets_metadata
    )


def noted(rows: Sequence[RawRow], seen: Seen) -> tuple[list[RawRow], tuple[SheetNote, ...]]:
    """The rows with day numbers turned into dates, and everything there is to say of them."""
    dated: list[RawRow] = []
    serials: list[str] = []
    cut: list[str] = []
    errors: list[str] = list(seen.marks.error_cells)
    for row in rows:
        cells, turned = _dated(row)
        dated.append(RawRow(row.number, cells) if turned else row)
        serials += turned
        for column, header in _NUMBER_COLUMNS:
            if lost_digits(str(cells[header])):
                cut.append(cell_name(row.number - 1, column))
        if not _ERRORS.isdisjoint(cells.values()):
            errors += _error_cells(row)
    found = (*_structure(seen, {row.number for row in rows}), ("lost-digits", cut))
    found = (*found, ("serial-dates", serials), ("error-cells", errors))
    return dated, tuple(
        SheetNote(code, {"places": tuple(places[:_MOST_PLACES]), "count": len(places)})
        for code, places in found
        if places
    )


def _structure(seen: Seen, kept: Collection[int]) -> Iterator[tuple[str, Sequence[object]]]:
    marks = seen.marks
    empty = {*marks.empty_formulas, *marks.error_cells}
    if seen.header_row > 1:
        yield "header-row", (seen.header_row,)
    yield "unread-sheets", seen.unread_sheets
    yield "hidden-sheet", ("",) if seen.hidden_sheet else ()
    yield "macros", ("",) if seen.macros else ()
    yield "hidden-rows", [number for number in marks.hidden_rows if number in kept]
    yield "hidden-columns", [f"{column_name(n)}列“{HEADERS[n]}”" for n in marks.hidden_columns]
    yield "merged-filled", seen.merges.filled
    yield "merged-left", seen.merges.left
    yield "formula-cells", [name for name in marks.formula_cells if name not in empty]
    yield "formulas-empty", marks.empty_formulas
    yield "formulas-somewhere", ("",) if marks.unplaced_formulas else ()


def _dated(row: RawRow) -> tuple[dict[str, str], list[str]]:
    """The cells with day numbers in date columns as dates, and the names of those cells."""
    cells: dict[str, str] = row.cells  # type: ignore[assignment]
    turned = []
    for column, header in _DATE_COLUMNS:
        day: date | None = serial_date(cells[header])
        if day is not None:
            cells = {**cells, header: day.isoformat()}
            turned.append(cell_name(row.number - 1, column))
    return cells, turned


def _error_cells(row: RawRow) -> Iterator[str]:
    for column, header in enumerate(HEADERS):
        if row.cells[header] in _ERRORS:
            yield cell_name(row.number - 1, column)
