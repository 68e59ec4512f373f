"""撤销许可: the licence should never have been granted.

Source: 行政许可法 art. 69: five grounds on the authority's side and fraud or bribery on the
holder's; not where it would gravely harm the public interest; whoever relied on the licence in good
faith is compensated, a fraud is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import ANNULLING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.proceedings import (
    ANSWER,
    PROCEEDING_ENDINGS,
    PROCEEDING_LINE,
    STATEMENT,
    officer_proceeding,
    serve_move,
)
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

FRAUD = "fraud"
ANNULMENT_GROUNDS = (
    "abuse_of_office",
    "beyond_power",
    "against_procedure",
    "unqualified",
    "other_by_law",
    FRAUD,
)

ANNULMENT = JourneyTable(
    kind="annulment",
    basis=ANNULLING,
    line=PROCEEDING_LINE,
    endings=PROCEEDING_ENDINGS,
    clocks=(STATEMENT,),
    excludes=("withdrawal",),
    starters=(Party.OFFICER,),
    starts=(
        Ask("annulment_ground", AskKind.CHOICE, options=ANNULMENT_GROUNDS),
        Ask("facts_found", AskKind.LONG_TEXT, longest=4000),
    ),
    opening_guards=("licence_to_end",),
    moves=officer_proceeding(
        notify=Move(
            "notify",
            ("proposed",),
            "noticed",
            Party.OFFICER,
            ANNULLING,
            papers=("ending_notice",),
        ),
        decide=Move(
            "decide",
            ("heard",),
            "decided",
            Party.OFFICER,
            ANNULLING,
            asks=(
                Ask(
                    "public_interest",
                    AskKind.CHOICE,
                    options=("no_grave_harm", "grave_harm"),
                ),
                Ask("compensation_fen", AskKind.MONEY_FEN, required=False),
                ANSWER,
            ),
            guards=("public_interest_spared", "annulment_compensated", "statement_answered"),
            papers=("annulment_decision",),
            countersigned=True,
        ),
        serve=serve_move(
            party=Party.OFFICER,
            basis=ANNULLING,
            effect="annul_licence",
            guards=("licence_to_end",),
        ),
    ),
)


def _licence_to_end(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None or facts.licence.state not in ("in_force", "suspended"):
        yield Refusal("journey.no_licence_to_end", {}, basis)


def _public_interest_spared(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.stated.get("public_interest") == "grave_harm":
        yield Refusal("journey.public_interest_harmed", {}, basis, "journey.remedy_drop")


def _annulment_compensated(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    ground, amount = facts.details.get("annulment_ground"), facts.stated.get("compensation_fen")
    if ground == FRAUD and amount:
        yield Refusal("journey.fraud_not_compensated", {}, basis)
    elif ground != FRAUD and amount is None:
        yield Refusal("journey.compensation_missing", {}, basis)


ANNULMENT_GUARDS: dict[str, Guard] = {
    "licence_to_end": _licence_to_end,
    "public_interest_spared": _public_interest_spared,
    "annulment_compensated": _annulment_compensated,
}
