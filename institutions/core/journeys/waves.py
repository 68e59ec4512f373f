"""Waves: who is in one, who is through, who is spared, and the reasons against the rest. Pure.

Source: the city's plan of 2021, item 19: by the deadline an institution has re-registered or has
applied to convert; the plan spares nobody by name, but whoever applied in time waits for the
bureau, and its silence is not the institution's fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from regulator.kernel.outcomes import Refusal

WAYS_OUT = ("reregistration", "conversion", "closure")
CONSEQUENCES = ("failed_check_no_training",)
CRITERIA = ("category", "legal_form", "activity", "competent_department", "stages")
_LISTED = frozenset({"stages"})


@dataclass(frozen=True)
class Attempt:
    """A journey by one of the ways out. `applied_on` is None until it was handed in."""

    kind: str
    number: str
    started_on: date
    applied_on: date | None
    outcome: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class WaveFacts:
    """A wave's deadline, its ways out, and the day since which a completed one counts."""

    deadline_on: date
    ways_out: tuple[str, ...]
    opened_on: date


@dataclass(frozen=True)
class MemberFacts:
    """A member: its kept standing, its attempts, and what the register shows of it."""

    standing: str
    attempts: tuple[Attempt, ...] = ()
    is_closed: bool = False
    is_pursued: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """One reason against a member, by code; the texts stand in `choices`. Params are JSON."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is frozen in a journey's details."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True)
class Judged:
    """Where a member stands on a day, by which way out, by which journey, and why not through."""

    standing: str
    way: str = ""
    because: str = ""
    reasons: tuple[Reason, ...] = ()


def judge(member: MemberFacts, wave: WaveFacts) -> Judged:
    """`through`, `spared` (applied in time, still undecided), `open`, or what a person settled."""
    if member.standing == "excused":
        return Judged("excused")
    done = _first(member.attempts, lambda one: _is_done(one, wave))
    if done is not None:
        return Judged("through", done.kind, done.number)
    if member.is_closed:
        return Judged("through", "closure")
    if member.standing == "proposed" or member.is_pursued:
        return Judged("proposed")
    pending = _first(member.attempts, lambda one: _is_pending_in_time(one, wave))
    if pending is not None:
        return Judged("spared", pending.kind, pending.number)
    return Judged("open", reasons=tuple(_reasons(member, wave)))


def wave_refusals(
    *, name: str, basis: str, ways_out: Iterable[str], criteria: Mapping[str, Any]
) -> tuple[Refusal, ...]:
    """Every reason why a wave may not be kept like this."""
    found = []
    if not name.strip():
        found.append(Refusal("wave.name_missing"))
    if not basis.strip():
        found.append(Refusal("wave.basis_missing"))
    ways = tuple(ways_out)
    if not ways or any(way not in WAYS_OUT for way in ways):
        found.append(Refusal("wave.ways_missing"))
    if not any(criteria.values()) or any(name not in CRITERIA for name in criteria):
        found.append(Refusal("wave.criteria_missing"))
    return tuple(found)


def proposing_refusals(
    *, is_open: bool, deadline_on: date, on: date
) -> tuple[Refusal, ...]:  # fmt: skip
    """Why no decision may be proposed yet: the day after the deadline is the first."""
    found = []
    if not is_open:
        found.append(Refusal("wave.not_open"))
    if on <= deadline_on:
        found.append(Refusal("wave.deadline_not_over", {"deadline": deadline_on}))
    return tuple(found)


def meets(criteria: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Whether an entry's values meet every criterion; a list is met by one element in common."""
    for name, wanted in criteria.items():
        if not wanted:
            continue
        held = values.get(name)
        if name in _LISTED:
            if not set(wanted) & set(held or ()):
                return False
        elif held not in wanted:
            return False
    return True


def _first(attempts: Iterable[Attempt], test: Any) -> Attempt | None:
    return next((one for one in attempts if test(one)), None)


def _is_done(one: Attempt, wave: WaveFacts) -> bool:
    if one.kind not in wave.ways_out or one.outcome != "done" or one.ended_on is None:
        return False
    return one.ended_on >= wave.opened_on


def _is_pending_in_time(one: Attempt, wave: WaveFacts) -> bool:
    in_time = one.applied_on is not None and one.applied_on <= wave.deadline_on
    return one.kind in wave.ways_out and one.ended_on is None and in_time


def _reasons(member: MemberFacts, wave: WaveFacts) -> Iterable[Reason]:
    yield Reason("register_shows", dict(member.shown))
    tried = [one for one in member.attempts if one.kind in wave.ways_out]
    if not tried:
        yield Reason("no_application", {"deadline": wave.deadline_on.isoformat()})
    for one in tried:
        yield _against(one, wave)


def _against(one: Attempt, wave: WaveFacts) -> Reason:
    params: dict[str, Any] = {"journey": one.kind, "number": one.number}
    if one.ended_on is not None:
        return Reason(f"application_{one.outcome}", {**params, "on": one.ended_on.isoformat()})
    if one.applied_on is None:
        return Reason("not_handed_in", {**params, "on": one.started_on.isoformat()})
    deadline = wave.deadline_on.isoformat()
    return Reason(
        "applied_late", {**params, "on": one.applied_on.isoformat(), "deadline": deadline}
    )
