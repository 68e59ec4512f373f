"""The way of a proposed credit tier: notified, open to an objection, then in effect.

A computed tier is notified at once; one proposed by a person needs a reason and a second person
first. The machine only lets a tier take effect whose objection period is over and whose
objection, if there is one, a person has answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class TierState(StrEnum):
    """Where a proposed tier stands."""

    DRAFTED = "drafted"
    NOTIFIED = "notified"
    OBJECTED = "objected"
    IN_EFFECT = "in_effect"
    WITHDRAWN = "withdrawn"


CREDIT = LegalBasis(
    "关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见", "国发〔2019〕5号", ""
)


@dataclass(frozen=True)
class TierMove:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[TierState, ...]
    target: TierState
    action: Action


MOVES: dict[str, TierMove] = {
    move.name: move
    for move in (
        TierMove("notify", (TierState.DRAFTED,), TierState.NOTIFIED, Action.TIER_APPROVE),
        TierMove("object", (TierState.NOTIFIED,), TierState.OBJECTED, Action.TIER_OBJECT),
        TierMove("reject", (TierState.OBJECTED,), TierState.NOTIFIED, Action.TIER_HANDLE),
        TierMove("uphold", (TierState.OBJECTED,), TierState.WITHDRAWN, Action.TIER_HANDLE),
        TierMove("take_effect", (TierState.NOTIFIED,), TierState.IN_EFFECT, Action.TIER_HANDLE),
        TierMove(
            "withdraw",
            (TierState.DRAFTED, TierState.NOTIFIED),
            TierState.WITHDRAWN,
            Action.TIER_HANDLE,
        ),
    )
}


@dataclass(frozen=True)
class TierFacts:
    """What the guards look at; `object_until` is the last day of the objection period."""

    state: TierState
    today: date
    object_until: date | None = None
    drafted_by_user: int | None = None
    actor_user: int | None = None
    has_objection: bool = False
    text: str = ""


def refusals(move: TierMove, facts: TierFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"tier_state": facts.state.value, "tier_move": move.name}
        found.append(Refusal("tier.wrong_state", params, CREDIT))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _notifying(facts: TierFacts) -> Iterator[Refusal]:
    yield from two_persons(first=facts.drafted_by_user, second=facts.actor_user)


def _objecting(facts: TierFacts) -> Iterator[Refusal]:
    if not facts.text.strip():
        yield Refusal("tier.objection_missing")
    if facts.has_objection:
        yield Refusal("tier.objected_already")
    if facts.object_until is not None and facts.today > facts.object_until:
        yield Refusal("tier.objection_late", {"object_until": facts.object_until})


def _answering(facts: TierFacts) -> Iterator[Refusal]:
    if not facts.text.strip():
        yield Refusal("tier.answer_missing")


def _taking_effect(facts: TierFacts) -> Iterator[Refusal]:
    if facts.object_until is None or facts.today <= facts.object_until:
        yield Refusal("tier.objection_open", {"object_until": facts.object_until or ""})


_GUARDS = {
    "notify": _notifying,
    "object": _objecting,
    "reject": _answering,
    "uphold": _answering,
    "take_effect": _taking_effect,
    "withdraw": _answering,
}
