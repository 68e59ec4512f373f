"""Who stepped in for whom since the lists were made, in the words of the papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from inspections.models import Draw, DrawReplacement, InspectionOrder

# Plain texts and lists of texts: they are frozen in a paper's facts and compared with them later.
Change = dict[str, Any]
MEMBER = "member"
PREMISES = "premises"


def changes_of(source: Draw | InspectionOrder) -> list[Change]:
    """Every replacement that holds, the oldest first, with the teams whose papers tell of it.

    Of a draw, premises and inspectors; of an order, members whose replacement a second person
    agreed to. Who may ask is decided where the lists are.
    """
    if isinstance(source, Draw):
        return list(_of_draw(source))
    return list(_of_order(source))


def _of_order(order: InspectionOrder) -> Iterator[Change]:
    rows = order.replacements.filter(is_approved=True).order_by("decided_at", "pk")
    for row in rows.select_related("out__department", "into"):
        yield {
            "what": MEMBER,
            "key": row.into.certificate_number,
            "teams": [row.team],
            "at": _moment(row.decided_at or row.asked_at),
            "group": row.out.department.name,
            "out": f"{row.out.name} {row.out.certificate_number}",
            "into": f"{row.into.name} {row.into.certificate_number}",
            "reason": row.reason,
            "by": [row.asked_by, row.decided_by],
        }


def _of_draw(draw: Draw) -> Iterator[Change]:
    rows = sorted(
        draw.replacements.all(), key=lambda row: (row.replaced_at, row.is_inspector, row.position)
    )
    if not rows:
        return
    people = {
        row.code: row.inspector for row in draw.members.select_related("inspector__department")
    }
    places = {
        row.register_id: row for row in draw.assignments.select_related("premises__institution")
    }
    for row in rows:
        if row.is_inspector:
            out, into = people[row.out], people[row.into]
            yield {
                **_stated(row),
                "what": MEMBER,
                "teams": [row.team],
                "group": out.department.name,
                "out": f"{out.name} {out.certificate_number}",
                "into": f"{into.name} {into.certificate_number}",
            }
        else:
            yield {
                **_stated(row),
                "what": PREMISES,
                "teams": sorted({row.team, places[row.out].team}),
                "group": "",
                "out": f"{row.out} {places[row.out].premises.institution.name}",
                "into": f"{row.into} {places[row.into].premises.institution.name}",
            }


def _stated(row: DrawReplacement) -> Change:
    return {
        "key": row.into,
        "at": _moment(row.replaced_at),
        "reason": row.reason,
        "by": [row.replaced_by],
    }


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
