"""Every journey by its kind, and every guard by its name."""

from __future__ import annotations

from collections.abc import Mapping

from institutions.core.journeys import engine
from institutions.core.journeys.applying import COMMON_GUARDS
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.proceedings import PROCEEDING_GUARDS
from institutions.core.journeys.settling import SETTLING_GUARDS
from institutions.core.journeys.shape import JourneyTable, Move
from institutions.core.journeys.swapping import SWAP_GUARDS
from institutions.core.journeys.tables.annual_check import ANNUAL_CHECK, ANNUAL_CHECK_GUARDS
from institutions.core.journeys.tables.annulment import ANNULMENT, ANNULMENT_GUARDS
from institutions.core.journeys.tables.change import CHANGE, CHANGE_GUARDS
from institutions.core.journeys.tables.closure import CLOSURE, CLOSURE_GUARDS
from institutions.core.journeys.tables.conversion import CONVERSION, CONVERSION_GUARDS
from institutions.core.journeys.tables.missed_deadline import (
    MISSED_DEADLINE,
    MISSED_DEADLINE_GUARDS,
)
from institutions.core.journeys.tables.penalty import PENALTY, PENALTY_GUARDS
from institutions.core.journeys.tables.rectification import RECTIFICATION, RECTIFICATION_GUARDS
from institutions.core.journeys.tables.renewal import RENEWAL, RENEWAL_GUARDS
from institutions.core.journeys.tables.renumbering import RENUMBERING, RENUMBERING_GUARDS
from institutions.core.journeys.tables.reregistration import (
    REREGISTRATION,
    REREGISTRATION_GUARDS,
)
from institutions.core.journeys.tables.set_up import SET_UP, SET_UP_GUARDS
from institutions.core.journeys.tables.settlement import SETTLEMENT, SETTLEMENT_GUARDS
from institutions.core.journeys.tables.strike_off import STRIKE_OFF, STRIKE_OFF_GUARDS
from institutions.core.journeys.tables.transfer import TRANSFER, TRANSFER_GUARDS
from institutions.core.journeys.tables.withdrawal import WITHDRAWAL
from regulator.kernel.outcomes import Refusal

_WAYS = (REREGISTRATION, RENUMBERING, CONVERSION, TRANSFER)
_ENDINGS = (MISSED_DEADLINE, PENALTY, ANNULMENT, WITHDRAWAL, STRIKE_OFF)
_LIFE = (SET_UP, CHANGE, RENEWAL, ANNUAL_CHECK, RECTIFICATION, CLOSURE, SETTLEMENT)
JOURNEYS: Mapping[str, JourneyTable] = {table.kind: table for table in (*_WAYS, *_LIFE, *_ENDINGS)}
GUARDS: dict[str, engine.Guard] = {
    **COMMON_GUARDS,
    **SETTLING_GUARDS,
    **SWAP_GUARDS,
    **REREGISTRATION_GUARDS,
    **RENUMBERING_GUARDS,
    **CONVERSION_GUARDS,
    **TRANSFER_GUARDS,
    **SET_UP_GUARDS,
    **CHANGE_GUARDS,
    **RENEWAL_GUARDS,
    **ANNUAL_CHECK_GUARDS,
    **RECTIFICATION_GUARDS,
    **CLOSURE_GUARDS,
    **SETTLEMENT_GUARDS,
    **PROCEEDING_GUARDS,
    **MISSED_DEADLINE_GUARDS,
    **PENALTY_GUARDS,
    **ANNULMENT_GUARDS,
    **STRIKE_OFF_GUARDS,
}


def opening_refusals(table: JourneyTable, facts: JourneyFacts) -> tuple[Refusal, ...]:
    """Every reason why the journey may not begin now."""
    return engine.opening_refusals(table, facts, GUARDS)


def refusals(table: JourneyTable, move: Move, facts: JourneyFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    return engine.refusals(table, move, facts, GUARDS)


def opening_cautions(table: JourneyTable, facts: JourneyFacts) -> tuple[Refusal, ...]:
    """What whoever begins the journey should know; nothing of it stops them."""
    return engine.opening_cautions(table, facts, GUARDS)


def cautions(move: Move, facts: JourneyFacts) -> tuple[Refusal, ...]:
    """What whoever makes the move should know; nothing of it stops them."""
    return engine.cautions(move, facts, GUARDS)


def blocking(table: JourneyTable, move: Move, facts: JourneyFacts) -> tuple[Refusal, ...]:
    """What stands against the move before anybody has typed anything."""
    return engine.blocking(table, move, facts, GUARDS)
