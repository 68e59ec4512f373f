"""The checklist of a new bureau: what is blank, and that entering it ticks the line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from regulator.calendars.services import load_shipped_calendars
from regulator.calendars.services.settings import set_setting
from regulator.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_may_2026(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def states(client) -> dict[str, str]:
    page = client.get(reverse("pages:first_run"))
    return {
        str(item["title"]): item["state"]
        for section in page.context["sections"]
        for item in section["items"]
    }


def test_a_new_bureau_has_everything_before_it(client, login_as, district):
    login_as(client, "administrator")
    page = client.get(reverse("pages:first_run"))
    assert (page.context["done"], page.context["total"]) == (0, 11)
    assert set(states(client).values()) == {"todo"}
    assert "没有人的岗位：" in page.text
    assert "备案审核员" in page.text


def test_loading_the_shipped_calendar_ticks_what_it_knows(client, login_as, district):
    login_as(client, "administrator")
    load_shipped_calendars(actor=SYSTEM, at=NOW, divisions=[district.division])
    shown = states(client)
    assert [shown[title] for title in ("今年的放假安排", "明年的放假安排")] == ["done", "todo"]
    assert [shown[title] for title in ("本学年的校历", "下学年的校历")] == ["done", "todo"]


def test_confirming_a_default_ticks_its_line(client, login_as, district):
    login_as(client, "administrator")
    set_setting(
        division=district.division,
        code="price_group",
        text="other",
        starts_on=NOW.date(),
        basis="市发改委答复",
        reason="确认",
        actor=SYSTEM,
        at=NOW,
    )
    assert states(client)["政府指导价所属价区"] == "done"


def test_editions_are_counted_down_one_by_one(client, login_as, district):
    login_as(client, "administrator")

    def open_editions() -> int | None:
        sections = client.get(reverse("pages:first_run")).context["sections"]
        items = [item for section in sections for item in section["items"]]
        return next(item["count"] for item in items if str(item["title"]) == "教材版本")

    before = open_editions()
    set_setting(
        division=district.division,
        code="edition_mathematics",
        text="北师大版",
        starts_on=NOW.date(),
        basis="区教育局选用目录",
        reason="确认",
        actor=SYSTEM,
        at=NOW,
    )
    assert (before, open_editions()) == (7, 6)


def test_every_line_leads_to_a_page_that_opens(client, login_as, district):
    login_as(client, "administrator")
    sections = client.get(reverse("pages:first_run")).context["sections"]
    addresses = [item["url"] for section in sections for item in section["items"]]
    assert [client.get(address).status_code for address in addresses] == [200] * 11


def test_a_manager_and_a_visitor_do_not_see_it(client, login_as, district):
    assert client.get(reverse("pages:first_run")).status_code == 302
    login_as(client, "institution_manager", institution="00000000-0000-7000-8000-000000000001")
    assert client.get(reverse("pages:first_run")).status_code == 403
