"""Which version of each reference table binds a class, and the tables that screening reads.

A version binds classes that start on or after its first day. What was built is kept by the digest
of the rows, so that many filings, and many uploads, share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from institutions.core.reference_states import BINDING_STATES
from institutions.core.reference_tables.columns import Kind
from institutions.core.reference_tables.loading import grade_editions, week_paces
from institutions.core.reference_tables.rows import Cells
from institutions.core.reference_tables.wholes import KnownBooks, editions_without_units
from institutions.core.screening.table_rows import (
    activities_of,
    negative_items,
    pace_units,
    price_bands,
    subject_aliases,
)
from institutions.core.screening.tables import ReferenceTables
from institutions.core.screening.topics import TopicIndex
from institutions.models import TableRow, TableVersion
from institutions.selectors.reference_rows import known_books, rows_digest, with_every_column
from institutions.selectors.shipped_tables import shipped_index, shipped_tables
from regulator.kernel.outcomes import InvariantError

_BINDING = [state.value for state in BINDING_STATES]
# What the matching automaton is made of; a change of prices does not build it anew.
_INDEXED = frozenset({Kind.UNITS, Kind.NEGATIVE, Kind.ALIASES, Kind.ACTIVITIES})
_KEPT = 64


@dataclass(frozen=True)
class BuiltTables:
    """Tables as a screening context carries them; `editions` is (subject, grade) → edition."""

    tables: ReferenceTables
    index: TopicIndex
    editions: Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class _Chosen:
    """A version as it is kept: its kind, its key, the digest of its rows, what it is based on."""

    kind: str
    version: int
    digest: str
    basis: str


def binding_versions(division: str) -> list[TableVersion]:
    """Every version of a division that binds or bound some day, newest first. One query."""
    rows = TableVersion.objects.filter(table__division=division, state__in=_BINDING)
    return list(rows.select_related("table").order_by("-number"))


def in_force(versions: Iterable[TableVersion], kind: str, starts_on: date) -> TableVersion | None:
    """The newest of a kind's versions that binds classes starting on that day; None: as shipped."""
    of_kind = (one for one in versions if one.table.kind == kind and one.binds_on(starts_on))
    return max(of_kind, key=lambda one: one.number, default=None)


def all_in_force(versions: Sequence[TableVersion], starts_on: date) -> dict[str, TableVersion]:
    """Kind → the version that binds classes starting on that day, where there is one."""
    found = {kind.value: in_force(versions, kind.value, starts_on) for kind in Kind}
    return {kind: version for kind, version in found.items() if version is not None}


def boundaries(versions: Iterable[TableVersion]) -> tuple[date, ...]:
    """The first days on which another version of some table may bind, in order."""
    days = {day for one in versions for day in (one.effective_from, one.ends_before)}
    return tuple(sorted(day for day in days if day is not None))


def tables_of(chosen: Mapping[str, TableVersion]) -> BuiltTables:
    """The tables of these versions, one a kind; a kind that is not named is as shipped.

    A version that may still change is read anew; others are kept. One query a version not yet read.
    """
    return _built(tuple(_chosen(chosen[kind]) for kind in sorted(chosen)))


def _chosen(version: TableVersion) -> _Chosen:
    kind = version.table.kind
    digest = version.digest or rows_digest(_rows(kind, version.pk))
    return _Chosen(kind, version.pk, digest, version.basis)


@lru_cache(maxsize=_KEPT)
def _built(chosen: tuple[_Chosen, ...]) -> BuiltTables:
    parts: dict[str, Any] = {one.kind: _part(one) for one in chosen}
    tables = replace(shipped_tables(), **parts)
    editions = {(one.subject, one.grade): one.edition for one in tables.editions}
    return BuiltTables(
        tables, _index(tuple(one for one in chosen if one.kind in _INDEXED)), editions
    )


@lru_cache(maxsize=_KEPT)
def _index(chosen: tuple[_Chosen, ...]) -> TopicIndex:
    if not chosen:
        return shipped_index()
    parts: dict[str, Any] = {one.kind: _part(one) for one in chosen}
    return TopicIndex(replace(shipped_tables(), **parts))


@lru_cache(maxsize=_KEPT)
def _part(one: _Chosen) -> tuple[Any, ...]:
    rows = _rows(one.kind, one.version)
    if rows_digest(rows) != one.digest:
        raise InvariantError(f"参照表 {one.kind} 的内容与批准时不一致。")
    if one.kind == Kind.WEEKS:
        return week_paces(rows.values(), basis=one.basis)
    read: Any = _READERS[one.kind]
    return tuple(read(rows.values()))


_READERS: Mapping[str, Any] = {
    Kind.EDITIONS: grade_editions,
    Kind.UNITS: pace_units,
    Kind.NEGATIVE: negative_items,
    Kind.ALIASES: subject_aliases,
    Kind.ACTIVITIES: activities_of,
    Kind.PRICES: price_bands,
}


def _rows(kind: str, version: int) -> Mapping[str, Cells]:
    rows = TableRow.objects.filter(version=version).values_list("key", "cells")
    return with_every_column(kind, rows)


def books_for(division: str) -> KnownBooks:
    """The books of the newest unit table of a division, to check weeks and editions against."""
    return known_books(in_force(binding_versions(division), Kind.UNITS, date.max))


def edition_cautions(version: TableVersion) -> tuple[str, ...]:
    """The editions an edition table names without units to compare with; for others nothing."""
    kind = version.table.kind
    if kind != Kind.EDITIONS:
        return ()
    rows = _rows(kind, version.pk).values()
    return editions_without_units(rows, books_for(version.table.division_id))
