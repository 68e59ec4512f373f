"""Staff entered, changed, begun and ended; each with every reason why it may not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from institutions.core.register.text import clean_text
from institutions.core.register_rules.certificates import CERTIFICATE_NUMBER
from institutions.core.staff.bases import CHECKING
from institutions.core.staff.facts import TEACHING_KINDS, StaffFacts
from institutions.core.staff.hiring import (
    change_refusals,
    check_refusals,
    end_refusals,
    entry_refusals,
    start_refusals,
)
from institutions.models import (
    Institution,
    StaffCertificate,
    StaffCheck,
    StaffExclusion,
    StaffMember,
    StaffPost,
)
from institutions.services.register_records import day_of, lock_institution
from institutions.services.staff_records import (
    CertificateDraft,
    CheckDraft,
    StaffDraft,
    current_facts,
    draft_facts,
    lock_member,
    person_index_of,
    record_staff_event,
    refuse,
    require_keeping,
    require_staff_edit,
)
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import blind_index, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

_CHUNK = 500
_CHANGED_ALWAYS = (
    "name",
    "kind",
    "employment",
    "post",
    "background",
    "subjects",
    "courses",
    "teaching_history",
    "consent_signed_on",
    "contract_signed_on",
)
_POST = ("kind", "employment", "post")


def record_staff_member(
    *, institution: Institution, draft: StaffDraft, actor: Actor, at: datetime
) -> StaffMember:
    """Enter a person, as a candidate or, with `starts_on`, as one who works here from that day.

    Raises Refused with every reason; checks in the draft are accepted from the officer only.
    """
    with transaction.atomic():
        member = _entered(institution, [draft], actor, at)[0]
        record_staff_event(
            member,
            kind="staff.recorded",
            actor=actor,
            at=at,
            new={name: getattr(member, name) for name in (*_CHANGED_ALWAYS, "starts_on")},
        )
    return member


def record_staff_members(
    *, institution: Institution, drafts: Sequence[StaffDraft], actor: Actor, at: datetime
) -> list[StaffMember]:
    """Enter many persons of one institution at once, all or none, with one event."""
    with transaction.atomic():
        members = _entered(institution, drafts, actor, at)
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="staff.batch_recorded",
            subject=Subject("institution", str(institution.public_id), institution.name),
            new={"staff_count": len(members)},
            occurred_at=at,
            row_count=max(len(members), 1),
            rows_digest=canonical_digest([str(one.public_id) for one in members]),
        )
    return members


def change_staff_member(
    *,
    member: StaffMember,
    draft: StaffDraft,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> StaffMember:
    """Put right or change what is known of a person; kind, employment and post count from `on`.

    An empty identity number leaves the one that was compared. Raises Refused with every reason.
    """
    require_keeping(actor, member.institution)
    with transaction.atomic():
        locked = lock_member(member)
        if locked.ends_before is not None:
            raise Refused(Refusal("staff.left_already", {"before": locked.ends_before}))
        old = {name: getattr(locked, name) for name in _CHANGED_ALWAYS}
        index = person_index_of(draft.identity_kind, draft.identity_number)
        _fill(locked, draft)
        if index:
            locked.identity_kind, locked.person_index = draft.identity_kind, index
        new = {name: getattr(locked, name) for name in _CHANGED_ALWAYS}
        changed = [name for name in new if new[name] != old[name]]
        if not changed and index in ("", member.person_index):
            raise Refused(Refusal("register.nothing_changed"))
        refuse(
            change_refusals(
                _facts_now(locked), on, taught_before=str(old["kind"]) in TEACHING_KINDS
            )
        )
        locked.save(update_fields=[*_CHANGED_ALWAYS, "identity_kind", "person_index"])
        if locked.starts_on is not None and set(changed) & set(_POST):
            _begin_post(locked, on)
        record_staff_event(
            locked,
            kind="staff.changed",
            actor=actor,
            at=at,
            old={name: old[name] for name in changed},
            new={**{name: new[name] for name in changed}, "from": on},
            reason=reason,
        )
    return locked


def start_staff_member(
    *,
    member: StaffMember,
    starts_on: date,
    contract_signed_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> StaffMember:
    """A candidate works here from `starts_on`: checked before, and certified where it is asked."""
    require_keeping(actor, member.institution)
    with transaction.atomic():
        locked = lock_member(member)
        found = list(start_refusals(_facts_now(locked), starts_on))
        if locked.starts_on is not None:
            found.append(Refusal("staff.started_already", {"starts": locked.starts_on}))
        elif locked.ends_before is not None:
            found.append(Refusal("staff.left_already", {"before": locked.ends_before}))
        refuse(found)
        locked.starts_on = starts_on
        locked.contract_signed_on = contract_signed_on or locked.contract_signed_on
        locked.save(update_fields=["starts_on", "contract_signed_on"])
        _begin_post(locked, starts_on)
        record_staff_event(
            locked,
            kind="staff.started",
            actor=actor,
            at=at,
            new={"starts_on": starts_on, "contract_signed_on": locked.contract_signed_on},
            basis=CHECKING,
        )
    return locked


def end_staff_member(
    *, member: StaffMember, on: date, reason: str, actor: Actor, at: datetime
) -> StaffMember:
    """The person no longer works here from `on`, or the candidate is not hired; the row stays."""
    require_keeping(actor, member.institution)
    with transaction.atomic():
        locked = lock_member(member)
        refuse(end_refusals(current_facts(locked), on, reason=reason))
        locked.ends_before, locked.leaving_reason = on, reason.strip()
        locked.save(update_fields=["ends_before", "leaving_reason"])
        current = locked.posts.filter(ends_before__isnull=True).last()
        if current is not None:
            current.ends_before = max(on, current.starts_on)
            current.save(update_fields=["ends_before"])
        record_staff_event(
            locked,
            kind="staff.left",
            actor=actor,
            at=at,
            old={"starts_on": locked.starts_on},
            new={"ends_before": on},
            reason=reason,
        )
    return locked


def write_certificates(member: StaffMember, drafts: Sequence[CertificateDraft]) -> None:
    """The rows of certificates, inside the caller's transaction; numbers are sealed."""
    rows = []
    for draft in drafts:
        number = clean_text(draft.number).replace(" ", "")
        valid_from, before = draft.issued_on, draft.valid_before
        if valid_from is not None and before is not None and before <= valid_from:
            raise Refused(Refusal("staff.certificate_reversed"))
        rows.append(
            StaffCertificate(
                member=member,
                kind=draft.kind,
                number=seal_text(number, subject=member.public_id),
                number_index=blind_index(number, purpose=CERTIFICATE_NUMBER) if number else "",
                last_four=number[-4:],
                subject=clean_text(draft.subject),
                issuer=clean_text(draft.issuer),
                issued_on=draft.issued_on,
                valid_before=before,
            )
        )
    StaffCertificate.objects.bulk_create(rows, batch_size=_CHUNK)


