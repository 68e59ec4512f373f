"""Taking over what another system says: the change is the ordinary one, with its own event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from institutions.models import ImportConflict, Licence, Premises, StaffMember
from institutions.services.exchange_conflicts import lock_conflict, settle_conflict
from institutions.services.exchange_rows import change_member, correct_place
from institutions.services.identities import correct_institution
from institutions.services.licences import LicenceDraft, correct_licence
from institutions.services.premises import add_premises
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_DAYS = ("issued_on", "valid_from", "valid_until")


def take_theirs(
    *, conflict: ImportConflict, reason: str, actor: Actor, at: datetime
) -> ImportConflict:
    """What the source says is entered by the service that the field belongs to.

    Raises Refused for a decided conflict, without a reason, or as that service does.
    """
    with transaction.atomic():
        locked = lock_conflict(conflict=conflict, reason=reason, actor=actor)
        try:
            _TAKING[locked.subject](locked, reason, actor, at)
        except Refused as refused:
            if [one.code for one in refused.refusals] != ["register.nothing_changed"]:
                raise  # somebody else has entered the same meanwhile: only the decision is left
        return settle_conflict(locked, "theirs", reason=reason, actor=actor, at=at)


def _take_entry(conflict: ImportConflict, reason: str, actor: Actor, at: datetime) -> None:
    if conflict.field == "address":
        add_premises(
            institution=conflict.institution,
            address=conflict.stated,
            is_licensed=False,
            actor=actor,
            at=at,
        )
        return
    correct_institution(
        institution=conflict.institution,
        values={conflict.field: conflict.stated},
        reason=reason,
        actor=actor,
        at=at,
    )


def _take_place(conflict: ImportConflict, reason: str, actor: Actor, at: datetime) -> None:
    place = Premises.objects.filter(public_id=conflict.subject_id, ends_before__isnull=True).first()
    if place is None:
        raise Refused(Refusal("exchange.conflict_gone"))
    correct_place(place, {conflict.field: conflict.stated}, reason=reason, actor=actor, at=at)


def _take_licence(conflict: ImportConflict, reason: str, actor: Actor, at: datetime) -> None:
    held = Licence.objects.filter(public_id=conflict.subject_id).first()
    if held is None:
        raise Refused(Refusal("exchange.conflict_gone"))
    column = {"competent_department": "competent_department_printed"}.get(
        conflict.field, conflict.field
    )
    is_day = conflict.field in _DAYS
    stated: Any = date.fromisoformat(conflict.stated) if is_day else conflict.stated
    taken: dict[str, Any] = {column: stated}
    draft = replace(held_draft(held), **taken)
    correct_licence(licence=held, draft=draft, reason=reason, actor=actor, at=at)


def held_draft(licence: Licence) -> LicenceDraft:
    """A licence on record as the draft that would enter it."""
    return LicenceDraft(
        document_type=licence.document_type,
        number=licence.number_printed,
        name=licence.name,
        address=licence.address,
        principal=licence.principal,
        sponsors=licence.sponsors,
        school_type=licence.school_type,
        content=licence.content,
        category=licence.category,
        activity=licence.activity,
        stages=tuple(licence.stages),
        subjects=tuple(licence.subjects),
        ways=tuple(licence.ways),
        competent_department_printed=licence.competent_department_printed,
        issuing_authority=licence.issuing_authority,
        issuing_department=licence.issuing_department_id or "",
        issued_on=licence.issued_on,
        valid_from=licence.valid_from,
        valid_until=licence.last_valid_on,
        remarks=licence.remarks,
    )


def _take_member(conflict: ImportConflict, reason: str, actor: Actor, at: datetime) -> None:
    member = StaffMember.objects.filter(public_id=conflict.subject_id).first()
    if member is None:
        raise Refused(Refusal("exchange.conflict_gone"))
    change_member(member, {conflict.field: conflict.stated}, reason=reason, actor=actor, at=at)


_TAKING: dict[str, Callable[[ImportConflict, str, Actor, datetime], None]] = {
    "institution": _take_entry,
    "premises": _take_place,
    "licence": _take_licence,
    "staff": _take_member,
}
