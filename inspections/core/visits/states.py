"""The states of a 检查 visit, and one table that names every move between them.

Planned, it waits for the approval that a visit needs; approved, the team may go; arrived, it is
under way; ended, it has its result; not possible, the team stood there and could not inspect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspections.core.visits.categories import category_refusals
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    APPROVED = "approved"
    ARRIVED = "arrived"
    ENDED = "ended"
    NOT_POSSIBLE = "not_possible"


class Hindrance(StrEnum):
    """Why a team could not inspect."""

    CLOSED_DOOR = "closed_door"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


class ArrivalMethod(StrEnum):
    """How it is known that the team stood there."""

    CODE = "code"
    POSITION = "position"
    HAND = "hand"


ENTERPRISES = LegalBasis("关于严格规范涉企行政检查的意见", "国办发〔2024〕54号", "")
TWO_OFFICERS = LegalBasis("中华人民共和国行政处罚法", "", "第四十二条")
LEAST_OFFICERS = 2


@dataclass(frozen=True)
class VisitMove:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[VisitState, ...]
    target: VisitState
    action: Action
    basis: LegalBasis


_STANDING = (VisitState.APPROVED, VisitState.ARRIVED)
VISIT_MOVES: dict[str, VisitMove] = {
    move.name: move
    for move in (
        VisitMove(
            "approve",
            (VisitState.PLANNED,),
            VisitState.APPROVED,
            Action.VISIT_APPROVE,
            ENTERPRISES,
        ),
        VisitMove("arrive", (VisitState.APPROVED,), VisitState.ARRIVED, Action.VISIT, TWO_OFFICERS),
        VisitMove("conclude", (VisitState.ARRIVED,), VisitState.ENDED, Action.VISIT, ENTERPRISES),
        VisitMove("hinder", _STANDING, VisitState.NOT_POSSIBLE, Action.VISIT, ENTERPRISES),
    )
}


@dataclass(frozen=True)
class PresentOfficer:
    """Somebody of the team who was there, with the days of the certificate, half-open."""

    inspector: int
    department: str
    is_active: bool
    valid_from: date
    valid_before: date

    def is_certified_on(self, day: date) -> bool:
        """Whether the certificate holds on that day."""
        return self.is_active and self.valid_from <= day < self.valid_before


@dataclass(frozen=True)
class VisitFacts:
    """What the guards look at. Times are aware; what does not apply is left out."""

    state: VisitState
    at: datetime
    on: date
    actor_user: int | None = None
    planned_by_user: int | None = None
    team_users: Collection[int] = ()
    present: Sequence[PresentOfficer] = ()
    method: str = ""
    reason: str = ""
    has_position: bool = False
    code_given: str = ""
    codes_known: Collection[str] = ()
    arrived_at: datetime | None = None
    categories: Sequence[str] = ()
    unanswered: int = 0
    failing: int = 0
    hindrance: str = ""


def visit_refusals(move: VisitMove, facts: VisitFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"visit_state": facts.state.value, "visit_move": move.name}
        found.append(Refusal("visit.wrong_state", params, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _approving(facts: VisitFacts) -> Iterator[Refusal]:
    yield from two_persons(first=facts.planned_by_user, second=facts.actor_user)
    if facts.actor_user is not None and facts.actor_user in facts.team_users:
        yield Refusal("visit.approver_in_team", {}, ENTERPRISES)


def _arriving(facts: VisitFacts) -> Iterator[Refusal]:
    certified = {one.inspector for one in facts.present if one.is_certified_on(facts.on)}
    if len(certified) < LEAST_OFFICERS:
        params = {"count": len(certified), "least": LEAST_OFFICERS}
        yield Refusal("visit.officers_few", params, TWO_OFFICERS)
    if facts.method not in set(ArrivalMethod):
        yield Refusal("visit.method_unknown")
    if facts.method == ArrivalMethod.CODE and facts.code_given not in facts.codes_known:
        yield Refusal("visit.code_of_another", {"visit_code": facts.code_given or "—"})
    if facts.method == ArrivalMethod.POSITION and not facts.has_position:
        yield Refusal("visit.position_missing")
    if facts.method == ArrivalMethod.HAND and not facts.reason.strip():
        yield Refusal("visit.hand_reason_missing")


def _concluding(facts: VisitFacts) -> Iterator[Refusal]:
    yield from category_refusals(facts.categories, failing=facts.failing)
    if facts.unanswered:
        yield Refusal("visit.unanswered", {"count": facts.unanswered})
    if facts.arrived_at is not None and facts.at < facts.arrived_at:
        yield Refusal("visit.ends_before_arrival")


def _hindering(facts: VisitFacts) -> Iterator[Refusal]:
    if facts.hindrance not in set(Hindrance):
        yield Refusal("visit.hindrance_unknown")
    if not facts.reason.strip():
        yield Refusal("visit.hindrance_reason_missing")


_GUARDS = {
    "approve": _approving,
    "arrive": _arriving,
    "conclude": _concluding,
    "hinder": _hindering,
}
