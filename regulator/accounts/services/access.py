"""Asking the policy, with a refusal as the answer."""

from __future__ import annotations

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import ANYTHING, Target, decide
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused


def require(actor: Actor, action: Action, target: Target = ANYTHING) -> None:
    """Return when the actor may; raise Refused with every reason when not."""
    refusals = decide(actor, action, target)
    if refusals:
        raise Refused(refusals)
