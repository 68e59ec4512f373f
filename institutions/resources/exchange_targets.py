"""A table import's file, read again, and the table that plans and writes its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from institutions.choices.exchange import TARGET_LABELS
from institutions.core.exchange.fields import HEADERS, Target
from institutions.models import ColumnMapping, TableImport
from institutions.resources.exchange_files import Table, table_file
from institutions.resources.exchange_foreign import ForeignRegisterLines
from institutions.resources.exchange_lines import LineResult, LineTable, run_lines
from institutions.resources.exchange_premises import PremisesLines
from institutions.resources.exchange_reader import ROW, FieldTable, read_mapped, read_own
from institutions.resources.exchange_staff import StaffLines
from institutions.resources.register_workbooks import refused_workbook
from institutions.services.exchange_rows import RowContext
from regulator.adapters.storage import read_stored

_TABLES: Mapping[str, type[LineTable[Any]]] = {
    Target.REGISTER: ForeignRegisterLines,
    Target.PREMISES: PremisesLines,
    Target.STAFF: StaffLines,
}
_NOT_IN_TEMPLATE = {
    Target.PREMISES: frozenset(("ends_before",)),
    Target.STAFF: frozenset(("member_id",)),
}
REFUSED_FILE = "退回的行.xlsx"


def read_table(
    data: bytes, *, file_name: str, target: str, mapping: ColumnMapping | None
) -> FieldTable:
    """A file as rows by field. Raises UnreadableRegister, whose text says what is wrong."""
    if mapping is None:
        return read_own(data, file_name=file_name, target=target)
    return read_mapped(data, file_name=file_name, target=target, pairs=mapping.pairs)


def stored_table(table_import: TableImport) -> FieldTable:
    """The kept file of an import, read again."""
    return read_table(
        read_stored(table_import.file_sha256),
        file_name=table_import.file_name,
        target=table_import.target,
        mapping=table_import.mapping,
    )


def lines_of_target(context: RowContext, lines: Sequence[Mapping[str, str]]) -> LineTable[Any]:
    """The reader and writer of the import's target, which has seen the whole file."""
    return _TABLES[context.table_import.target](context, lines)


def preview_table(context: RowContext, table: FieldTable) -> list[LineResult]:
    """What each row would do, without writing anything."""
    target = lines_of_target(context, table.lines)
    return run_lines(target, table.lines, dry_run=True)


def refused_rows(table: FieldTable, reasons: Mapping[int, str]) -> bytes:
    """The rows that come back, in the file's own columns, each with its reason."""
    rows = [
        (number, cells, reasons[number]) for (number, cells) in table.raw.rows if number in reasons
    ]
    return refused_workbook(table.raw.headers, rows)


def numbers_of(lines: Iterable[Mapping[str, str]]) -> list[int]:
    """The sheet rows of some lines."""
    return [int(line[ROW]) for line in lines]


def template(target: str) -> bytes:
    """The empty table to fill in."""
    left = _NOT_IN_TEMPLATE.get(Target(target), frozenset())
    headers = [header for name, header in HEADERS[target].items() if name not in left]
    return table_file([Table(str(TARGET_LABELS[target]), headers, [])], "xlsx")
