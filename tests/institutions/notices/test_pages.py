"""The pages of notices: list, open, mark all, contact; what the bureau sees of what it sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import Institution, Notice, NoticeContact
from institutions.services.notice_contacts import ContactDraft, change_contact
from regulator.audit.models import Event
from tests.institutions.notices.conftest import AT, EMAIL, MOBILE, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(login_as: Any, institution: Institution) -> Client:
    """Signed in at the institution's desk."""
    client = Client()
    login_as(client, "institution_manager", institution=institution.public_id, name="周经理")
    return client


@pytest.fixture
def desk(login_as: Any) -> Client:
    """Signed in as a licensing officer of education."""
    client = Client()
    login_as(client, "licensing_officer", name="许经办")
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_notice_is_listed_counted_opened_and_read(portal: Client, tell: Any) -> None:
    notice = tell()
    page = words(portal.get(reverse("notices:portal")))
    assert "备案 BA510116-2026-00001 已通过" in page
    assert 'class="nav__count">1<' in page
    opened = words(portal.get(reverse("notices:portal_notice", args=[notice.public_id])))
    assert 'href="/portal/filings/"' in opened
    assert "周经理" in opened
    assert 'class="nav__count"' not in opened
    notice.refresh_from_db()
    assert notice.read_by == "周经理"


def test_the_portal_s_front_page_says_how_many_are_unread(portal: Client, tell: Any) -> None:
    tell("1")
    tell("2")
    page = words(portal.get(reverse("pages:portal")))
    assert "2 条未读通知" in page
    portal.post(reverse("notices:portal_read_all"))
    assert "条未读通知" not in words(portal.get(reverse("pages:portal")))


def test_an_officer_s_day_begins_with_the_unread(desk: Client, tell_desk: Any) -> None:
    notice = tell_desk()
    page = words(desk.get(reverse("pages:desk")))
    assert "未读通知" in page
    assert "/desk/notices/?state=unread" in page
    listed = words(desk.get(reverse("notices:desk") + "?state=unread"))
    assert "办学许可证 1 将到期" in listed
    assert "大树教育培训中心" in listed
    opened = words(desk.get(reverse("notices:desk_notice", args=[notice.public_id])))
    assert "有效期到2026年6月30日" in opened
    assert "没有未读的通知" in words(desk.get(reverse("notices:desk") + "?state=unread"))


def test_marking_all_read_is_a_post_of_the_own_desk(
    portal: Client, desk: Client, tell: Any, tell_desk: Any
) -> None:
    tell()
    tell_desk()
    assert portal.get(reverse("notices:portal_read_all")).status_code == 405
    answer = portal.post(reverse("notices:portal_read_all"), follow=True)
    assert "1 条通知已标为已读。" in words(answer)
    assert list(
        Notice.objects.filter(read_at__isnull=True).values_list("recipient", flat=True)
    ) == ["desk"]
    desk.post(reverse("notices:desk_read_all"))
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_an_empty_list_says_why(portal: Client, desk: Client) -> None:
    assert "还没有通知" in words(portal.get(reverse("notices:portal")))
    assert "还没有通知" in words(desk.get(reverse("notices:desk")))
    assert "没有未读的通知" in words(portal.get(reverse("notices:portal") + "?state=unread"))


def test_a_notice_of_another_is_not_found_and_not_read(
    portal: Client, desk: Client, tell: Any, tell_desk: Any
) -> None:
    elsewhere = tell(institution=registered("小树教育培训中心"))
    others = tell_desk(department="sport")
    for client, name, notice in (
        (portal, "notices:portal_notice", elsewhere),
        (portal, "notices:portal_notice", others),
        (desk, "notices:desk_notice", others),
        (desk, "notices:desk_notice", elsewhere),
    ):
        assert client.get(reverse(name, args=[notice.public_id])).status_code == 404
    assert not Notice.objects.filter(read_at__isnull=False).exists()


