"""Photos and signatures of a visit: the bytes are kept first, then the row that names them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from inspections.choices.visits import SIGNER_LABELS
from inspections.core.visits.pictures import picture_refusals, picture_type
from inspections.core.visits.states import VisitState
from inspections.models import Visit, VisitPhoto, VisitSignature
from inspections.selectors.visits import checklist_keys, is_published
from inspections.services.visit_records import lock_visit, record_visit_event, require_recorder
from inspections.services.visits import Place
from regulator.adapters.storage import store_bytes
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class KeptPicture:
    """Bytes that are kept, by their SHA-256."""

    sha256: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True)
class PhotoDraft:
    """A photo as it is handed in: its own id, its time and place, the item it shows."""

    client_id: UUID
    picture: KeptPicture
    taken_at: datetime
    item: int | None = None
    place: Place | None = None


@dataclass(frozen=True)
class SignatureDraft:
    """A signature drawn on the device, and whose it is."""

    client_id: UUID
    picture: KeptPicture
    signer: str
    name: str
    signed_at: datetime


def keep_picture(data: bytes, *, stated_sha256: str = "") -> KeptPicture:
    """Keep a picture's bytes, before any transaction. `stated_sha256` is the device's own.

    Raises Refused where it is none, is too large, or was damaged on its way.
    """
    digest = sha256_hex(data)
    reasons = picture_refusals(data, digest=digest, stated_digest=stated_sha256)
    if reasons:
        raise Refused(reasons)
    return KeptPicture(store_bytes(data), picture_type(data), len(data))


def record_photo(*, visit: Visit, photo: PhotoDraft, actor: Actor, at: datetime) -> VisitPhoto:
    """Keep a photo; one whose client id is known is left as it is. Raises Refused.

    Photos belong to a visit under way or over: a closed door is photographed, too.
    """
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        known = VisitPhoto.objects.filter(client_id=photo.client_id).first()
        if known is not None:
            return known
        _refuse_stage(locked, "photo")
        if photo.item is not None and photo.item not in checklist_keys(locked):
            raise Refused(Refusal("answer.item_not_listed", {"item_code": str(photo.item)}))
        place = photo.place
        row = VisitPhoto.objects.create(
            client_id=photo.client_id,
            visit=locked,
            item_id=photo.item,
            media_type=photo.picture.media_type,
            size_bytes=photo.picture.size_bytes,
            sha256=photo.picture.sha256,
            taken_at=photo.taken_at,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            accuracy_m=place.accuracy_m if place else None,
            recorded_at=at,
            recorded_by_user=actor.user_id,
            recorded_by=actor.name,
        )
        new = {"sha256": row.sha256, "bytes": row.size_bytes}
        record_visit_event(locked, kind="photo_recorded", actor=actor, at=at, new=new)
    return row


def record_signature(
    *, visit: Visit, signature: SignatureDraft, actor: Actor, at: datetime
) -> VisitSignature:
    """Keep a signature; one whose client id is known is left as it is. Raises Refused."""
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        known = VisitSignature.objects.filter(client_id=signature.client_id).first()
        if known is not None:
            return known
        _refuse_signer(signature)
        _refuse_stage(locked, "sign")
        row = VisitSignature.objects.create(
            client_id=signature.client_id,
            visit=locked,
            signer=signature.signer,
            name=signature.name.strip(),
            sha256=signature.picture.sha256,
            signed_at=signature.signed_at,
            recorded_at=at,
            recorded_by_user=actor.user_id,
            recorded_by=actor.name,
        )
        new = {"sha256": row.sha256, "signer": signature.signer}
        record_visit_event(locked, kind="signature_recorded", actor=actor, at=at, new=new)
    return row


def _refuse_stage(visit: Visit, move: str) -> None:
    found = []
    if visit.state == VisitState.PLANNED.value:
        params = {"visit_state": visit.state, "visit_move": move}
        found.append(Refusal("visit.wrong_state", params))
    if is_published(visit):
        found.append(Refusal("visit.already_published"))
    if found:
        raise Refused(found)


def _refuse_signer(signature: SignatureDraft) -> None:
    found = []
    if signature.signer not in SIGNER_LABELS:
        found.append(Refusal("visit.signer_unknown"))
    if not signature.name.strip():
        found.append(Refusal("visit.signer_missing"))
    if found:
        raise Refused(found)


def record_photo_opening(*, photo: VisitPhoto, actor: Actor, at: datetime) -> None:
    """That somebody at the desk looked at a photo is an event: people may be on it."""
    with transaction.atomic():
        record_visit_event(photo.visit, kind="photo_opened", actor=actor, at=at)
