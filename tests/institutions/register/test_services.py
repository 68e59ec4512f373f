"""Entering, granting, changing and verifying, each with its event and its refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from institutions.models import Institution, Licence
from institutions.selectors.register import (
    draw_objects,
    institutions_in,
    licence_in_force,
    premises_of,
)
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    change_competent_department,
    change_credit_code,
    change_name,
    change_operating_status,
    close_premises,
    correct_institution,
    correct_licence,
    correct_premises,
    grant_licence,
    move_licence,
    record_licence,
    register_institution,
    take_licence_move,
    verify_institution,
)
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, District, MakeActor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def good_code(body: str) -> str:
    """A credit code with the right last character."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(letters.index(each) * 3**place for place, each in enumerate(body))
    return body + letters[-total % 31]


def refused_codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [each.code for each in refused.value.refusals]


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def school(officer: Actor) -> Institution:
    draft = InstitutionDraft(
        name="双流区明德教育培训学校",
        category="subject",
        legal_form="non_profit",
        credit_code=good_code("52510116MJ0000001"),
        principal="张某",
    )
    return register_institution(
        division=DIVISION,
        draft=draft,
        competent_department="education",
        on=date(2024, 1, 8),
        actor=officer,
        at=AT,
    )


def paper(**changes: object) -> LicenceDraft:
    values = {
        "number": "教民151011670000018号",
        "category": "subject",
        "issuing_authority": "双流区教育局",
        "issuing_department": "education",
        "issued_on": date(2024, 1, 8),
        "valid_from": date(2024, 1, 8),
        "valid_until": date(2027, 1, 7),
    }
    return LicenceDraft(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def licensed(school: Institution, officer: Actor) -> Licence:
    add_premises(
        institution=school,
        address="双流区东升街道顺城街 8 号 2 层",
        area="510116001",
        on=date(2024, 1, 8),
        actor=officer,
        at=AT,
    )
    return grant_licence(institution=school, draft=paper(), actor=officer, at=AT)


def test_a_registered_institution_is_unverified_and_lists_its_gaps(school: Institution) -> None:
    assert school.verification == "unverified"
    assert [gap.code for gap in school.gaps.all()] == [
        "licence_missing",
        "licence_number_missing",
        "address_missing",
    ]
    assert list(school.names.values_list("name", "starts_on", "ends_before")) == [
        ("双流区明德教育培训学校", date(2024, 1, 8), None)
    ]


def test_the_event_of_an_entry_holds_no_persons_name(school: Institution) -> None:
    event = Event.objects.get(kind="institution.registered")
    assert event.subject_key == str(school.public_id)
    assert "张某" not in str(event.new)
    assert len(event.new["principal"]) == 64


def test_a_name_and_a_credit_code_belong_to_one_identity_only(
    school: Institution, officer: Actor
) -> None:
    draft = InstitutionDraft(name="双流区明德教育 培训学校", credit_code=school.credit_code)
    codes = refused_codes(
        lambda: register_institution(division=DIVISION, draft=draft, actor=officer, at=AT)
    )
    assert codes == ["register.name_taken", "register.credit_code_taken"]
    assert Institution.objects.count() == 1


def test_an_officer_of_another_division_may_not_enter_anything(
    make_actor: MakeActor, district: District
) -> None:
    stranger = make_actor("licensing_officer", division=district.other_division)
    draft = InstitutionDraft(name="某某培训学校")
    codes = refused_codes(
        lambda: register_institution(division=DIVISION, draft=draft, actor=stranger, at=AT)
    )
    assert codes == ["policy.other_division"]
    assert not Institution.objects.exists()


def test_granting_puts_a_licence_in_force_with_its_parts_beside_the_print(
    licensed: Licence,
) -> None:
    licensed.refresh_from_db()
    assert licensed.state == "in_force"
    assert licensed.number_printed == "教民151011670000018号"
    assert (
        licensed.number_authority,
        licensed.number_division,
        licensed.number_nature,
        licensed.number_serial,
    ) == ("1", "510116", "7", "0000018")
    assert licensed.valid_before == date(2027, 1, 8)
    assert list(licensed.periods.values_list("state", "starts_on", "ends_before")) == [
        ("in_force", date(2026, 3, 2), None)
    ]


def test_a_licence_without_premises_number_and_validity_is_refused_with_every_reason(
    school: Institution, officer: Actor
) -> None:
    draft = paper(number="", valid_from=None, valid_until=None, issued_on=None)
    codes = refused_codes(
        lambda: grant_licence(institution=school, draft=draft, actor=officer, at=AT)
    )
    assert codes == [
        "licence.number_missing",
        "licence.validity_missing",
        "licence.premises_missing",
    ]
    assert not Licence.objects.exists()


def test_a_licence_number_is_never_used_twice(licensed: Licence, officer: Actor) -> None:
    other = register_institution(
        division=DIVISION, draft=InstitutionDraft(name="乙培训学校"), actor=officer, at=AT
    )
    codes = refused_codes(
        lambda: record_licence(
            institution=other, draft=paper(number="151011670000018"), actor=officer, at=AT
        )
    )
    assert codes == ["licence.number_taken"]
    assert other.licences.count() == 0


def test_suspending_needs_a_reason_and_revoking_a_decision_too(
    licensed: Licence, officer: Actor
) -> None:
    assert refused_codes(
        lambda: move_licence(licence=licensed, move="suspend", actor=officer, at=AT)
    ) == ["licence.reason_missing"]
    assert refused_codes(
        lambda: move_licence(licence=licensed, move="revoke", actor=officer, at=AT)
    ) == ["licence.reason_missing", "licence.decision_missing"]
    licensed.refresh_from_db()
    assert licensed.state == "in_force"


def test_a_suspended_licence_resumes_and_every_state_keeps_its_days(
    licensed: Licence, officer: Actor
) -> None:
    move_licence(
        licence=licensed,
        move="suspend",
        reason="消防整改",
        actor=officer,
        at=AT + timedelta(days=5),
    )
    move_licence(
        licence=licensed, move="resume", reason="整改合格", actor=officer, at=AT + timedelta(days=9)
    )
    assert list(licensed.periods.values_list("state", "starts_on", "ends_before")) == [
        ("in_force", date(2026, 3, 2), date(2026, 3, 7)),
        ("suspended", date(2026, 3, 7), date(2026, 3, 11)),
        ("in_force", date(2026, 3, 11), None),
    ]
    school = licensed.institution
    assert licence_in_force(school, date(2026, 3, 8)) is None
    assert licence_in_force(school, date(2026, 3, 11)) == licensed
    assert licence_in_force(school, date(2027, 1, 8)) is None


def test_another_departments_officer_may_not_decide_on_the_licence(
    licensed: Licence, make_actor: MakeActor
) -> None:
    stranger = make_actor("licensing_officer", department="sport")
    assert refused_codes(
        lambda: take_licence_move(licence=licensed, move="expire", actor=stranger, at=AT)
    ) == ["policy.other_department"]


@pytest.mark.parametrize("move", ["suspend", "revoke", "annul", "withdraw", "replace", "cancel"])
def test_no_officer_takes_a_licence_away_at_the_desk(
    licensed: Licence, officer: Actor, move: str
) -> None:
    before = Event.objects.count()
    assert refused_codes(
        lambda: take_licence_move(licence=licensed, move=move, reason="理由", actor=officer, at=AT)
    ) == ["licence.by_journey_only"]
    licensed.refresh_from_db()
    assert (licensed.state, Event.objects.count()) == ("in_force", before)


def test_a_corrected_paper_keeps_its_state(licensed: Licence, officer: Actor) -> None:
    held = correct_licence(
        licence=licensed, draft=paper(remarks="副本遗失补发"), actor=officer, at=AT
    )
    assert (held.remarks, held.state) == ("副本遗失补发", "in_force")
    assert refused_codes(
        lambda: correct_licence(
            licence=held, draft=paper(remarks="副本遗失补发"), actor=officer, at=AT
        )
    ) == ["register.nothing_changed"]


def test_premises_get_ids_that_are_never_given_again(school: Institution, officer: Actor) -> None:
    first = add_premises(institution=school, address="一街 1 号", actor=officer, at=AT)
    close_premises(premises=first, on=date(2026, 3, 5), reason="搬迁", actor=officer, at=AT)
    second = add_premises(institution=school, address="二街 2 号", actor=officer, at=AT)
    assert (first.register_id, second.register_id) == ("P000001", "P000002")
    assert premises_of(school) == [second]
    assert premises_of(school, date(2026, 3, 4)) == [first, second]


def test_an_address_is_entered_once_and_can_be_put_right(
    school: Institution, officer: Actor
) -> None:
    place = add_premises(institution=school, address="一街 1 号", actor=officer, at=AT)
    assert refused_codes(
        lambda: add_premises(institution=school, address="一街１号", actor=officer, at=AT)
    ) == ["register.address_taken"]
    put_right = correct_premises(
        premises=place,
        address="一街 1 号 3 层",
        area="510116002",
        floor_area_m2=None,
        is_licensed=False,
        actor=officer,
        at=AT,
    )
    assert (put_right.register_id, put_right.address) == ("P000001", "一街 1 号 3 层")


def test_verifying_needs_a_category_and_an_address(
    school: Institution, licensed: Licence, officer: Actor
) -> None:
    bare = register_institution(
        division=DIVISION, draft=InstitutionDraft(name="丙培训学校"), actor=officer, at=AT
    )
    assert refused_codes(lambda: verify_institution(institution=bare, actor=officer, at=AT)) == [
        "register.category_missing",
        "register.address_missing",
    ]
    verified = verify_institution(institution=school, actor=officer, at=AT)
    assert (verified.verification, verified.verified_by) == ("verified", officer.name)
    assert list(verified.gaps.all()) == []
    assert refused_codes(lambda: verify_institution(institution=school, actor=officer, at=AT)) == [
        "register.verified_already"
    ]


def test_one_identity_spans_names_codes_and_departments(
    school: Institution, officer: Actor
) -> None:
    new_code = good_code("91510116MA0000002")
    change_name(
        institution=school, name="双流区明德文化艺术培训中心", on=date(2026, 3, 1),
        actor=officer, at=AT,
    )  # fmt: skip
    change_credit_code(
        institution=school, credit_code=new_code, on=date(2026, 3, 1), actor=officer, at=AT
    )
    change_competent_department(
        institution=school, department="culture_tourism", on=date(2026, 3, 1),
        handed_over_on=date(2026, 2, 20), actor=officer, at=AT,
    )  # fmt: skip
    change_operating_status(
        institution=school, status="paused", on=date(2026, 3, 2), reason="搬迁",
        actor=officer, at=AT,
    )  # fmt: skip
    school.refresh_from_db()
    assert (school.name, school.credit_code, school.status) == (
        "双流区明德文化艺术培训中心",
        new_code,
        "paused",
    )
    assert school.competent_department_id == "culture_tourism"
    assert list(school.names.values_list("name", "ends_before")) == [
        ("双流区明德教育培训学校", date(2026, 3, 1)),
        ("双流区明德文化艺术培训中心", None),
    ]
    assert refused_codes(
        lambda: change_competent_department(
            institution=school, department="culture_tourism", on=date(2026, 3, 3),
            actor=officer, at=AT,
        )
    ) == ["register.department_same"]  # fmt: skip


def test_a_correction_changes_the_past_too(school: Institution, officer: Actor) -> None:
    correct_institution(
        institution=school,
        values={"name": "双流区明德教育培训学校有限公司", "credit_code": ""},
        actor=officer,
        at=AT,
    )
    assert list(school.names.values_list("name", "starts_on")) == [
        ("双流区明德教育培训学校有限公司", date(2024, 1, 8))
    ]
    assert not school.credit_codes.exists()


def test_draw_objects_are_the_licensed_premises_in_force(licensed: Licence, officer: Actor) -> None:
    found = draw_objects(division=DIVISION, on=date(2026, 3, 2))
    assert [(each.register_id, each.area, each.institution) for each in found] == [
        ("P000001", "510116001", licensed.institution.public_id)
    ]
    move_licence(licence=licensed, move="cancel", reason="申请", actor=officer, at=AT)
    assert draw_objects(division=DIVISION, on=date(2026, 3, 2)) == []


def test_a_desk_sees_its_own_division_and_the_city_all(
    school: Institution, make_actor: MakeActor, district: District
) -> None:
    stranger = make_actor("licensing_officer", division=district.other_division)
    supervisor = make_actor("city_supervisor", division="510100")
    manager = make_actor("institution_manager", institution=school.public_id)
    assert list(institutions_in(stranger)) == []
    assert list(institutions_in(supervisor)) == [school]
    assert list(institutions_in(manager)) == []
