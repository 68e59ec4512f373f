"""The pages of the expert group: who is shown what, and never a name; rules in plain language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from institutions.core.filing_states import Verdict
from institutions.core.screening.catalogue import RULES
from institutions.models import Appraisal
from regulator.accounts.models import Appointment, User
from regulator.audit.models import Event
from tests.institutions.filings.conftest import AT
from tests.institutions.filings.experts import NAMES, Group, make_group

BREACH, CLEARED = Verdict.BREACH, Verdict.CLEARED


@pytest.fixture
def group(district, calendar, make_actor, monkeypatch) -> Group:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    return make_group(make_actor)


def client_of(user_id: int) -> Client:
    client = Client()
    user = User.objects.get(pk=user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def named_in(response) -> list[str]:
    text = response.content.decode()
    return [name for name in NAMES if name in text]


ROLES = ("filing_reviewer", "district_leader", "city_supervisor", "legal_reviewer", "administrator")


@pytest.mark.parametrize("state", ["voting", "concluded"])
def test_no_desk_no_institution_and_no_visitor_reads_a_members_name(group, login_as, state):
    appraisal = group.seated()
    votes = (BREACH,) if state == "voting" else (BREACH, CLEARED, BREACH)
    group.vote(appraisal, *votes)
    case = reverse("appraisals:case", args=[appraisal.public_id])
    review = reverse("filings:review", args=[group.filing.public_id])
    for role in ROLES:
        client = Client()
        login_as(client, role, division="510100" if role == "city_supervisor" else "510116")
        for address in (case, review, reverse("appraisals:list"), reverse("notices:desk")):
            response = client.get(address)
            assert (response.status_code, named_in(response)) == (200, []), (role, address)
    portal = client_of(group.manager.user_id)
    for name, args in (
        ("appraisals:own", [appraisal.public_id]),
        ("filings:own", [group.filing.public_id]),
        ("notices:portal", []),
    ):
        response = portal.get(reverse(name, args=args))
        assert (response.status_code, named_in(response)) == (200, [])
    assert Event.objects.filter(kind__endswith="_shown").count() == 0


def test_votes_and_reasons_are_shown_only_when_all_have_voted(group, login_as):
    appraisal = group.seated()
    group.vote(appraisal, BREACH, CLEARED)
    case = reverse("appraisals:case", args=[appraisal.public_id])
    client = Client()
    login_as(client, "filing_reviewer")
    before = client.get(case).content.decode()
    assert "字词和阅读训练" not in before
    assert "全部表决以后才公开票数和理由" in before
    group.vote(appraisal, BREACH)
    after = client.get(case).content.decode()
    assert "2 票认为构成，1 票认为不构成。" in after
    assert "讲义里有字词和阅读训练（3）。" in after


def test_an_expert_reads_the_class_without_its_institution_and_nobody_elses_vote(group):
    appraisal = group.seated()
    group.vote(appraisal, BREACH)
    second = appraisal.seats.get(number=2)
    client = client_of(Appointment.objects.get(pk=second.member.appointment_id).user_id)
    page = client.get(reverse("appraisals:vote", args=[appraisal.public_id]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "国学小讲堂" in text
    assert "雅集艺术" not in text
    assert "151011670000823" not in text
    assert "字词和阅读训练" not in text
    assert named_in(page) == [NAMES[1]]  # their own, in the masthead
    listed = client.get(reverse("appraisals:mine"))
    assert appraisal.number in listed.content.decode()
    assert client.get(reverse("appraisals:case", args=[appraisal.public_id])).status_code == 403


def test_an_expert_who_is_not_seated_finds_nothing(group, login_as):
    appraisal = group.seated()
    client = Client()
    login_as(client, "expert")
    address = reverse("appraisals:vote", args=[appraisal.public_id])
    assert client.get(address).status_code == 404
    assert client.post(address, {}).status_code == 404


def test_an_expert_votes_on_the_page(group):
    appraisal = group.seated()
    first = appraisal.seats.get(number=1)
    client = client_of(Appointment.objects.get(pk=first.member.appointment_id).user_id)
    address = reverse("appraisals:vote", args=[appraisal.public_id])
    assert client.post(address, {"verdict": "breach"}).status_code == 422
    data = {
        "purpose": "subject",
        "content": "subject",
        "method": "nothing",
        "evaluation": "non_subject",
        "verdict": "breach",
        "reasons": "教的是阅读。",
    }
    assert client.post(address, data)["Location"] == reverse("appraisals:mine")
    first.refresh_from_db()
    assert (first.vote.verdict, first.vote.leanings["method"]) == ("breach", "nothing")


def test_the_secretary_draws_and_reads_names_with_a_trace(group):
    appraisal = group.open()
    client = client_of(group.secretary.user_id)
    drawn = client.post(reverse("appraisals:draw", args=[appraisal.public_id]), {"count": "5"})
    assert drawn.status_code == 302
    assert appraisal.seats.count() == 5
    shown = client.post(reverse("appraisals:names", args=[appraisal.public_id]))
    assert len(named_in(shown)) == 5
    listed = client.get(reverse("appraisals:experts"))
    assert named_in(listed) == []
    assert len(named_in(client.post(reverse("appraisals:experts_shown")))) == 7
    kinds = Event.objects.filter(kind__endswith="_shown").order_by("pk")
    assert [one.kind for one in kinds] == ["panel.seats_shown", "panel.members_shown"]


def test_a_finding_is_sent_to_the_experts_from_its_case(group):
    client = client_of(group.reviewer.user_id)
    case = reverse("filings:review", args=[group.filing.public_id])
    assert "送专家组鉴别" in client.get(case).content.decode()
    sent = client.post(
        reverse("filings:appraise", args=[group.filing.public_id]),
        {"rule": "CONTENT-DISGUISE", "question": "教的是语文吗？"},
    )
    assert sent.status_code == 302
    text = client.get(case).content.decode()
    assert Appraisal.objects.get().number in text
    assert "由您判断" not in text
    queued = client.get(reverse("filings:queue"), {"part": "experts"}).content.decode()
    assert "专家鉴别中" in queued


def test_an_institution_disputes_on_its_page(group):
    appraisal = group.vote(group.seated(), BREACH, BREACH, CLEARED)
    client = client_of(group.manager.user_id)
    page = reverse("appraisals:own", args=[appraisal.public_id])
    assert "提出异议" in client.get(page).content.decode()
    silent = client.post(reverse("appraisals:dispute", args=[appraisal.public_id]), {"reason": ""})
    assert silent.status_code == 422
    sent = client.post(
        reverse("appraisals:dispute", args=[appraisal.public_id]), {"reason": "只讲故事。"}
    )
    assert sent["Location"] == page
    appraisal.refresh_from_db()
    assert appraisal.dispute == "只讲故事。"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_appraisals_takes_the_same_queries(
    group, login_as, django_assert_num_queries, count
):
    for _ in range(count):
        appraisal = group.open()
        Appraisal.objects.filter(pk=appraisal.pk).update(state="closed")
    client = Client()
    login_as(client, "district_leader")
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(reverse("appraisals:list"))
    assert response.content.decode().count("-J") >= count


LIST_QUERIES = 10


@pytest.mark.django_db
def test_every_rule_has_a_page_in_plain_language_for_everybody(client):
    shown = client.get(reverse("rules:list")).content.decode()
    for rule in RULES:
        address = reverse("rules:rule", args=[rule.code])
        assert address in shown
    for code in ("TIME-HOLIDAY", "FILING-LATE", "CONTENT-DISGUISE"):
        page = client.get(reverse("rules:rule", args=[code]))
        assert page.status_code == 200
        assert "施行日期" in page.content.decode()
    assert client.get(reverse("rules:rule", args=["NO-SUCH-RULE"])).status_code == 404
