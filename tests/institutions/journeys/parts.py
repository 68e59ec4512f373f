"""What the journeys' tests share: an institution with a licence, files, and people at desks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from institutions.models import Institution, Journey
from institutions.services.identities import InstitutionDraft, register_institution
from institutions.services.journey_documents import (
    HandedIn,
    accept_document,
    hand_in_document,
)
from institutions.services.journeys import JourneyDraft, start_journey, take_move
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.premises import add_premises
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import DIVISION

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
NUMBER = "151011670000123"


def licensed_institution(name: str = "明德培训学校", **values: Any) -> Institution:
    """An institution with one place and a licence in force from 2024-05-01 to 2027-04-30."""
    number = values.pop("number", NUMBER)
    category = values.setdefault("category", "subject")
    values.setdefault("legal_form", "non_profit")
    institution = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name=name, **values),
        competent_department="education",
        on=date(2020, 1, 1),
        actor=SYSTEM,
        at=datetime(2024, 5, 1, 2, tzinfo=UTC),
    )
    add_premises(
        institution=institution,
        address="星空路18号2楼",
        area="510116001",
        floor_area_m2=None,
        on=date(2024, 5, 1),
        actor=SYSTEM,
        at=datetime(2024, 5, 1, 2, tzinfo=UTC),
    )
    grant_licence(
        institution=institution,
        draft=LicenceDraft(
            number=number,
            category=category,
            stages=("primary", "junior"),
            ways=("offline",),
            issuing_department="education",
            issued_on=date(2024, 5, 1),
            valid_from=date(2024, 5, 1),
            valid_until=date(2027, 4, 30),
        ),
        actor=SYSTEM,
        at=datetime(2024, 5, 1, 2, tzinfo=UTC),
    )
    institution.refresh_from_db()
    return institution


def begun(kind: str, institution: Institution, *, actor: Actor, **stated: Any) -> Journey:
    """A journey that has just begun, accepted and decided by education."""
    draft = JourneyDraft(
        kind=kind, division=DIVISION, department="education", institution=institution
    )
    return start_journey(draft=draft, stated=stated, actor=actor, at=AT)


def hand_in(journey: Journey, *kinds: str, actor: Actor) -> None:
    """Hand in a small PDF for each kind."""
    for kind in kinds:
        file = HandedIn(f"{kind}.pdf", PDF)
        hand_in_document(journey=journey, kind=kind, file=file, actor=actor, at=AT)


def accept_all(journey: Journey, *, actor: Actor) -> None:
    """Find every newest document in order."""
    for document in journey.documents.filter(state="uploaded"):
        accept_document(document=document, actor=actor, at=AT)


def moved(
    journey: Journey, move: str, *, actor: Actor, at: datetime = AT, **stated: Any
) -> Journey:
    """Make a move; returns the journey as it is then."""
    return take_move(journey=journey, move=move, stated=stated, actor=actor, at=at).journey
