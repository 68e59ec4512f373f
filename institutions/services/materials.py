"""Training material as its institution keeps it: titles, files, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from institutions.core.journeys.documents import round_up
from institutions.core.material_states import MaterialState
from institutions.core.material_titles import title_key
from institutions.core.uploaded_documents import material_media_type
from institutions.models import Institution, MaterialAuthor, MaterialFile, TrainingMaterial
from institutions.selectors.materials import MATERIAL_SUBJECT
from institutions.services.filings_submission import SUBJECT_DEPARTMENT
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

MOST_FILES = 20
MOST_AUTHORS = 30
_MEBIBYTE = 1024 * 1024
_SHOWN_CHARACTERS = 4


@dataclass(frozen=True)
class MaterialDraft:
    """What an institution states of a material; texts as typed."""

    title: str
    kind: str
    category: str
    subject: str = ""
    audience: str = ""
    publisher: str = ""
    description: str = ""


@dataclass(frozen=True)
class AuthorDraft:
    """An author as typed; `certificate` is the number, sealed when it is kept."""

    name: str
    experience_years: int | None
    certificate_kind: str = ""
    certificate: str = ""


def enter_material(
    *, institution: Institution, draft: MaterialDraft, actor: Actor, at: datetime
) -> TrainingMaterial:
    """Enter a material that is to be reviewed. Raises Refused for a title that is there already."""
    require_keeping(institution, actor)
    with transaction.atomic():
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        material = TrainingMaterial(
            division_id=locked.division_id, institution=locked, entered_by=actor.name, entered_at=at
        )
        _state(material, draft)
        material.save()
        stated = {"title": material.title, "kind": material.kind, "category": material.category}
        record_material(material, "material.entered", actor=actor, at=at, new=stated)
    return material


def change_material(
    *, material: TrainingMaterial, draft: MaterialDraft, actor: Actor, at: datetime
) -> TrainingMaterial:
    """Correct what is stated of a material that is not under review. Raises Refused."""
    require_keeping(material.institution, actor)
    with transaction.atomic():
        locked = lock_open_material(material)
        old = {"title": locked.title, "kind": locked.kind, "category": locked.category}
        _state(locked, draft)
        locked.save()
        new = {"title": locked.title, "kind": locked.kind, "category": locked.category}
        record_material(locked, "material.changed", actor=actor, at=at, old=old, new=new)
    return locked


def _state(material: TrainingMaterial, draft: MaterialDraft) -> None:
    title = draft.title.strip().strip("《》")[:120]
    key = title_key(title)[:120]
    if not key:
        raise Refused(Refusal("material.title_missing"))
    same = TrainingMaterial.objects.filter(institution=material.institution, title_key=key)
    if same.exclude(pk=material.pk).exists():
        raise Refused(Refusal("material.title_used", {"title": title}))
    material.title, material.title_key = title, key
    material.kind, material.category = draft.kind, draft.category
    material.subject, material.audience = draft.subject.strip()[:60], draft.audience.strip()[:60]
    material.publisher = draft.publisher.strip()[:120]
    material.description = draft.description.strip()[:2000]
    competent = material.institution.competent_department_id
    is_subject = draft.category == "subject"
    material.department_id = SUBJECT_DEPARTMENT if is_subject else competent or SUBJECT_DEPARTMENT


def add_file(
    *, material: TrainingMaterial, file_name: str, data: bytes, actor: Actor, at: datetime
) -> MaterialFile:
    """Keep a file privately. Raises Refused for an empty, large or unknown one, or one too many."""
    require_keeping(material.institution, actor)
    media_type = material_media_type(data)
    refused = _file_refusal(file_name, data, media_type)
    if refused is not None:
        raise Refused(refused)
    digest = store_bytes(data)
    with transaction.atomic():
        locked = lock_open_material(material)
        if locked.files.filter(removed_at__isnull=True).count() >= MOST_FILES:
            raise Refused(Refusal("material.too_many_files", {"limit": MOST_FILES}))
        kept = MaterialFile.objects.create(
            material=locked,
            version=locked.version,
            file_name=file_name[-200:],
            media_type=media_type,
            size_bytes=len(data),
            sha256=digest,
            uploaded_by=actor.name,
            uploaded_at=at,
        )
        new = {"sha256": digest, "version": locked.version}
        record_material(locked, "material.file_added", actor=actor, at=at, new=new)
    return kept


def _file_refusal(file_name: str, data: bytes, media_type: str) -> Refusal | None:
    named: dict[str, Any] = {"file_name": file_name[-80:]}
    if not data:
        return Refusal("material.file_empty", named)
    if len(data) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // _MEBIBYTE
        return Refusal(
            "material.file_too_large", named | {"size": round_up(len(data)), "limit": limit}
        )
    if not media_type:
        return Refusal("material.file_unreadable", named)
    return None


def remove_file(*, file: MaterialFile, actor: Actor, at: datetime) -> None:
    """Take a file away from a material that is not under review; its bytes stay kept."""
    require_keeping(file.material.institution, actor)
    with transaction.atomic():
        locked = lock_open_material(file.material)
        file.removed_at = at
        file.save(update_fields=["removed_at"])
        old = {"sha256": file.sha256}
        record_material(locked, "material.file_removed", actor=actor, at=at, old=old)


def add_author(
    *, material: TrainingMaterial, draft: AuthorDraft, actor: Actor, at: datetime
) -> MaterialAuthor:
    """Enter somebody who wrote it; the certificate's number is sealed. Raises Refused."""
    require_keeping(material.institution, actor)
    name = draft.name.strip()[:60]
    if not name:
        raise Refused(Refusal("material.author_nameless"))
    number = draft.certificate.strip()
    with transaction.atomic():
        locked = lock_open_material(material)
        present = locked.authors.filter(removed_at__isnull=True)
        if present.count() >= MOST_AUTHORS:
            raise Refused(Refusal("material.too_many_authors", {"limit": MOST_AUTHORS}))
        if present.filter(name=name).exists():
            raise Refused(Refusal("material.author_listed", {"author": name}))
        author = MaterialAuthor.objects.create(
            material=locked,
            name=name,
            experience_years=draft.experience_years,
            certificate_kind=draft.certificate_kind if number else "",
            certificate=seal_text(number, subject=locked.institution.public_id),
            last_four=number[-_SHOWN_CHARACTERS:] if len(number) > 2 * _SHOWN_CHARACTERS else "",
        )
        new = {"author": str(author.public_id), "years": draft.experience_years}
        record_material(locked, "material.author_added", actor=actor, at=at, new=new)
    return author


