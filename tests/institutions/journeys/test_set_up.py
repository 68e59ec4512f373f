"""A set-up through the services, from the counter to the licence; and its bans."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from institutions.models import Institution, Journey, Licence
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journeys import (
    JourneyDraft,
    confirm_proposal,
    start_journey,
    take_move,
)
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    hand_in,
    licensed_institution,
    moved,
)

DOCUMENTS = (
    "application_form",
    "charter",
    "sponsor_identity",
    "assets_proof",
    "premises_proof",
    "fire_safety_proof",
    "board_list",
    "staff_certificates",
)
STATED: dict[str, Any] = {
    "name": "新芽艺术培训学校",
    "category": "non_subject",
    "activity": "culture_arts",
    "stages": ["primary", "junior"],
    "ways": ["offline"],
    "legal_form": "non_profit",
    "sponsors": "新芽文化公司",
    "legal_representative": "张某",
    "principal": "李某",
    "address": "星空路20号3楼",
    "area": "510116001",
    "floor_area": 260,
    "content": "美术、书法",
}
CHECKED = {
    "checked_on": date(2026, 3, 2),
    "checked_by": "王某、赵某",
    "site_result": "conforms",
    "site_findings": "与申报一致。",
}
ISSUED = {
    "document_type": "school_licence",
    "school_type": "培训机构",
    "licence_number": "教民151011670000888号",
    "valid_from": date(2026, 3, 5),
    "valid_until": date(2029, 3, 4),
}


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


def begun(officer: Actor, at: datetime = AT, **stated: Any) -> Journey:
    draft = JourneyDraft(kind="set_up", division=DIVISION, department="education")
    return start_journey(draft=draft, stated={**STATED, **stated}, actor=officer, at=at)


def checked(officer: Actor) -> Journey:
    journey = begun(officer)
    hand_in(journey, *DOCUMENTS, actor=officer)
    journey = moved(journey, "submit", actor=officer)
    journey = moved(journey, "accept", actor=officer)
    accept_all(journey, actor=officer)
    return moved(journey, "check_site", actor=officer, **CHECKED)


def test_a_set_up_ends_with_an_identity_a_place_and_a_licence_in_force(
    officer: Actor, make_actor: MakeActor
) -> None:
    leader = make_actor("district_leader")
    journey = checked(officer)
    assert journey.applicant_name == "新芽艺术培训学校"
    assert [(one.kind, one.due_on) for one in clocks_of(journey)] == [
        ("journey.set_up_decision", date(2026, 6, 2))
    ]
    taken = take_move(journey=journey, move="grant", actor=officer, at=AT)
    assert taken.proposal is not None
    journey = confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    assert (journey.state, Institution.objects.count()) == ("granted", 0)
    assert [(one.kind, one.due_on) for one in clocks_of(journey)] == [
        ("journey.licence_issue", date(2026, 3, 16))
    ]
    on_the_fifth = datetime(2026, 3, 5, 1, tzinfo=UTC)
    journey = moved(journey, "issue", actor=officer, at=on_the_fifth, **ISSUED)
    assert (journey.state, journey.outcome, clocks_of(journey)) == ("issued", "done", [])
    institution = Institution.objects.get()
    assert journey.institution == institution
    assert (institution.name, institution.category, institution.activity) == (
        "新芽艺术培训学校",
        "non_subject",
        "culture_arts",
    )
    assert institution.is_verified
    # In Sichuan the culture department supervises the arts since 2022: looked up, not typed.
    assert institution.competent_department_id == "culture_tourism"
    place = institution.premises.get()
    assert (place.address, place.area, place.floor_area_m2, place.is_licensed) == (
        "星空路20号3楼",
        "510116001",
        260,
        True,
    )
    licence = Licence.objects.get(institution=institution)
    assert (licence.state, licence.number_serial, licence.stages, licence.ways) == (
        "in_force",
        "0000888",
        ["primary", "junior"],
        ["offline"],
    )
    assert (licence.valid_from, licence.valid_before) == (date(2026, 3, 5), date(2029, 3, 5))
    assert licence.issuing_authority
    assert journey.new_licence == licence


def test_every_ban_refuses_at_once_and_nothing_is_begun(officer: Actor) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        begun(
            officer,
            category="subject",
            activity="",
            stages=["preschool", "primary", "senior"],
        )
    assert {
        (one.code, "第18项" in (one.basis.cite() if one.basis else ""))
        for one in refused.value.refusals
    } == {
        ("journey.ban_preschool", True),
        ("journey.ban_compulsory", True),
        ("journey.ban_senior", True),
    }
    assert (Journey.objects.count(), Event.objects.count()) == (0, before)


def test_an_online_subject_set_up_is_recorded_and_referred(officer: Actor) -> None:
    journey = begun(officer, category="subject", activity="", ways=["online_live"])
    journey = moved(
        journey, "refer", actor=officer, referred_to="省教育厅", reason="线上学科类由省级审批"
    )
    assert (journey.state, journey.outcome, journey.details["referred_to"]) == (
        "referred",
        "referred",
        "省教育厅",
    )
    assert Institution.objects.count() == 0


def test_a_name_that_is_borne_or_asked_for_already_is_refused(officer: Actor) -> None:
    licensed_institution("新芽艺术培训学校")
    with pytest.raises(Refused) as taken:
        begun(officer)
    assert [one.code for one in taken.value.refusals] == ["register.name_taken"]
    running = begun(officer, name="星火艺术培训学校")
    with pytest.raises(Refused) as twice:
        begun(officer, name="星火艺术培训学校")
    assert [(one.code, one.params) for one in twice.value.refusals] == [
        ("journey.applicant_running", {"number": running.number})
    ]


def test_a_licence_that_cannot_be_issued_leaves_nothing_behind(
    officer: Actor, make_actor: MakeActor
) -> None:
    taken = take_move(journey=checked(officer), move="grant", actor=officer, at=AT)
    assert taken.proposal is not None
    leader = make_actor("district_leader")
    journey = confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    licensed_institution(number="教民151011670000888号")  # the number is another's
    before = (Institution.objects.count(), Licence.objects.count(), Event.objects.count())
    with pytest.raises(Refused) as refused:
        moved(journey, "issue", actor=officer, **ISSUED)
    assert [one.code for one in refused.value.refusals] == ["licence.number_taken"]
    after = (Institution.objects.count(), Licence.objects.count(), Event.objects.count())
    journey.refresh_from_db()
    assert (journey.state, after) == ("granted", before)


def test_gaps_are_listed_once_and_completed(officer: Actor) -> None:
    journey = begun(officer)
    hand_in(journey, *DOCUMENTS, actor=officer)
    journey = moved(journey, "submit", actor=officer)
    journey = moved(journey, "request_gaps", actor=officer, gaps="缺消防证明原件")
    assert (journey.state, clocks_of(journey)) == ("gaps", [])
    journey = moved(journey, "complete", actor=officer)
    with pytest.raises(Refused) as refused:
        moved(journey, "request_gaps", actor=officer, gaps="再缺一份")
    assert [one.code for one in refused.value.refusals] == ["journey.gaps_listed_already"]


def test_who_is_no_licensing_officer_of_the_department_begins_none(
    make_actor: MakeActor,
) -> None:
    for stranger in (
        make_actor("filing_reviewer"),
        make_actor("licensing_officer", department="sport"),
    ):
        with pytest.raises(Refused) as refused:
            begun(stranger)
        assert refused.value.refusals[0].code.startswith("policy.")
    assert Journey.objects.count() == 0