def test_the_portal_s_notice_opens_at_the_portal_only(portal: Client, tell_desk: Any) -> None:
    address = reverse("notices:desk_notice", args=[tell_desk().public_id])
    assert portal.get(address).status_code == 403


def test_a_contact_is_entered_kept_and_removed(portal: Client, settings: Any) -> None:
    address = reverse("notices:contact")
    assert "还没有接通电子邮件和短信" in words(portal.get(address))
    form = {"email": EMAIL, "mobile": MOBILE, "takes_email": "on", "takes_sms": "on"}
    assert "通知联系方式已保存" in words(portal.post(address, form, follow=True))
    page = words(portal.get(address))
    assert "o***@school.example" in page
    assert "138******34" in page
    assert EMAIL not in page
    assert MOBILE not in page
    changed = {"email": "", "mobile": "", "remove_mobile": "on", "takes_email": "on"}
    portal.post(address, changed)
    contact = NoticeContact.objects.get()
    assert (contact.email_masked, contact.mobile_masked) == ("o***@school.example", "")
    assert (contact.takes_email, contact.takes_sms) == (True, False)


def test_a_wrong_contact_is_refused_with_every_reason(portal: Client) -> None:
    page = words(portal.post(reverse("notices:contact"), {"email": "office", "mobile": "123"}))
    assert "电子邮件地址不完整" in page
    assert "手机号码应该是 1 开头的 11 位数字" in page
    assert not NoticeContact.objects.exists()


def test_the_bureau_sees_how_a_notice_travelled_and_who_read_it(
    desk: Client, portal: Client, tell: Any, institution: Institution
) -> None:
    notice = tell()
    portal.get(reverse("notices:portal_notice", args=[notice.public_id]))
    page = words(desk.get(reverse("notices:of_institution", args=[institution.public_id])))
    assert "备案 BA510116-2026-00001 已通过" in page
    assert "本系统没有接通这条渠道。" in page
    assert "周经理" in page
    assert "机构还没有填写" in page


def test_a_contact_is_shown_in_full_only_after_a_recorded_request(
    desk: Client, institution: Institution, manager: Any
) -> None:
    draft = ContactDraft(email=EMAIL, mobile=MOBILE)
    change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    address = reverse("notices:reveal_contact", args=[institution.public_id])
    asked = desk.get(address)
    assert EMAIL not in words(asked)
    assert not Event.objects.filter(kind="notice.contact_revealed").exists()
    shown = desk.post(address)
    assert EMAIL in words(shown)
    assert MOBILE in words(shown)
    assert shown["Cache-Control"] == "no-store"
    assert Event.objects.get(kind="notice.contact_revealed").actor_name == "许经办"


def test_who_may_not_reveal_is_refused(
    institution: Institution, manager: Any, login_as: Any
) -> None:
    draft = ContactDraft(email=EMAIL)
    change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    address = reverse("notices:reveal_contact", args=[institution.public_id])
    for role, division in (("inspector", "510116"), ("licensing_officer", "510107")):
        client = Client()
        login_as(client, role, division=division)
        assert client.post(address).status_code in (403, 404)
    assert not Event.objects.filter(kind="notice.contact_revealed").exists()


def test_the_settings_page_says_which_channels_are_open(desk: Client, settings: Any) -> None:
    page = words(desk.get(reverse("calendars:settings")))
    assert page.count("未接通") == 2
    settings.EMAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:9", "office@bureau.example"
    page = words(desk.get(reverse("calendars:settings")))
    assert (page.count("未接通"), page.count("已接通")) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries_whatever_its_length(
    desk: Client,
    institution: Institution,
    tell: Any,
    tell_desk: Any,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(count):
        tell(f"i:{number}", at=AT + timedelta(hours=number))
        tell_desk(f"d:{number}", at=AT + timedelta(hours=number))
    desk.get(reverse("notices:desk"))
    with django_assert_num_queries(11):
        desk.get(reverse("notices:desk"))
    with django_assert_num_queries(13):
        desk.get(reverse("notices:of_institution", args=[institution.public_id]))
