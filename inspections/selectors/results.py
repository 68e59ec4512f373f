"""What of inspections other rooms may show: revealed results alone, never a sealed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from inspections.core.draw_states import DrawState
from inspections.models import DrawAssignment
from institutions.models import Institution


@dataclass(frozen=True)
class LastInspection:
    """The last revealed draw in which an institution was picked."""

    number: str
    campaign: str
    drawn_on: date
    revealed_on: date
    register_id: str


def last_inspection(institution: Institution) -> LastInspection | None:
    """The last inspection that is public: its draw is revealed. A sealed or void one is none."""
    row = (
        DrawAssignment.objects.filter(
            premises__institution=institution,
            draw_of__state=DrawState.REVEALED.value,
            replaced=False,
        )
        .select_related("draw_of")
        .order_by("-draw_of__revealed_at", "-pk")
        .first()
    )
    if row is None or row.draw_of.drawn_at is None or row.draw_of.revealed_at is None:
        return None
    return LastInspection(
        number=row.draw_of.number,
        campaign=row.draw_of.campaign,
        drawn_on=timezone.localdate(row.draw_of.drawn_at),
        revealed_on=timezone.localdate(row.draw_of.revealed_at),
        register_id=row.register_id,
    )
