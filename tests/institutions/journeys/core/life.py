"""What the matrices of the ordinary life share: good facts, and every pair against a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from institutions.core.journeys.catalogue import (
    JOURNEYS,
    cautions,
    opening_cautions,
    opening_refusals,
    refusals,
)
from institutions.core.journeys.facts import InstitutionFacts, JourneyFacts, PaperFacts

ON = date(2026, 3, 2)
INSTITUTION = InstitutionFacts(
    name="明德培训学校", category="subject", legal_form="non_profit", premises_count=2
)
LICENCE = PaperFacts(
    state="in_force",
    number="教民151011670000123号",
    valid_from=date(2023, 5, 1),
    valid_before=date(2026, 5, 1),
)
Pairs = dict[tuple[str, str], list[tuple[str, str]]]


def facts(**values: Any) -> JourneyFacts:
    """A good institution and licence on 2026-03-02; what is at stake is given."""
    made = JourneyFacts(state="", on=ON, institution=INSTITUTION, licence=LICENCE)
    return replace(made, **values)


def every_pair(
    kind: str, states: tuple[str, ...], moves: tuple[str, ...], good: JourneyFacts
) -> Pairs:
    """(state, move) → (code, article) of every refusal, empty where the move is allowed."""
    table = JOURNEYS[kind]
    return {
        (state, move): [
            (one.code, one.basis.cite() if one.basis else "")
            for one in refusals(table, table.by_name[move], replace(good, state=state))
        ]
        for state in states
        for move in moves
    }


def expected_pairs(
    allowed: Mapping[str, tuple[str, ...]],
    bases: Mapping[str, str],
    differing: Pairs | None = None,
) -> Pairs:
    """The matrix written out: allowed pairs, the others refused for their state, with the article.

    `differing` are pairs for which something else stands in the matrix.
    """
    wrong = "journey.wrong_state"
    pairs: Pairs = {
        (state, move): [] if move in moves else [(wrong, bases[move])]
        for state, moves in allowed.items()
        for move in bases
    }
    return pairs | (differing or {})


def assert_whole(kind: str, states: tuple[str, ...], moves: tuple[str, ...]) -> None:
    """The table has these states and moves, and no others."""
    table = JOURNEYS[kind]
    assert sorted(table.states) == sorted(states)
    assert sorted(table.by_name) == sorted(moves)


def against(kind: str, move: str, given: JourneyFacts) -> list[str]:
    """The codes against a move."""
    table = JOURNEYS[kind]
    return [one.code for one in refusals(table, table.by_name[move], given)]


def against_beginning(kind: str, given: JourneyFacts) -> list[str]:
    """The codes against a beginning."""
    return [one.code for one in opening_refusals(JOURNEYS[kind], given)]


def warned(kind: str, move: str, given: JourneyFacts) -> list[str]:
    """The codes of what a move warns of; an empty move is the beginning."""
    table = JOURNEYS[kind]
    found = cautions(table.by_name[move], given) if move else opening_cautions(table, given)
    return [one.code for one in found]


def accepted(*kinds: str) -> dict[str, str]:
    """Documents found in order."""
    return dict.fromkeys(kinds, "accepted")
