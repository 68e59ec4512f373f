"""Verification: genuine or not, in force today or not, in every state, and for who guesses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from institutions.models import Institution, Licence, Paper
from institutions.selectors.papers_public import paper_by_hand, verification
from institutions.services.identities import verify_institution
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.papers_handing import void_paper
from institutions.services.papers_licences import print_licence
from institutions.services.premises import add_premises
from institutions.views import papers_limits
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.institutions.papers.conftest import AT, ON, Issue

UNTIL = date(2029, 3, 1)


@pytest.fixture(autouse=True)
def _no_misses_of_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def licence(school: Institution, officer: Actor) -> Licence:
    add_premises(
        institution=school,
        address="双流区东升街道藏卫路南二段12号",
        area="510116001",
        on=ON,
        actor=officer,
        at=AT,
    )
    draft = LicenceDraft(
        number="教民151011680000019号",
        name=school.name,
        address="双流区东升街道藏卫路南二段12号",
        principal="张某",
        sponsors="李某",
        school_type="培训学校",
        content="初中数学线下培训",
        category="subject",
        competent_department_printed="成都市双流区教育局",
        issuing_authority="成都市双流区教育局",
        issuing_department="education",
        issued_on=ON,
        valid_from=ON,
        valid_until=UNTIL,
    )
    made = grant_licence(institution=school, draft=draft, actor=officer, at=AT)
    verify_institution(institution=school, actor=officer, at=AT)
    return made


@pytest.fixture
def printed(licence: Licence, officer: Actor) -> Paper:
    return print_licence(licence=licence, issued_on=ON, actor=officer, at=AT)[0]


def title_of(paper: Paper, on: date = ON) -> str:
    found = verification(paper.public_id, on=on)
    assert found is not None
    return str(found.verdict.title)


def test_a_licence_in_force_is_said_to_be_genuine_and_in_force(printed: Paper) -> None:
    assert title_of(printed) == "这张许可证是真的，今天有效"
    assert title_of(printed, UNTIL) == "这张许可证是真的，今天有效"
    assert title_of(printed, UNTIL + timedelta(days=1)) == "证是真的，但已经到期"
    assert title_of(printed, ON - timedelta(days=1)) == "证是真的，但许可还没有生效"


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("pending", "证是真的，但许可还没有生效"),
        ("suspended", "证是真的，但许可已暂停"),
        ("expired", "证是真的，但已经到期"),
        ("revoked", "证是真的，但许可已被吊销"),
        ("cancelled", "证是真的，但许可已注销"),
        ("annulled", "证是真的，但许可已被撤销"),
        ("withdrawn", "证是真的，但许可已被撤回"),
        ("replaced", "这张证已被换发的新证代替"),
    ],
)
def test_what_the_register_says_today_decides(printed: Paper, state: str, title: str) -> None:
    with unaudited():
        Licence.objects.filter(public_id=printed.licence).update(state=state)
    assert title_of(printed) == title


def test_every_state_of_a_licence_has_an_answer(printed: Paper) -> None:
    for state, _label in Licence._meta.get_field("state").choices or ():
        with unaudited():
            Licence.objects.filter(public_id=printed.licence).update(state=state)
        assert title_of(printed)


@pytest.mark.parametrize("status", ["paused", "closed"])
def test_an_institution_that_does_not_teach_is_not_called_in_force(
    printed: Paper, school: Institution, status: str
) -> None:
    with unaudited():
        Institution.objects.filter(pk=school.pk).update(status=status)
    assert title_of(printed) == "证是真的，但机构目前暂停办学"


def test_a_paper_printed_again_replaces_the_one_before(
    printed: Paper, licence: Licence, officer: Actor
) -> None:
    newer, duplicate = print_licence(licence=licence, issued_on=ON, actor=officer, at=AT)
    assert title_of(printed) == "这张证已被换发的新证代替"
    assert title_of(newer) == title_of(duplicate) == "这张许可证是真的，今天有效"
    void_paper(paper=newer, reason="地址写错", actor=officer, at=AT)
    assert title_of(newer) == "这份文书已经作废"
    assert title_of(printed) == "这张许可证是真的，今天有效"


def test_a_licence_that_lacks_what_the_form_wants_is_not_printed(
    licence: Licence, officer: Actor
) -> None:
    with unaudited():
        Licence.objects.filter(pk=licence.pk).update(sponsors="", school_type="")
    licence.refresh_from_db()
    with pytest.raises(Refused) as refused:
        print_licence(licence=licence, issued_on=ON, actor=officer, at=AT)
    missing = {(each.code, each.params["paper_fact"]) for each in refused.value.refusals}
    assert missing == {("paper.fact_missing", "sponsors"), ("paper.fact_missing", "school_type")}
    assert not Paper.objects.exists()


def test_a_licence_that_has_ended_is_not_printed(licence: Licence, officer: Actor) -> None:
    with unaudited():
        Licence.objects.filter(pk=licence.pk).update(state="cancelled")
    licence.refresh_from_db()
    with pytest.raises(Refused) as refused:
        print_licence(licence=licence, issued_on=ON, actor=officer, at=AT)
    assert [each.code for each in refused.value.refusals] == ["paper.licence_not_standing"]


def test_by_hand_number_and_code_must_both_fit(issue: Issue) -> None:
    paper, other = issue("refusal"), issue("refusal")
    typed = f"{paper.code[:5].lower()}-{paper.code[5:]}"
    assert paper_by_hand(number="双教许不[2026]1", code=typed) == paper
    assert paper_by_hand(number=other.number_text, code=paper.code) is None
    assert paper_by_hand(number="", code=paper.code) is None
    assert paper_by_hand(number=paper.number_text, code="") is None
    assert paper_by_hand(number=paper.number_text, code=paper.code[:-1]) is None


def test_the_page_of_a_decision_says_to_whom_and_nothing_of_why(
    client: Client, issue: Issue
) -> None:
    paper = issue("refusal", reasons=["举办者王某某有犯罪记录"])
    page = client.get(f"/verify/{paper.public_id}/").content.decode()
    assert "这份文书是真的" in page
    assert "双教许不〔2026〕第1号" in page
    assert "双流区明德教育培训学校" in page
    assert "王某某" not in page
    assert "变更举办者" not in page


def test_the_page_of_a_licence_shows_what_the_licence_publishes(
    client: Client, printed: Paper
) -> None:
    answer = client.get(f"/verify/{printed.public_id}/")
    page = answer.content.decode()
    assert "初中数学线下培训" in page
    assert "李某" not in page  # sponsors stand on the wall, not on the internet
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_form_leads_to_the_papers_own_page(client: Client, issue: Issue) -> None:
    paper = issue("acceptance")
    answer = client.get("/verify/", {"number": paper.number_text, "code": paper.code})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/verify/{paper.public_id}/"


def test_an_unknown_paper_is_answered_in_plain_words(client: Client, district: object) -> None:
    page = client.get("/verify/", {"number": "双教许不〔2026〕第9号", "code": "2345678923"})
    assert page.status_code == 200
    assert "没有查到这份文书" in page.content.decode()
    missing = client.get(f"/verify/{uuid4()}/")
    assert missing.status_code == 404
    assert "没有查到这份文书" in missing.content.decode()
    assert client.get("/verify/", {"code": ""}).status_code == 200
    assert client.get("/verify/nothing/").status_code == 404


def test_who_guesses_is_slowed_and_who_holds_a_paper_is_not(
    client: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers_limits, "MISSES", 3)
    paper = issue("acceptance")
    for _ in range(5):
        assert client.get(f"/verify/{paper.public_id}/").status_code == 200
    for _ in range(3):
        assert client.get(f"/verify/{uuid4()}/").status_code == 404
    slowed = client.get("/verify/", {"number": "1", "code": "2345678923"})
    assert slowed.status_code == 429
    assert "请过十分钟再查" in slowed.content.decode()


def test_the_qr_codes_address_follows_the_setting(
    issue: Issue, settings: pytest.FixtureRequest
) -> None:
    settings.SITE_URL = "https://jg.edu.example.cn"  # type: ignore[attr-defined]
    paper = issue("acceptance")
    wanted = f"https://jg.edu.example.cn/verify/{paper.public_id}/"
    assert paper.facts["verify_url"] == wanted
    assert timezone.localdate(AT) == ON
