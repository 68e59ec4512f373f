"""The new number, 学转非 and the hand-over through the services that everyone uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from institutions.models import Institution, Journey
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journeys import JourneyDraft, start_journey
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import DIVISION, MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)
from tests.institutions.journeys.test_ways import (
    OLD_NUMBER,
    ON,
    STEP_STATED,
    Desks,
    apply_and_accept,
    codes,
    full_licence,
    rows,
)


@pytest.fixture
def school(make_actor: MakeActor) -> Institution:
    made = licensed_institution(number=OLD_NUMBER, legal_form="non_profit", category="subject")
    full_licence(made)
    return made


@pytest.fixture
def studio(make_actor: MakeActor) -> Institution:
    made = licensed_institution(
        number=OLD_NUMBER, legal_form="for_profit", category="non_subject", activity="sport"
    )
    full_licence(made)
    return made


def test_a_non_profit_institution_gets_a_new_number(
    school: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, school)
    journey = begun("renumbering", school, actor=desks.manager)
    documents = ("application_form", "licence_papers", "civil_certificate")
    journey = apply_and_accept(journey, desks, *documents)
    journey = desks.decide(journey, "grant")
    assert [clock.kind for clock in clocks_of(journey)] == ["journey.licence_issue"]
    stated = STEP_STATED["swap_licence"]
    journey = moved(journey, "issue", actor=desks.officer, **stated)
    old, new = school.licences.order_by("pk")
    assert (journey.state, journey.outcome, old.state, new.state) == (
        "issued",
        "done",
        "replaced",
        "in_force",
    )
    assert new.replaces == old
    with pytest.raises(Refused) as refused:
        begun("renumbering", school, actor=desks.manager)
    assert codes(refused) == ["journey.number_new_already"]


def converting(school: Institution, desks: Desks) -> Journey:
    """A conversion that was accepted."""
    journey = begun("conversion", school, actor=desks.manager, receiving="sport", activity="sport")
    hand_in(journey, "board_resolution", actor=desks.manager)
    journey = moved(journey, "resolve_board", actor=desks.manager, board_for=2, board_all=3)
    documents = ("application_form", "licence_papers", "amended_charter", "standards_proof")
    return apply_and_accept(journey, desks, *documents)


def test_a_subject_institution_becomes_a_non_subject_one_under_another_department(
    school: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, school)
    journey = converting(school, desks)
    assert [(clock.kind, clock.due_on) for clock in clocks_of(journey)] == [
        ("journey.conversion_decision", date(2026, 6, 2))
    ]
    with pytest.raises(Refused):
        moved(journey, "consent", actor=desks.officer, standards_checked_on=ON)
    journey = moved(journey, "object", actor=desks.sport, reason="场地不足")
    journey = moved(journey, "consent", actor=desks.sport, standards_checked_on=ON)
    journey = desks.decide(journey, "permit")
    hand_in(journey, "settlement_statement", actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    journey = moved(journey, "end_classes", actor=desks.officer)
    days = {"handed_over_on": date(2026, 2, 26), "acting_from": date(2026, 3, 1)}
    journey = moved(journey, "hand_over", actor=desks.officer, **days)
    school.refresh_from_db()
    current = school.competent_departments.get(ends_before__isnull=True)
    assert (current.department_id, current.starts_on, current.handed_over_on) == (
        "sport",
        date(2026, 3, 1),
        date(2026, 2, 26),
    )
    assert school.licences.get().issuing_department_id == "education"
    journey = moved(
        journey,
        "reissue",
        actor=desks.officer,
        document_type="training_licence",
        issuing_department="education",
        content="篮球、羽毛球",
        department_printed="双流区文化体育和旅游局",
        valid_until=date(2029, 3, 1),
    )
    old, new = school.licences.order_by("pk")
    assert (old.state, new.state, new.category, new.activity, new.number_printed) == (
        "replaced",
        "in_force",
        "non_subject",
        "sport",
        "",
    )
    assert (new.competent_department_printed, new.issuing_authority) == (
        "双流区文化体育和旅游局",
        "双流区教育局",
    )
    hand_in(journey, "civil_certificate", actor=desks.manager)
    accept_all(journey, actor=desks.officer)
    journey = moved(journey, "change_civil_scope", actor=desks.civil, registered_on=ON)
    school.refresh_from_db()
    assert (journey.outcome, school.category, school.activity) == ("done", "non_subject", "sport")


def test_a_conversion_is_refused_with_reasons_or_taken_back(
    school: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, school)
    journey = converting(school, desks)
    journey = moved(journey, "drop", actor=desks.manager, reason="不转了")
    assert journey.outcome == "dropped"
    journey = converting(school, desks)
    journey = moved(journey, "object", actor=desks.sport, reason="场地不足")
    journey = desks.decide(journey, "refuse", reason="接收部门不同意")
    school.refresh_from_db()
    assert (journey.outcome, school.category, school.competent_department_id) == (
        "refused",
        "subject",
        "education",
    )


def transferring(studio: Institution, actor: Actor, **stated: Any) -> Journey:
    draft = JourneyDraft(
        kind="transfer", division=DIVISION, department="education", institution=studio
    )
    values = {
        "receiving": "sport",
        "handed_over_on": date(2026, 2, 26),
        "acting_from": ON,
        "basis": "双教函〔2026〕3号",
        **stated,
    }
    return start_journey(draft=draft, stated=values, actor=actor, at=AT)


def test_the_bureau_hands_an_institution_over_and_reprints_its_licence(
    studio: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, studio)
    journey = transferring(studio, desks.officer, department_printed="双流区文化体育和旅游局")
    journey = moved(journey, "hand_over", actor=desks.officer)
    journey = moved(journey, "reissue", actor=desks.officer)
    studio.refresh_from_db()
    licence = studio.licences.get()
    assert (journey.outcome, studio.competent_department_id) == ("done", "sport")
    assert (licence.state, licence.number_printed, licence.competent_department_printed) == (
        "in_force",
        OLD_NUMBER,
        "双流区文化体育和旅游局",
    )
    current = studio.competent_departments.get(ends_before__isnull=True)
    assert (current.starts_on, current.handed_over_on, current.basis) == (
        ON,
        date(2026, 2, 26),
        "双教函〔2026〕3号",
    )


def test_an_institution_does_not_hand_itself_over(
    studio: Institution, make_actor: MakeActor
) -> None:
    desks = Desks(make_actor, studio)
    before = rows()
    for stranger in (desks.manager, desks.sport, desks.leader):
        with pytest.raises(Refused):
            transferring(studio, stranger)
    assert rows() == before


def test_the_change_waits_for_the_day_of_taking_charge(
    studio: Institution, make_actor: MakeActor
) -> None:
    officer = make_actor("licensing_officer")
    journey = transferring(studio, officer, acting_from=date(2026, 3, 5))
    before = rows()
    with pytest.raises(Refused) as refused:
        moved(journey, "hand_over", actor=officer)
    assert codes(refused) == ["journey.not_yet_acting"]
    assert rows() == before
    later = datetime(2026, 3, 5, 1, tzinfo=UTC)
    assert moved(journey, "hand_over", actor=officer, at=later).state == "handed_over"
