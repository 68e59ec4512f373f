"""What the services of a visit share: its locked row, who may write, its events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.core.visits.states import VISIT_MOVES, VisitFacts, visit_refusals
from inspections.models import Visit
from inspections.selectors.visits import sits_in_team
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

_EVENT_MOVES = {
    "approved": "approve",
    "arrived": "arrive",
    "concluded": "conclude",
    "hindered": "hinder",
}


def visit_subject(visit: Visit) -> Subject:
    """A visit as an audit event names it: by its approval, for the premises may be sealed."""
    return Subject("visit", str(visit.public_id), visit.approval_number)


def lock_visit(visit: Visit) -> Visit:
    """The visit's row, locked until the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise InvariantError("检查要在事务里加锁。")
    Visit.objects.select_for_update().get(pk=visit.pk)
    return Visit.objects.select_related(
        "premises__institution", "assignment__draw_of", "target__order"
    ).get(pk=visit.pk)


def require_recorder(actor: Actor, visit: Visit) -> None:
    """Raise Refused unless the actor sits in the team, or keeps paper for the division.

    The system itself may; nobody else of the division may write into a team's visit.
    """
    target = Target(division=visit.division_id)
    if may(actor, Action.VISIT_KEEP, target):
        return
    require(actor, Action.VISIT, target)
    if not sits_in_team(actor, visit):
        raise Refused(Refusal("visit.not_in_team"))


def refuse_visit_move(name: str, facts: VisitFacts) -> None:
    """Raise Refused with every reason why a move may not be made now."""
    reasons = visit_refusals(VISIT_MOVES[name], facts)
    if reasons:
        raise Refused(reasons)


def record_visit_event(
    visit: Visit,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    row_count: int = 1,
    rows_digest: str = "",
) -> None:
    """Append a visit's event with its state, and the basis where the kind names a move."""
    move = _EVENT_MOVES.get(kind, "")
    append_event(
        division=visit.division_id,
        actor=actor,
        kind=f"visit.{kind}",
        subject=visit_subject(visit),
        new={"state": visit.state, **(new or {})},
        reason=reason,
        basis=VISIT_MOVES[move].basis if move else None,
        occurred_at=at,
        row_count=row_count,
        rows_digest=rows_digest,
    )
