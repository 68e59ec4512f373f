"""The journeys that the addresses of journeys name: one at the desk, one of the portal's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from institutions.models import Institution, Journey, JourneyProposal
from institutions.services.journey_documents import (
    HandedIn,
    accept_document,
    hand_in_document,
)
from institutions.services.journeys import JourneyDraft, start_journey, take_move
from regulator.accounts.models import Appointment
from regulator.accounts.selectors.desks import actor_at
from regulator.kernel.actors import Actor
from tests.district import DIVISION
from tests.institutions.journeys.parts import PDF

_ASKED = "application_form"


def journey_objects(shown: Institution, manager: Appointment, *, at: datetime) -> dict[str, Any]:
    """A renewal that waits for its countersignature, and one that the shown institution began."""
    proposal = _proposed(shown, at)
    own = _renewal(shown, actor=actor_at(manager, manager.user), at=at)
    return {
        "proposal": proposal,
        "document": proposal.journey.documents.filter(kind=_ASKED).first(),
        "own_journey": own,
        "own_document": own.documents.filter(kind=_ASKED).first(),
    }


def _renewal(institution: Institution, *, actor: Actor, at: datetime) -> Journey:
    """The institution's renewal, begun where the seeding began none, with its documents."""
    draft = JourneyDraft("renewal", DIVISION, "education", institution)
    begun = institution.journeys.filter(kind="renewal").first()
    journey = begun or start_journey(draft=draft, actor=actor, at=at)
    held = set(journey.documents.values_list("kind", flat=True))
    for kind in journey.table.by_name["submit"].documents:
        if kind in held:
            continue
        file = HandedIn(f"{kind}.pdf", PDF)
        hand_in_document(journey=journey, kind=kind, file=file, actor=actor, at=at)
    return journey


def _proposed(shown: Institution, at: datetime) -> JourneyProposal:
    """A renewal whose grant an officer proposed."""
    officer = Appointment.objects.get(user__username="licensing_officer")
    actor = actor_at(officer, officer.user)
    free = Institution.objects.filter(
        journeys__isnull=True,
        competent_department_id="education",
        licences__state="in_force",
        licences__valid_before__gt=at.date() + timedelta(days=60),
    )
    chosen = free.exclude(pk=shown.pk).first()
    assert chosen
    journey = _renewal(chosen, actor=actor, at=at)
    for document in journey.documents.all():
        accept_document(document=document, actor=actor, at=at)
    for move in ("submit", "accept"):
        take_move(journey=journey, move=move, actor=actor, at=at)
    stated = {"valid_until": date(2032, 8, 31)}
    taken = take_move(journey=journey, move="grant", stated=stated, actor=actor, at=at)
    assert taken.proposal
    return taken.proposal


def journey_kwargs(name: str, objects: dict[str, Any]) -> dict[str, Any]:
    """The parts of a journey's address; a kind is a journey's, or a document's to hand in."""
    is_own = name.startswith("journeys:own")
    journey = objects["own_journey"] if is_own else objects["proposal"].journey
    document = objects["own_document" if is_own else "document"]
    starts = {
        "journeys:start_choice": "renewal",
        "journeys:start": "renewal",
        "journeys:own_start": "renewal",
        "journeys:start_new": "set_up",
    }
    entry = objects["institution"] if name in starts else journey
    return {
        "public_id": entry.public_id,
        "kind": starts.get(name, _ASKED),
        "move": "drop" if is_own else "grant",
        "document_id": document.public_id,
        "proposal_id": objects["proposal"].public_id,
    }
