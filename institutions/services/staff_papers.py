"""A person's papers: certificates, checks, photo; and who looked at what the public may not see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from institutions.core.staff.bases import BARRED, CERTIFIED, CHECKING
from institutions.core.staff.facts import CheckResult
from institutions.core.staff.hiring import check_refusals
from institutions.core.staff.identity import name_hint
from institutions.models import StaffCertificate, StaffCheck, StaffExclusion, StaffMember
from institutions.services.register_records import day_of
from institutions.services.staff import write_certificates, write_checks
from institutions.services.staff_records import (
    CertificateDraft,
    CheckDraft,
    lock_member,
    person_index_of,
    record_staff_event,
    refuse,
    require_keeping,
    require_staff_edit,
)
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index, open_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

EXCLUSION_KIND = "staff_exclusion"
_FROM_CHECK = "从业查询"


def add_certificate(
    *, member: StaffMember, draft: CertificateDraft, actor: Actor, at: datetime
) -> StaffMember:
    """Enter a certificate. Raises Refused for one already here, reversed, or without a number."""
    require_keeping(actor, member.institution)
    with transaction.atomic():
        locked = _lock_present(member)
        if not draft.number.strip():
            raise Refused(Refusal("staff.certificate_number_missing", {}, CERTIFIED))
        before = set(locked.certificates.values_list("pk", flat=True))
        write_certificates(locked, [draft])
        added = locked.certificates.exclude(pk__in=before).get()
        same = locked.certificates.filter(
            kind=added.kind, number_index=added.number_index, struck_on__isnull=True
        )
        if same.exclude(pk=added.pk).exists():
            raise Refused(Refusal("staff.certificate_listed"))
        record_staff_event(
            locked,
            kind="staff.certificate_recorded",
            actor=actor,
            at=at,
            new={
                "certificate_kind": draft.kind,
                "subject": draft.subject,
                "issued_on": draft.issued_on,
                "valid_before": draft.valid_before,
                "number": added.number_index,
            },
        )
    return locked


def strike_certificate(
    *, certificate: StaffCertificate, reason: str, actor: Actor, at: datetime
) -> StaffCertificate:
    """A certificate that was entered by mistake no longer counts; the row stays."""
    require_keeping(actor, certificate.member.institution)
    with transaction.atomic():
        member = lock_member(certificate.member)
        held = StaffCertificate.objects.select_for_update().get(pk=certificate.pk)
        if held.struck_on is not None:
            raise Refused(Refusal("staff.certificate_struck"))
        if not reason.strip():
            raise Refused(Refusal("staff.reason_missing"))
        held.struck_on = day_of(at)
        held.save(update_fields=["struck_on"])
        record_staff_event(
            member,
            kind="staff.certificate_struck",
            actor=actor,
            at=at,
            old={"certificate_kind": held.kind, "number": held.number_index},
            reason=reason,
        )
    return held


def record_check(
    *, member: StaffMember, draft: CheckDraft, actor: Actor, at: datetime
) -> StaffCheck:
    """Enter a check's result and date, nothing else. The officer's.

    A barring result puts the person on the list of those nobody may employ, if they are identified.
    """
    require_staff_edit(actor, member.institution)
    with transaction.atomic():
        locked = _lock_present(member)
        refuse(
            check_refusals(
                kind=draft.kind,
                checked_on=draft.checked_on,
                today=day_of(at),
                consent_signed_on=locked.consent_signed_on,
            )
        )
        write_checks(locked, [draft], actor, at)
        check = locked.checks.order_by("pk").last()
        if check is None:
            raise Refused(Refusal("register.nothing_changed"))
        if draft.result == CheckResult.FOUND and locked.person_index:
            _put_on_list(
                locked.institution.division_id,
                locked.person_index,
                name_hint=name_hint(locked.name),
                ground="check_found",
                source=_FROM_CHECK,
                recorded_on=day_of(at),
            )
        record_staff_event(
            locked,
            kind="staff.check_recorded",
            actor=actor,
            at=at,
            new={
                "check_kind": draft.kind,
                "checked_on": draft.checked_on,
                "result": f"{check.pk}:{draft.result}",
            },
            basis=CHECKING,
        )
    return check


def set_staff_photo(
    *, member: StaffMember, picture: bytes, actor: Actor, at: datetime
) -> StaffMember:
    """Keep a portrait, already re-encoded by `adapters.portraits`; the one before is let go."""
    require_keeping(actor, member.institution)
    digest = store_bytes(picture)
    with transaction.atomic():
        locked = _lock_present(member)
        locked.photo_sha256 = digest
        locked.save(update_fields=["photo_sha256"])
        record_staff_event(
            locked, kind="staff.photo_set", actor=actor, at=at, new={"part": "photo"}
        )
    return locked


def show_staff_record(*, member: StaffMember, actor: Actor, at: datetime) -> None:
    """An officer opens a person's record: that they did is on record too."""
    division = member.institution.division_id
    require(actor, Action.STAFF_READ, Target(division=division))
    with transaction.atomic():
        record_staff_event(
            member, kind="staff.record_shown", actor=actor, at=at, new={"part": "record"}
        )


