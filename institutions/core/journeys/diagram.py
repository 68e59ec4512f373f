"""A journey's states and moves placed for drawing: the line downwards, other states beside it.

Pure layout: columns and rows, not pixels; `regulator/web/diagrams.py` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from institutions.core.journeys.shape import JourneyTable, Move


@dataclass(frozen=True)
class Node:
    """A state at a place: column 0 is the journey's line, column 1 what lies beside it."""

    state: str
    column: int
    row: int
    is_ending: bool


@dataclass(frozen=True)
class Edge:
    """Moves from one state to another, by name; `further` other states lead there too."""

    source: str
    target: str
    moves: tuple[str, ...]
    further: int = 0


@dataclass(frozen=True)
class Layout:
    """Where everything stands."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    row_count: int


def layout(table: JourneyTable, order: Sequence[str] = ()) -> Layout:
    """Place a table's states; `order` is the division's order of steps where it has one."""
    line = _line(table, tuple(order))
    rows = {state: row for row, state in enumerate(line)}
    beside = [
        state
        for state in table.states
        if state not in rows and _reached(table, state, tuple(order))
    ]
    taken: set[int] = set()
    nodes = [Node(state, 0, row, state in table.endings) for state, row in rows.items()]
    for state in beside:
        row = _free_row(_first_source_row(table, state, rows), taken)
        taken.add(row)
        nodes.append(Node(state, 1, row, state in table.endings))
    count = max(node.row for node in nodes) + 1
    return Layout(tuple(nodes), tuple(_edges(table, rows, tuple(order))), count)


def _line(table: JourneyTable, order: tuple[str, ...]) -> tuple[str, ...]:
    """The line with its steps in the division's order."""
    if not order:
        return table.line
    first = min((table.line.index(step) for step in order if step in table.line), default=0)
    steps = set(order)
    before = [state for state in table.line[:first] if state not in steps]
    after = [state for state in table.line[first:] if state not in steps]
    return (*before, *order, *after)


def _reached(table: JourneyTable, state: str, order: tuple[str, ...]) -> bool:
    """Whether a move leads there; a step that the division's order leaves out is not reached."""
    leading = [move for move in table.moves if move.target == state]
    return any(not move.step or not order or state in order for move in leading)


def _first_source_row(table: JourneyTable, state: str, rows: dict[str, int]) -> int:
    found = [
        rows[source]
        for move in table.moves
        if move.target == state
        for source in move.sources
        if source in rows
    ]
    return min(found, default=len(rows) - 1)


def _free_row(wanted: int, taken: set[int]) -> int:
    row = wanted
    while row in taken:
        row += 1
    return row


def _edges(table: JourneyTable, rows: dict[str, int], order: tuple[str, ...]) -> list[Edge]:
    """One edge per pair; a state that many lead to shows the first and counts the others."""
    sources: dict[str, dict[str, list[str]]] = {}
    for move in table.moves:
        for source in move.sources:
            if not _is_drawn(table, move, source, order, rows):
                continue
            named = sources.setdefault(move.target, {}).setdefault(source, [])
            if move.name not in named:
                named.append(move.name)
    edges = []
    for target, by_source in sources.items():
        if target in rows:
            edges += [Edge(source, target, tuple(names)) for source, names in by_source.items()]
            continue
        first = min(by_source, key=lambda state: rows.get(state, len(rows)))
        edges.append(Edge(first, target, tuple(by_source[first]), len(by_source) - 1))
    return edges


def _is_drawn(
    table: JourneyTable, move: Move, source: str, order: tuple[str, ...], rows: dict[str, int]
) -> bool:
    """Whether the move is one in this order: no step left out, none skipped, none left over."""
    steps = {each.target for each in table.moves if each.step}
    if not order:
        return True
    if {source, move.target} & (steps - set(order)):
        return False
    if move.step:
        return _is_next(source, move.target, order, rows)
    leads_on = move.target in rows and move.target not in order
    return not (leads_on and source in order and source != order[-1])


def _is_next(source: str, target: str, order: tuple[str, ...], rows: dict[str, int]) -> bool:
    if target not in order:
        return True
    place = order.index(target)
    if place == 0:
        return source not in order
    return source == order[place - 1]
