"""Two people at the same moment: one entry, one first day, one exclusion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from institutions.models import Institution, StaffExclusion, StaffMember, StaffPost
from institutions.services.staff import record_staff_member, start_staff_member
from institutions.services.staff_papers import exclude_person, record_check
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from tests.at_once import at_once
from tests.institutions.staff.conftest import AT, CHECKS, NUMBER, TODAY, draft


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit: the district and all that stands on it lies in a database of its own."""
    return committed_db


def told_at_once(*works: Callable[[], Any]) -> list[str]:
    """What each was told, in the order of the alphabet: "done", or why not."""
    return sorted(one[0] if isinstance(one, list) else "done" for one in at_once(*works))


def test_the_same_person_entered_twice_at_once_stands_once(
    school: Institution, manager: Actor, officer: Actor
) -> None:
    results = told_at_once(
        lambda: record_staff_member(institution=school, draft=draft(), actor=manager, at=AT),
        lambda: record_staff_member(institution=school, draft=draft(), actor=officer, at=AT),
    )
    assert results == ["done", "staff.listed_already"]
    assert StaffMember.objects.count() == 1


def test_a_first_day_given_twice_at_once_is_one(
    school: Institution, manager: Actor, officer: Actor, candidate: StaffMember
) -> None:
    for check in CHECKS:
        record_check(member=candidate, draft=check, actor=officer, at=AT)
    results = told_at_once(
        *(
            lambda actor=actor: start_staff_member(
                member=candidate, starts_on=TODAY, actor=actor, at=AT
            )
            for actor in (manager, officer)
        )
    )
    assert results == ["done", "staff.started_already"]
    assert StaffPost.objects.count() == 1
    assert Event.objects.filter(kind="staff.started").count() == 1


def test_a_person_excluded_twice_at_once_stands_once(school: Institution, officer: Actor) -> None:
    def exclude() -> object:
        return exclude_person(
            division=officer.division,
            name="李明远",
            identity_kind="resident_id",
            identity_number=NUMBER,
            ground="blacklisted",
            source="平台黑名单",
            actor=officer,
            at=AT,
        )

    assert told_at_once(exclude, exclude) == ["done", "staff.excluded_already"]
    assert StaffExclusion.objects.count() == 1
