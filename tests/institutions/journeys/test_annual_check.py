"""Annual checks and rectifications through the services, from report to result."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from institutions.models import Institution, Journey
from institutions.selectors.annual_checks import annual_results, journey_hints
from institutions.selectors.journey_facts import clocks_of
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

FAILED = {"reason": "没有审计", "statements": "没有提出", "consequences": "限期整改"}
ORDER = {"items": "补齐消防证明\n更换门锁", "term_workdays": 10, "violation": "消防要求"}


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution()


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


def reported(institution: Institution, officer: Actor, year: int = 2025) -> Journey:
    journey = begun("annual_check", institution, actor=officer, check_year=year)
    hand_in(journey, "annual_report", "audit_report", actor=officer)
    journey = moved(journey, "submit", actor=officer)
    accept_all(journey, actor=officer)
    return journey


def failed(journey: Journey, officer: Actor, leader: Actor) -> Journey:
    taken = take_move(journey=journey, move="fail_check", stated=FAILED, actor=officer, at=AT)
    assert taken.proposal is not None
    return confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)


def state_of(institution: Institution) -> list[tuple[str, date, date | None]]:
    rows = institution.statuses.order_by("pk")
    return [(one.status, one.starts_on, one.ends_before) for one in rows]


def test_a_check_that_passes_is_a_result_of_its_year_and_made_once(
    institution: Institution, officer: Actor
) -> None:
    journey = moved(reported(institution, officer), "pass_check", actor=officer)
    assert (journey.state, journey.outcome) == ("passed", "done")
    assert [(one.year, one.passed, one.on) for one in annual_results(institution)] == [
        (2025, True, date(2026, 3, 2))
    ]
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        begun("annual_check", institution, actor=officer, check_year=2025)
    assert [one.code for one in refused.value.refusals] == ["journey.checked_already"]
    assert (Journey.objects.count(), Event.objects.count()) == (1, before)


def test_failing_needs_the_leader_and_two_years_in_a_row_are_a_hint(
    institution: Institution, officer: Actor, make_actor: MakeActor
) -> None:
    leader = make_actor("district_leader")
    journey = reported(institution, officer)
    with pytest.raises(Refused):
        failed(journey, officer, officer)
    journey.refresh_from_db()
    assert journey.state == "reported"
    journey = confirm_proposal(proposal=journey.proposals.get(), actor=leader, at=AT)
    assert (journey.state, journey.outcome) == ("failed", "failed")
    assert journey_hints(journey) == ()
    second = failed(reported(institution, officer, 2026), officer, leader)
    assert [(one.code, one.params) for one in journey_hints(second)] == [
        ("journey.hint_two_failures", {"first": 2025, "last": 2026})
    ]
    assert [(one.year, one.passed) for one in annual_results(institution)] == [
        (2026, False),
        (2025, False),
    ]


def test_an_order_begins_a_rectification_and_the_result_waits_for_it(
    institution: Institution, officer: Actor, make_actor: MakeActor
) -> None:
    manager = make_actor("institution_manager", institution=institution.public_id)
    check = moved(reported(institution, officer), "order_rectification", actor=officer, **ORDER)
    order = Journey.objects.get(kind="rectification")
    assert (check.state, order.state, order.details["items"]) == (
        "rectifying",
        "ordered",
        ORDER["items"],
    )
    # Ten working days after Monday, 2 March 2026.
    assert [(one.kind, one.due_on) for one in clocks_of(order)] == [
        ("journey.rectifying", date(2026, 3, 16))
    ]
    institution.refresh_from_db()
    assert institution.status == "rectifying"
    with pytest.raises(Refused) as refused:
        moved(check, "pass_check", actor=officer)
    assert [one.code for one in refused.value.refusals] == ["journey.rectification_runs"]
    hand_in(order, "rectification_report", actor=manager)
    order = moved(order, "report", actor=manager, report="两项都已改好")
    assert clocks_of(order) == []
    accept_all(order, actor=officer)
    order = moved(order, "verify", actor=officer, verified_on=date(2026, 3, 2), findings="属实")
    assert (order.state, order.outcome) == ("done", "done")
    assert state_of(institution)[-1][0] == "operating"
    check = moved(check, "pass_check", actor=officer)
    assert check.state == "passed"


def test_an_extension_starts_the_term_anew_and_what_is_not_done_is_a_hint(
    institution: Institution, officer: Actor
) -> None:
    order = begun("rectification", institution, actor=officer, **ORDER)
    order = moved(order, "extend", actor=officer, term_workdays=12, reason="材料没有到货")
    assert [one.due_on for one in clocks_of(order)] == [date(2026, 3, 18)]
    last: dict[str, Any] = {"actor": officer, "reason": "期限已过"}
    with pytest.raises(Refused) as refused:
        moved(order, "find_not_done", at=datetime(2026, 3, 18, 1, tzinfo=UTC), **last)
    assert [one.code for one in refused.value.refusals] == ["journey.term_still_runs"]
    order = moved(order, "find_not_done", at=datetime(2026, 3, 19, 1, tzinfo=UTC), **last)
    assert (order.state, order.outcome) == ("not_done", "failed")
    assert [one.code for one in journey_hints(order)] == ["journey.hint_not_put_right"]
    institution.refresh_from_db()
    assert institution.status == "rectifying"


def test_an_order_that_cannot_begin_leaves_the_check_where_it_was(
    institution: Institution, officer: Actor
) -> None:
    check = reported(institution, officer)
    begun("rectification", institution, actor=officer, **ORDER)
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        moved(check, "order_rectification", actor=officer, **ORDER)
    assert [one.code for one in refused.value.refusals] == ["journey.already_running"]
    check.refresh_from_db()
    assert (check.state, check.revision, Event.objects.count()) == ("reported", 1, before)


def test_an_institution_orders_nothing_and_passes_nothing(
    institution: Institution, officer: Actor, make_actor: MakeActor
) -> None:
    manager = make_actor("institution_manager", institution=institution.public_id)
    check = reported(institution, officer)
    for move, stated in (("pass_check", {}), ("order_rectification", ORDER)):
        with pytest.raises(Refused) as refused:
            moved(check, move, actor=manager, **stated)
        assert [one.code for one in refused.value.refusals] == ["policy.not_granted"]
    check.refresh_from_db()
    assert check.state == "reported"
