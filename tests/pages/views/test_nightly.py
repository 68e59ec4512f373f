"""The page of the nightly check, and the line on the administrator's desk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from regulator.pages.core.invariants import Report, Violation
from regulator.pages.selectors.today import duties_of
from regulator.pages.services.nightly import keep_report

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
DIFFERS = Violation(
    "state_differs",
    "510116",
    "filing",
    "BA-510116-2026-00001",
    "01990000-0000-7000-8000-000000000001",
    (("said", "submitted"), ("state", "approved")),
)
ELSEWHERE = Violation("row_gone", "510107", "filing", "BA-510107-2026-00009", "x")
EVERYWHERE = Violation("guard_missing", thing="guard", subject="guard_audit_event_update")


@pytest.fixture(autouse=True)
def _next_morning(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 3, 1, 0, tzinfo=UTC))


def keep(*violations: Violation) -> None:
    keep_report(Report(date(2026, 11, 3), AT.isoformat(), {"filing": 60}, violations))


def test_before_the_first_night_the_page_says_so(client, login_as, district):
    login_as(client, "administrator")
    assert "还没有核对过" in client.get(reverse("pages:nightly")).text


def test_a_clean_night_is_said(client, login_as, district):
    keep()
    login_as(client, "legal_reviewer")
    page = client.get(reverse("pages:nightly"))
    assert "没有发现问题" in page.text
    assert page.context["is_overdue"] is False


def test_the_page_lists_the_own_division_and_what_concerns_all(client, login_as, district):
    keep(DIFFERS, ELSEWHERE, EVERYWHERE)
    login_as(client, "administrator")
    page = client.get(reverse("pages:nightly"))
    assert [row["subject"] for row in page.context["rows"]] == [
        "BA-510116-2026-00001",
        "guard_audit_event_update",
    ]
    assert "BA-510107-2026-00009" not in page.text
    assert "运行 manage.py prepare 重新安装。" in page.text


def test_nights_without_a_check_are_pointed_out(client, login_as, district, monkeypatch):
    keep()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 5, 1, 0, tzinfo=UTC))
    login_as(client, "administrator")
    assert "已经两天没有核对" in client.get(reverse("pages:nightly")).text


def test_findings_wait_on_the_administrators_desk_alone(make_actor):
    keep(DIFFERS, ELSEWHERE, EVERYWHERE)
    administrator, leader = make_actor("administrator"), make_actor("district_leader")
    today = date(2026, 11, 3)
    nightly = [one for one in duties_of(administrator, today) if one.url_name == "pages:nightly"]
    assert [one.count for one in nightly] == [2]
    assert [one for one in duties_of(leader, today) if one.url_name == "pages:nightly"] == []


def test_a_clean_night_leaves_the_desk_empty(make_actor):
    keep(ELSEWHERE)
    duties = duties_of(make_actor("administrator"), date(2026, 11, 3))
    assert [one for one in duties if one.url_name == "pages:nightly"] == []
