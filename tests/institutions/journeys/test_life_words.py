"""Everything the tables of the ordinary life name can be said, and everything they name exists."""

from __future__ import annotations

import pytest

from institutions.choices.journey_words import WORDS
from institutions.core.journeys.catalogue import GUARDS, JOURNEYS
from institutions.services.effects import EFFECTS

KINDS = (
    "set_up",
    "change",
    "renewal",
    "annual_check",
    "rectification",
    "closure",
    "settlement",
)


@pytest.mark.parametrize("kind", KINDS)
def test_states_moves_documents_asks_options_and_clocks_have_words(kind: str) -> None:
    table = JOURNEYS[kind]
    asks = [*table.starts, *(ask for move in table.moves for ask in move.asks)]
    # By their plain code too: that is how a refusal and an event name them.
    assert [state for state in table.states if state not in WORDS.states] == []
    assert [move.name for move in table.moves if move.name not in WORDS.moves] == []
    assert [code for code in table.documents if code not in WORDS.documents] == []
    assert [ask.code for ask in asks if ask.code not in WORDS.asks] == []
    assert [clock.code for clock in table.clocks if clock.code not in WORDS.clocks] == []
    assert [
        f"{ask.code}.{option}"
        for ask in asks
        for option in ask.options
        if f"{ask.code}.{option}" not in WORDS.options and option not in WORDS.options
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_guards_effects_clocks_and_following_journeys_exist(kind: str) -> None:
    table = JOURNEYS[kind]
    guards = {*table.opening_guards, *table.opening_cautions}
    effects, clocks, begun = {table.opening_effect}, set(table.opening_clocks), {""}
    for move in table.moves:
        guards |= {*move.guards, *move.cautions}
        clocks |= {*move.starts, *move.ends}
        effects.add(move.effect)
        begun.add(move.begins)
    assert guards - set(GUARDS) == set()
    assert effects - {"", *EFFECTS} == set()
    assert clocks - set(table.clock) == set()
    assert begun - {"", *JOURNEYS} == set()
