"""Staff entered, begun, changed, checked and ended: each with its event and its refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from institutions.models import Institution, StaffCheck, StaffExclusion, StaffMember, StaffPost
from institutions.selectors.staff import staff_gaps, staff_named, staff_ratio
from institutions.services.staff import (
    change_staff_member,
    end_staff_member,
    record_staff_member,
    record_staff_members,
    start_staff_member,
)
from institutions.services.staff_lists import declare_staff
from institutions.services.staff_papers import (
    add_certificate,
    exclude_person,
    lift_exclusion,
    read_certificate_number,
    record_check,
    strike_certificate,
)
from institutions.services.staff_records import CheckDraft
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.institutions.staff.conftest import (
    AT,
    CERTIFICATE,
    CHECKS,
    NUMBER,
    OTHER_NUMBER,
    TODAY,
    draft,
    school_named,
    working,
)


def refused_codes(call: Callable[[], object]) -> list[str]:
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        call()
    assert Event.objects.count() == events
    return [each.code for each in refused.value.refusals]


def kinds() -> list[str]:
    events = Event.objects.filter(kind__startswith="staff.").order_by("id")
    return list(events.values_list("kind", flat=True))


def test_a_candidate_is_checked_and_begins(
    school: Institution, manager: Actor, officer: Actor, candidate: StaffMember
) -> None:
    assert candidate.place_on(TODAY) == "candidate"
    start = {"member": candidate, "starts_on": TODAY, "actor": manager, "at": AT}
    assert refused_codes(lambda: start_staff_member(**start)) == [
        "staff.enquiry_missing",
        "staff.proof_missing",
    ]
    for check in CHECKS:
        record_check(member=candidate, draft=check, actor=officer, at=AT)
    member = start_staff_member(**start)
    assert (member.starts_on, member.place_on(TODAY)) == (TODAY, "employed")
    assert list(member.posts.values_list("kind", "starts_on", "ends_before")) == [
        ("teaching", TODAY, None)
    ]
    assert kinds() == [
        "staff.recorded",
        "staff.check_recorded",
        "staff.check_recorded",
        "staff.started",
    ]
    assert refused_codes(lambda: start_staff_member(**start)) == ["staff.started_already"]


def test_nothing_personal_stands_in_the_chain(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    record_check(member=teacher, draft=CheckDraft("enquiry", TODAY, "found"), actor=officer, at=AT)
    said = str(list(Event.objects.filter(kind__startswith="staff.").values()))
    for value in ("李明远", NUMBER, "数学教师", "2015年起", "20153210042001234", "found", "1234"):
        assert f"'{value}" not in said


def test_the_identity_number_is_nowhere_kept(teacher: StaffMember) -> None:
    row = StaffMember.objects.values().get()
    assert NUMBER not in str(row)
    assert len(row["person_index"]) == 64


def test_serving_teachers_and_teachers_abroad_are_refused_in_any_kind_and_nothing_is_kept(
    school: Institution, manager: Actor
) -> None:
    for background, code in (
        ("serving_teacher", "staff.serving_teacher"),
        ("foreign_abroad", "staff.abroad"),
    ):
        for kind in ("teaching", "other"):
            wrong = draft(background=background, kind=kind)
            found = refused_codes(
                lambda wrong=wrong: record_staff_member(
                    institution=school, draft=wrong, actor=manager, at=AT
                )
            )
            assert found == [code]
    assert not StaffMember.objects.exists()


def test_the_institution_may_not_enter_the_results_of_checks(
    school: Institution, manager: Actor, candidate: StaffMember
) -> None:
    assert refused_codes(
        lambda: record_staff_member(institution=school, draft=working(), actor=manager, at=AT)
    ) == ["policy.not_granted"]
    assert refused_codes(
        lambda: record_check(member=candidate, draft=CHECKS[0], actor=manager, at=AT)
    ) == ["policy.not_granted"]
    assert not StaffCheck.objects.exists()


def test_another_institutions_manager_may_not_touch_the_list(
    school: Institution, make_actor: MakeActor, teacher: StaffMember
) -> None:
    other = make_actor("institution_manager", institution=school_named("求真学校").public_id)
    for call in (
        lambda: record_staff_member(institution=school, draft=draft(), actor=other, at=AT),
        lambda: end_staff_member(member=teacher, on=TODAY, reason="走", actor=other, at=AT),
        lambda: declare_staff(institution=school, actor=other, at=AT),
    ):
        assert refused_codes(call) in (["policy.not_granted"], ["policy.other_institution"])


@pytest.mark.parametrize("role", ["filing_reviewer", "fee_supervisor", "expert"])
def test_other_desks_enter_nobody(school: Institution, make_actor: MakeActor, role: str) -> None:
    actor = make_actor(role)
    assert refused_codes(
        lambda: record_staff_member(institution=school, draft=draft(), actor=actor, at=AT)
    ) == ["policy.not_granted"]


def test_the_same_person_stands_once_on_a_list_and_may_stand_on_two(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    again = draft(name="同一个人")
    assert refused_codes(
        lambda: record_staff_member(institution=school, draft=again, actor=officer, at=AT)
    ) == ["staff.listed_already"]
    other = record_staff_member(
        institution=school_named("求真学校"), draft=again, actor=officer, at=AT
    )
    assert other.person_index == teacher.person_index


def test_an_unreadable_identity_number_is_refused_and_none_is_a_gap(
    school: Institution, officer: Actor
) -> None:
    wrong = draft(identity_number="123")
    assert refused_codes(
        lambda: record_staff_member(institution=school, draft=wrong, actor=officer, at=AT)
    ) == ["staff.identity_unreadable"]
    member = record_staff_member(
        institution=school, draft=working(identity_number=""), actor=officer, at=AT
    )
    assert [gap.code for gap in staff_gaps(member, TODAY)] == ["identity_missing"]


def test_who_is_excluded_is_refused_everywhere_until_the_exclusion_is_lifted(
    school: Institution, officer: Actor, make_actor: MakeActor
) -> None:
    elsewhere = make_actor("licensing_officer", division="510107")
    exclusion = exclude_person(
        division="510107",
        name="李明远",
        identity_kind="resident_id",
        identity_number=NUMBER,
        ground="blacklisted",
        source="平台黑名单",
        actor=elsewhere,
        at=AT,
    )
    assert (exclusion.name_hint, exclusion.ground) == ("李**", "blacklisted")
    assert refused_codes(
        lambda: record_staff_member(institution=school, draft=draft(), actor=officer, at=AT)
    ) == ["staff.excluded"]
    lift_exclusion(exclusion=exclusion, reason="撤销", actor=elsewhere, at=AT)
    record_staff_member(institution=school, draft=draft(), actor=officer, at=AT)
    assert refused_codes(
        lambda: lift_exclusion(exclusion=exclusion, reason=" ", actor=elsewhere, at=AT)
    ) == ["staff.reason_missing", "staff.exclusion_lifted_already"]


@pytest.mark.parametrize(
    ("number", "source", "codes"),
    [
        ("", "决定", ["staff.identity_missing"]),
        ("12", "决定", ["staff.identity_unreadable"]),
        (NUMBER, " ", ["staff.source_missing"]),
    ],
)
def test_an_exclusion_needs_a_person_and_a_source(
    officer: Actor, number: str, source: str, codes: list[str]
) -> None:
    assert (
        refused_codes(
            lambda: exclude_person(
                division="510116",
                name="李",
                identity_kind="resident_id",
                identity_number=number,
                ground="blacklisted",
                source=source,
                actor=officer,
                at=AT,
            )
        )
        == codes
    )


def test_a_barring_result_excludes_the_person_and_says_that_they_must_leave(
    officer: Actor, teacher: StaffMember
) -> None:
    record_check(member=teacher, draft=CheckDraft("enquiry", TODAY, "found"), actor=officer, at=AT)
    exclusion = StaffExclusion.objects.get()
    assert (exclusion.person_index, exclusion.ground) == (teacher.person_index, "check_found")
    teacher = StaffMember.objects.get()
    assert [gap.code for gap in staff_gaps(teacher, TODAY)] == ["must_leave"]
    after = TODAY + timedelta(days=1)
    end_staff_member(member=teacher, on=after, reason="解聘", actor=officer, at=AT)


def test_a_check_needs_consent_first_and_a_day_that_has_come(
    school: Institution, officer: Actor
) -> None:
    member = record_staff_member(
        institution=school, draft=draft(consent_signed_on=None), actor=officer, at=AT
    )
    tomorrow = CheckDraft("enquiry", TODAY + timedelta(days=1))
    assert refused_codes(
        lambda: record_check(member=member, draft=tomorrow, actor=officer, at=AT)
    ) == ["staff.check_in_future", "staff.consent_missing"]


def test_a_change_counts_from_its_day_and_the_past_stays(
    school: Institution, officer: Actor, teacher: StaffMember
) -> None:
    changed = change_staff_member(
        member=teacher,
        draft=draft(kind="other", post="助教", identity_number=""),
        on=date(2026, 4, 1),
        reason="转岗",
        actor=officer,
        at=AT,
    )
    assert changed.person_index == teacher.person_index
    assert list(StaffPost.objects.values_list("kind", "starts_on", "ends_before")) == [
        ("teaching", date(2026, 3, 1), date(2026, 4, 1)),
        ("other", date(2026, 4, 1), None),
    ]
    before = staff_ratio(school, date(2026, 3, 31)).shares[0]
    after = staff_ratio(school, date(2026, 4, 1)).shares[0]
    assert (before.counted, before.base, after.counted, after.base) == (1, 1, 0, 1)


def test_a_change_of_nothing_is_refused(officer: Actor, teacher: StaffMember) -> None:
    change = {"member": teacher, "on": TODAY, "reason": "无", "actor": officer, "at": AT}
    assert refused_codes(lambda: change_staff_member(draft=draft(), **change)) == [
        "register.nothing_changed"
    ]
    serving = draft(background="serving_teacher")
    assert refused_codes(lambda: change_staff_member(draft=serving, **change)) == [
        "staff.serving_teacher"
    ]


def test_other_staff_become_teachers_with_a_certificate_only(
    school: Institution, officer: Actor
) -> None:
    other = working(kind="other", post="教务", subjects=(), certificates=())
    member = record_staff_member(institution=school, draft=other, actor=officer, at=AT)
    change = {"member": member, "on": TODAY, "reason": "转岗", "actor": officer, "at": AT}
    assert refused_codes(lambda: change_staff_member(draft=draft(), **change)) == [
        "staff.certificate_missing"
    ]
    add_certificate(member=member, draft=CERTIFICATE, actor=officer, at=AT)
    assert change_staff_member(draft=draft(), **change).kind == "teaching"


def test_who_has_left_is_no_more_changed_and_no_more_counted(
    school: Institution, manager: Actor, teacher: StaffMember
) -> None:
    on = date(2026, 3, 10)
    left = end_staff_member(member=teacher, on=on, reason="辞职", actor=manager, at=AT)
    assert left.place_on(date(2026, 3, 9)) == "employed"
    assert left.place_on(on) == "left"
    assert staff_ratio(school, date(2026, 3, 9)).total == 1
    assert staff_ratio(school, on).total == 0
    again = {"member": teacher, "actor": manager, "at": AT}
    assert refused_codes(lambda: end_staff_member(on=date(2026, 3, 11), reason="再", **again)) == [
        "staff.left_already"
    ]
    assert refused_codes(lambda: add_certificate(draft=CERTIFICATE, **again)) == [
        "staff.left_already"
    ]


def test_a_certificate_is_kept_sealed_read_for_a_reason_and_struck(
    officer: Actor, manager: Actor, teacher: StaffMember
) -> None:
    paper = teacher.certificates.get()
    assert paper.masked_number == "**** 1234"
    assert "20153210042001234" not in str(paper.number)
    read = {"certificate": paper, "at": AT}
    assert refused_codes(lambda: read_certificate_number(reason=" ", actor=officer, **read)) == [
        "staff.reason_missing"
    ]
    assert refused_codes(lambda: read_certificate_number(reason="看看", actor=manager, **read)) == [
        "policy.not_granted"
    ]
    assert read_certificate_number(reason="核对", actor=officer, **read) == "20153210042001234"
    assert kinds()[-1] == "staff.number_read"
    assert refused_codes(
        lambda: add_certificate(member=teacher, draft=CERTIFICATE, actor=officer, at=AT)
    ) == ["staff.certificate_listed"]
    strike_certificate(certificate=paper, reason="误登", actor=manager, at=AT)
    teacher = StaffMember.objects.get()
    assert [gap.code for gap in staff_gaps(teacher, TODAY)] == ["certificate_missing"]
    assert refused_codes(
        lambda: strike_certificate(certificate=paper, reason="误登", actor=manager, at=AT)
    ) == ["staff.certificate_struck"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "staff.certificate_number_missing"),
        (
            {"issued_on": date(2026, 1, 2), "valid_until": date(2026, 1, 1)},
            "staff.certificate_reversed",
        ),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(
    officer: Actor, teacher: StaffMember, changes: dict, code: str
) -> None:
    wrong = replace(CERTIFICATE, **{"number": "99887766", **changes})
    assert refused_codes(
        lambda: add_certificate(member=teacher, draft=wrong, actor=officer, at=AT)
    ) == [code]


def test_many_are_entered_at_once_or_none(school: Institution, officer: Actor) -> None:
    drafts = [working(), working(name="王芳", identity_number=OTHER_NUMBER)]
    wrong = [*drafts, draft(name="赵强", identity_number="", background="serving_teacher")]
    enter = {"institution": school, "actor": officer, "at": AT}
    assert refused_codes(lambda: record_staff_members(drafts=wrong, **enter)) == [
        "staff.serving_teacher"
    ]
    assert not StaffMember.objects.exists()
    assert len(record_staff_members(drafts=drafts, **enter)) == 2
    event = Event.objects.get(kind="staff.batch_recorded")
    assert (event.row_count, len(event.rows_digest)) == (2, 64)
    assert [one.name for one in staff_named(school, " 王芳 ")] == ["王芳"]


def test_a_list_is_declared_and_a_shortfall_explained(
    school: Institution, manager: Actor, officer: Actor
) -> None:
    declare = {"institution": school, "actor": manager, "at": AT}
    assert refused_codes(lambda: declare_staff(**declare)) == ["staff.nobody_to_declare"]
    other = working(kind="other", post="教务", subjects=(), certificates=())
    record_staff_member(institution=school, draft=other, actor=officer, at=AT)
    assert refused_codes(lambda: declare_staff(**declare)) == ["staff.shortfall_unexplained"]
    made = declare_staff(explanation="正在招聘。", **declare)
    assert (made.staff_count, made.explanation) == (1, "正在招聘。")
    assert kinds()[-1] == "staff.declared"
    assert refused_codes(lambda: declare_staff(institution=school, actor=officer, at=AT)) == [
        "policy.not_granted"
    ]
