"""An institution with a licence in force and two places, through the services."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from institutions.models import Institution, Premises
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    grant_licence,
    register_institution,
    verify_institution,
)
from regulator.kernel.actors import Actor
from tests.district import DIVISION, MakeActor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
ADDRESS = "成都市双流区第1街道文昌路188号2层"


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def administrator(make_actor: MakeActor) -> Actor:
    return make_actor("administrator")


@pytest.fixture
def signer(make_actor: MakeActor) -> Actor:
    """Who lets a standard stand that somebody else proposed."""
    return make_actor("district_leader")


def made_school(officer: Actor, *, name: str = "双流区明德艺术培训中心") -> Institution:
    institution = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(
            name=name, category="non_subject", activity="culture_arts", legal_form="non_profit"
        ),
        competent_department="education",
        on=date(2024, 1, 1),
        actor=officer,
        at=AT,
    )
    add_premises(
        institution=institution,
        address=ADDRESS,
        area="510116001",
        on=date(2024, 1, 1),
        actor=officer,
        at=AT,
    )
    grant_licence(
        institution=institution,
        draft=LicenceDraft(
            document_type="approval_letter",
            name=name,
            address=ADDRESS,
            category="non_subject",
            activity="culture_arts",
            stages=("primary",),
            issuing_department="education",
            valid_from=date(2024, 1, 1),
            valid_until=date(2028, 12, 31),
        ),
        actor=officer,
        at=AT,
    )
    verify_institution(institution=institution, actor=officer, at=AT)
    institution.refresh_from_db()
    return institution


@pytest.fixture
def school(officer: Actor) -> Institution:
    return made_school(officer)


@pytest.fixture
def place(school: Institution) -> Premises:
    return school.premises.get()
