"""An institution with its desk, and officers who are told things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from institutions.models import Institution, Notice
from institutions.services.notices import notify_desk, notify_institution
from institutions.services.register import InstitutionDraft, register_institution
from regulator.kernel.actors import SYSTEM, Actor

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EMAIL, MOBILE = "office@school.example", "13800001234"


@pytest.fixture
def institution(district: Any) -> Institution:
    """An institution under education."""
    return registered("大树教育培训中心")


def registered(name: str, *, division: str = "510116") -> Institution:
    """An institution of the register."""
    return register_institution(
        division=division,
        draft=InstitutionDraft(name=name, category="subject"),
        competent_department="education",
        on=date(2024, 1, 1),
        actor=SYSTEM,
        at=AT,
    )


@pytest.fixture
def manager(institution: Institution, make_actor: Callable[..., Actor]) -> Actor:
    """The institution's own desk."""
    return make_actor("institution_manager", institution=institution.public_id, name="周经理")


@pytest.fixture
def officer(make_actor: Callable[..., Actor]) -> Actor:
    """A licensing officer of education."""
    return make_actor("licensing_officer", name="许经办")


@pytest.fixture
def tell(institution: Institution) -> Callable[..., Notice]:
    """`tell("cause")` tells the institution that its filing was approved."""

    def told(cause: str = "filing:1:approved", **changed: Any) -> Notice:
        asked = {
            "institution": institution,
            "kind": "filing_approved",
            "params": {"number": "BA510116-2026-00001", "class_name": "数学提高班"},
            "cause": cause,
            "page": "/portal/filings/",
            "actor": SYSTEM,
            "at": AT,
        } | changed
        with transaction.atomic():
            return notify_institution(**asked)

    return told


@pytest.fixture
def tell_desk(institution: Institution) -> Callable[..., Notice]:
    """`tell_desk("cause")` tells education's licensing officers of a licence that ends."""

    def told(cause: str = "licence:1:expiring", **changed: Any) -> Notice:
        asked = {
            "division": institution.division_id,
            "role": "licensing_officer",
            "department": "education",
            "institution": institution,
            "kind": "licence_expiring",
            "params": {"number": "1", "ends_on": "2026-06-30", "apply_by_on": "2026-05-31"},
            "cause": cause,
            "page": "/desk/register/",
            "actor": SYSTEM,
            "at": AT,
        } | changed
        with transaction.atomic():
            return notify_desk(**asked)

    return told
