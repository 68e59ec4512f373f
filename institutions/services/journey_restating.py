"""What a journey began with, put more exactly before anybody is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from institutions.models import Journey
from institutions.services.journey_records import (
    as_kept,
    digest_of,
    held_digest,
    lock_journey,
    record_journey_event,
)
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError


def restate_beginning(
    *, journey: Journey, stated: Mapping[str, Any], actor: Actor, at: datetime
) -> Journey:
    """Replace values that the journey was begun with; its papers state the new ones from then on.

    Call it inside the transaction of whoever established them, which has asked for the right. Only
    in the journey's first state: later ones have papers. Raises InvariantError.
    """
    locked = lock_journey(journey)
    table = locked.table
    if locked.state != table.initial:
        raise InvariantError(f"{locked}: 已经告知，不能再改立案时写的内容。")
    kept = as_kept(table.starts, stated)
    locked.details = {**locked.details, **kept}
    locked.save(update_fields=["details"])
    record_journey_event(
        locked,
        kind="restated",
        actor=actor,
        at=at,
        new={
            "stated": digest_of(kept),
            "held": held_digest(locked, [ask.code for ask in table.starts]),
        },
        basis=table.basis,
    )
    return locked
