"""The order in which an institution that ends pays: refunds, then wages, then other debts.

Source: 民办教育促进法 art. 59. Each step is recorded by itself, so that the order can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import PAYING_ORDER
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.shape import Ask, AskKind, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

SETTLING_STATES = ("refunds_recorded", "wages_recorded", "debts_recorded")


def settling_moves(begins_from: str) -> tuple[Move, ...]:
    """The three payments in the law's order, from the state in which the settlement begins.

    A sum that is nought may be left blank; the statement of how it was settled may not.
    """
    return (
        _payment("record_refunds", begins_from, "refunds_recorded", "refund", ("refund_list",)),
        _payment(
            "record_wages",
            "refunds_recorded",
            "wages_recorded",
            "wage",
            ("wage_list",),
            guards=("nobody_owed",),
        ),
        _payment("record_debts", "wages_recorded", "debts_recorded", "debt", ()),
    )


def _payment(
    name: str,
    source: str,
    target: str,
    ask: str,
    documents: tuple[str, ...],
    *,
    guards: tuple[str, ...] = (),
) -> Move:
    return Move(
        name,
        (source,),
        target,
        Party.INSTITUTION,
        PAYING_ORDER,
        documents=documents,
        asks=(
            Ask(f"{ask}_fen", AskKind.MONEY_FEN, required=False),
            Ask(f"{ask}_note", AskKind.LONG_TEXT, longest=1000),
        ),
        guards=guards,
    )


def _nobody_owed(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    """One reason for everything that parents are still owed, by the name of its source."""
    for owed in facts.obligations:
        if owed.to_parents:
            yield Refusal(f"journey.owed_{owed.code}", owed.params, basis, "journey.remedy_owed")


SETTLING_GUARDS: dict[str, Guard] = {"nobody_owed": _nobody_owed}
