"""到期清算: a licence ran out while pupils were still taught or money was still owed.

Source: 民办教育促进法 art. 57 to 59 (pupils settled; refunds, then wages, then debts), 实施条例
art. 50 (a licence without enrolment simply lapses). Where the money does not suffice, the claims of
parents are recorded, so that the liquidation has them.
"""

from __future__ import annotations

from collections.abc import Iterable

from institutions.core.journeys.bases import PAYING_ORDER, TERMINATING
from institutions.core.journeys.engine import Guard
from institutions.core.journeys.facts import JourneyFacts
from institutions.core.journeys.settling import SETTLING_STATES, settling_moves
from institutions.core.journeys.shape import Ask, AskKind, JourneyTable, Move, Party
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

_ENDED = ("expired", "revoked", "annulled", "withdrawn")

SETTLEMENT = JourneyTable(
    kind="settlement",
    basis=TERMINATING,
    line=("settling", *SETTLING_STATES, "settled"),
    endings={"settled": "done", "short": "failed"},
    excludes=("closure",),
    starters=(Party.SYSTEM, Party.OFFICER),
    starts=(Ask("settlement_reason", AskKind.LONG_TEXT, longest=1000),),
    opening_guards=("licence_to_settle",),
    opening_effect="pause_institution",
    opening_notice="journey_started",
    moves=(
        *settling_moves("settling"),
        Move(
            "finish",
            ("debts_recorded",),
            "settled",
            Party.OFFICER,
            TERMINATING,
            documents=("refund_list",),
            guards=("nobody_owed",),
            effect="close_institution",
            notice="journey_done",
        ),
        Move(
            "record_claims",
            ("settling", *SETTLING_STATES),
            "short",
            Party.OFFICER,
            PAYING_ORDER,
            documents=("claims_list",),
            asks=(
                Ask("claims_fen", AskKind.MONEY_FEN),
                Ask("claimants", AskKind.NUMBER),
                Ask("claims_note", AskKind.LONG_TEXT, longest=2000),
            ),
            effect="close_institution",
            countersigned=True,
        ),
    ),
)


def _licence_to_settle(facts: JourneyFacts, basis: LegalBasis) -> Iterable[Refusal]:
    if facts.licence is None or facts.licence.state not in _ENDED:
        yield Refusal("journey.licence_not_ended", {}, basis)


SETTLEMENT_GUARDS: dict[str, Guard] = {"licence_to_settle": _licence_to_settle}
