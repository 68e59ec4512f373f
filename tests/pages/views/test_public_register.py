"""What anyone sees of the register: the front page, the search, a provider's page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from institutions.models import Institution
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    grant_licence,
    move_licence,
    register_institution,
    verify_institution,
)
from regulator.kernel.actors import SYSTEM
from tests.district import DIVISION, District, LoginAs

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NUMBER = "教民151011670000182号"


@pytest.fixture
def school(district: District) -> Institution:
    made = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name="双流区明德教育培训学校", category="subject"),
        competent_department="education",
        on=date(2024, 1, 8),
        actor=SYSTEM,
        at=AT,
    )
    add_premises(institution=made, address="东升街道顺城街 12 号", actor=SYSTEM, at=AT)
    draft = LicenceDraft(
        number=NUMBER,
        stages=("junior",),
        ways=("offline",),
        valid_from=date(2024, 1, 8),
        valid_until=date(2099, 1, 7),
    )
    grant_licence(institution=made, draft=draft, actor=SYSTEM, at=AT)
    return made


def answer(client: Client, school: Institution) -> str:
    page = client.get(f"/providers/{school.public_id}/")
    assert page.status_code == 200
    return str(page.context["answer"].title)


def test_a_verified_licence_in_force_is_the_answer_in_large(
    school: Institution, client: Client
) -> None:
    verify_institution(institution=school, actor=SYSTEM, at=AT)
    assert answer(client, school) == "有办学许可"
    text = client.get(f"/providers/{school.public_id}/").content.decode()
    for words in (
        NUMBER,
        "初中",
        "线下",
        "东升街道顺城街",
        "没有公开的监管账户",
        "没有公开的检查记录",
    ):
        assert words in text


def test_without_classes_no_link_counts_to_nought(school: Institution, client: Client) -> None:
    page = client.get(f"/providers/{school.public_id}/").content.decode()
    assert 'href="#classes"' not in page
    assert "没有备案通过的班" in page


def test_an_unverified_entry_says_so_and_advises_not_to_pay(
    school: Institution, client: Client
) -> None:
    assert answer(client, school) == "还没有核实"


@pytest.mark.parametrize(
    ("move", "title"),
    [
        ("suspend", "办学许可已暂停"),
        ("revoke", "办学许可已被吊销"),
        ("cancel", "办学许可已注销"),
    ],
)
def test_a_licence_that_is_not_in_force_is_said_in_large(
    school: Institution, client: Client, move: str, title: str
) -> None:
    verify_institution(institution=school, actor=SYSTEM, at=AT)
    licence = school.licences.get()
    move_licence(
        licence=licence, move=move, reason="理由", decision_number="1号", actor=SYSTEM, at=AT
    )
    assert answer(client, school) == title


def test_one_character_finds_it_and_nothing_found_is_a_warning(
    school: Institution, client: Client
) -> None:
    found = client.get("/search/", {"q": "德"}).content.decode()
    assert f"/providers/{school.public_id}/" in found
    assert "可能没有办学许可" in client.get("/search/", {"q": "无此名"}).content.decode()
    assert client.get("/search/").status_code == 200


def test_the_front_page_counts_what_is_verified_and_in_force(
    school: Institution, client: Client
) -> None:
    figures = client.get("/").context["figures"]
    assert (figures.registered, figures.licensed) == (1, 0)
    verify_institution(institution=school, actor=SYSTEM, at=AT)
    assert client.get("/").context["figures"].licensed == 1


def test_rows_of_other_places_are_not_public(school: Institution, client: Client) -> None:
    other = register_institution(
        division=DIVISION,
        draft=InstitutionDraft(name="丰台区明德培训学校", place="北京市/丰台区"),
        actor=SYSTEM,
        at=AT,
    )
    assert client.get(f"/providers/{other.public_id}/").status_code == 404
    assert "丰台区" not in client.get("/search/", {"q": "明德"}).content.decode()


def test_the_desks_search_finds_within_its_reach_only(
    school: Institution, client: Client, login_as: LoginAs, district: District
) -> None:
    login_as(client, "licensing_officer")
    assert "双流区明德教育培训学校" in client.get("/desk/search/", {"q": "明德"}).content.decode()
    login_as(client, "licensing_officer", division=district.other_division)
    found = client.get("/desk/search/", {"q": "明德"}).content.decode()
    assert f"/desk/register/{school.public_id}/" not in found


def test_a_visitor_is_sent_to_log_in_before_the_desks_search(
    district: District, client: Client
) -> None:
    assert client.get("/desk/search/", {"q": "明德"}).status_code == 302
