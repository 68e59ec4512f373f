"""A change of a calendar or a setting: proposed by one person, signed by another.

One table names every move. Sources: issue 4 (two-person approval of calendars), 行政许可法 art. 5
(what a decision rests on is published, so nobody sets it alone and in silence).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.calendars.core.settings import (
    EDITION_CODES,
    FILING_LEAD_WORKDAYS,
    PRICE_GROUP,
    SCHOOL_HOURS,
    SENIOR_HIGH_ALIKE,
)
from regulator.kernel.outcomes import Refusal

# Whose calendar and settings they are: another department's reviewer reads them.
CALENDAR_DEPARTMENT = "education"
# The settings by which classes are screened; a change of another one touches no class.
SCREENED_SETTINGS = frozenset(
    {
        SCHOOL_HOURS,
        SENIOR_HIGH_ALIKE,
        PRICE_GROUP,
        FILING_LEAD_WORKDAYS,
        *EDITION_CODES.values(),
    }
)


# The standards of a place that classes are screened by: ROOM-SIZE.
SCREENED_STANDARDS = frozenset({"pupil_area_m2_min"})


class ChangeKind(StrEnum):
    """What is changed."""

    SETTING = "setting"
    PERIOD_ENTERED = "period_entered"
    PERIOD_CHANGED = "period_changed"
    PERIOD_REMOVED = "period_removed"
    HOLIDAY_ENTERED = "holiday_entered"
    HOLIDAY_REMOVED = "holiday_removed"
    YEAR_COMPLETED = "year_completed"
    SHIPPED_LOADED = "shipped_loaded"
    STANDARD_ENTERED = "standard_entered"
    STANDARD_ENDED = "standard_ended"


STANDARD_KINDS = frozenset({ChangeKind.STANDARD_ENTERED, ChangeKind.STANDARD_ENDED})
_SETTING_KINDS = STANDARD_KINDS | {ChangeKind.SETTING}


class ChangeState(StrEnum):
    """Where a change stands; only a signed one has taken effect."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Move:
    """One transition; `action` None is for whoever may propose such a change."""

    name: str
    sources: tuple[ChangeState, ...]
    target: ChangeState
    action: Action | None


MOVES: Mapping[str, Move] = {
    move.name: move
    for move in (
        Move("sign", (ChangeState.PROPOSED,), ChangeState.SIGNED, Action.CALENDAR_APPROVE),
        Move("send_back", (ChangeState.PROPOSED,), ChangeState.RETURNED, Action.CALENDAR_APPROVE),
        Move("withdraw", (ChangeState.PROPOSED,), ChangeState.WITHDRAWN, None),
    )
}


@dataclass(frozen=True)
class ChangeFacts:
    """What the guards look at; `is_base_same`: what it changes stands as when it was proposed."""

    state: ChangeState
    proposer: int | None
    actor: int | None
    reason: str = ""
    is_base_same: bool = True


def edit_action(kind: ChangeKind) -> Action:
    """Who may propose a change of this kind."""
    return Action.SETTING_EDIT if kind in _SETTING_KINDS else Action.CALENDAR_EDIT


def touches_classes(kind: ChangeKind, setting: str) -> bool:
    """Whether classes are screened by what changes; `setting`: which setting or standard."""
    if kind in STANDARD_KINDS:
        return setting in SCREENED_STANDARDS
    return kind is not ChangeKind.SETTING or setting in SCREENED_SETTINGS


def refusals(move: Move, facts: ChangeFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        found.append(Refusal("change.decided", remedy="change.remedy_again"))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _signing(facts: ChangeFacts) -> Iterable[Refusal]:
    yield from two_persons(first=facts.proposer, second=facts.actor)
    if not facts.is_base_same:
        yield Refusal("change.base_moved", remedy="change.remedy_again")


def _sending_back(facts: ChangeFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("calendar.reason_missing")


def _withdrawing(facts: ChangeFacts) -> Iterable[Refusal]:
    if facts.proposer != facts.actor:
        yield Refusal("change.not_the_proposer", remedy="change.remedy_send_back")


_GUARDS: Mapping[str, Callable[[ChangeFacts], Iterable[Refusal]]] = {
    "sign": _signing,
    "send_back": _sending_back,
    "withdraw": _withdrawing,
}
