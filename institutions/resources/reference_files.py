"""A reference table as a file: given out and taken in under the same headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from institutions.choices.reference_tables import FILE_TEXTS, KIND_LABELS
from institutions.core.reference_tables.columns import (
    MOST_ROWS,
    Column,
    TableSpec,
    column_of_header,
    written_cell,
)
from institutions.core.reference_tables.rows import Cells
from institutions.resources.exchange_files import Table, attachment
from institutions.resources.exchange_reader import UnreadableTable
from institutions.resources.filing_problem import REASON_HEADER, FileLimits
from institutions.resources.register_reader import file_tables
from institutions.services.reference_import import FileLine

LIMITS = FileLimits(rows=MOST_ROWS)
_HEADER_WITHIN_ROWS = 10
_MOST_COLUMNS = 60
_Found = tuple[int, list[Column | None]]


def reference_export(spec: TableSpec, rows: Iterable[Cells], file_kind: str) -> HttpResponse:
    """The rows as an attachment, choices by their words, in Chinese whoever reads."""
    with translation.override(settings.LANGUAGE_CODE):
        headers = [column.header for column in spec.columns]
        lines = [
            [written_cell(column, cells.get(column.name, "")) for column in spec.columns]
            for cells in rows
        ]
        table = Table(str(KIND_LABELS[spec.kind]), headers, lines)
        return attachment([table], file_kind, name=f"reference-{spec.kind}")


def returned_reference(
    spec: TableSpec, rows: Iterable[tuple[Mapping[str, str], Sequence[str]]]
) -> HttpResponse:
    """Rows that stayed out, as they came, and in the next column why; to be put right and sent in.

    `rows` are texts by column name with their reasons.
    """
    with translation.override(settings.LANGUAGE_CODE):
        headers = [*(column.header for column in spec.columns), REASON_HEADER]
        lines = [
            [*(texts.get(column.name, "") for column in spec.columns), "\n".join(reasons)]
            for texts, reasons in rows
        ]
        table = Table(str(KIND_LABELS[spec.kind]), headers, lines)
        return attachment([table], "xlsx", name=f"reference-{spec.kind}-returned")


def read_reference(data: bytes, *, file_name: str, spec: TableSpec) -> tuple[FileLine, ...]:
    """The rows of the first sheet that holds the table's headers; wholly blank ones left out.

    Raises UnreadableRegister for what is no table, misses a column that every row needs, or holds
    too many rows.
    """
    tables = file_tables(data, file_name=file_name, limits=LIMITS)
    best: tuple[int, list[list[str]], _Found] | None = None
    for table in tables:
        for found in _header_rows(table, spec):
            score = sum(column is not None for column in found[1])
            if score and (best is None or score > best[0]):
                best = (score, table, found)
    if best is None:
        raise _problem("no_headers", file_name)
    _score, table, (index, columns) = best
    missing = [one.header for one in spec.columns if one.needed and one not in columns]
    if missing:
        raise _problem("missing_columns", file_name, missing="、".join(missing))
    lines = tuple(_lines(table, index, columns))
    if not lines:
        raise _problem("empty", file_name)
    if len(lines) > LIMITS.rows:
        raise _problem("rows", file_name, limit=LIMITS.rows)
    return lines


def _header_rows(table: Sequence[Sequence[str]], spec: TableSpec) -> Iterable[_Found]:
    for index, row in enumerate(table[:_HEADER_WITHIN_ROWS]):
        yield index, [column_of_header(spec, cell) for cell in row[:_MOST_COLUMNS]]


def _lines(
    table: Sequence[Sequence[str]], index: int, columns: Sequence[Column | None]
) -> Iterable[FileLine]:
    for number, record in enumerate(table[index + 1 :], start=index + 2):
        texts = {
            column.name: cell
            for column, cell in zip(columns, record, strict=False)
            if column is not None
        }
        if any(text.strip() for text in texts.values()):
            yield FileLine(number, texts)


def _problem(code: str, file_name: str, **params: object) -> UnreadableTable:
    return UnreadableTable(code, text=FILE_TEXTS[code], file_name=file_name, **params)
