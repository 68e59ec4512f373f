"""Rows of a file taken into a draft: the good ones go in, the others come back with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.core.reference_tables.columns import MOST_ROWS, TABLES, Kind
from institutions.core.reference_tables.rows import CellProblem, Cells, read_row, row_key
from institutions.core.reference_tables.wholes import KnownBooks
from institutions.models import TableRow, TableVersion
from institutions.selectors.reference_tables import books_for
from institutions.services.reference_rows import (
    add_rows,
    count_rows,
    lock_editable,
    next_position,
    record_event,
    row_problems,
    search_words,
)
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_BATCH = 500


@dataclass(frozen=True)
class FileLine:
    """A row of a file: its number in the sheet, and its texts by column name."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class RefusedLine:
    """A row that stayed out, and why."""

    line: FileLine
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True)
class ImportResult:
    """What an import came to, in rows."""

    added: int
    changed: int
    kept: int
    removed: int
    refused: tuple[RefusedLine, ...]


def import_rows(
    *,
    version: TableVersion,
    lines: Sequence[FileLine],
    replace_all: bool,
    actor: Actor,
    at: datetime,
) -> ImportResult:
    """Add and change rows by their keys; with `replace_all` what the file does not name goes.

    Good rows go in, bad ones are returned. Raises Refused for a file without rows, for a table that
    would grow too long, and where a whole table would be replaced by a file with bad rows.
    """
    with transaction.atomic():
        locked = lock_editable(version, actor)
        good, refused = _judged(locked, lines)
        held = {row.key: row for row in locked.rows.all()}
        gone = [key for key in held if key not in good] if replace_all else []
        _refuse(lines, refused, len(held.keys() | good.keys()) - len(gone), replace_all=replace_all)
        added = [(key, cells) for key, cells in good.items() if key not in held]
        changed = [key for key, cells in good.items() if key in held and held[key].cells != cells]
        result = ImportResult(
            len(added), len(changed), len(good) - len(added) - len(changed), len(gone), refused
        )
        if added or changed or gone:
            _write(locked, held, good, added, changed, gone)
            _record(locked, result, good, actor, at)
    return result


def _judged(
    version: TableVersion, lines: Sequence[FileLine]
) -> tuple[dict[str, Cells], tuple[RefusedLine, ...]]:
    kind = version.table.kind
    spec = TABLES[kind]
    books = books_for(version.table.division_id) if kind == Kind.WEEKS else KnownBooks()
    good: dict[str, Cells] = {}
    numbers: dict[str, int] = {}
    refused = []
    for line in lines:
        read = read_row(spec, line.texts)
        problems = read.problems or row_problems(kind, read.cells, books)
        key = row_key(spec, read.cells)
        if not problems and key in numbers:
            problems = (CellProblem("twice", spec.key[0], {"other": numbers[key]}),)
        if problems:
            refused.append(RefusedLine(line, problems))
        else:
            good[key], numbers[key] = read.cells, line.number
    return good, tuple(refused)


def _refuse(
    lines: Sequence[FileLine], refused: Sequence[RefusedLine], rows: int, *, replace_all: bool
) -> None:
    found = []
    if not lines:
        found.append(Refusal("reference.no_file_rows"))
    if rows > MOST_ROWS:
        found.append(Refusal("reference.too_many_rows", {"most": MOST_ROWS}))
    if replace_all and refused:
        found.append(Refusal("reference.replace_with_errors", {"count": len(refused)}))
    if found:
        raise Refused(found)


def _write(
    version: TableVersion,
    held: Mapping[str, TableRow],
    good: Mapping[str, Cells],
    added: Sequence[tuple[str, Cells]],
    changed: Sequence[str],
    gone: Sequence[str],
) -> None:
    for key in changed:
        held[key].cells = dict(good[key])
        held[key].words = search_words(version.table.kind, good[key])
    rows = [held[key] for key in changed]
    TableRow.objects.bulk_update(rows, ["cells", "words"], batch_size=_BATCH)
    for first in range(0, len(gone), _BATCH):
        version.rows.filter(key__in=gone[first : first + _BATCH]).delete()
    add_rows(version, added, first_position=next_position(version))
    count_rows(version)


def _record(
    version: TableVersion,
    result: ImportResult,
    good: Mapping[str, Cells],
    actor: Actor,
    at: datetime,
) -> None:
    new = {
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "refused": len(result.refused),
    }
    record_event(
        version,
        kind="reference.rows_imported",
        actor=actor,
        at=at,
        new=new,
        row_count=result.added + result.changed + result.removed,
        digest_of=[{name: value for name, value in one.items() if value} for one in good.values()],
    )
