"""What effects do to a licence and to how its institution operates, inside the move's transaction.

The move's own policy check, guards and locks came before; the actor is who made the move.
"""

from __future__ import annotations

from institutions.models import Institution, Licence
from institutions.services.changes import begin_operating_status
from institutions.services.journey_doing import Doing
from institutions.services.licences import move_licence
from regulator.kernel.outcomes import InvariantError


def institution_of(doing: Doing) -> Institution:
    """The institution of the journey; its row is locked by the caller."""
    if doing.journey.institution is None:
        raise InvariantError(f"{doing.journey}: 办件没有机构。")
    return doing.journey.institution


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
    institution = institution_of(doing)
    if institution.status in (status, "closed"):
        return
    begin_operating_status(
        institution=institution,
        status=status,
        on=doing.on,
        reason=reason[:300],
        actor=doing.actor,
        at=doing.at,
    )
