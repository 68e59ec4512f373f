"""The credit tier of an entry, set when a proposed tier takes effect."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.models import Institution
from institutions.services.register_records import lock_institution, record_event
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor


def set_credit_tier(
    *, institution: Institution, tier: str, reason: str, actor: Actor, at: datetime
) -> Institution:
    """Show a tier on the entry from now on; `reason` names what it rests on."""
    require(actor, Action.TIER_HANDLE, Target(division=institution.division_id))
    with transaction.atomic():
        locked = lock_institution(institution)
        old = locked.credit_tier
        locked.credit_tier = tier
        locked.save(update_fields=["credit_tier"])
        record_event(
            institution=locked,
            kind="institution.credit_tier_set",
            actor=actor,
            at=at,
            old={"credit_tier": old},
            new={"credit_tier": tier},
            reason=reason,
        )
    return locked
