"""An institution, its manager, an officer, and people on their way, all through the services."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from institutions.models import Institution, StaffMember
from institutions.services.register import InstitutionDraft, register_institution
from institutions.services.staff import record_staff_member
from institutions.services.staff_records import CertificateDraft, CheckDraft, StaffDraft
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import DIVISION, District, MakeActor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
# Nobody's: the division code does not exist.
NUMBER, OTHER_NUMBER = "999999198001010011", "999999198001010038"
CHECKS = (CheckDraft("proof", date(2026, 2, 20)), CheckDraft("enquiry", date(2026, 2, 25)))
CERTIFICATE = CertificateDraft("teacher", "20153210042001234", "初中数学", "教育局")
Draft = Callable[..., StaffDraft]


def draft(**changes: object) -> StaffDraft:
    """A teacher of mathematics with papers, not yet at work."""
    values: dict[str, object] = {
        "name": "李明远",
        "kind": "teaching",
        "post": "数学教师",
        "subjects": ("数学",),
        "courses": "初中数学",
        "teaching_history": "2015年起任教",
        "identity_number": NUMBER,
        "consent_signed_on": date(2026, 2, 10),
        "certificates": (CERTIFICATE,),
    }
    return StaffDraft(**{**values, **changes})  # type: ignore[arg-type]


def working(**changes: object) -> StaffDraft:
    """The same teacher, checked and at work since the first of March."""
    return draft(**{"starts_on": date(2026, 3, 1), "checks": CHECKS, **changes})


def school_named(name: str, *, category: str = "subject", division: str = DIVISION) -> Institution:
    """An institution of the register."""
    return register_institution(
        division=division,
        draft=InstitutionDraft(name=name, category=category),
        competent_department="education",
        on=date(2024, 1, 8),
        actor=SYSTEM,
        at=AT,
    )


def picture(*, kind: str = "PNG", size: tuple[int, int] = (600, 800)) -> bytes:
    """A picture file."""
    kept = io.BytesIO()
    Image.new("RGB", size, "#88aacc").save(kept, format=kind)
    return kept.getvalue()


@pytest.fixture
def school(district: District) -> Institution:
    return school_named("明德教育培训学校")


@pytest.fixture
def officer(make_actor: MakeActor) -> Actor:
    return make_actor("licensing_officer")


@pytest.fixture
def manager(make_actor: MakeActor, school: Institution) -> Actor:
    return make_actor("institution_manager", institution=school.public_id)


@pytest.fixture
def teacher(school: Institution, officer: Actor) -> StaffMember:
    return record_staff_member(institution=school, draft=working(), actor=officer, at=AT)


@pytest.fixture
def candidate(school: Institution, manager: Actor) -> StaffMember:
    return record_staff_member(institution=school, draft=draft(), actor=manager, at=AT)