def write_checks(
    member: StaffMember, drafts: Sequence[CheckDraft], actor: Actor, at: datetime
) -> None:
    """The rows of checks, inside the caller's transaction; a barring result excludes the person."""
    StaffCheck.objects.bulk_create(
        [
            StaffCheck(
                member=member,
                kind=draft.kind,
                checked_on=draft.checked_on,
                result=draft.result,
                recorded_by=actor.name,
                recorded_at=at,
            )
            for draft in drafts
        ],
        batch_size=_CHUNK,
    )


def _entered(
    institution: Institution, drafts: Sequence[StaffDraft], actor: Actor, at: datetime
) -> list[StaffMember]:
    require_keeping(actor, institution)
    if any(draft.checks for draft in drafts):
        require_staff_edit(actor, institution)
    locked = lock_institution(institution)
    indexes = [person_index_of(one.identity_kind, one.identity_number) for one in drafts]
    refuse(_draft_refusals(locked, drafts, indexes, day_of(at)))
    members = [
        _new_member(locked, draft, index, day_of(at))
        for draft, index in zip(drafts, indexes, strict=True)
    ]
    StaffMember.objects.bulk_create(members, batch_size=_CHUNK)
    StaffPost.objects.bulk_create(
        [_post_of(one, one.starts_on) for one in members if one.starts_on], batch_size=_CHUNK
    )
    for member, draft in zip(members, drafts, strict=True):
        write_certificates(member, draft.certificates)
        write_checks(member, draft.checks, actor, at)
    return members


