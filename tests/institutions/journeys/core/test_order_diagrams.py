"""The diagram of a re-registration shows the division's order, and no step that it leaves out."""

from __future__ import annotations

import itertools

import pytest

from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.diagram import layout


@pytest.mark.parametrize(
    ("order", "line"),
    [
        (
            "chengdu",
            (
                "board_resolved enterprise_deregistered capital_verified licence_swapped "
                "civil_registered done"
            ),
        ),
        (
            "national_2021",
            (
                "board_resolved capital_verified licence_swapped civil_registered "
                "enterprise_deregistered done"
            ),
        ),
        (
            "beijing",
            (
                "board_resolved capital_verified licence_swapped civil_registered "
                "old_licence_cancelled enterprise_deregistered done"
            ),
        ),
    ],
)
def test_the_line_and_its_arrows_follow_the_order(order: str, line: str) -> None:
    table = JOURNEYS["reregistration"]
    drawn = layout(table, table.orders[order])
    states = line.split()
    placed = [node.state for node in drawn.nodes if node.column == 0]
    assert placed[placed.index("board_resolved") :] == states
    beside = {node.state for node in drawn.nodes if node.column == 1}
    assert beside == {"gaps", "rejected", "dropped", "refused"}
    arrows = {(edge.source, edge.target) for edge in drawn.edges if edge.target in states[1:]}
    assert arrows == set(itertools.pairwise(states))


@pytest.mark.parametrize("kind", sorted(JOURNEYS))
def test_every_arrow_joins_two_states_that_are_drawn(kind: str) -> None:
    table = JOURNEYS[kind]
    for order in (*table.orders.values(), ()):
        drawn = layout(table, order)
        states = {node.state for node in drawn.nodes}
        assert all({edge.source, edge.target} <= states for edge in drawn.edges)
