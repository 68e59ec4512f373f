"""The page where a second person signs: what it says, and to whom it opens."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from regulator.calendars.models import DivisionSetting
from regulator.calendars.services import propose_change, setting_change

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def change(make_actor):
    admin = make_actor("administrator")
    draft = setting_change(
        division=admin.division,
        code="school_hours",
        text="08:00-17:00",
        starts_on=date(2027, 3, 1),
        basis="区教育局通知",
    )
    return propose_change(draft, reason="延时", actor=admin, at=AT)


def sign(change) -> str:
    return reverse("pages:sign_change", args=[change.public_id])


def page_of(change) -> str:
    return reverse("calendars:change", args=[change.public_id])


def test_the_leader_sees_what_changes_and_signs(client, login_as, change):
    login_as(client, "district_leader")
    assert "等您签字的校历和设置" in client.get(reverse("pages:desk")).text
    page = client.get(page_of(change))
    assert ("08:00-16:30" in page.text, "08:00-17:00" in page.text) == (True, True)
    assert sign(change) in page.text
    assert client.get(sign(change)).status_code == 200
    done = client.post(sign(change), follow=True)
    assert "已签字，已经生效。" in done.text
    assert DivisionSetting.objects.get().value == "08:00-17:00"
    assert sign(change) not in client.get(page_of(change)).text


def test_who_only_reads_sees_the_change_and_no_way_to_sign(client, login_as, change):
    login_as(client, "licensing_officer")
    page = client.get(page_of(change))
    assert (page.status_code, sign(change) in page.text) == (200, False)
    assert client.post(sign(change)).status_code == 403
    assert not DivisionSetting.objects.exists()


def test_a_neighbours_change_is_not_found(client, login_as, district, change):
    login_as(client, "district_leader", division=district.other_division)
    assert client.post(sign(change)).status_code == 404
    assert not DivisionSetting.objects.exists()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client, login_as, make_actor, change, django_assert_num_queries
):
    login_as(client, "district_leader")
    client.get(reverse("calendars:changes"))
    with django_assert_num_queries(10):
        client.get(reverse("calendars:changes"))
    admin = make_actor("administrator")
    for code in ("review_workdays", "filing_lead_workdays"):
        draft = setting_change(
            division=admin.division, code=code, text="9", starts_on=date(2027, 3, 1), basis="通知"
        )
        propose_change(draft, reason="改", actor=admin, at=AT)
    with django_assert_num_queries(10):
        client.get(reverse("calendars:changes"))
