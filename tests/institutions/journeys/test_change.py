"""Changes through the services: old and new, from their day, in entry and licence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from institutions.models import Institution, Journey
from institutions.services.journeys import confirm_proposal, take_move
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)

BASE = ("application_form", "licence_papers")


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution(
        principal="旧校长", sponsors="旧举办者", legal_representative="旧法人"
    )


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def leader(make_actor: MakeActor) -> Actor:
    return make_actor("district_leader")


def accepted(
    institution: Institution, officer: Actor, documents: tuple[str, ...], **stated: Any
) -> Journey:
    journey = begun("change", institution, actor=officer, change_reason="发展需要", **stated)
    hand_in(journey, *BASE, *documents, actor=officer)
    journey = moved(journey, "submit", actor=officer)
    journey = moved(journey, "accept", actor=officer)
    accept_all(journey, actor=officer)
    return journey


def granted(journey: Journey, officer: Actor, leader: Actor, on: date) -> Journey:
    taken = take_move(
        journey=journey, move="grant", stated={"takes_effect_on": on}, actor=officer, at=AT
    )
    assert taken.proposal is not None
    return confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)


def test_a_new_name_begins_on_its_day_and_the_old_one_stays_known(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    journey = accepted(
        institution,
        officer,
        ("board_resolution", "amended_charter"),
        matters=["name"],
        new_name="启明培训学校",
    )
    institution.refresh_from_db()
    assert institution.name == "明德培训学校"
    journey = granted(journey, officer, leader, date(2026, 3, 1))
    institution.refresh_from_db()
    assert (journey.state, journey.outcome, institution.name) == (
        "granted",
        "done",
        "启明培训学校",
    )
    assert [(one.name, one.starts_on, one.ends_before) for one in institution.names.all()] == [
        ("明德培训学校", date(2020, 1, 1), date(2026, 3, 1)),
        ("启明培训学校", date(2026, 3, 1), None),
    ]
    assert institution.licences.get().name == "启明培训学校"


def test_people_change_in_entry_and_licence_and_the_event_names_nobody(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    journey = accepted(
        institution,
        officer,
        (
            "sponsor_agreement",
            "liquidation_report",
            "board_resolution",
            "sponsor_identity",
            "representative_identity",
            "principal_certificates",
        ),
        matters=["sponsors", "legal_representative", "principal"],
        new_sponsors="新举办者",
        new_legal_representative="新法人",
        new_principal="新校长",
    )
    granted(journey, officer, leader, date(2026, 3, 2))
    institution.refresh_from_db()
    licence = institution.licences.get()
    assert (institution.sponsors, institution.legal_representative, institution.principal) == (
        "新举办者",
        "新法人",
        "新校长",
    )
    assert (licence.sponsors, licence.principal) == ("新举办者", "新校长")
    event = Event.objects.get(kind="institution.changed")
    assert "新校长" not in str(event.new)
    assert "旧校长" not in str(event.old)


def test_a_move_opens_the_new_place_and_closes_the_old_one(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    old = institution.premises.get()
    journey = accepted(
        institution,
        officer,
        ("premises_proof", "fire_safety_proof"),
        matters=["premises"],
        premises_change="moved",
        premises_register_id=old.register_id,
        new_address="银河路6号1楼",
        new_area="510116002",
    )
    granted(journey, officer, leader, date(2026, 3, 2))
    assert [
        (one.address, one.starts_on, one.ends_before) for one in institution.premises.order_by("pk")
    ] == [
        ("星空路18号2楼", date(2024, 5, 1), date(2026, 3, 2)),
        ("银河路6号1楼", date(2026, 3, 2), None),
    ]
    assert institution.licences.get().address == "银河路6号1楼"


def test_what_the_licence_does_not_print_is_recorded_at_once(
    institution: Institution, make_actor: MakeActor
) -> None:
    manager = make_actor("institution_manager", institution=institution.public_id)
    journey = begun(
        "change",
        institution,
        actor=manager,
        matters=["registered_address"],
        new_registered_address="天府大道1号",
        change_reason="住所迁移",
    )
    with pytest.raises(Refused) as refused:
        moved(journey, "submit", actor=manager)
    assert "journey.change_needs_no_decision" in {one.code for one in refused.value.refusals}
    journey = moved(journey, "record", actor=manager)
    institution.refresh_from_db()
    assert (journey.state, institution.registered_address) == ("recorded", "天府大道1号")


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"matters": ["category"]}, "journey.change_is_conversion"),
        ({"matters": ["name"], "new_name": "别家学校"}, "register.name_taken"),
        (
            {
                "matters": ["premises"],
                "premises_change": "moved",
                "premises_register_id": "P999999",
                "new_address": "银河路6号",
            },
            "journey.premises_unknown",
        ),
        (
            {
                "matters": ["premises"],
                "premises_change": "added",
                "new_address": "星空路18号2楼",
            },
            "register.address_taken",
        ),
    ],
)
def test_what_cannot_be_is_said_at_the_beginning(
    institution: Institution, officer: Actor, stated: dict[str, Any], code: str
) -> None:
    licensed_institution("别家学校", number="151011670000124")
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        begun("change", institution, actor=officer, change_reason="发展需要", **stated)
    assert [one.code for one in refused.value.refusals] == [code]
    assert (Journey.objects.count(), Event.objects.count()) == (0, before)


def test_a_name_taken_meanwhile_changes_nothing(
    institution: Institution, officer: Actor, leader: Actor
) -> None:
    journey = accepted(
        institution,
        officer,
        ("board_resolution", "amended_charter", "principal_certificates"),
        matters=["principal", "name"],
        new_name="启明培训学校",
        new_principal="新校长",
    )
    licensed_institution("启明培训学校", number="151011670000125")
    taken = take_move(
        journey=journey,
        move="grant",
        stated={"takes_effect_on": date(2026, 3, 2)},
        actor=officer,
        at=AT,
    )
    assert taken.proposal is not None
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    assert [one.code for one in refused.value.refusals] == ["register.name_taken"]
    institution.refresh_from_db()
    journey.refresh_from_db()
    taken.proposal.refresh_from_db()
    assert (institution.name, institution.principal, journey.state, taken.proposal.state) == (
        "明德培训学校",
        "旧校长",
        "accepted",
        "waiting",
    )
    assert Event.objects.count() == before
