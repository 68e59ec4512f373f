"""A team's day as its phones carry it: as little as the visits need, in plain JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from inspections.choices.directories import SEVERITY_LABELS
from inspections.choices.visits import VISIT_STATE_LABELS
from inspections.core.visits.pictures import PHOTO_LIMIT_BYTES
from inspections.models import InspectionItem, Visit, VisitAnswer
from inspections.selectors.directories import township_names
from inspections.selectors.results import last_inspection
from inspections.selectors.visits import (
    codes_of,
    listed_items,
    route_visits,
    standing_of,
    team_inspectors,
)
from institutions.choices.register import CATEGORY_LABELS
from institutions.selectors.filings import approved_filings
from institutions.selectors.register import licence_in_force
from regulator.kernel.actors import Actor
from regulator.web.holding import holder_key

Facts = dict[str, Any]


def field_day(actor: Actor, *, on: date) -> Facts:
    """The person's visits of a day in route order, with the items on their checklists.

    `codes` are SHA-256 hex of what the institution's papers carry, so that a phone can say at once
    whether a scanned code is the right one, and cannot tell what the right one would be.
    """
    visits = route_visits(actor, on=on)
    names = township_names(actor.division)
    listed = {visit.pk: listed_items(visit) for visit in visits}
    items = {item.pk: item for rows in listed.values() for item in rows}
    return {
        "holder": holder_key(actor.user_id or 0),
        "name": actor.name,
        "on": on.isoformat(),
        "photo_limit_bytes": PHOTO_LIMIT_BYTES,
        "tiles": settings.MAP_TILES,
        "items": {str(key): _item(item) for key, item in items.items()},
        "visits": [_visit(visit, listed[visit.pk], names, on) for visit in visits],
    }


def _item(item: InspectionItem) -> Facts:
    return {
        "code": item.code,
        "version": item.version,
        "department": item.department.name,
        "section": item.section,
        "title": item.title,
        "look_at": item.look_at,
        "method": item.method,
        "basis": item.legal_basis,
        "severity": item.severity,
        "severity_label": str(SEVERITY_LABELS[item.severity]),
    }


def _visit(visit: Visit, items: Sequence[InspectionItem], names: dict[str, str], on: date) -> Facts:
    premises, institution = visit.premises, visit.premises.institution
    return {
        "id": str(visit.public_id),
        "register_id": visit.register_id,
        "institution": institution.name,
        "address": premises.address,
        "area": names.get(premises.area, premises.area),
        "team": visit.team,
        "task": _task(visit),
        "point": _point(visit),
        "known": _known(visit, on),
        "approval": {
            "number": visit.approval_number,
            "by": visit.approved_by,
            "at": _stamp(visit.approved_at),
        },
        "codes": sorted({hashlib.sha256(code.encode()).hexdigest() for code in codes_of(premises)}),
        "team_members": [_member(one, on) for one in team_inspectors(visit)],
        "items": [str(item.pk) for item in items],
        **_stand(visit),
    }


def _task(visit: Visit) -> str:
    if visit.assignment is not None:
        return f"{visit.assignment.draw_of.number} {visit.assignment.draw_of.campaign}"
    return str(visit.target.order) if visit.target else ""


def _point(visit: Visit) -> Facts | None:
    point = getattr(visit.premises, "point", None)
    if point is None:
        return None
    return {"latitude": point.wgs84_latitude, "longitude": point.wgs84_longitude}


def _known(visit: Visit, on: date) -> Facts:
    """What is known of the institution; empty texts where nothing is."""
    premises, institution = visit.premises, visit.premises.institution
    licence, last = licence_in_force(institution, on), last_inspection(institution)
    running = approved_filings(institution).filter(starts_on__lte=on, ends_on__gte=on)
    return {
        "licence": licence.number_printed if licence else "",
        "licence_until": str(licence.last_valid_on or "") if licence else "",
        "category": str(CATEGORY_LABELS.get(institution.category, "")),
        "principal": institution.principal,
        "floor_area_m2": "" if premises.floor_area_m2 is None else f"{premises.floor_area_m2:f}",
        "running_classes": running.count(),
        "last": f"{last.revealed_on} {last.number}" if last else "",
    }


def _member(inspector: Any, on: date) -> Facts:
    return {
        "id": str(inspector.public_id),
        "name": inspector.name,
        "department": inspector.department.name,
        "certificate": inspector.certificate_number,
        "is_certified": inspector.is_eligible_on(on),
    }


def _stand(visit: Visit) -> Facts:
    """What the server has of the visit already."""
    return {
        "state": visit.state,
        "state_label": str(VISIT_STATE_LABELS[visit.state]),
        "notice_receiver": visit.notice_receiver,
        "arrived_at": _stamp(visit.arrived_at),
        "ended_at": _stamp(visit.ended_at),
        "categories": visit.categories,
        "hindrance": visit.hindrance,
        "photo_count": visit.photos.count(),
        "signatures": list(visit.signatures.values("signer", "name")),
        "answers": {str(key): _answer(row) for key, row in standing_of(visit).items()},
    }


def _answer(row: VisitAnswer) -> Facts:
    return {
        "id": str(row.client_id),
        "answer": row.answer,
        "measured_value": row.measured_value,
        "remark": row.remark,
    }


def _stamp(moment: Any) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""
