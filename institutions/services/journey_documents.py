"""Documents of a journey: handed in, found in order, sent back. Nothing handed in is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from institutions.core.journeys.documents import (
    DocumentFacts,
    document_media_type,
    upload_refusals,
)
from institutions.models import Journey, JourneyDocument
from institutions.services.journey_policy import may_move
from institutions.services.journey_records import lock_journey, record_journey_event
from institutions.services.journey_telling import tell_of_returned_document
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, decide, may
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class HandedIn:
    """A file as it came: its own name and its bytes."""

    file_name: str
    data: bytes


def hand_in_document(
    *, journey: Journey, kind: str, file: HandedIn, actor: Actor, at: datetime
) -> JourneyDocument:
    """Keep a document of a kind that the journey knows, as the newest version of its kind.

    Raises Refused for an empty, too large or unreadable file, a kind that is not asked for, a
    journey that is over, or a document that was found in order already.
    """
    require_hand_in(journey, actor)
    media_type = document_media_type(file.data)
    facts = DocumentFacts(
        kind=kind,
        size_bytes=len(file.data),
        media_type=media_type,
        limit_bytes=settings.UPLOAD_LIMIT_BYTES,
    )
    found = upload_refusals(journey.table, facts)
    if found:
        raise Refused(found)
    digest = store_bytes(file.data)
    with transaction.atomic():
        locked = lock_journey(journey)
        _refuse_if_settled(locked, kind)
        held = locked.documents.filter(kind=kind)
        document = JourneyDocument.objects.create(
            journey=locked,
            kind=kind,
            version=(held.aggregate(last=Max("version"))["last"] or 0) + 1,
            file_name=file.file_name[:200],
            media_type=media_type,
            size_bytes=len(file.data),
            sha256=digest,
            uploaded_by=actor.name,
            uploaded_at=at,
        )
        record_journey_event(
            locked,
            kind="document_handed_in",
            actor=actor,
            at=at,
            new={"document": kind, "version": document.version, "sha256": digest},
        )
    return document


def accept_document(*, document: JourneyDocument, actor: Actor, at: datetime) -> JourneyDocument:
    """An officer finds the document in order."""
    return _check(document, "accepted", "", actor, at)


def return_document(
    *, document: JourneyDocument, reason: str, actor: Actor, at: datetime
) -> JourneyDocument:
    """An officer sends the document back, saying what is wrong with it."""
    if not reason.strip():
        raise Refused(Refusal("journey.return_reason_missing"))
    return _check(document, "returned", reason.strip(), actor, at)


def _check(
    document: JourneyDocument, state: str, reason: str, actor: Actor, at: datetime
) -> JourneyDocument:
    journey = document.journey
    require_check(journey, actor)
    with transaction.atomic():
        locked = lock_journey(journey)
        held = JourneyDocument.objects.select_for_update().get(pk=document.pk)
        newest = locked.documents.filter(kind=held.kind).order_by("-version").first()
        found = []
        if locked.is_over:
            found.append(Refusal("journey.over"))
        if newest is not None and newest.pk != held.pk:
            found.append(Refusal("journey.document_replaced", {"journey_document": held.kind}))
        if found:
            raise Refused(found)
        old = held.state
        held.state, held.reason = state, reason
        held.checked_by, held.checked_at = actor.name, at
        held.save(update_fields=["state", "reason", "checked_by", "checked_at"])
        record_journey_event(
            locked,
            kind=f"document_{state}",
            actor=actor,
            at=at,
            old={"checked": old},
            new={"document": held.kind, "version": held.version, "checked": state},
            reason=reason,
        )
        if state == "returned":
            tell_of_returned_document(held, actor=actor, at=at)
    return held


def require_check(journey: Journey, actor: Actor) -> None:
    """The actor's desk checks this journey's documents, or Refused."""
    target = Target(division=journey.division_id, department=journey.department_id)
    is_penalty = journey.kind == "penalty"
    require(actor, Action.PENALTY_HANDLE if is_penalty else Action.JOURNEY_HANDLE, target)


def require_hand_in(journey: Journey, actor: Actor) -> None:
    """The institution itself, or any desk that makes one of the journey's moves."""
    if any(may_move(actor, move, journey) for move in journey.table.moves):
        return
    key = "" if journey.institution is None else str(journey.institution.public_id)
    own = Target(division=journey.division_id, institution=key or "none")
    if may(actor, Action.JOURNEY_APPLY, own):
        return
    raise Refused(decide(actor, Action.JOURNEY_APPLY, own))


def _refuse_if_settled(journey: Journey, kind: str) -> None:
    if journey.is_over:
        raise Refused(Refusal("journey.over"))
    newest = journey.documents.filter(kind=kind).order_by("-version").first()
    if newest is not None and newest.state == "accepted":
        raise Refused(Refusal("journey.document_in_order", {"journey_document": kind}))
