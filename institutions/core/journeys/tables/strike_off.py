"""注销许可证: the file is closed after the licence ended by one of five ways.

Source: 行政许可法 art. 70; 民办教育促进法 art. 58 to 60. What parents are still owed, where the
money does not suffice, is recorded with the decision: striking off extinguishes no claim.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import STRIKING_OFF
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.proceedings import REASON
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal

CLOSURE_DONE = "closure_done"
ENDED_STATES = ("revoked", "annulled", "withdrawn", "expired")
STRIKE_OFF_AFTER = (*ENDED_STATES, CLOSURE_DONE)

STRIKE_OFF = JourneyTable(
    kind="strike_off",
    basis=STRIKING_OFF,
    line=("proposed", "struck_off"),
    endings={"struck_off": "done", "dropped": "dropped"},
    excludes=("renewal", "penalty", "annulment", "withdrawal"),
    starters=(Party.OFFICER,),
    starts=(Ask("strike_off_after", AskKind.CHOICE, options=STRIKE_OFF_AFTER),),
    opening_guards=("strike_off_opened",),
    moves=(
        Move(
            "strike_off",
            ("proposed",),
            "struck_off",
            Party.OFFICER,
            STRIKING_OFF,
            asks=(
                Ask("claims_count", AskKind.NUMBER),
                Ask("claims_fen", AskKind.MONEY_FEN),
                Ask("claims_note", AskKind.LONG_TEXT, required=False, longest=2000),
            ),
            guards=("licence_ended", "claims_recorded"),
            effect="cancel_licence",
            papers=("cancellation_decision",),
            notice="journey_decided",
            countersigned=True,
        ),
        Move("drop", ("proposed",), "dropped", Party.OFFICER, STRIKING_OFF, asks=(REASON,)),
    ),
)


def _ended(facts: JourneyFacts, after: str) -> bool:
    """Whether the licence ended in the way that is claimed."""
    held = "" if facts.licence is None else facts.licence.state
    if after == CLOSURE_DONE:
        outcome, _ended_on = facts.latest.get("closure", ("", None))
        return outcome == "done" and held in ("in_force", "suspended", "expired")
    return held == after


def _why_not(facts: JourneyFacts, after: str, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None:
        yield Refusal("journey.no_licence", {}, basis)
    elif after in STRIKE_OFF_AFTER and not _ended(facts, after):
        params = {"licence_state": facts.licence.state}
        yield Refusal(f"journey.not_{after}", params, basis, "journey.remedy_end_first")


def _strike_off_opened(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    yield from _why_not(facts, str(facts.stated.get("strike_off_after") or ""), basis)


def _licence_ended(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    yield from _why_not(facts, str(facts.details.get("strike_off_after") or ""), basis)


def _claims_recorded(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    count, amount = facts.stated.get("claims_count"), facts.stated.get("claims_fen")
    if count is None or amount is None:
        return
    if count < 0 or amount < 0 or (count > 0) != (amount > 0):
        yield Refusal("journey.claims_unclear", {}, basis)
    owed = sum(one.amount_fen or 0 for one in facts.obligations if one.to_parents)
    if owed > amount:
        yield Refusal("journey.claims_too_low", {"owed": format_yuan(owed)}, basis)


STRIKE_OFF_GUARDS: dict[str, Guard] = {
    "strike_off_opened": _strike_off_opened,
    "licence_ended": _licence_ended,
    "claims_recorded": _claims_recorded,
}
