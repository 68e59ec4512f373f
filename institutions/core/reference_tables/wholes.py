"""What only the whole table shows: bands that overlap, weeks of units that no book has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from institutions.core.reference_tables.columns import Kind
from institutions.core.reference_tables.rows import CellProblem, Cells

Book = tuple[str, str, int, int]
_NO_END = "9999-12-31"
_NO_SIZE = 1_000_000
_OVERLAPPING = ("division_group", "mode")


@dataclass(frozen=True)
class KnownBooks:
    """What the unit table in force knows: units (number and title) by book, editions by subject."""

    units: Mapping[Book, frozenset[str]] = field(default_factory=dict)
    editions: frozenset[tuple[str, str]] = frozenset()


def books_of(rows: Iterable[Cells]) -> KnownBooks:
    """The books of a unit table's rows."""
    units: dict[Book, set[str]] = {}
    for cells in rows:
        units.setdefault(_book(cells), set()).update({cells["unit"], cells["unit_title"]} - {""})
    editions = frozenset((book[0], book[1]) for book in units)
    return KnownBooks({book: frozenset(names) for book, names in units.items()}, editions)


def _book(cells: Cells) -> Book:
    return cells["subject"], cells["edition"], int(cells["grade"]), int(cells["term"])


def whole_problems(
    kind: Kind, rows: Mapping[str, Cells], books: KnownBooks
) -> dict[str, CellProblem]:
    """Row key → why it cannot stand beside the others; each row by itself is valid already."""
    if kind is Kind.PRICES:
        return dict(_overlaps(rows))
    if kind is Kind.WEEKS:
        return {
            key: problem
            for key, cells in rows.items()
            if (problem := week_problem(cells, books)) is not None
        }
    return {}


def week_problem(cells: Cells, books: KnownBooks) -> CellProblem | None:
    """Why a row of the week table speaks of nothing that the unit table has."""
    if (cells["subject"], cells["edition"]) not in books.editions:
        params = {"value": cells["edition"], "subject": cells["subject"]}
        return CellProblem("unknown_edition", "edition", params)
    if cells["unit"] not in books.units.get(_book(cells), frozenset()):
        return CellProblem("unknown_unit", "unit", {"value": cells["unit"]})
    return None


def editions_without_units(rows: Iterable[Cells], books: KnownBooks) -> tuple[str, ...]:
    """Editions a table names for which there are no units: pace cannot be judged with them."""
    named = dict.fromkeys((cells["subject"], cells["edition"]) for cells in rows)
    return tuple(f"{one[0]}{one[1]}" for one in named if one not in books.editions)


def _overlaps(rows: Mapping[str, Cells]) -> Iterable[tuple[str, CellProblem]]:
    seen: dict[tuple[str, ...], list[Cells]] = {}
    for key, cells in rows.items():
        alike = seen.setdefault(tuple(cells[name] for name in _OVERLAPPING), [])
        other = next((one for one in alike if _meet(one, cells)), None)
        if other is not None:
            params = {"other": f"{other['students_from']}", "since": other["valid_from"]}
            yield key, CellProblem("overlaps", "students_from", params)
        alike.append(cells)


def _meet(one: Cells, other: Cells) -> bool:
    sizes = _size(one, "students_from") < _size(other, "students_below") and _size(
        other, "students_from"
    ) < _size(one, "students_below")
    days = one["valid_from"] <= (other["valid_to"] or _NO_END) and other["valid_from"] <= (
        one["valid_to"] or _NO_END
    )
    return sizes and days


def _size(cells: Cells, name: str) -> int:
    return int(cells[name]) if cells[name] else _NO_SIZE