def read_certificate_number(
    *, certificate: StaffCertificate, reason: str, actor: Actor, at: datetime
) -> str:
    """The whole number, for a named purpose that the chain keeps. Raises Refused."""
    member = certificate.member
    require(actor, Action.STAFF_READ, Target(division=member.institution.division_id))
    if not reason.strip():
        raise Refused(Refusal("staff.reason_missing"))
    with transaction.atomic():
        record_staff_event(
            member,
            kind="staff.number_read",
            actor=actor,
            at=at,
            new={"certificate_kind": certificate.kind, "number": certificate.number_index},
            reason=reason,
        )
    return open_text(certificate.number)


def exclude_person(
    *,
    division: str,
    name: str,
    identity_kind: str,
    identity_number: str,
    ground: str,
    source: str,
    actor: Actor,
    at: datetime,
) -> StaffExclusion:
    """Put a person on the list of those nobody may employ; `source` names the decision or list.

    Raises Refused without a readable identity number, a source, or for one who is on it.
    """
    require(actor, Action.STAFF_EDIT, Target(division=division))
    index = person_index_of(identity_kind, identity_number)
    found = [] if index else [Refusal("staff.identity_missing", {}, BARRED)]
    if not source.strip():
        found.append(Refusal("staff.source_missing"))
    refuse(found)
    with transaction.atomic():
        row, is_new = _put_on_list(
            division,
            index,
            name_hint=name_hint(name.strip()),
            ground=ground,
            source=source.strip(),
            recorded_on=day_of(at),
        )
        if not is_new:
            raise Refused(Refusal("staff.excluded_already"))
        _record_exclusion(row, "staff.excluded", actor, at)
    return row


def lift_exclusion(
    *, exclusion: StaffExclusion, reason: str, actor: Actor, at: datetime
) -> StaffExclusion:
    """The person may be employed again; the row stays with the reason."""
    require(actor, Action.STAFF_EDIT, Target(division=exclusion.division_id))
    with transaction.atomic():
        held = StaffExclusion.objects.select_for_update().get(pk=exclusion.pk)
        found = [] if reason.strip() else [Refusal("staff.reason_missing")]
        if held.lifted_on is not None:
            found.append(Refusal("staff.exclusion_lifted_already", {"day": held.lifted_on}))
        refuse(found)
        held.lifted_on, held.lifting_reason = day_of(at), reason.strip()
        held.save(update_fields=["lifted_on", "lifting_reason"])
        _record_exclusion(held, "staff.exclusion_lifted", actor, at, reason=reason)
    return held


def _put_on_list(division: str, index: str, **details: Any) -> tuple[StaffExclusion, bool]:
    """The person's open entry, and whether it is new; two at once make one (the constraint)."""
    return StaffExclusion.objects.get_or_create(
        division_id=division, person_index=index, lifted_on=None, defaults=details
    )


def _record_exclusion(
    row: StaffExclusion, kind: str, actor: Actor, at: datetime, reason: str = ""
) -> None:
    append_event(
        division=row.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(EXCLUSION_KIND, str(row.public_id)),
        new={
            "ground": row.ground,
            "person": blind_index(row.person_index, purpose=EXCLUSION_KIND),
        },
        reason=reason.strip(),
        basis=BARRED,
        occurred_at=at,
    )


def _lock_present(member: StaffMember) -> StaffMember:
    """The locked person, who has not left."""
    locked = lock_member(member)
    if locked.ends_before is not None:
        raise Refused(Refusal("staff.left_already", {"before": locked.ends_before}))
    return locked
