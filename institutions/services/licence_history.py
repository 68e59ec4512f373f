"""What became of a licence before this system held its matter: entered once, as history.

Not a way to decide anything: 吊销, suspension, 撤销, 撤回 and 注销 come of journeys. A bureau that
takes its old files in says which decision, by its number, changed the licence's state on which day.
"""

from __future__ import annotations

from datetime import datetime

from institutions.core.licence_states import TRANSITIONS
from institutions.models import Licence
from institutions.services.licences import move_licence
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_NEEDS_DECISION = frozenset({"suspend", "revoke", "annul", "withdraw", "cancel"})


def enter_past_decision(
    *,
    licence: Licence,
    move: str,
    reason: str,
    decision_number: str = "",
    actor: Actor,
    at: datetime,
) -> Licence:
    """Enter what an old decision made of a licence on the day of `at`.

    Raises Refused, also where the decision's number is missing.
    """
    require(actor, Action.REGISTER_IMPORT, Target(division=licence.institution.division_id))
    if move in _NEEDS_DECISION and not decision_number.strip():
        raise Refused(Refusal("licence.decision_missing", {}, TRANSITIONS[move].basis))
    return move_licence(
        licence=licence,
        move=move,
        reason=reason,
        decision_number=decision_number,
        actor=actor,
        at=at,
    )
