"""The people of the fictional district: one login a role, and managers of institutions."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from uuid import UUID

from regulator.accounts.choices.texts import ROLE_LABELS
from regulator.accounts.core.roles import Role
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
from regulator.pages.core.demo_institutions import person_name
from regulator.pages.core.demo_words import TOWNSHIPS

CITY = "510100"
DEPARTMENT_OF_CATEGORY = ("education", "culture_tourism", "sport", "science")
INSPECTING = (
    "education", "market_regulation", "fire_rescue", "culture_tourism", "sport", "science",
)  # fmt: skip
_APPOINTED_ON = date(2020, 1, 1)
_OFFICER_ROLES = (
    Role.ADMINISTRATOR,
    Role.LICENSING_OFFICER,
    Role.FILING_REVIEWER,
    Role.EXPERT,
    Role.FEE_SUPERVISOR,
    Role.INSPECTION_COORDINATOR,
    Role.INSPECTOR,
    Role.ENFORCEMENT_OFFICER,
    Role.LEGAL_REVIEWER,
    Role.COMPLAINTS_CLERK,
    Role.DISTRICT_LEADER,
)


@dataclass(frozen=True)
class Login:
    """A line that `make run` prints: role, login name, password."""

    role: str
    username: str
    password: str


class Staff:
    """Who acts in the demonstration: actors by role and department, and the logins made."""

    def __init__(self, *, division: str, at: datetime, random: Random) -> None:
        self.division, self.at, self.random = division, at, random
        self.logins: list[Login] = []
        self._actors: dict[tuple[str, str], Actor] = {}

    def actor(self, role: str, department: str = "education") -> Actor:
        """The person at a desk; made on first use, without a password."""
        key = (role, department)
        if key not in self._actors:
            appointment = self._appoint(role, department, f"{role}.{department}", password=None)
            self._actors[key] = actor_at(appointment, appointment.user)
        return self._actors[key]

    def open_login(
        self, role: str, *, division: str = "", institution: UUID | None = None, label: str = ""
    ) -> User:
        """A login of a role, with a password made for this installation alone."""
        password = f"{secrets.token_hex(4)}-{secrets.token_hex(2)}"
        department = "" if role in (Role.INSTITUTION_MANAGER, Role.PARENT) else "education"
        appointment = self._appoint(
            role,
            department,
            role,
            password=password,
            division=division,
            institution=institution,
            label=label,
        )
        self._actors[role, department] = actor_at(appointment, appointment.user)
        self.logins.append(Login(role, role, password))
        return appointment.user

    def manager_of(self, institution: UUID, *, name: str, number: int) -> Actor:
        """The manager of an institution, who has an account but no password yet."""
        appointment = self._appoint(
            Role.INSTITUTION_MANAGER,
            "",
            f"manager{number:04d}",
            password=None,
            institution=institution,
            label=name,
        )
        return actor_at(appointment, appointment.user)

    def _appoint(
        self,
        role: str,
        department: str,
        username: str,
        *,
        password: str | None,
        division: str = "",
        institution: UUID | None = None,
        label: str = "",
    ) -> Appointment:
        where = division or self.division
        user = create_user(
            username=username,
            name=person_name(self.random),
            password=password,
            division=where,
            actor=SYSTEM,
            at=self.at,
        )
        return appoint(
            user,
            role=role,
            division=where,
            department=department,
            institution=institution,
            institution_name=label,
            starts_on=_APPOINTED_ON,
            actor=SYSTEM,
            at=self.at,
        )


def seed_places(*, division: str, at: datetime) -> None:
    """Departments, divisions and the twelve townships."""
    load_divisions(actor=SYSTEM, at=at, division=division)
    load_departments(actor=SYSTEM, at=at, division=division)
    for code, name in TOWNSHIPS:
        record_township(division=division, code=code, name=name, actor=SYSTEM, at=at)


def seed_logins(staff: Staff) -> None:
    """One login for every role of the bureau and the city; institutions and parents come later."""
    for role in _OFFICER_ROLES:
        staff.open_login(role)
    staff.open_login(Role.CITY_SUPERVISOR, division=CITY)
    staff.open_login(Role.PARENT)


def keep_logins(logins: Sequence[Login], path: Path) -> None:
    """Write `role<TAB>user<TAB>password` lines in the order of roles, readable by this user."""
    order = {role: position for position, role in enumerate(ROLE_LABELS)}
    lines = sorted(logins, key=lambda login: order[login.role])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{one.role}\t{one.username}\t{one.password}\n" for one in lines)
