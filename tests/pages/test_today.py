"""What a desk has to do today, and that every line leads to exactly what it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from institutions.models import Institution
from institutions.services.identities import InstitutionDraft, register_institution
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.premises import add_premises
from regulator.kernel.actors import Actor
from regulator.pages.selectors.today import duties_of
from tests.district import DIVISION, LoginAs, MakeActor

pytestmark = pytest.mark.django_db


def licensed(officer: Actor, *, name: str, days_left: int) -> Institution:
    """An institution whose licence ends in so many days."""
    today = timezone.localdate()
    at = datetime(today.year - 4, 1, 5, tzinfo=UTC)
    institution = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name=name, category="subject", legal_form="non_profit"),
        competent_department="education",
        actor=officer,
        at=at,
    )
    add_premises(institution=institution, address=f"学府路{days_left}号", actor=officer, at=at)
    grant_licence(
        institution=institution,
        draft=LicenceDraft(
            number=f"教民15101168{days_left:07d}号",
            category="subject",
            issuing_department="education",
            valid_from=date(today.year - 4, 1, 1),
            valid_until=today + timedelta(days=days_left),
        ),
        actor=officer,
        at=at,
    )
    return institution


def test_licences_ending_within_sixty_days_are_counted_and_listed(
    client: Client, make_actor: MakeActor, login_as: LoginAs
) -> None:
    officer = make_actor("licensing_officer")
    for days_left in (10, 59, 60, 200):
        licensed(officer, name=f"远航{days_left}教育培训学校", days_left=days_left)
    duties = {duty.query: duty for duty in duties_of(officer, timezone.localdate())}
    ending = duties["licence_state=ending&department=education"]
    assert (ending.count, ending.left) == (2, 10)
    login_as(client, "licensing_officer")
    page = client.get(f"{reverse(ending.url_name)}?{ending.query}").content.decode()
    assert [f"远航{days}教育" in page for days in (10, 59, 60, 200)] == [True, True, False, False]


def test_unverified_institutions_are_counted_and_listed(
    client: Client, make_actor: MakeActor, login_as: LoginAs
) -> None:
    officer = make_actor("licensing_officer")
    licensed(officer, name="远航教育培训学校", days_left=500)
    unverified = [
        duty
        for duty in duties_of(officer, timezone.localdate())
        if duty.query == urlencode({"verification": "unverified"})
    ]
    assert [duty.count for duty in unverified] == [1]
    login_as(client, "licensing_officer")
    page = client.get("/desk/").content.decode()
    assert "待核实的机构" in page
    assert "/desk/register/?verification=unverified" in page


def test_a_desk_with_nothing_to_do_says_so(client: Client, login_as: LoginAs) -> None:
    login_as(client, "complaints_clerk")
    assert "今天没有要办的事" in client.get("/desk/").content.decode()
