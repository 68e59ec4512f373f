"""Who may do what, as one pure decision."""

from __future__ import annotations

import pytest

from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import GRANTS
from regulator.accounts.core.policy import Target, decide, may, two_persons
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import SYSTEM, VISITOR, Actor


def officer(role: str, *, division: str = "510116", department: str = "education") -> Actor:
    return Actor(user_id=1, name="甲", role=role, division=division, department=department)


def codes(actor: Actor, action: Action, target: Target) -> list[str]:
    return [refusal.code for refusal in decide(actor, action, target)]


def test_every_action_has_its_row_in_the_table() -> None:
    assert set(GRANTS) == set(Action)


def test_a_reviewer_reviews_their_own_department_in_their_own_division() -> None:
    reviewer = officer("filing_reviewer")
    own = Target(division="510116", department="education")
    assert may(reviewer, Action.FILING_REVIEW, own)


def test_a_reviewer_is_told_every_reason_at_once() -> None:
    reviewer = officer("filing_reviewer")
    elsewhere = Target(division="510107", department="sport")
    assert codes(reviewer, Action.FILING_REVIEW, elsewhere) == [
        "policy.other_division",
        "policy.other_department",
    ]


def test_a_role_without_the_grant_hears_only_that() -> None:
    target = Target(division="510107", department="sport")
    assert codes(officer("inspector"), Action.FILING_REVIEW, target) == ["policy.not_granted"]


def test_a_manager_reaches_their_own_institution_only() -> None:
    manager = Actor(1, "乙", "institution_manager", division="510116", institution="aaa")
    assert may(manager, Action.FILING_FILE, Target(division="510116", institution="aaa"))
    assert codes(manager, Action.FILING_FILE, Target(division="510116", institution="bbb")) == [
        "policy.other_institution"
    ]


@pytest.mark.parametrize("division", ["510100", "510116", "5101GX"])
def test_the_city_supervisor_reads_every_division_of_the_city(division: str) -> None:
    supervisor = officer("city_supervisor", division="510100")
    assert may(supervisor, Action.REGISTER_READ, Target(division=division))


def test_the_city_supervisor_does_not_read_another_city() -> None:
    supervisor = officer("city_supervisor", division="510100")
    assert codes(supervisor, Action.REGISTER_READ, Target(division="510300")) == [
        "policy.other_division"
    ]


def test_the_leader_does_not_read_an_unrevealed_draw() -> None:
    leader = officer("district_leader")
    assert may(leader, Action.DRAW_READ, Target(division="510116"))
    assert codes(leader, Action.DRAW_READ_SEALED, Target(division="510116")) == [
        "policy.not_granted"
    ]


def test_a_visitor_and_an_unknown_role_may_nothing() -> None:
    stranger = Actor(2, "丙", "emperor")
    assert not any(may(VISITOR, action) or may(stranger, action) for action in Action)


def test_the_system_itself_may_everything() -> None:
    assert all(may(SYSTEM, action, Target(division="510116")) for action in Action)


def test_two_people_means_two_persons() -> None:
    assert [refusal.code for refusal in two_persons(first=7, second=7)] == ["policy.same_person"]
    assert two_persons(first=7, second=8) == ()
    assert two_persons(first=None, second=8) == ()


def test_no_grant_names_the_system_or_a_visitor() -> None:
    named = {role for grants in GRANTS.values() for role in grants}
    assert named.isdisjoint({Role.SYSTEM, Role.VISITOR})
