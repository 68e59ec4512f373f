"""The rows of reference tables: the shipped ones, those of a version, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from institutions.core.reference_tables.changes import RowChange, changes_between
from institutions.core.reference_tables.columns import TABLES, Kind
from institutions.core.reference_tables.rows import Cells, read_row, row_key
from institutions.core.reference_tables.wholes import KnownBooks, books_of
from institutions.models import TableRow, TableVersion
from institutions.selectors.shipped_tables import shipped_file
from regulator.kernel.canonical import canonical_digest


@cache
def shipped_rows(kind: str) -> Mapping[str, Cells]:
    """Key → cells of the product's own rows, in their order; empty where it ships no table."""
    spec = TABLES[kind]
    if not spec.shipped:
        return {}
    rows = (read_row(spec, row).cells for row in shipped_file(spec.shipped))
    return {row_key(spec, cells): cells for cells in rows}


def version_rows(version: TableVersion | None, *, kind: str) -> Mapping[str, Cells]:
    """Key → cells of a version, in its order; None is the shipped table. One query."""
    if version is None:
        return shipped_rows(kind)
    rows = TableRow.objects.filter(version=version).values_list("key", "cells")
    return with_every_column(kind, rows)


def with_every_column(kind: str, rows: Iterable[tuple[str, Cells]]) -> dict[str, Cells]:
    """Rows with a cell for every column: a version may be older than a column."""
    names = [column.name for column in TABLES[kind].columns]
    return {key: {name: cells.get(name, "") for name in names} for key, cells in rows}


def rows_digest(rows: Mapping[str, Cells]) -> str:
    """SHA-256 of a table's rows in their order; a cell that is empty does not count."""
    return canonical_digest(
        [{name: value for name, value in cells.items() if value} for cells in rows.values()]
    )


def changes_of(version: TableVersion) -> tuple[RowChange, ...]:
    """What a version changes in the table it is based on. Two queries at most."""
    kind = version.table.kind
    old = version_rows(version.based_on, kind=kind)
    return changes_between(old, version_rows(version, kind=kind))


def known_books(units: TableVersion | None) -> KnownBooks:
    """The books of a unit table, to check weeks and editions against."""
    return books_of(version_rows(units, kind=Kind.UNITS).values())