def remove_author(*, author: MaterialAuthor, actor: Actor, at: datetime) -> None:
    """Take an author who was entered by mistake away. Raises Refused."""
    require_keeping(author.material.institution, actor)
    with transaction.atomic():
        locked = lock_open_material(author.material)
        author.removed_at = at
        author.save(update_fields=["removed_at"])
        old = {"author": str(author.public_id)}
        record_material(locked, "material.author_removed", actor=actor, at=at, old=old)


def reveal_certificate(*, author: MaterialAuthor, actor: Actor, at: datetime) -> str:
    """The whole number of an author's certificate; looking at it is an event. Raises Refused."""
    material = author.material
    require(actor, Action.MATERIAL_CHECK, Target(material.division_id, material.department_id))
    with transaction.atomic():
        number = open_text(author.certificate)
        new = {"author": str(author.public_id)}
        record_material(material, "material.author_revealed", actor=actor, at=at, new=new)
    return number


def record_opening(*, file: MaterialFile, actor: Actor, at: datetime) -> None:
    """That an officer opened a file."""
    with transaction.atomic():
        new = {"sha256": file.sha256}
        record_material(file.material, "material.opened", actor=actor, at=at, new=new)


def lock_material(material: TrainingMaterial) -> TrainingMaterial:
    """The material's row locked."""
    rows = TrainingMaterial.objects.select_for_update(of=("self",)).select_related("institution")
    return rows.get(pk=material.pk)


def lock_open_material(material: TrainingMaterial) -> TrainingMaterial:
    """The row locked. Raises Refused unless it is being written."""
    locked = lock_material(material)
    if locked.state != MaterialState.DRAFT.value:
        raise Refused(Refusal("material.closed", {"material_state": locked.state}))
    return locked


def require_keeping(institution: Institution, actor: Actor) -> None:
    """Raises Refused unless the actor keeps this very institution's material."""
    target = Target(division=institution.division_id, institution=str(institution.public_id))
    require(actor, Action.MATERIAL_KEEP, target)


def material_subject(material: TrainingMaterial) -> Subject:
    """The material as events name it."""
    return Subject(MATERIAL_SUBJECT, str(material.public_id), material.title)


def record_material(
    material: TrainingMaterial,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    reason: str = "",
    basis: Any = None,
) -> None:
    """Append an event of a material."""
    append_event(
        division=material.division_id,
        actor=actor,
        kind=kind,
        subject=material_subject(material),
        old=old,
        new=new,
        reason=reason[:500],
        basis=basis,
        occurred_at=at,
    )
