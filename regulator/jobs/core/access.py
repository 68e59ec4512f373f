"""Who may see and steer a job: its actor, the same desk, the division's administrators."""

from __future__ import annotations

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, decide
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal

NOT_YOURS = Refusal("job.not_yours")


def same_desk(one: Actor, other: Actor) -> bool:
    """Whether two actors act from one desk: role × division × department × institution."""
    return (one.role, one.division, one.department, one.institution) == (
        other.role,
        other.division,
        other.department,
        other.institution,
    )


def job_refusals(
    viewer: Actor, action: Action, *, asked_by: Actor, division: str
) -> tuple[Refusal, ...]:
    """Every reason why `viewer` may not do `action` (job.read or job.steer) with a job.

    The policy's grant reaches the division; a job is narrower, since its errors and files may
    quote what only that desk handles (an unrevealed draw, a complaint).
    """
    refusals = decide(viewer, action, Target(division=division, institution=asked_by.institution))
    is_theirs = viewer.is_person and viewer.user_id == asked_by.user_id
    if is_theirs or viewer.role == Role.ADMINISTRATOR or same_desk(viewer, asked_by):
        return refusals
    return (*refusals, NOT_YOURS)
