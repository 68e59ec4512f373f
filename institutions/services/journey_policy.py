"""Which desk makes which move: the table names the party, the policy decides on the person."""

from __future__ import annotations

from institutions.core.journeys.shape import JourneyTable, Move, Party
from institutions.models import Institution, Journey
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, decide, may
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_ACTIONS: dict[Party, Action] = {
    Party.INSTITUTION: Action.JOURNEY_APPLY,
    Party.OFFICER: Action.JOURNEY_HANDLE,
    Party.RECEIVING: Action.JOURNEY_HANDLE,
    Party.REGISTRAR: Action.JOURNEY_HANDLE,
    Party.ENFORCER: Action.PENALTY_HANDLE,
    Party.LEGAL: Action.PENALTY_REVIEW,
    Party.LEADER: Action.JOURNEY_COUNTERSIGN,
}


def desks_of(move: Move, journey: Journey) -> list[tuple[Action, Target]]:
    """Each desk that may make the move, by what the policy is asked; one is enough.

    An officer of the accepting department enters at the counter what the institution hands in on
    paper, and records what another department certified.
    """
    division, own = journey.division_id, journey.department_id
    counter = (Action.JOURNEY_HANDLE, Target(division=division, department=own))
    if move.party is Party.INSTITUTION:
        key = "" if journey.institution is None else str(journey.institution.public_id)
        applying = (Action.JOURNEY_APPLY, Target(division=division, institution=key or "none"))
        return [applying, counter]
    if move.party is Party.REGISTRAR:
        registrar = Target(division=division, department=move.department)
        return [(Action.JOURNEY_HANDLE, registrar), counter]
    if move.party is Party.RECEIVING:
        receiving = journey.receiving_department_id or "none"
        return [(Action.JOURNEY_HANDLE, Target(division=division, department=receiving))]
    if move.party is Party.ENFORCER:
        return [(Action.PENALTY_HANDLE, Target(division=division, department=own))]
    if move.party in (Party.LEGAL, Party.LEADER):
        return [(_ACTIONS[move.party], Target(division=division))]
    return [counter]


def may_move(actor: Actor, move: Move, journey: Journey) -> bool:
    """Whether the actor's desk may make the move, whatever else stands against it."""
    if move.party is Party.SYSTEM:
        return not actor.is_person
    return any(may(actor, action, target) for action, target in desks_of(move, journey))


def require_party(actor: Actor, move: Move, journey: Journey) -> bool:
    """Return whether the institution itself moves; raise Refused where the desk may not."""
    if move.party is Party.SYSTEM and actor.is_person:
        raise Refused(Refusal("journey.system_only", {"journey_move": move.name}))
    if not may_move(actor, move, journey):
        raise Refused(decide(actor, *desks_of(move, journey)[0]))
    return move.party is Party.INSTITUTION and may(actor, Action.JOURNEY_APPLY)


def require_start(
    actor: Actor,
    table: JourneyTable,
    division: str,
    department: str,
    institution: Institution | None,
) -> bool:
    """The same for the beginning of a journey."""
    handling = Target(division=division, department=department)
    if Party.INSTITUTION in table.starters and may(actor, Action.JOURNEY_APPLY):
        key = "" if institution is None else str(institution.public_id)
        require(actor, Action.JOURNEY_APPLY, Target(division=division, institution=key or "none"))
        return True
    if Party.SYSTEM in table.starters and not actor.is_person:
        return False
    if Party.ENFORCER in table.starters:
        require(actor, Action.PENALTY_HANDLE, handling)
    else:
        require(actor, Action.JOURNEY_HANDLE, handling)
    return False
