"""Leads: reported by anybody at a desk, answered by the department they go to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from inspections.models import InspectionOrder, Lead
from inspections.selectors.orders import places_named
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def report_lead(
    *,
    division: str,
    source: str,
    source_name: str,
    text: str,
    to_department: str,
    register_id: str = "",
    actor: Actor,
    at: datetime,
) -> Lead:
    """Record what somebody saw who may not inspect; `register_id` where the place is known.

    Raises Refused with every reason.
    """
    require(actor, Action.LEAD_REPORT, Target(division=division))
    reasons = []
    if not source_name.strip():
        reasons.append(Refusal("lead.source_missing"))
    if not text.strip():
        reasons.append(Refusal("lead.text_missing"))
    institution = _institution_at(division, register_id.strip())
    if register_id.strip() and institution is None:
        reasons.append(Refusal("order.place_unknown", {"register_id": register_id.strip()}))
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        lead = Lead.objects.create(
            division_id=division,
            source=source,
            source_name=source_name.strip(),
            institution=institution,
            text=text.strip(),
            to_department_id=to_department,
            reported_at=at,
            reported_by=actor.name,
        )
        # The text may name people: it stays in the row.
        _record(lead, "reported", actor, at)
    return lead


def _institution_at(division: str, register_id: str) -> Institution | None:
    place = places_named(division, [register_id]).get(register_id)
    return None if place is None else place.institution


def answer_lead(
    *, lead: Lead, answer: str, order: InspectionOrder | None, actor: Actor, at: datetime
) -> Lead:
    """Say what became of a lead: an order it led to, or why there is none. Once."""
    require(actor, Action.ORDER_PREPARE, Target(lead.division_id, lead.to_department_id))
    with transaction.atomic():
        locked = Lead.objects.select_for_update().get(pk=lead.pk)
        reasons = []
        if locked.state != "open":
            reasons.append(Refusal("lead.answered"))
        if not answer.strip():
            reasons.append(Refusal("lead.answer_missing"))
        if order is not None and order.division_id != locked.division_id:
            reasons.append(Refusal("lead.order_of_other_division", {"number": order.number}))
        if reasons:
            raise Refused(reasons)
        locked.state = "ordered" if order else "closed"
        locked.order = order
        locked.answer = answer.strip()
        locked.answered_at = at
        locked.answered_by = actor.name
        locked.save(update_fields=["state", "order", "answer", "answered_at", "answered_by"])
        _record(locked, "answered", actor, at)
    return locked


def _record(lead: Lead, kind: str, actor: Actor, at: datetime) -> None:
    append_event(
        division=lead.division_id,
        actor=actor,
        kind=f"lead.{kind}",
        subject=Subject("lead", str(lead.public_id), lead.source_name),
        new={
            "source": lead.source,
            "department": lead.to_department_id,
            "institution": str(lead.institution.public_id) if lead.institution else "",
            "state": lead.state,
            "order": lead.order.number if lead.order else "",
        },
        occurred_at=at,
    )