def _draft_refusals(
    institution: Institution, drafts: Sequence[StaffDraft], indexes: Sequence[str], today: date
) -> list[Refusal]:
    known = [index for index in indexes if index]
    excluded = dict(
        StaffExclusion.objects.filter(person_index__in=known, lifted_on__isnull=True).values_list(
            "person_index", "ground"
        )
    )
    listed = set(
        StaffMember.objects.filter(
            institution=institution, person_index__in=known, ends_before__isnull=True
        ).values_list("person_index", flat=True)
    )
    found: list[Refusal] = []
    for draft, index in zip(drafts, indexes, strict=True):
        facts = draft_facts(
            institution,
            draft,
            excluded=excluded.get(index, ""),
            is_listed=bool(index) and index in listed,
            index=index,
        )
        listed.add(index)
        for check in draft.checks:
            found += check_refusals(
                kind=check.kind,
                checked_on=check.checked_on,
                today=today,
                consent_signed_on=draft.consent_signed_on,
            )
        starts_on = draft.starts_on
        found += start_refusals(facts, starts_on) if starts_on else entry_refusals(facts, today)
    return found


def _new_member(
    institution: Institution, draft: StaffDraft, index: str, today: date
) -> StaffMember:
    member = StaffMember(
        institution=institution,
        identity_kind=draft.identity_kind,
        person_index=index,
        recorded_on=today,
        starts_on=draft.starts_on,
    )
    _fill(member, draft)
    return member


def _fill(member: StaffMember, draft: StaffDraft) -> None:
    member.name = clean_text(draft.name)
    member.kind, member.employment = draft.kind, draft.employment
    member.post, member.background = clean_text(draft.post), draft.background
    member.subjects = list(draft.subjects)
    member.courses = clean_text(draft.courses)
    member.teaching_history = draft.teaching_history.strip()
    member.consent_signed_on = draft.consent_signed_on
    member.contract_signed_on = draft.contract_signed_on


def _facts_now(member: StaffMember) -> StaffFacts:
    """A person's facts as they would be, and whether the same person stands here once more."""
    twice = StaffMember.objects.filter(
        institution=member.institution_id,
        person_index=member.person_index,
        ends_before__isnull=True,
    ).exclude(pk=member.pk)
    is_listed = bool(member.person_index) and twice.exists()
    return replace(current_facts(member), is_listed=is_listed)


def _post_of(member: StaffMember, starts_on: date) -> StaffPost:
    return StaffPost(
        member=member,
        kind=member.kind,
        employment=member.employment,
        post=member.post,
        starts_on=starts_on,
    )


def _begin_post(member: StaffMember, on: date) -> None:
    """A new row of what the person does; the open one ends the day it begins."""
    current = member.posts.filter(ends_before__isnull=True).last()
    if current is None:
        _post_of(member, on).save()
        return
    if on < current.starts_on:
        raise Refused(Refusal("register.date_before_start", {"starts": current.starts_on}))
    if on == current.starts_on:
        for name in _POST:
            setattr(current, name, getattr(member, name))
        current.save(update_fields=list(_POST))
        return
    current.ends_before = on
    current.save(update_fields=["ends_before"])
    _post_of(member, on).save()
