"""Hidden cells of a table cannot be worked out from what is shown."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from fees.core.cell_hiding import TOTAL, Cell, hidden_cells, with_totals


def solvable(full: dict[Cell, int], hidden: frozenset[Cell]) -> set[Cell]:
    """The hidden cells that follow from the sums: plain elimination, written apart."""
    unknown = sorted(hidden)
    rows = sorted({row for row, _ in full})
    columns = sorted({column for _, column in full})
    sums = [[(row, c) for c in columns if (row, c) in full] for row in rows]
    sums += [[(r, column) for r in rows if (r, column) in full] for column in columns]
    matrix = []
    for cells in sums:
        line = [Fraction(0)] * len(unknown)
        for cell in cells:
            if cell in hidden:
                # a total counts against its parts
                line[unknown.index(cell)] = Fraction(-1 if TOTAL in _end(cell, cells) else 1)
        matrix.append(line)
    return {unknown[place] for place in _determined(matrix, len(unknown))}


def _end(cell: Cell, cells: list[Cell]) -> tuple[str, ...]:
    same_row = all(one[0] == cells[0][0] for one in cells)
    return (cell[1],) if same_row else (cell[0],)


def _determined(matrix: list[list[Fraction]], width: int) -> set[int]:
    lines, place = [list(line) for line in matrix], 0
    for column in range(width):
        pivot = next((n for n in range(place, len(lines)) if lines[n][column]), None)
        if pivot is None:
            continue
        lines[place], lines[pivot] = lines[pivot], lines[place]
        lead = lines[place][column]
        lines[place] = [value / lead for value in lines[place]]
        for n, line in enumerate(lines):
            if n != place and line[column]:
                factor = line[column]
                lines[n] = [a - factor * b for a, b in zip(line, lines[place], strict=True)]
        place += 1
    return {
        next(n for n, value in enumerate(line) if value)
        for line in lines
        if sum(1 for value in line if value) == 1
    }


def test_nine_is_hidden_and_ten_is_shown():
    full = with_totals(
        {("甲", "数学"): 9, ("甲", "语文"): 10, ("乙", "数学"): 40, ("乙", "语文"): 50}
    )
    hidden = hidden_cells(full)
    assert ("甲", "数学") in hidden
    alone = with_totals({("甲", "数学"): 10, ("乙", "数学"): 11})
    assert hidden_cells(alone) == frozenset()


def test_a_small_cell_alone_in_its_row_takes_others_with_it():
    full = with_totals(
        {("甲", "数学"): 3, ("甲", "语文"): 40, ("乙", "数学"): 20, ("乙", "语文"): 30}
    )
    assert hidden_cells(full) == {("甲", "数学"), ("甲", "语文"), ("乙", "数学"), ("乙", "语文")}
    assert solvable(full, hidden_cells(full)) == set()


def test_the_elimination_finds_what_the_smallest_hiding_gives_away():
    full = with_totals(
        {("甲", "数学"): 3, ("甲", "语文"): 40, ("乙", "数学"): 20, ("乙", "语文"): 30}
    )
    assert solvable(full, frozenset({("甲", "数学")})) == {("甲", "数学")}


def test_nought_stays_and_is_never_hidden_for_others():
    full = with_totals(
        {("甲", "数学"): 0, ("甲", "语文"): 12, ("乙", "数学"): 4, ("乙", "语文"): 20}
    )
    hidden = hidden_cells(full)
    assert ("甲", "数学") not in hidden
    assert solvable(full, hidden) == set()


@settings(max_examples=150)
@given(
    st.lists(
        st.lists(st.one_of(st.just(0), st.integers(1, 30)), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_no_hidden_cell_follows_from_the_totals(table):
    full = with_totals(
        {(f"r{r}", f"c{c}"): n for r, line in enumerate(table) for c, n in enumerate(line)}
    )
    hidden = hidden_cells(full)
    assert {cell for cell, n in full.items() if 0 < n < 10} <= hidden
    if hidden != frozenset(full):
        assert solvable(full, hidden) == set()
        assert all(full[cell] for cell in hidden)
