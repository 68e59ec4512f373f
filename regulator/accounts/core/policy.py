"""The one decision on who may do what: role × division × department × institution."""

from __future__ import annotations

from dataclasses import dataclass

from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import GRANTS, Reach
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal


@dataclass(frozen=True)
class Target:
    """What an action is aimed at; an empty part is not looked at."""

    division: str = ""
    department: str = ""
    institution: str = ""


ANYTHING = Target()


def _covers(*, city: str, division: str) -> bool:
    """Whether a city-wide desk's division code stands above another (5101xx under 510100)."""
    return city == division or (city.endswith("00") and division.startswith(city[:4]))


def reach_of(actor: Actor, action: Action) -> Reach | None:
    """How far the actor's desk reaches with this action, or None when it is not granted."""
    grants = GRANTS.get(action, {})
    try:
        return grants.get(Role(actor.role))
    except ValueError:
        return None


def decide(actor: Actor, action: Action, target: Target = ANYTHING) -> tuple[Refusal, ...]:
    """Every reason why the actor may not; empty when they may. The system itself always may."""
    if actor.role == Role.SYSTEM:
        return ()
    reach = reach_of(actor, action)
    params = {"action": str(action), "role": actor.role}
    if reach is None:
        return (Refusal("policy.not_granted", params),)
    refusals: list[Refusal] = []
    if target.division and not _division_reached(actor, reach, target.division):
        refusals.append(Refusal("policy.other_division", params | {"division": target.division}))
    if reach is Reach.DEPARTMENT and target.department not in ("", actor.department):
        refusals.append(
            Refusal("policy.other_department", params | {"department": target.department})
        )
    if reach is Reach.INSTITUTION and target.institution not in ("", actor.institution):
        refusals.append(Refusal("policy.other_institution", params))
    return tuple(refusals)


def may(actor: Actor, action: Action, target: Target = ANYTHING) -> bool:
    """Whether nothing stands against it."""
    return not decide(actor, action, target)


def _division_reached(actor: Actor, reach: Reach, division: str) -> bool:
    if reach is Reach.CITY:
        return _covers(city=actor.division, division=division)
    return actor.division == division


def two_persons(*, first: int | None, second: int | None) -> tuple[Refusal, ...]:
    """Two people means two persons, not two roles: the same user may not do both steps."""
    if first is not None and first == second:
        return (Refusal("policy.same_person"),)
    return ()
