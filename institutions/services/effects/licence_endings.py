"""What effects do to a licence and to how its institution operates, inside the move's transaction.

The move's own policy check, guards and locks came before; the actor is who made the move.
"""

from __future__ import annotations

from datetime import date

from institutions.models import Licence
from institutions.services.changes import begin_operating_status
from institutions.services.journey_doing import Doing
from institutions.services.licences import move_licence
from regulator.kernel.outcomes import InvariantError


def licence_now(doing: Doing) -> Licence | None:
    """The journey's licence as it stands."""
    held = doing.journey.licence_id
    return None if held is None else Licence.objects.select_for_update().get(pk=held)


def end_licence(doing: Doing, move: str, *, reason: str, decision_number: str) -> Licence:
    """Take a transition of the journey's licence; it may refuse and with it the whole move."""
    licence = licence_now(doing)
    if licence is None:
        raise InvariantError(f"{doing.journey}: 办件没有许可证。")
    return move_licence(
        licence=licence,
        move=move,
        reason=reason[:500],
        decision_number=decision_number,
        actor=doing.actor,
        at=doing.at,
    )


def operate_as(doing: Doing, status: str, *, reason: str) -> None:
    """From the day of the move the institution operates so; nothing happens where it does."""
    if doing.institution.status not in (status, "closed"):
        begin_status(doing, status, reason=reason[:300])


def begin_status(doing: Doing, status: str, *, reason: str, on: date | None = None) -> None:
    """The institution operates so from that day, or from the day of the move."""
    begin_operating_status(
        institution=doing.institution,
        status=status,
        on=on or doing.on,
        reason=reason,
        actor=doing.actor,
        at=doing.at,
    )
