"""Merged cells of a filing sheet: what stands in the first cell is meant for the others too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from institutions.core.screening.rows import HEADERS
from institutions.resources.filing_cells import Cell
from institutions.resources.filing_problem import FileLimits, UnreadableFiling

_WIDTH = len(HEADERS)
# ((first row, first column), (last row, last column)), counted from 0, both included.
MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Merges:
    """The ranges below the headers, by name: filled downwards, and left as they are."""

    filled: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def fill_merges(
    rows: Sequence[list[Cell]],
    ranges: Sequence[MergedRange],
    *,
    header_row: int,
    limits: FileLimits,
) -> Merges:
    """Give each row the value of its column's merged range, in place; name every range.

    Only a range within one column says plainly what each of its rows holds. Others keep their
    first cell alone. Ranges above the headers are titles. `header_row` counts from 1. Raises
    UnreadableFiling (merged-cells) where the headers themselves are merged, or there are too many.
    """
    below = sorted(one for one in ranges if one[0][1] < _WIDTH and one[1][0] >= header_row - 1)
    at_headers = [one for one in below if one[0][0] < header_row]
    cells = sum(min(last[0], len(rows)) - first[0] for first, last in below)
    if at_headers or len(below) > limits.rows or cells > limits.rows * _WIDTH:
        named = at_headers or below
        raise UnreadableFiling("merged-cells", ranges=_names(named)[:10], count=len(named))
    filled = [one for one in below if one[0][1] == one[1][1]]
    for (first, column), (last, _) in filled:
        for row in rows[first + 1 : last + 1]:
            if any(cell != "" for cell in row):
                row[column] = rows[first][column]
    return Merges(_names(filled), _names([one for one in below if one[0][1] != one[1][1]]))


def _names(ranges: Sequence[MergedRange]) -> tuple[str, ...]:
    return tuple(f"{cell_name(*start)}:{cell_name(*end)}" for start, end in ranges)


def cell_name(row: int, column: int) -> str:
    """`A1` for (0, 0)."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
