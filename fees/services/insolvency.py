"""A court accepted a bankruptcy petition: recorded once, with its document."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fees.core.insolvency import INDIVIDUAL_PAYMENT, Acceptance, record_refusals
from fees.models import InsolvencyCase
from fees.services.records import day_of
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused


def record_insolvency(
    *,
    institution: Institution,
    acceptance: Acceptance,
    administrator: str,
    actor: Actor,
    at: datetime,
) -> InsolvencyCase:
    """Record the court's document; from then on nobody is paid individually. Raises Refused."""
    require(actor, Action.CLOSURE_PREPARE, Target(division=institution.division_id))
    with transaction.atomic():
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        is_recorded = InsolvencyCase.objects.filter(institution=locked).exists()
        faults = record_refusals(acceptance, on=day_of(at), is_recorded=is_recorded)
        if faults:
            raise Refused(faults)
        case = InsolvencyCase.objects.create(
            institution=locked,
            court=acceptance.court.strip(),
            document_number=acceptance.document_number.strip(),
            accepted_on=acceptance.accepted_on,
            administrator=administrator.strip(),
            recorded_by=actor.name,
            recorded_at=at,
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="insolvency.recorded",
            subject=Subject("institution", str(locked.public_id), locked.name),
            new={
                "court": case.court,
                "document": case.document_number,
                "accepted_on": case.accepted_on.isoformat(),
            },
            basis=INDIVIDUAL_PAYMENT,
            occurred_at=at,
        )
    return case
