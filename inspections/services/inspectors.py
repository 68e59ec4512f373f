"""The directory of inspectors: entries, changes, recusals."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from inspections.models import Inspector, Recusal
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import User
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_FIELDS = (
    *("name", "department_id", "certificate_number", "field", "valid_from", "valid_before"),
    *("is_active", "inactive_reason", "user_id"),
)


def inspector_subject(inspector: Inspector) -> Subject:
    """An inspector as an audit event names them."""
    return Subject("inspector", str(inspector.public_id), inspector.name)


def record_inspector(
    *,
    division: str,
    name: str,
    department: str,
    certificate_number: str,
    valid_from: date,
    valid_before: date,
    field: str = "",
    user: User | None = None,
    actor: Actor,
    at: datetime,
) -> Inspector:
    """Enter a person with a certificate, valid from `valid_from` until the day before
    `valid_before`. Raises Refused with every reason."""
    require(actor, Action.INSPECTOR_MANAGE, Target(division=division))
    entry = Inspector(
        division_id=division,
        name=name.strip(),
        department_id=department,
        certificate_number=certificate_number.strip(),
        field=field.strip(),
        valid_from=valid_from,
        valid_before=valid_before,
        user=user,
    )
    with transaction.atomic():
        _refuse(entry)
        entry.save(force_insert=True)
        append_event(
            division=division,
            actor=actor,
            kind="inspector.recorded",
            subject=inspector_subject(entry),
            new=_values(entry),
            occurred_at=at,
        )
    return entry


def change_inspector(
    *,
    inspector: Inspector,
    name: str,
    department: str,
    certificate_number: str,
    valid_from: date,
    valid_before: date,
    field: str,
    user: User | None,
    is_active: bool,
    inactive_reason: str,
    actor: Actor,
    at: datetime,
) -> Inspector:
    """Change an entry; whoever is no longer active needs a reason. Draws made stay as they are."""
    require(actor, Action.INSPECTOR_MANAGE, Target(division=inspector.division_id))
    with transaction.atomic():
        locked = Inspector.objects.select_for_update().get(pk=inspector.pk)
        old = _values(locked)
        locked.name = name.strip()
        locked.department_id = department
        locked.certificate_number = certificate_number.strip()
        locked.field = field.strip()
        locked.valid_from = valid_from
        locked.valid_before = valid_before
        locked.user = user
        locked.is_active = is_active
        locked.inactive_reason = "" if is_active else inactive_reason.strip()
        _refuse(locked)
        locked.save(update_fields=list(_FIELDS))
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="inspector.changed",
            subject=inspector_subject(locked),
            old=old,
            new=_values(locked),
            reason=locked.inactive_reason,
            occurred_at=at,
        )
    return locked


def _values(entry: Inspector) -> dict[str, object]:
    return {name: getattr(entry, name) for name in _FIELDS}


def _refuse(entry: Inspector) -> None:
    others = Inspector.objects.filter(division=entry.division_id).exclude(pk=entry.pk)
    reasons = []
    if not entry.name:
        reasons.append(Refusal("inspector.name_missing"))
    if not entry.certificate_number:
        reasons.append(Refusal("inspector.certificate_missing"))
    holder = others.filter(certificate_number=entry.certificate_number).first()
    if holder is not None and entry.certificate_number:
        params = {"certificate": entry.certificate_number, "name": holder.name}
        reasons.append(Refusal("inspector.certificate_taken", params))
    if entry.valid_before <= entry.valid_from:
        reasons.append(Refusal("inspector.validity_reversed"))
    if not entry.is_active and not entry.inactive_reason:
        reasons.append(Refusal("inspector.reason_missing"))
    if entry.user is not None and entry.user.division_id != entry.division_id:
        reasons.append(Refusal("inspector.user_other_division"))
    taken = Inspector.objects.filter(user=entry.user).exclude(pk=entry.pk)
    if entry.user is not None and taken.exists():
        reasons.append(Refusal("inspector.user_taken"))
    if reasons:
        raise Refused(reasons)


def declare_recusal(
    *, inspector: Inspector, institution: Institution, reason: str, actor: Actor, at: datetime
) -> Recusal:
    """Enter that an inspector may not meet an institution; it counts in frames fixed from now on.

    Raises Refused without a reason, or where it stands already.
    """
    require(actor, Action.INSPECTOR_MANAGE, Target(division=inspector.division_id))
    with transaction.atomic():
        locked = Inspector.objects.select_for_update().get(pk=inspector.pk)
        reasons = []
        if not reason.strip():
            reasons.append(Refusal("recusal.reason_missing"))
        if institution.division_id != locked.division_id:
            reasons.append(Refusal("recusal.other_division", {"institution": institution.name}))
        if locked.recusals.filter(institution=institution, ended_at__isnull=True).exists():
            params = {"name": locked.name, "institution": institution.name}
            reasons.append(Refusal("recusal.exists", params))
        if reasons:
            raise Refused(reasons)
        recusal = Recusal.objects.create(
            inspector=locked, institution=institution, reason=reason.strip(), declared_at=at
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="recusal.declared",
            subject=inspector_subject(locked),
            new={"institution": str(institution.public_id)},
            reason=recusal.reason,
            occurred_at=at,
        )
    return recusal


def end_recusal(*, recusal: Recusal, actor: Actor, at: datetime) -> Recusal:
    """Lift a recusal; frames already fixed keep it."""
    require(actor, Action.INSPECTOR_MANAGE, Target(division=recusal.inspector.division_id))
    with transaction.atomic():
        locked = Recusal.objects.select_for_update().get(pk=recusal.pk)
        if locked.ended_at is not None:
            raise Refused(Refusal("recusal.ended"))
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        append_event(
            division=recusal.inspector.division_id,
            actor=actor,
            kind="recusal.ended",
            subject=inspector_subject(recusal.inspector),
            old={"institution": str(recusal.institution.public_id)},
            reason=recusal.reason,
            occurred_at=at,
        )
    return locked
