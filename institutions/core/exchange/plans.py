"""What a row would do: add, change, leave alone, stand against ours, or come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from regulator.kernel.outcomes import Refusal


class Policy(StrEnum):
    """Whose file it is. Our own corrects what we hold; another's only fills what is blank."""

    OWN = "own"
    FOREIGN = "foreign"


class LineOutcome(StrEnum):
    """What becomes of a row."""

    ADD = "added"
    CHANGE = "changed"
    KEEP = "kept"
    CONFLICT = "conflict"
    REFUSE = "refused"


@dataclass(frozen=True)
class Difference:
    """One field as we hold it and as the row states it."""

    field: str
    held: str
    stated: str


@dataclass(frozen=True)
class Conflict(Difference):
    """A difference that a person has to decide; `subject` and `key` say of which record."""

    subject: str = "institution"
    key: int = 0


@dataclass(frozen=True)
class LinePlan:
    """What to write for a row: the differences; and the conflicts to put before a person."""

    outcome: LineOutcome
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """What is written, by field."""
        return {one.field: one.stated for one in self.differences}


@dataclass(frozen=True)
class Subject:
    """The record that a row speaks of: its kind, its key, its values by field."""

    kind: str
    key: int
    values: Mapping[str, str] = field(default_factory=dict)


def refused(*refusals: Refusal) -> LinePlan:
    """The row comes back."""
    return LinePlan(LineOutcome.REFUSE, refusals=tuple(refusals))


def added(stated: Mapping[str, str]) -> LinePlan:
    """The row is new."""
    news = tuple(Difference(name, "", value) for name, value in stated.items() if value)
    return LinePlan(LineOutcome.ADD, news)


def plan_against(
    stated: Mapping[str, str],
    subject: Subject,
    *,
    policy: Policy,
    same: Callable[[str, str, str], bool],
) -> LinePlan:
    """The plan for a record we hold; a blank cell states nothing.

    `same(field, held, stated)` says when two texts mean one thing.
    """
    differing = [
        Difference(name, subject.values.get(name, ""), value)
        for name, value in stated.items()
        if value and not same(name, subject.values.get(name, ""), value)
    ]
    if policy is Policy.OWN:
        return settled(differing, [])
    blanks = [one for one in differing if not one.held]
    conflicts = [
        Conflict(one.field, one.held, one.stated, subject.kind, subject.key)
        for one in differing
        if one.held
    ]
    return settled(blanks, conflicts)


def settled(differences: list[Difference], conflicts: list[Conflict]) -> LinePlan:
    """A plan of these differences and conflicts, with the outcome that they make."""
    outcome = LineOutcome.KEEP
    if conflicts:
        outcome = LineOutcome.CONFLICT
    if differences:
        outcome = LineOutcome.CHANGE
    return LinePlan(outcome, tuple(differences), tuple(conflicts))
