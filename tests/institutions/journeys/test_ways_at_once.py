"""Two officers at the same moment: no step is lost and none is taken twice. Real threads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from institutions.models import Institution, Journey, Licence
from institutions.services.journey_transfer import TransferOrder, transfer_one
from institutions.services.journeys import confirm_proposal, take_move
from regulator.audit.models import Event
from tests.at_once import at_once
from tests.district import MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)
from tests.institutions.journeys.test_ways import (
    CHENGDU,
    NEW_NUMBER,
    STEP_STATED,
    Desks,
    full_licence,
    reregistering,
    take_step,
)

ROUNDS = 4


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: the district and all that stands on it lies in a database of its own."""
    return committed_db


def company(number: int) -> Institution:
    made = licensed_institution(
        f"第{number}培训学校",
        number=f"15101167000{number:04d}",
        legal_form="for_profit",
        category="subject",
    )
    full_licence(made)
    return made


def state_after(journey: Journey, move: str, actor: Any, **stated: Any) -> Callable[[], str]:
    return lambda: moved(journey, move, actor=actor, **stated).state


def events(journey: Journey, *kinds: str) -> list[str]:
    rows = Event.objects.filter(
        subject_key=str(journey.public_id), kind__in=[f"journey.{kind}" for kind in kinds]
    )
    return list(rows.values_list("kind", flat=True))


def test_one_step_taken_by_two_officers_is_taken_once(make_actor: MakeActor) -> None:
    for number in range(1, ROUNDS + 1):
        school = company(number)
        desks = Desks(make_actor, school)
        colleague = make_actor("licensing_officer")
        journey = reregistering(school, desks)
        hand_in(journey, "amended_charter", actor=desks.manager)
        accept_all(journey, actor=desks.officer)
        results = at_once(
            state_after(journey, "revise_charter", desks.officer),
            state_after(journey, "revise_charter", colleague),
        )
        assert sorted(results, key=str) == [["journey.wrong_state"], "charter_revised"]
        assert events(journey, "revise_charter") == ["journey.revise_charter"]


def test_two_different_moves_at_once_leave_one_of_them(make_actor: MakeActor) -> None:
    for number in range(1, ROUNDS + 1):
        school = company(number)
        desks = Desks(make_actor, school)
        journey = begun("reregistration", school, actor=desks.manager)
        hand_in(
            journey, "application_form", "licence_papers", "business_licence", actor=desks.manager
        )
        journey = moved(journey, "submit", actor=desks.manager)
        results = at_once(
            state_after(journey, "reject", desks.officer, reason="不属于本机关职权"),
            state_after(journey, "drop", desks.manager, reason="不办了"),
        )
        assert ["journey.wrong_state"] in results
        journey.refresh_from_db()
        assert journey.state in results
        taken = {"rejected": "journey.reject", "dropped": "journey.drop"}[journey.state]
        assert events(journey, "reject", "drop") == [taken]
        school.refresh_from_db()
        assert school.status == "operating"


def swap_proposed(number: int, make_actor: MakeActor) -> tuple[Any, Desks]:
    school = company(number)
    desks = Desks(make_actor, school)
    journey = reregistering(school, desks)
    for move in CHENGDU[:5]:
        journey = take_step(journey, move, desks)
    stated = STEP_STATED["swap_licence"]
    taken = take_move(
        journey=journey, move="swap_licence", stated=stated, actor=desks.officer, at=AT
    )
    return taken.proposal, desks


def test_a_swap_countersigned_twice_at_once_gives_one_new_licence(make_actor: MakeActor) -> None:
    proposal, desks = swap_proposed(1, make_actor)
    second = make_actor("district_leader")
    results = at_once(
        *[
            lambda leader=leader: confirm_proposal(proposal=proposal, actor=leader, at=AT).state
            for leader in (desks.leader, second)
        ]
    )
    assert sorted(results, key=str) == [["journey.proposal_settled"], "licence_swapped"]
    states = list(Licence.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["replaced", "in_force"]


def test_one_new_number_for_two_institutions_at_once_goes_to_one(make_actor: MakeActor) -> None:
    first, desks = swap_proposed(1, make_actor)
    second, _ = swap_proposed(2, make_actor)
    results = at_once(
        lambda: confirm_proposal(proposal=first, actor=desks.leader, at=AT).state,
        lambda: confirm_proposal(proposal=second, actor=desks.leader, at=AT).state,
    )
    refused = [one for one in results if one != "licence_swapped"]
    assert results.count("licence_swapped") == 1
    assert refused in ([["journey.stated_number_taken"]], [["licence.number_taken"]])
    assert Licence.objects.filter(number_key=NEW_NUMBER).count() == 1


def test_one_institution_handed_over_twice_at_once_goes_once(make_actor: MakeActor) -> None:
    officer = make_actor("licensing_officer")
    colleague = make_actor("licensing_officer")
    gym = licensed_institution(category="non_subject", activity="sport")
    full_licence(gym)
    order = TransferOrder("sport", date(2026, 2, 26), date(2026, 3, 2), "双教函〔2026〕3号")
    results = at_once(
        *[
            lambda actor=actor: transfer_one(institution=gym, order=order, actor=actor, at=AT).state
            for actor in (officer, colleague)
        ]
    )
    assert sorted(results, key=str) == [["journey.stated_department_same"], "reissued"]
    assert gym.competent_departments.count() == 2
