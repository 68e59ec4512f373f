"""The diagram of every journey as the documentation shows it, drawn from the table alone."""

from __future__ import annotations

from django.utils import translation

from institutions.choices.journey_words import state_label
from institutions.choices.journeys import JOURNEY_KIND_LABELS
from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.diagram import layout
from institutions.core.journeys.shape import JourneyTable
from institutions.selectors.journey_view import arrows_of
from regulator.web.diagrams import Box, state_diagram


def drawings() -> dict[str, str]:
    """SVG by the drawing's name: the kind, and for further orders of steps `<kind>-<order>`."""
    with translation.override("zh-hans"):
        found = {}
        for table in JOURNEYS.values():
            orders = table.orders or {"": ()}
            for number, (name, order) in enumerate(orders.items()):
                title = table.kind if number == 0 else f"{table.kind}-{name}"
                found[title] = _drawn(table, order)
        return found


def _drawn(table: JourneyTable, order: tuple[str, ...]) -> str:
    placed = layout(table, order)
    boxes = [
        Box(
            node.state,
            str(state_label(table.kind, node.state)),
            node.column,
            node.row,
            is_ending=node.is_ending,
        )
        for node in placed.nodes
    ]
    title = str(JOURNEY_KIND_LABELS[table.kind])
    arrows = arrows_of(table, placed)
    return str(state_diagram(title=title, here_label="", boxes=boxes, arrows=arrows)) + "\n"
