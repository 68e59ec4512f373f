"""A renewal through the services that everyone uses."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.models import Institution, Licence, Paper
from institutions.selectors.journey_facts import clocks_of
from institutions.services.journeys import confirm_proposal, take_move
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

DOCUMENTS = ("application_form", "licence_papers", "premises_proof", "annual_report")


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution()


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


def test_a_renewal_is_granted_only_with_the_leaders_countersignature(
    institution: Institution, officer: Actor, make_actor: MakeActor
) -> None:
    manager = make_actor("institution_manager", institution=institution.public_id)
    leader = make_actor("district_leader")
    journey = begun("renewal", institution, actor=manager)
    assert journey.number == "BJ510116-2026-00001"
    hand_in(journey, *DOCUMENTS, actor=manager)
    journey = moved(journey, "submit", actor=manager)
    journey = moved(journey, "accept", actor=officer)
    assert [(clock.kind, clock.due_on) for clock in clocks_of(journey)] == [
        ("journey.renewal_decision", date(2026, 3, 30)),
        ("journey.before_expiry", date(2027, 4, 30)),
    ]
    # The paper promises the nearer of the two terms.
    assert Paper.objects.get(kind="acceptance").facts["decide_by"] == "2026-03-30"
    with pytest.raises(Refused) as refused:
        moved(journey, "grant", actor=officer, valid_until=date(2030, 4, 30))
    assert {one.code for one in refused.value.refusals} == {"journey.document_unchecked"}
    accept_all(journey, actor=officer)
    taken = take_move(
        journey=journey,
        move="grant",
        stated={"valid_until": date(2030, 4, 30)},
        actor=officer,
        at=AT,
    )
    assert taken.proposal is not None
    assert Licence.objects.get(institution=institution).valid_before == date(2027, 5, 1)
    journey = confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    assert (journey.state, journey.outcome) == ("granted", "done")
    assert Licence.objects.get(institution=institution).valid_before == date(2030, 5, 1)
    assert clocks_of(journey) == []


def test_a_stale_page_cannot_move_a_journey_twice(institution: Institution, officer: Actor) -> None:
    journey = begun("renewal", institution, actor=officer)
    hand_in(journey, *DOCUMENTS, actor=officer)
    moved(journey, "submit", actor=officer)
    with pytest.raises(Refused) as refused:
        take_move(journey=journey, move="accept", revision=0, actor=officer, at=AT)
    assert [one.code for one in refused.value.refusals] == ["journey.moved_meanwhile"]
