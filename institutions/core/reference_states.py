"""The states of a version of a reference table, and one table that names every transition.

Sources: 行政许可法 art. 5 (a rule that is not published may not be applied: hence the lead days,
so that who files in time knows the table), issue 4 (two persons, effective dates).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

PUBLISHED_FIRST = LegalBasis("中华人民共和国行政许可法", "", "第五条", date(2004, 7, 1))


class VersionState(StrEnum):
    """Where a version stands. `ending`: somebody asked to end an approved one."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    ENDING = "ending"
    ENDED = "ended"
    DISCARDED = "discarded"


OPEN_STATES = (VersionState.DRAFT, VersionState.RETURNED, VersionState.PROPOSED)
EDITABLE_STATES = (VersionState.DRAFT, VersionState.RETURNED)
BINDING_STATES = (VersionState.APPROVED, VersionState.ENDING, VersionState.ENDED)


@dataclass(frozen=True)
class Move:
    """One transition; `action` is what the policy is asked."""

    name: str
    sources: tuple[VersionState, ...]
    target: VersionState
    action: Action


MOVES: Mapping[str, Move] = {
    move.name: move
    for move in (
        Move("propose", EDITABLE_STATES, VersionState.PROPOSED, Action.REFERENCE_EDIT),
        Move("take_back", (VersionState.PROPOSED,), VersionState.DRAFT, Action.REFERENCE_EDIT),
        Move(
            "send_back", (VersionState.PROPOSED,), VersionState.RETURNED, Action.REFERENCE_APPROVE
        ),
        Move("approve", (VersionState.PROPOSED,), VersionState.APPROVED, Action.REFERENCE_APPROVE),
        Move("discard", EDITABLE_STATES, VersionState.DISCARDED, Action.REFERENCE_EDIT),
        Move("ask_end", (VersionState.APPROVED,), VersionState.ENDING, Action.REFERENCE_EDIT),
        Move("keep", (VersionState.ENDING,), VersionState.APPROVED, Action.REFERENCE_APPROVE),
        Move("end", (VersionState.ENDING,), VersionState.ENDED, Action.REFERENCE_APPROVE),
    )
}


@dataclass(frozen=True)
class VersionFacts:
    """What the guards look at.

    `on` is the day from which the move takes effect: the first day for a proposal or approval, the
    first day without the table for an end. `earliest_on` is the first day that the lead days allow;
    `first_on` the version's own first day; `newest_on` that of the table's newest approved version.
    `other_person` is who proposed, or asked for the end; `actor` who makes the move.
    """

    state: VersionState
    on: date | None = None
    today: date | None = None
    earliest_on: date | None = None
    lead_workdays: int = 0
    first_on: date | None = None
    newest_on: date | None = None
    basis: str = ""
    reason: str = ""
    changed_count: int = 0
    problems: tuple[Refusal, ...] = ()
    other_person: int | None = None
    actor: int | None = None


def refusals(move: Move, facts: VersionFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"version_state": facts.state.value, "reference_move": move.name}
        found.append(Refusal("reference.wrong_state", params))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def moves_from(state: VersionState) -> tuple[Move, ...]:
    """The moves that the table knows from a state."""
    return tuple(move for move in MOVES.values() if state in move.sources)


def _proposing(facts: VersionFacts) -> Iterable[Refusal]:
    if not facts.basis.strip():
        yield Refusal("reference.basis_missing")
    if not facts.reason.strip():
        yield Refusal("reference.reason_missing")
    yield from _takes_effect(facts)


def _takes_effect(facts: VersionFacts) -> Iterable[Refusal]:
    if not facts.changed_count:
        yield Refusal("reference.nothing_changed", remedy="reference.remedy_change")
    yield from facts.problems
    yield from _dated(facts)
    if facts.on and facts.newest_on and facts.on <= facts.newest_on:
        yield Refusal("reference.before_newest", {"newest": facts.newest_on.isoformat()})


def _dated(facts: VersionFacts) -> Iterable[Refusal]:
    """The day is given, not past, and far enough ahead that whoever files in time knows of it."""
    if facts.on is None:
        yield Refusal("reference.day_missing")
    elif facts.today is not None and facts.on < facts.today:
        yield Refusal("reference.day_past", {"day": facts.on.isoformat()})
    elif facts.earliest_on is not None and facts.on < facts.earliest_on:
        params = {
            "day": facts.on.isoformat(),
            "earliest": facts.earliest_on.isoformat(),
            "workdays": facts.lead_workdays,
        }
        yield Refusal("reference.day_too_near", params, PUBLISHED_FIRST, "reference.remedy_day")


def _approving(facts: VersionFacts) -> Iterable[Refusal]:
    yield from two_persons(first=facts.other_person, second=facts.actor)
    yield from _takes_effect(facts)


def _own_only(facts: VersionFacts) -> Iterable[Refusal]:
    if facts.other_person is not None and facts.other_person != facts.actor:
        yield Refusal("reference.not_the_proposer", remedy="reference.remedy_return")


def _with_reason(facts: VersionFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("reference.reason_missing")


def _asking_end(facts: VersionFacts) -> Iterable[Refusal]:
    yield from _with_reason(facts)
    yield from _end_day(facts)


def _end_day(facts: VersionFacts) -> Iterable[Refusal]:
    """A version that has not begun may be dropped before its first day without lead days."""
    is_coming = (
        facts.first_on is not None and facts.today is not None and facts.today < facts.first_on
    )
    if facts.on is not None and facts.first_on is not None and facts.on < facts.first_on:
        yield Refusal("reference.end_before_start", {"starts": facts.first_on.isoformat()})
    elif not (is_coming and facts.on == facts.first_on):
        yield from _dated(facts)


def _ending(facts: VersionFacts) -> Iterable[Refusal]:
    yield from two_persons(first=facts.other_person, second=facts.actor)
    yield from _end_day(facts)


def _free(facts: VersionFacts) -> Iterable[Refusal]:
    return ()


_GUARDS: Mapping[str, Callable[[VersionFacts], Iterable[Refusal]]] = {
    "propose": _proposing,
    "take_back": _own_only,
    "send_back": _with_reason,
    "approve": _approving,
    "discard": _free,
    "ask_end": _asking_end,
    "keep": _with_reason,
    "end": _ending,
}
