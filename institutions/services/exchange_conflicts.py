"""What another system's file says otherwise than our register: noted, and decided by a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from institutions.core.exchange.plans import Conflict
from institutions.models import (
    ImportConflict,
    Institution,
    Licence,
    Premises,
    StaffMember,
    TableImport,
)
from institutions.services.register_records import PERSONAL_FIELDS
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused


def note_conflicts(
    *,
    institution: Institution,
    table_import: TableImport,
    row_number: int,
    conflicts: Iterable[Conflict],
) -> None:
    """Put conflicts before a person, each once; inside the transaction of the row.

    What was decided for the same two values of the same source is not asked again.
    """
    for conflict in conflicts:
        subject_id, held = _subject_of(institution, conflict)
        digest = canonical_digest(
            {
                "subject": conflict.subject,
                "subject_id": str(subject_id),
                "field": conflict.field,
                "held": held,
                "stated": conflict.stated,
                "source_name": table_import.source_name,
            }
        )
        ImportConflict.objects.get_or_create(
            institution=institution,
            digest=digest,
            defaults={
                "table_import": table_import,
                "row_number": row_number,
                "subject": conflict.subject,
                "subject_id": subject_id,
                "field": conflict.field,
                "held": held,
                "stated": conflict.stated,
            },
        )


def _subject_of(institution: Institution, conflict: Conflict) -> tuple[UUID, str]:
    """The public id of what a conflict is about, and our own words for it."""
    if conflict.subject == "premises":
        place = Premises.objects.get(pk=conflict.key)
        return place.public_id, place.address if conflict.field == "address" else conflict.held
    if conflict.subject == "licence":
        return Licence.objects.get(pk=conflict.key).public_id, conflict.held
    if conflict.subject == "staff":
        return StaffMember.objects.get(pk=conflict.key).public_id, conflict.held
    if conflict.field == "address":
        places = institution.premises.filter(ends_before__isnull=True).order_by("pk")
        return institution.public_id, "；".join(places.values_list("address", flat=True))
    return institution.public_id, conflict.held


def lock_conflict(*, conflict: ImportConflict, reason: str, actor: Actor) -> ImportConflict:
    """The conflict, locked after its institution. Raises Refused where it cannot be decided."""
    require(actor, Action.REGISTER_EDIT, Target(division=conflict.institution.division_id))
    Institution.objects.select_for_update().get(pk=conflict.institution_id)
    locked = ImportConflict.objects.select_for_update().get(pk=conflict.pk)
    found = []
    if locked.state != "open":
        found.append(Refusal("exchange.conflict_decided", {"conflict_state": locked.state}))
    if not reason.strip():
        found.append(Refusal("exchange.conflict_reason_missing"))
    if found:
        raise Refused(found)
    return locked


def keep_ours(
    *, conflict: ImportConflict, reason: str, actor: Actor, at: datetime
) -> ImportConflict:
    """What our register says stands; the source is not asked about these two values again."""
    with transaction.atomic():
        locked = lock_conflict(conflict=conflict, reason=reason, actor=actor)
        return settle_conflict(locked, "ours", reason=reason, actor=actor, at=at)


def settle_conflict(
    locked: ImportConflict, state: str, *, reason: str, actor: Actor, at: datetime
) -> ImportConflict:
    """Write the decision on a locked conflict with its event."""
    locked.state, locked.reason = state, reason.strip()[:300]
    locked.decided_by, locked.decided_at = actor.name, at
    locked.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    entry = locked.institution
    append_event(
        division=entry.division_id,
        actor=actor,
        kind="exchange.conflict_decided",
        subject=Subject("institution", str(entry.public_id), entry.name),
        old={"field": locked.field, "held": _recorded(locked, locked.held)},
        new={
            "choice": state,
            "stated": _recorded(locked, locked.stated),
            "conflict": str(locked.public_id),
            "source_name": locked.table_import.source_name,
        },
        reason=locked.reason,
        occurred_at=at,
    )
    return locked


def _recorded(conflict: ImportConflict, text: str) -> str:
    """A value as an event holds it: of people only a keyed digest."""
    if conflict.subject == "staff" or conflict.field in PERSONAL_FIELDS:
        return blind_index(text, purpose="register") if text else ""
    return text
