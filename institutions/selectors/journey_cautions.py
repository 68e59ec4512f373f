"""What people should know before they begin a journey or make a move; nothing of it stops them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from institutions.core.journeys.catalogue import cautions, opening_cautions
from institutions.core.journeys.shape import JourneyTable, Move
from institutions.models import Institution, Journey
from institutions.selectors.journey_facts import (
    Opening,
    journey_facts,
    licence_of,
    opening_facts,
)
from regulator.kernel.outcomes import Refusal


def begin_cautions(
    table: JourneyTable,
    *,
    division: str,
    institution: Institution | None,
    stated: Mapping[str, Any],
    today: date,
) -> tuple[Refusal, ...]:
    """What a beginning warns of, by what was stated so far."""
    if not table.opening_cautions:
        return ()
    licence = None if institution is None else licence_of(institution, today)
    opening = Opening(table, division, institution, None, licence)
    facts = opening_facts(opening, stated=stated, on=today, by_institution=False)
    return opening_cautions(table, facts)


def move_cautions(
    journey: Journey, move: Move, *, stated: Mapping[str, Any], today: date
) -> tuple[Refusal, ...]:
    """What a move warns of, by what was stated so far."""
    if not move.cautions:
        return ()
    return cautions(move, journey_facts(journey, stated=stated, on=today))
