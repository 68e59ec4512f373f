"""Why the personal part of a contract may not be erased yet: who may still need it."""

from __future__ import annotations

from dataclasses import dataclass

from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class ErasureFacts:
    """What stands open about a contract. Lessons that wait for an answer or are disputed count."""

    balance_fen: int = 0
    open_lessons: int = 0
    has_open_refund: bool = False
    has_open_request: bool = False
    has_claim: bool = False


def erasure_refusals(facts: ErasureFacts) -> list[Refusal]:
    """Why names and telephone are still needed, whoever wants them erased."""
    found = []
    if facts.balance_fen:
        found.append(Refusal("contract.money_held"))
    if facts.open_lessons:
        found.append(Refusal("contract.dispute_open", {"count": facts.open_lessons}))
    if facts.has_open_refund:
        found.append(Refusal("guardian.refund_open"))
    if facts.has_open_request:
        found.append(Refusal("guardian.request_open"))
    return found


def retention_refusals(facts: ErasureFacts) -> list[Refusal]:
    """Why the night leaves a contract alone whose day has come: also a claim that is not paid."""
    held = erasure_refusals(facts)
    return [*held, Refusal("contract.claim_open")] if facts.has_claim else held
