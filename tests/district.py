"""A small district for tests: divisions, departments, townships, and people at desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from uuid import UUID

import pytest
from django.test import Client

from regulator.accounts.models import Appointment, User
from regulator.accounts.selectors.desks import actor_at
from regulator.accounts.services import (
    appoint,
    create_user,
    load_departments,
    load_divisions,
    record_township,
)
from regulator.kernel.actors import SYSTEM, Actor

DIVISION = "510116"
OTHER_DIVISION = "510107"
PASSWORD = "correct-horse-7"
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class District:
    """The codes a test needs; everything was entered by the real services."""

    division: str = DIVISION
    other_division: str = OTHER_DIVISION
    townships: tuple[str, ...] = field(default=("510116001", "510116002", "510116003"))


@pytest.fixture
def district(db: None) -> District:
    """Divisions, departments and three townships of 510116."""
    load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
    load_departments(actor=SYSTEM, at=AT, division=DIVISION)
    made = District()
    for number, code in enumerate(made.townships, start=1):
        record_township(division=DIVISION, code=code, name=f"第{number}街道", actor=SYSTEM, at=AT)
    return made


MakeActor = Callable[..., Actor]


def appointed(
    role: str,
    *,
    division: str = DIVISION,
    department: str = "education",
    institution: UUID | str | None = None,
    name: str = "",
) -> Appointment:
    """A new user at a desk, through the services."""
    number = next(_numbers)
    user = create_user(
        username=f"{role}{number}",
        name=name or f"测试{number}",
        password=PASSWORD,
        division=division,
        actor=SYSTEM,
        at=AT,
    )
    of_institution = role in ("institution_manager", "parent")
    return appoint(
        user,
        role=role,
        division=division,
        department="" if of_institution else department,
        institution=UUID(str(institution)) if institution else None,
        starts_on=date(2020, 1, 1),
        actor=SYSTEM,
        at=AT,
    )


@pytest.fixture
def make_actor(district: District) -> MakeActor:
    """`make_actor("filing_reviewer", division=…, department=…, institution=…)` → Actor."""

    def make(role: str, **desk: object) -> Actor:
        appointment = appointed(role, **desk)  # type: ignore[arg-type]
        return actor_at(appointment, appointment.user)

    return make


LoginAs = Callable[..., User]


@pytest.fixture
def login_as(district: District) -> LoginAs:
    """`login_as(client, "filing_reviewer", …)` → the user who is now signed in at that desk."""

    def login(client: Client, role: str, **desk: object) -> User:
        appointment = appointed(role, **desk)  # type: ignore[arg-type]
        client.force_login(appointment.user, backend="django.contrib.auth.backends.ModelBackend")
        return appointment.user

    return login
