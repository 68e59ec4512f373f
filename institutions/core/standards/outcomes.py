"""How a rule of places states what it found: one outcome, of the limits that bind the worst."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from institutions.core.standards.facts import PremisesFacts
from institutions.core.standards.limits import (
    LimitStanding,
    StandardKey,
    StandardLimit,
    Standards,
    written_value,
)
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Breach, NotApplicable, Outcome, Pass, Undetermined

# What an Undetermined names as missing, apart from a fact's own name.
FIGURE_MISSING = "standard"
SOURCE_UNSURE = "source"


@dataclass(frozen=True)
class Judged:
    """An outcome with the limit that gave it; `is_soft` where the source says 原则上."""

    outcome: Outcome
    is_soft: bool = False


Judge = Callable[[PremisesFacts, StandardLimit], Outcome]


def judged_by_limits(
    facts: PremisesFacts, standards: Standards, key: StandardKey, judge: Judge
) -> Judged:
    """The worst of what the binding limits say; NotApplicable where there is none.

    A limit for one use of rooms or one stage can only be said to bind where that is known: else
    the limits decide where they agree, and where they do not, what is unknown is named.
    """
    limits = standards.binding(
        key, kind=facts.kind, stages=facts.stages, room_use=facts.room_use, on=facts.on
    )
    found = [Judged(_of_limit(facts, limit, judge), limit.is_soft) for limit in limits]
    if not facts.room_use and any(limit.room_use for limit in limits):
        return _agreed(found, limits, "room_use")
    if not facts.stages and any(limit.stage for limit in limits):
        return _agreed(found, limits, "stages")
    return worst(found)


def _of_limit(facts: PremisesFacts, limit: StandardLimit, judge: Judge) -> Outcome:
    if limit.value is None:
        return Undetermined(limit.key, FIGURE_MISSING, limit.basis, {"note": limit.note})
    outcome = judge(facts, limit)
    if isinstance(outcome, Breach) and limit.standing is LimitStanding.UNSURE:
        return Undetermined(limit.key, SOURCE_UNSURE, limit.basis, outcome.params)
    return outcome


def _agreed(found: list[Judged], limits: tuple[StandardLimit, ...], unknown: str) -> Judged:
    of_all = any(not (limit.room_use if unknown == "room_use" else limit.stage) for limit in limits)
    kinds = {type(each.outcome) for each in found}
    if len(kinds) == 1 and (of_all or Breach not in kinds):
        return worst(found)
    return Judged(Undetermined(limits[0].key, unknown, limits[0].basis))


_GRAVITY = (Breach, Undetermined, Pass, NotApplicable)


def worst(found: Iterable[Judged]) -> Judged:
    """The gravest outcome; of two equally grave ones the one that is no mere advice."""
    ranked = sorted(found, key=lambda each: (_GRAVITY.index(type(each.outcome)), each.is_soft))
    return ranked[0] if ranked else Judged(NotApplicable())


def breach(limit: StandardLimit, *, field: str, evidence: str, **params: Any) -> Breach:
    """A breach of a limit, whose value its text names as `limit`."""
    said = {"limit": written_value(limit.value) if limit.value is not None else "", **params}
    return Breach(field, evidence, limit.basis, said)


def missing(limit: StandardLimit, name: str) -> Undetermined:
    """A fact that nobody entered."""
    return Undetermined(limit.key, name, limit.basis)


def unlimited(field: str, name: str, basis: LegalBasis) -> Undetermined:
    """A fact that nobody entered, of a rule that needs no limit."""
    return Undetermined(field, name, basis)
