"""The journeys' pages at the desk and in the portal."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from institutions.models import Institution, Journey
from tests.district import LoginAs
from tests.institutions.journeys.parts import PDF, licensed_institution

DOCUMENTS = ("application_form", "licence_papers", "premises_proof", "annual_report")


@pytest.fixture
def institution(district: Any) -> Institution:
    return licensed_institution()


@pytest.fixture
def manager(institution: Institution, login_as: LoginAs) -> Client:
    client = Client()
    login_as(client, "institution_manager", institution=institution.public_id)
    return client


@pytest.fixture
def officer(institution: Institution, login_as: LoginAs) -> Client:
    client = Client()
    login_as(client, "licensing_officer")
    return client


def applied(manager: Client) -> Journey:
    """A renewal that the institution began and handed in."""
    assert manager.post(reverse("journeys:own_start", args=["renewal"])).status_code == 302
    journey = Journey.objects.get(kind="renewal")
    for kind in DOCUMENTS:
        file = SimpleUploadedFile(f"{kind}.pdf", PDF, "application/pdf")
        url = reverse("journeys:own_upload", args=[journey.public_id, kind])
        assert manager.post(url, {"file": file}).status_code == 302
    url = reverse("journeys:own_move", args=[journey.public_id, "submit"])
    assert manager.post(url, {"revision": "0"}).status_code == 302
    journey.refresh_from_db()
    return journey


def test_a_renewal_is_walked_by_institution_officer_and_leader(
    institution: Institution, manager: Client, officer: Client, login_as: LoginAs
) -> None:
    page = manager.get(reverse("journeys:own_list")).content.decode()
    assert "延续" in page
    assert "可以办" in page
    journey = applied(manager)
    assert journey.state == "applied"
    page = officer.get(reverse("journeys:journey", args=[journey.public_id])).content.decode()
    assert "申请书" in page
    assert "现在可以办的" in page
    officer.post(reverse("journeys:move", args=[journey.public_id, "accept"]), {"revision": "1"})
    for document in journey.documents.all():
        officer.post(
            reverse("journeys:document_accept", args=[journey.public_id, document.public_id])
        )
    url = reverse("journeys:move", args=[journey.public_id, "grant"])
    page = officer.get(url).content.decode()
    assert "提出，送会签" in page
    officer.post(url, {"revision": "2", "valid_until": "2030-04-30"})
    proposal = journey.proposals.get()
    leader = Client()
    login_as(leader, "district_leader")
    page = leader.get(reverse("journeys:journey", args=[journey.public_id])).content.decode()
    assert "会签同意" in page
    leader.post(reverse("journeys:confirm", args=[journey.public_id, proposal.public_id]))
    journey.refresh_from_db()
    assert (journey.state, journey.outcome) == ("granted", "done")
    page = manager.get(reverse("journeys:own", args=[journey.public_id])).content.decode()
    assert "已准予延续" in page


def test_the_list_shows_what_waits_for_the_desk(manager: Client, officer: Client) -> None:
    journey = applied(manager)
    mine = officer.get(reverse("journeys:list"), {"standing": "mine"}).content.decode()
    assert journey.number in mine
    ended = officer.get(reverse("journeys:list"), {"standing": "ended"}).content.decode()
    assert journey.number not in ended


def test_a_refusal_keeps_what_was_typed_and_names_every_reason(
    manager: Client, officer: Client
) -> None:
    journey = applied(manager)
    officer.post(reverse("journeys:move", args=[journey.public_id, "accept"]), {"revision": "1"})
    url = reverse("journeys:move", args=[journey.public_id, "grant"])
    page = officer.post(url, {"revision": "2", "valid_until": "2026-04-30"}).content.decode()
    assert "2026-04-30" in page
    assert "还没有核对" in page
    assert "不能早于现在的有效期" in page
    assert not journey.proposals.exists()


def test_another_institutions_journey_is_not_there(
    manager: Client, institution: Institution, login_as: LoginAs
) -> None:
    journey = applied(manager)
    other = licensed_institution("另一家学校", number="151011670000999")
    client = Client()
    login_as(client, "institution_manager", institution=other.public_id)
    assert client.get(reverse("journeys:own", args=[journey.public_id])).status_code == 404
