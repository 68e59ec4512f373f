"""Small cells of a published table are hidden, and enough others that no sum gives them away.

A table with its totals is a graph: rows and columns are its nodes, hidden cells its edges. A
hidden cell can be worked out from the totals exactly when its edge is a bridge, on no cycle of
hidden cells (Gusfield 1988). For every bridge the cheapest path between its ends is hidden. Cells
of nought say nothing about anybody: they stay, and are never hidden for others.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping

LEAST_COUNT = 10
TOTAL = ""
Cell = tuple[str, str]
Node = tuple[str, str]


def with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """The cells (row, column) → count, with the totals of rows, columns and all under `TOTAL`."""
    full: dict[Cell, int] = dict(counts)
    for (row, column), count in counts.items():
        for cell in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            full[cell] = full.get(cell, 0) + count
    return full


def hidden_cells(full: Mapping[Cell, int], *, least: int = LEAST_COUNT) -> frozenset[Cell]:
    """Which cells of a table with totals must not be shown."""
    hidden = {cell for cell, count in full.items() if 0 < count < least}
    while bridge := next(_bridges(hidden), None):
        path = _cheapest_path(full, hidden, bridge)
        if not path:
            return frozenset(full)  # nothing protects it but silence
        hidden |= path
    return frozenset(hidden)


def _edges(cells: set[Cell]) -> dict[Node, list[tuple[Node, Cell]]]:
    graph: dict[Node, list[tuple[Node, Cell]]] = {}
    for cell in sorted(cells):
        row, column = ("row", cell[0]), ("column", cell[1])
        graph.setdefault(row, []).append((column, cell))
        graph.setdefault(column, []).append((row, cell))
    return graph


def _bridges(cells: set[Cell]) -> Iterator[Cell]:
    """Edges on no cycle: without one, its two ends are no longer connected."""
    for cell in sorted(cells):
        graph = _edges(cells - {cell})
        if ("column", cell[1]) not in _reached(graph, ("row", cell[0])):
            yield cell


def _reached(graph: Mapping[Node, list[tuple[Node, Cell]]], start: Node) -> set[Node]:
    seen, waiting = {start}, [start]
    while waiting:
        for node, _ in graph.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def _cheapest_path(full: Mapping[Cell, int], hidden: set[Cell], bridge: Cell) -> set[Cell]:
    """Cells that close a cycle with the bridge, the least counts; hidden ones cost nothing."""
    graph = _edges({cell for cell, count in full.items() if count and cell != bridge})
    start, end = ("row", bridge[0]), ("column", bridge[1])
    queue: list[tuple[int, Node, tuple[Cell, ...]]] = [(0, start, ())]
    done: set[Node] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == end:
            return set(path)
        if node in done:
            continue
        done.add(node)
        for after, cell in graph.get(node, ()):
            step = 0 if cell in hidden else full[cell]
            heapq.heappush(queue, (cost + step, after, (*path, cell)))
    return set()
