"""What others read: the public list, the division's watch list, the shares over real classes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest

from institutions.models import Institution, StaffMember
from institutions.selectors.staff import (
    PublicStaff,
    elsewhere,
    public_photo,
    public_staff,
    staff_lines,
)
from institutions.selectors.staff_watch import overdue_rechecks, watch_counts, watched
from institutions.services.staff import end_staff_member, record_staff_member
from institutions.services.staff_papers import record_check, set_staff_photo
from institutions.services.staff_records import CertificateDraft, CheckDraft
from regulator.calendars.services.settings import set_setting
from regulator.kernel.actors import Actor
from tests.district import DIVISION, MakeActor
from tests.institutions.staff.conftest import (
    AT,
    CERTIFICATE,
    CHECKS,
    OTHER_NUMBER,
    TODAY,
    draft,
    picture,
    school_named,
    working,
)


def entered(school: Institution, officer: Actor, **changes: object) -> StaffMember:
    return record_staff_member(institution=school, draft=working(**changes), actor=officer, at=AT)


def test_the_public_sees_these_fields_and_no_more(teacher: StaffMember) -> None:
    assert [field.name for field in fields(PublicStaff)] == [
        "public_id",
        "name",
        "kind",
        "certificates",
        "teaching_history",
        "courses",
        "has_photo",
    ]
    (shown,) = public_staff(teacher.institution, TODAY)
    assert (shown.name, shown.courses, shown.teaching_history) == (
        "李明远",
        "初中数学",
        "2015年起任教",
    )
    assert [(str(kind), subject) for kind, subject in shown.certificates] == [
        ("教师资格证", "初中数学")
    ]


def test_other_staff_candidates_the_barred_and_those_who_left_are_not_public(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    other = {"kind": "other", "post": "教务", "subjects": (), "identity_number": OTHER_NUMBER}
    entered(school, officer, **other)
    record_staff_member(
        institution=school, draft=draft(name="待聘", identity_number=""), actor=officer, at=AT
    )
    assert [one.name for one in public_staff(school, TODAY)] == ["李明远"]
    assert public_staff(school, date(2026, 2, 28)) == []
    set_staff_photo(member=teacher, picture=picture(kind="JPEG"), actor=officer, at=AT)
    assert public_photo(teacher.public_id, TODAY)
    record_check(member=teacher, draft=CheckDraft("enquiry", TODAY, "found"), actor=officer, at=AT)
    assert public_staff(school, TODAY) == []
    assert public_photo(teacher.public_id, TODAY) == ""
    after = TODAY + timedelta(days=1)
    end_staff_member(member=teacher, on=after, reason="解聘", actor=officer, at=AT)
    assert public_staff(school, after) == []


@pytest.mark.parametrize(
    ("today", "names"),
    [(date(2027, 2, 25), []), (date(2027, 2, 26), ["李明远"])],
)
def test_an_overdue_recheck_is_listed_the_day_after_the_year(
    teacher: StaffMember, today: date, names: list[str]
) -> None:
    assert [one.name for one in overdue_rechecks(DIVISION, today)] == names
    assert list(overdue_rechecks("510107", today)) == []


def test_the_interval_is_the_divisions_setting(teacher: StaffMember, make_actor: MakeActor) -> None:
    set_setting(
        division=DIVISION,
        code="staff_recheck_months",
        text="6",
        starts_on=date(2026, 6, 1),
        basis="本区通知",
        reason="加密",
        actor=make_actor("district_leader"),
        at=AT,
    )
    assert overdue_rechecks(DIVISION, date(2026, 8, 25)).count() == 0
    assert overdue_rechecks(DIVISION, date(2026, 8, 26)).count() == 1


def test_the_watch_list_has_a_part_for_each_duty(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    short = CertificateDraft("teacher", "55556666", "初中数学", valid_until=date(2026, 3, 1))
    entered(school, officer, name="将过期", identity_number=OTHER_NUMBER, certificates=(short,))
    record_staff_member(
        institution=school, draft=draft(name="待查", identity_number=""), actor=officer, at=AT
    )
    record_staff_member(
        institution=school,
        draft=draft(name="未同意", identity_number="", consent_signed_on=None),
        actor=officer,
        at=AT,
    )
    record_check(member=teacher, draft=CheckDraft("proof", TODAY, "found"), actor=officer, at=AT)

    def names(part: str, today: date = TODAY) -> list[str]:
        return [one.name for one in watched(officer, part, today)]

    assert names("must_leave") == ["李明远"]
    assert names("certificate") == ["将过期"]
    assert names("certificate", date(2026, 3, 1)) == []
    assert names("waiting") == ["待查"]
    assert names("recheck") == []
    counts = watch_counts(officer, TODAY)
    assert (counts.must_leave, counts.recheck, counts.certificate, counts.waiting) == (1, 0, 1, 1)


def test_a_professional_proof_is_enough_outside_the_school_subjects_only(
    district: object, officer: Actor
) -> None:
    proof = (CertificateDraft("professional", "X1234", "书法"),)
    arts = school_named("墨香书法", category="non_subject")
    entered(arts, officer, subjects=(), certificates=proof)
    assert list(watched(officer, "certificate", TODAY)) == []


def test_the_same_person_elsewhere_is_found_while_they_work_there(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    other = school_named("求真学校")
    entered(other, officer)
    assert [one.institution.name for one in elsewhere(teacher, TODAY)] == ["求真学校"]
    assert elsewhere(teacher, date(2026, 2, 28)) == []


def test_a_list_of_three_takes_as_many_queries_as_of_one(
    school: Institution, officer: Actor, teacher: StaffMember, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(6):  # type: ignore[operator]
        staff_lines(school, TODAY)
    for name in ("甲", "乙"):
        entered(school, officer, name=name, identity_number="", certificates=(CERTIFICATE,))
    with django_assert_num_queries(6):  # type: ignore[operator]
        lines = staff_lines(school, TODAY)
    assert [line.member.name for line in lines] == ["李明远", "甲", "乙"]
    assert len(CHECKS) == 2
