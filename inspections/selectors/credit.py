"""Credit tiers as desks and institutions read them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from inspections.models import CreditEvent, TierProposal
from inspections.selectors.orders import reached
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

OPEN = ("drafted", "notified", "objected")


def proposals_in(actor: Actor) -> QuerySet[TierProposal]:
    """Proposed tiers that the actor's desk reaches, the newest first."""
    rows = TierProposal.objects.select_related("institution")
    return rows.filter(reached(actor, Action.TIER_READ))


def proposal_for(actor: Actor, public_id: UUID | str) -> TierProposal | None:
    """A proposal by its public id, where the actor's desk reaches it."""
    return proposals_in(actor).filter(public_id=public_id).first()


def proposals_of(institution: Institution) -> QuerySet[TierProposal]:
    """An institution's proposals that it was told of, the newest first."""
    return TierProposal.objects.filter(institution=institution, notified_at__isnull=False)


def own_proposal(actor: Actor, public_id: UUID | str) -> TierProposal | None:
    """A proposal of the actor's own institution that it was told of."""
    if not actor.institution:
        return None
    rows = TierProposal.objects.select_related("institution").filter(
        institution__public_id=actor.institution, notified_at__isnull=False
    )
    return rows.filter(public_id=public_id).first()


def complaints_in(actor: Actor) -> QuerySet[CreditEvent]:
    """Upheld complaints that the actor's desk reaches, the newest first."""
    rows = CreditEvent.objects.select_related("institution")
    return rows.filter(reached(actor, Action.TIER_READ))


def complaint_for(actor: Actor, public_id: UUID | str) -> CreditEvent | None:
    """An upheld complaint by its public id, where the actor's desk reaches it."""
    return complaints_in(actor).filter(public_id=public_id).first()


def open_institutions(institutions: Collection[Institution]) -> set[int]:
    """Keys of those with a proposal that has not ended."""
    rows = TierProposal.objects.filter(institution__in=institutions, state__in=OPEN)
    return set(rows.values_list("institution", flat=True))


def due_proposals(division: str, *, on: date) -> QuerySet[TierProposal]:
    """Proposals whose objection period is over on a day, with nothing left to answer."""
    return TierProposal.objects.filter(
        division=division, state="notified", object_until__lt=on
    ).select_related("institution")
