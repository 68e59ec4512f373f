"""The pages of the ordinary life: warnings before a beginning, documents by what was stated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Institution, Journey, Licence
from institutions.services.journeys import confirm_proposal, take_move
from tests.district import LoginAs, MakeActor
from tests.institutions.journeys.parts import (
    AT,
    accept_all,
    begun,
    hand_in,
    licensed_institution,
    moved,
)


@pytest.fixture
def institution(make_actor: MakeActor) -> Institution:
    return licensed_institution()


def start_url(institution: Institution, kind: str) -> str:
    return f"/desk/register/{institution.public_id}/journeys/{kind}/"


def valid_for(institution: Institution, days: int) -> date:
    """Let the licence end so many days from today; returns its last valid day."""
    last = timezone.localdate() + timedelta(days=days)
    Licence.objects.filter(institution=institution).update(valid_before=last + timedelta(days=1))
    return last


@pytest.mark.parametrize(("days", "warns"), [(29, True), (30, False)])
def test_a_late_renewal_is_warned_of_before_it_begins_and_begins_all_the_same(
    client: Client, login_as: LoginAs, institution: Institution, days: int, warns: bool
) -> None:
    login_as(client, "licensing_officer")
    valid_for(institution, days)
    page = client.get(start_url(institution, "renewal"))
    assert ("现在申请可以受理" in page.content.decode()) is warns
    begun_page = client.post(start_url(institution, "renewal"), follow=True)
    assert Journey.objects.filter(kind="renewal").count() == 1
    assert ("现在申请可以受理" in begun_page.content.decode()) is warns


def test_a_change_asks_for_the_documents_of_what_changes_and_no_others(
    client: Client, login_as: LoginAs, make_actor: MakeActor, institution: Institution
) -> None:
    login_as(client, "licensing_officer")
    journey = begun(
        "change",
        institution,
        actor=make_actor("licensing_officer"),
        matters=["name"],
        new_name="启明培训学校",
        change_reason="更名",
    )
    text = client.get(f"/desk/journeys/{journey.public_id}/").content.decode()
    assert "修改后的章程" in text
    assert "举办者变更协议" not in text


def test_a_ban_is_shown_with_its_item_and_nothing_begins(client: Client, login_as: LoginAs) -> None:
    login_as(client, "licensing_officer")
    stated = {
        "name": "新芽培训学校",
        "category": "subject",
        "stages": ["primary"],
        "ways": ["offline"],
        "legal_form": "non_profit",
        "sponsors": "某公司",
        "legal_representative": "张某",
        "principal": "李某",
        "address": "星空路20号",
        "content": "数学",
    }
    text = client.post("/desk/journeys/new/set_up/", stated).content.decode()
    assert "不再审批新的面向义务教育阶段学生的学科类校外培训机构。" in text
    assert "第18项" in text
    assert Journey.objects.count() == 0


def test_the_entry_shows_the_results_of_annual_checks_and_a_hint_after_two_failures(
    client: Client, login_as: LoginAs, make_actor: MakeActor, institution: Institution
) -> None:
    officer, leader = make_actor("licensing_officer"), make_actor("district_leader")
    stated = {"reason": "没有审计", "statements": "没有提出", "consequences": "限期整改"}
    for year in (2025, 2026):
        journey = begun("annual_check", institution, actor=officer, check_year=year)
        hand_in(journey, "annual_report", "audit_report", actor=officer)
        journey = moved(journey, "submit", actor=officer)
        accept_all(journey, actor=officer)
        taken = take_move(journey=journey, move="fail_check", stated=stated, actor=officer, at=AT)
        assert taken.proposal is not None
        confirm_proposal(proposal=taken.proposal, actor=leader, at=AT)
    login_as(client, "licensing_officer")
    entry = client.get(f"/desk/register/{institution.public_id}/").content.decode()
    assert "年度检查结果" in entry
    assert "不合格" in entry
    page = client.get(f"/desk/journeys/{journey.public_id}/").content.decode()
    assert "2025、2026 连续两个年度检查不合格" in page
