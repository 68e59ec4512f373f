"""Any table, XLSX or CSV, as rows by field name: under our own headers or a saved mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from institutions.choices.exchange import FILE_TEXTS, TARGET_LABELS
from institutions.core.exchange.fields import (
    HEADERS,
    KEEP,
    NEEDED,
    guess_field,
    guess_fields,
    missing_fields,
)
from institutions.core.register.headers import is_resident_id_header
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.text import clean_text
from institutions.resources.filing_problem import FileLimits
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import file_tables, storable_table

LIMITS = FileLimits(rows=5_000)
_HEADER_WITHIN_ROWS = 10
_TOO_MANY_COLUMNS = 200
ROW = "row_number"


class UnreadableTable(UnreadableRegister):
    """The file is no such table; its text says what is wrong and what to do."""

    def __str__(self) -> str:
        return str(self.params["text"]) % self.params


@dataclass(frozen=True)
class RawTable:
    """A table as printed, without its columns of resident ID numbers.

    `rows` are (number in the sheet, kept cells). `stored` are the bytes that may be kept: read
    again they are the same table.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    dropped_count: int
    stored: bytes


@dataclass(frozen=True)
class FieldTable:
    """A table whose columns are fields: `lines` hold texts by field, and their sheet row."""

    raw: RawTable
    fields: tuple[str, ...]
    lines: tuple[Mapping[str, str], ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """Headers of columns that are not read."""
        pairs = zip(self.raw.headers, self.fields, strict=True)
        return tuple(header for header, field in pairs if header and not field)


def read_raw(
    data: bytes, *, file_name: str, wanted: Sequence[str] = (), limits: FileLimits = LIMITS
) -> RawTable:
    """The first sheet with a header row and what is beneath. `wanted` headers find the row.

    Raises UnreadableRegister for what is no table, has no header row or no rows.
    """
    tables = file_tables(data, file_name=file_name, limits=limits)
    best: tuple[int, int, list[list[str]]] | None = None
    for table in tables:
        for index, row in enumerate(table[:_HEADER_WITHIN_ROWS]):
            score = _header_score(row, wanted)
            if score > 1 and (best is None or score > best[0]):
                best = (score, index, table)
    if best is None:
        raise _problem("no_headers", file_name)
    _score, index, table = best
    raw = _raw(table, index, storable_table(data, tables, table, header_index=index))
    if not raw.rows:
        raise _problem("empty", file_name)
    if len(raw.rows) > limits.rows:
        raise UnreadableRegister("rows", file_name=file_name, limit=limits.rows)
    return raw


def _header_score(row: Sequence[str], wanted: Sequence[str]) -> int:
    """How much a row looks like headers: those that are wanted or known count most."""
    texts = [clean_text(cell) for cell in row[:_TOO_MANY_COLUMNS]]
    known = [
        text
        for text in texts
        if text and (text in wanted or any(guess_field(text, target) for target in HEADERS))
    ]
    words = [text for text in texts if text and len(text) <= 30 and not text[0].isdigit()]
    return len(words) + 100 * len(known)


def _raw(table: Sequence[Sequence[str]], index: int, stored: bytes) -> RawTable:
    header = [clean_text(cell) for cell in table[index][:_TOO_MANY_COLUMNS]]
    kept = [at for at, text in enumerate(header) if text and not is_resident_id_header(text)]
    rows = []
    for number, record in enumerate(table[index + 1 :], start=index + 2):
        cells = tuple(without_id_numbers(record[at]) if at < len(record) else "" for at in kept)
        if any(cell.strip() for cell in cells):
            rows.append((number, cells))
    dropped = sum(is_resident_id_header(text) for text in header)
    headers = tuple(without_id_numbers(header[at]) for at in kept)
    return RawTable(headers, tuple(rows), dropped, stored)


def read_own(data: bytes, *, file_name: str, target: str) -> FieldTable:
    """A table under our own headers (or names by which they are known).

    Raises UnreadableRegister, whose text names the column that is missing.
    """
    raw = read_raw(data, file_name=file_name, wanted=tuple(HEADERS[target].values()))
    fields = guess_fields(raw.headers, target)
    fields = tuple("" if field == KEEP else field for field in fields)
    missing = missing_fields(fields, target)
    if missing:
        needed = HEADERS[target][missing[0]]
        raise _problem("headers", file_name, needed=needed, target=TARGET_LABELS[target])
    return _with_fields(raw, fields)


def read_mapped(
    data: bytes, *, file_name: str, target: str, pairs: Sequence[Sequence[str]]
) -> FieldTable:
    """A table under another system's headers. A header that the mapping does not know is not read.

    Raises UnreadableRegister where a column that every row needs is not there.
    """
    raw = read_raw(data, file_name=file_name, wanted=[header for header, _field in pairs])
    by_header = {clean_text(header): field for header, field in pairs}
    fields = tuple(by_header.get(header, "") for header in raw.headers)
    if not any(field in fields for field in NEEDED[target]):
        needed = next(header for header, field in pairs if field in NEEDED[target])
        raise _problem("headers", file_name, needed=needed, target=TARGET_LABELS[target])
    return _with_fields(raw, fields)


def _with_fields(raw: RawTable, fields: tuple[str, ...]) -> FieldTable:
    keys = [
        f"{KEEP}:{header}" if field == KEEP else field
        for header, field in zip(raw.headers, fields, strict=True)
    ]
    lines = tuple(
        {ROW: str(number)} | {key: cell for key, cell in zip(keys, cells, strict=True) if key}
        for number, cells in raw.rows
    )
    return FieldTable(raw, fields, lines)


def _problem(code: str, file_name: str, **params: object) -> UnreadableTable:
    return UnreadableTable(code, text=FILE_TEXTS[code], file_name=file_name, **params)
