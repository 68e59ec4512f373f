"""The settings' pages: default or confirmed, changed from a day on."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from regulator.calendars.models import CalendarChange, DivisionSetting
from regulator.calendars.selectors import division_settings
from regulator.calendars.selectors.shipped import shipped_settings
from regulator.processes.calendar_signing import sign_calendar_change

pytestmark = pytest.mark.django_db


def address(code: str) -> str:
    return reverse("calendars:setting", kwargs={"code": code})


def test_every_setting_says_whether_anybody_confirmed_it(client, login_as, district):
    login_as(client, "administrator")
    page = client.get(reverse("calendars:settings"))
    shown = {
        row["code"]: (row["value"], str(row["badge"].label))
        for group in page.context["groups"]
        for row in group["settings"]
    }
    assert sorted(shown) == sorted(shipped_settings())
    assert shown["price_group"] == ("其他区域", "默认，未确认")
    assert shown["edition_chinese"] == ("统编", "默认，有来源")
    assert shown["senior_high_alike"] == ("是", "默认，未确认")


def test_a_confirmed_setting_shows_its_history(client, login_as, district, leader, at):
    login_as(client, "administrator")
    page = client.post(
        address("school_hours"),
        {
            "text": "08:20-17:00",
            "starts_on": "2026-09-01",
            "basis": "区教育局2026年作息通知",
            "reason": "按通知",
        },
        follow=True,
    )
    assert "已提出。由第二个人签字以后才生效。" in page.text
    change = CalendarChange.objects.get()
    sign_calendar_change(change, actor=leader, at=at)
    assert division_settings(district.division, date(2026, 9, 1)).school_hours == "08:20-17:00"
    page = client.get(address("school_hours"))
    assert "区教育局2026年作息通知" in page.text
    assert [str(row["label"]) for row in page.context["events"]] == [
        "签字同意改动",
        "修改设置",
        "提出改动",
    ]


def test_a_value_that_cannot_be_is_said_and_nothing_is_saved(client, login_as, district):
    login_as(client, "administrator")
    page = client.post(
        address("review_workdays"),
        {"text": "很快", "starts_on": "2026-09-01", "basis": "口头", "reason": "试"},
    )
    assert "请填写0到250之间的整数，单位是工作日。" in page.text
    assert DivisionSetting.objects.count() == 0


def test_an_officer_reads_settings_and_cannot_open_the_form(client, login_as, district):
    login_as(client, "filing_reviewer")
    assert address("school_hours") not in client.get(reverse("calendars:settings")).text
    assert client.get(address("school_hours")).status_code == 403


def test_a_setting_that_does_not_exist_is_not_found(client, login_as, district):
    login_as(client, "administrator")
    assert client.get(address("favourite_colour")).status_code == 404
