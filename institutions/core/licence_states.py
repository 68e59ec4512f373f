"""The states of a 办学许可证, and one table that names every transition between them.

吊销 (a penalty), 撤销 (it should never have been granted), 撤回 (the law or the circumstances
changed), expiry and 注销 are different things: 注销 closes the file after any of them, or on the
institution's own wish. A licence that was swapped for another is replaced, and that is its end. The
journeys that lead to a transition come on top of this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from institutions.core.register.rows import SUBJECT
from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class LicenceState(StrEnum):
    """Where a licence stands."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"


ISSUING = LegalBasis("中华人民共和国民办教育促进法", "", "第十七条、第十八条")
REVOKING = LegalBasis("中华人民共和国民办教育促进法", "", "第六十二条")
VALIDITY = LegalBasis("中华人民共和国行政许可法", "", "第五十条")
REPLACING = LegalBasis("中华人民共和国行政许可法", "", "第四十九条")
ANNULLING = LegalBasis("中华人民共和国行政许可法", "", "第六十九条")
WITHDRAWING = LegalBasis("中华人民共和国行政许可法", "", "第八条")
CANCELLING = LegalBasis("中华人民共和国行政许可法", "", "第七十条")
ORDERING = LegalBasis("中华人民共和国行政处罚法", "", "第九条")


@dataclass(frozen=True)
class Transition:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[LicenceState, ...]
    target: LicenceState
    action: Action
    basis: LegalBasis
    needs_reason: bool = True


TRANSITIONS: dict[str, Transition] = {
    move.name: move
    for move in (
        Transition(
            "grant",
            (LicenceState.PENDING,),
            LicenceState.IN_FORCE,
            Action.LICENCE_DECIDE,
            ISSUING,
            needs_reason=False,
        ),
        Transition(
            "suspend",
            (LicenceState.IN_FORCE,),
            LicenceState.SUSPENDED,
            Action.LICENCE_DECIDE,
            ORDERING,
        ),
        Transition(
            "resume",
            (LicenceState.SUSPENDED,),
            LicenceState.IN_FORCE,
            Action.LICENCE_DECIDE,
            ORDERING,
        ),
        Transition(
            "expire",
            (LicenceState.IN_FORCE, LicenceState.SUSPENDED),
            LicenceState.EXPIRED,
            Action.LICENCE_DECIDE,
            VALIDITY,
            needs_reason=False,
        ),
        Transition(
            "revoke",
            (LicenceState.IN_FORCE, LicenceState.SUSPENDED),
            LicenceState.REVOKED,
            Action.LICENCE_DECIDE,
            REVOKING,
        ),
        Transition(
            "annul",
            (LicenceState.IN_FORCE, LicenceState.SUSPENDED),
            LicenceState.ANNULLED,
            Action.LICENCE_DECIDE,
            ANNULLING,
        ),
        Transition(
            "withdraw",
            (LicenceState.IN_FORCE, LicenceState.SUSPENDED),
            LicenceState.WITHDRAWN,
            Action.LICENCE_DECIDE,
            WITHDRAWING,
        ),
        Transition(
            "replace",
            (LicenceState.IN_FORCE, LicenceState.SUSPENDED, LicenceState.EXPIRED),
            LicenceState.REPLACED,
            Action.LICENCE_DECIDE,
            REPLACING,
        ),
        Transition(
            "cancel",
            (
                LicenceState.IN_FORCE,
                LicenceState.SUSPENDED,
                LicenceState.EXPIRED,
                LicenceState.REVOKED,
                LicenceState.ANNULLED,
                LicenceState.WITHDRAWN,
            ),
            LicenceState.CANCELLED,
            Action.LICENCE_DECIDE,
            CANCELLING,
        ),
    )
}


# What an officer does at the licence itself. Everything else comes of a journey: of a served
# decision, a countersigned annulment, a swap.
DESK_MOVES = ("grant", "resume", "expire")


@dataclass(frozen=True)
class LicenceFacts:
    """What the guards look at. `valid_before` is half-open: the first day it no longer holds."""

    state: LicenceState
    on: date
    category: str = ""
    number_printed: str = ""
    valid_from: date | None = None
    valid_before: date | None = None
    has_premises: bool = True
    other_in_force: str = ""
    reason: str = ""
    decision_number: str = ""


def refusals(move: Transition, facts: LicenceFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        found.append(
            Refusal(
                "licence.wrong_state",
                {"licence_state": facts.state.value, "licence_move": move.name},
            )
        )
    if move.needs_reason and not facts.reason.strip():
        found.append(Refusal("licence.reason_missing", {"licence_move": move.name}, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _granting(facts: LicenceFacts) -> Iterable[Refusal]:
    if facts.category == SUBJECT and not facts.number_printed:
        yield Refusal("licence.number_missing", {}, ISSUING)
    if facts.valid_from is None or facts.valid_before is None:
        yield Refusal("licence.validity_missing", {}, ISSUING)
    if not facts.has_premises:
        yield Refusal("licence.premises_missing", {}, ISSUING)
    if facts.other_in_force:
        yield Refusal("licence.other_in_force", {"number": facts.other_in_force}, ISSUING)
    yield from _not_over(facts)


def _not_over(facts: LicenceFacts) -> Iterable[Refusal]:
    if facts.valid_before is not None and facts.on >= facts.valid_before:
        yield Refusal("licence.validity_over", {"before": facts.valid_before}, VALIDITY)


def _expiring(facts: LicenceFacts) -> Iterable[Refusal]:
    if facts.valid_before is None:
        yield Refusal("licence.validity_missing", {}, VALIDITY)
    elif facts.on < facts.valid_before:
        yield Refusal("licence.still_valid", {"before": facts.valid_before}, VALIDITY)


def _decided(basis: LegalBasis) -> Callable[[LicenceFacts], Iterable[Refusal]]:
    """The move needs a decision that was served, by its number."""

    def guard(facts: LicenceFacts) -> Iterable[Refusal]:
        if not facts.decision_number.strip():
            yield Refusal("licence.decision_missing", {}, basis)

    return guard


def _free(facts: LicenceFacts) -> Iterable[Refusal]:
    return ()


def desk_refusals(move: Transition) -> tuple[Refusal, ...]:
    """Why the move is not made at the licence itself, empty if it is."""
    if move.name in DESK_MOVES:
        return ()
    params = {"licence_move": move.name}
    return (Refusal("licence.by_journey_only", params, move.basis, "licence.remedy_journey"),)


_GUARDS = {
    "grant": _granting,
    "suspend": _free,
    "resume": _not_over,
    "expire": _expiring,
    "revoke": _decided(REVOKING),
    "annul": _decided(ANNULLING),
    "withdraw": _decided(WITHDRAWING),
    "replace": _free,
    "cancel": _free,
}


def moves_from(state: LicenceState) -> tuple[Transition, ...]:
    """The transitions that the table knows from a state."""
    return tuple(move for move in TRANSITIONS.values() if state in move.sources)
