"""Who may see and steer a job."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regulator.accounts.core.actions import Action
from regulator.jobs.core.access import job_refusals, same_desk
from regulator.kernel.actors import SYSTEM, VISITOR, Actor

HERE = "510116"
COORDINATOR = Actor(
    user_id=1, name="甲", role="inspection_coordinator", division=HERE, department="education"
)
MANAGER = Actor(
    user_id=5, name="戊", role="institution_manager", division=HERE, institution="school-1"
)


def _codes(viewer: Actor, asked_by: Actor, action: Action = Action.JOB_READ) -> list[str]:
    return [each.code for each in job_refusals(viewer, action, asked_by=asked_by, division=HERE)]


@pytest.mark.parametrize("action", [Action.JOB_READ, Action.JOB_STEER])
def test_its_actor_the_same_desk_and_the_administrator_may(action: Action) -> None:
    colleague = replace(COORDINATOR, user_id=2)
    own_from_another_desk = replace(COORDINATOR, role="filing_reviewer")
    administrator = Actor(user_id=3, name="丙", role="administrator", division=HERE)
    for viewer in (COORDINATOR, colleague, own_from_another_desk, administrator):
        assert _codes(viewer, COORDINATOR, action) == []
    assert _codes(replace(MANAGER, user_id=6), MANAGER, action) == []


def test_another_desk_of_the_same_division_may_not() -> None:
    for change in ({"role": "filing_reviewer"}, {"department": "sport"}):
        other = replace(COORDINATOR, user_id=2, **change)
        assert _codes(other, COORDINATOR) == ["job.not_yours"]


def test_the_district_leader_does_not_read_the_coordinators_jobs() -> None:
    leader = Actor(user_id=4, name="丁", role="district_leader", division=HERE)
    assert _codes(leader, COORDINATOR) == ["job.not_yours"]
    assert _codes(leader, COORDINATOR, Action.JOB_STEER) == ["policy.not_granted", "job.not_yours"]


def test_another_division_may_not_even_its_administrator_or_the_same_person() -> None:
    elsewhere = replace(COORDINATOR, division="510115")
    assert _codes(elsewhere, COORDINATOR) == ["policy.other_division"]
    administrator = Actor(user_id=3, name="丙", role="administrator", division="510115")
    assert _codes(administrator, COORDINATOR) == ["policy.other_division"]


def test_another_institution_may_not() -> None:
    other = replace(MANAGER, user_id=7, institution="school-2")
    assert _codes(other, MANAGER) == ["policy.other_institution", "job.not_yours"]


def test_a_visitor_may_not_and_is_nobodys_colleague() -> None:
    assert _codes(VISITOR, COORDINATOR) == ["policy.not_granted", "job.not_yours"]
    assert _codes(VISITOR, VISITOR) == ["policy.not_granted"]
    assert not same_desk(SYSTEM, VISITOR)
