"""The fictional staff, entered institution by institution through the register's services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from institutions.services.staff import end_staff_member, record_staff_members
from institutions.services.staff_papers import exclude_person
from institutions.services.staff_records import CertificateDraft, CheckDraft, StaffDraft
from regulator.pages.core.demo_institutions import person_name
from regulator.pages.core.demo_staff import PlannedPerson, plan_staff
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_WITH_STAFF = frozenset(("in_force", "suspended", "expired"))
_LEFT_IN = 12


def seed_staff(seeded: Iterable[Seeded], *, staff: Staff, today: date, random: Random) -> int:
    """Staff of every institution that teaches or taught, and one person whom nobody may employ."""
    officer = staff.actor("licensing_officer")
    entered_on = today - timedelta(days=12)
    count = 0
    for number, one in enumerate(seeded, start=1):
        if one.plan.state not in _WITH_STAFF:
            continue
        people = list(plan_staff(one.plan, today=entered_on, random=random))
        members = record_staff_members(
            institution=one.institution,
            drafts=[_draft(person, one.plan.category) for person in people],
            actor=officer,
            at=moment(entered_on),
        )
        count += len(members)
        last = members[-1]
        if number % _LEFT_IN == 0 and last.starts_on is not None:
            end_staff_member(
                member=last,
                on=entered_on + timedelta(days=5),
                reason="本人辞职。",
                actor=officer,
                at=moment(entered_on + timedelta(days=5)),
            )
    exclude_person(
        division=staff.division,
        name=person_name(random),
        identity_kind="passport",
        identity_number="X00000001",
        ground="blacklisted",
        source="全国统一监管平台从业人员黑名单，2026年5月公布",
        actor=officer,
        at=moment(entered_on),
    )
    return count


def _draft(person: PlannedPerson, category: str) -> StaffDraft:
    return StaffDraft(
        name=person.name,
        kind=person.kind,
        employment=person.employment,
        post=person.post,
        subjects=person.subjects,
        courses=person.courses,
        teaching_history=person.teaching_history,
        identity_number=person.identity_number,
        consent_signed_on=person.consent_on,
        contract_signed_on=person.starts_on,
        starts_on=person.starts_on,
        certificates=_certificates(person, category),
        checks=_checks(person),
    )


def _certificates(person: PlannedPerson, category: str) -> list[CertificateDraft]:
    if not person.certificate_number:
        return []
    issued = (person.consent_on - timedelta(days=700)).replace(day=1)
    return [
        CertificateDraft(
            kind="teacher" if category == "subject" else "professional",
            number=person.certificate_number,
            subject=person.certificate_subject,
            issued_on=issued,
            valid_until=person.certificate_until,
        )
    ]


def _checks(person: PlannedPerson) -> list[CheckDraft]:
    if not person.checked_on:
        return []
    proof = CheckDraft("proof", person.checked_on[0])
    return [proof, *(CheckDraft("enquiry", day) for day in person.checked_on)]
