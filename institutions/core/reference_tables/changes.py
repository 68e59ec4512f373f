"""How one table differs from another: rows added, removed and changed, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from institutions.core.reference_tables.rows import Cells


class ChangeKind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class RowChange:
    """A row before and after. `names` are the columns that differ, in the table's order."""

    kind: ChangeKind
    key: str
    old: Cells
    new: Cells
    names: tuple[str, ...]


def changes_between(old: Mapping[str, Cells], new: Mapping[str, Cells]) -> tuple[RowChange, ...]:
    """Every difference between two tables (key → cells): changed and removed first, then added."""
    found = []
    for key, cells in old.items():
        if key not in new:
            found.append(RowChange(ChangeKind.REMOVED, key, cells, {}, _filled(cells)))
            continue
        names = tuple(name for name in new[key] if new[key][name] != cells.get(name, ""))
        if names:
            found.append(RowChange(ChangeKind.CHANGED, key, cells, new[key], names))
    added = (key for key in new if key not in old)
    found += [RowChange(ChangeKind.ADDED, key, {}, new[key], _filled(new[key])) for key in added]
    return tuple(found)


def _filled(cells: Cells) -> tuple[str, ...]:
    return tuple(name for name, value in cells.items() if value)
