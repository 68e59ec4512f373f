"""Telling an institution or a desk: once per event and recipient, and who may open it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from institutions.models import Notice, NoticeContact, NoticeDelivery
from institutions.selectors.notices import notice_for, notices_for, sent_to, unread_count
from institutions.services.notice_contacts import ContactDraft, change_contact, reveal_contact
from institutions.services.notice_reading import read_all, read_notice
from regulator.audit.models import Event
from regulator.database.sealing import blind_index, erase_subject
from regulator.kernel.actors import VISITOR
from regulator.kernel.outcomes import InvariantError, Refused
from tests.institutions.notices.conftest import AT, EMAIL, MOBILE, registered

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)


@pytest.fixture
def channels(settings):
    """Both channels are configured; nothing listens there."""
    settings.EMAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:9", "office@bureau.example"
    settings.SMS_URL, settings.SMS_KEY = "http://127.0.0.1:9/", "k"


def codes(refused):
    return [one.code for one in refused.value.refusals]


def deliveries(notice):
    return {one.channel: (one.state, one.problem, one.address) for one in notice.deliveries.all()}


def test_an_institution_is_told_and_the_chain_knows(tell, institution):
    notice = tell()
    assert (notice.title, notice.is_read) == ("备案 BA510116-2026-00001 已通过", False)
    assert notice.text == "班级“数学提高班”已经公示，可以招生、上课。"
    assert (notice.recipient, notice.institution) == ("institution", institution)
    event = Event.objects.get(kind="notice.sent")
    assert (event.subject_key, event.new["cause"]) == (str(notice.public_id), "filing:1:approved")
    assert event.new["email"] == event.new["sms"] == "skipped"


def test_the_same_event_is_told_once_however_often_it_is_asked(tell):
    first = tell()
    again = tell(kind="filing_returned", params={"number": "", "class_name": "", "reason": ""})
    assert again.pk == first.pk
    assert again.kind == "filing_approved"
    assert Notice.objects.count() == 1
    assert Event.objects.filter(kind="notice.sent").count() == 1


def test_one_event_has_one_notice_for_each_recipient(tell, tell_desk, institution):
    tell("e")
    tell("e", institution=registered("小树教育培训中心"))
    tell_desk("e")
    tell_desk("e", department="sport")
    tell_desk("e", role="district_leader")
    assert Notice.objects.count() == 5
    assert sent_to(institution).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "no_such_kind"},
        {"params": {"number": "1"}},
        {"cause": ""},
        {"page": "//elsewhere.example/"},
        {"page": "https://elsewhere.example/"},
    ],
)
def test_a_wrong_call_is_a_bug_and_tells_nobody(tell, wrong):
    with pytest.raises(InvariantError):
        tell(**wrong)
    assert not Notice.objects.exists()


def test_a_notice_falls_with_the_change_it_is_about(tell):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Event.objects.filter(kind="notice.sent").exists()


def test_why_nothing_goes_out_stands_in_the_delivery(tell, manager, institution, settings):
    assert deliveries(tell("off")) == {
        "email": ("skipped", "channel_off", ""),
        "sms": ("skipped", "channel_off", ""),
    }
    settings.EMAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:9", "office@bureau.example"
    assert deliveries(tell("nowhere"))["email"] == ("skipped", "no_address", "")
    change_contact(
        institution=institution,
        draft=ContactDraft(email=EMAIL, takes_email=False),
        actor=manager,
        at=AT,
    )
    assert deliveries(tell("declined"))["email"] == ("skipped", "opted_out", "o***@school.example")


@pytest.mark.usefixtures("channels")
def test_what_can_go_out_waits(tell, manager, institution):
    draft = ContactDraft(email=EMAIL, mobile=MOBILE)
    change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    assert deliveries(tell()) == {
        "email": ("waiting", "", "o***@school.example"),
        "sms": ("waiting", "", "138******34"),
    }


@pytest.mark.usefixtures("channels")
def test_a_desk_is_told_in_the_system_only(tell_desk):
    assert not tell_desk().deliveries.exists()
    assert NoticeDelivery.objects.count() == 0


def test_a_desk_sees_what_is_its_own_and_no_other(
    tell, tell_desk, manager, officer, make_actor, institution
):
    mine, everyones = tell_desk("a"), tell_desk("b", department="")
    tell_desk("c", department="sport")
    tell_desk("d", division="510107")
    told = tell("e")
    assert list(notices_for(officer)) == [everyones, mine]
    assert list(notices_for(manager)) == [told]
    assert (unread_count(officer), unread_count(manager)) == (2, 1)
    elsewhere = registered("小树教育培训中心")
    others = (
        make_actor("licensing_officer", division="510107"),
        make_actor("filing_reviewer"),
        make_actor("institution_manager", institution=elsewhere.public_id),
        make_actor("parent", institution=institution.public_id),
        VISITOR,
    )
    for actor in others:
        assert notice_for(actor, told.public_id) is None
        assert notice_for(actor, mine.public_id) is None
        with pytest.raises(Refused) as refused:
            read_notice(notice=told, actor=actor, at=AT)
        assert codes(refused) == ["notice.not_own"]
    assert Notice.objects.filter(read_at__isnull=False).count() == 0


def test_opening_is_reading_and_the_first_name_stays(tell, manager, make_actor, institution):
    notice = tell()
    read = read_notice(notice=notice, actor=manager, at=LATER)
    assert (read.read_by, read.read_at, read.read_by_user) == ("周经理", LATER, manager.user_id)
    second = make_actor("institution_manager", institution=institution.public_id, name="别人")
    again = read_notice(notice=notice, actor=second, at=LATER + timedelta(days=1))
    assert (again.read_by, again.read_at) == ("周经理", LATER)
    assert Event.objects.filter(kind="notice.read").count() == 1


def test_unread_come_first_and_all_can_be_read_at_once(tell, manager):
    old, new = tell("1"), tell("2", at=LATER)
    read_notice(notice=new, actor=manager, at=LATER)
    assert list(notices_for(manager)) == [old, new]
    assert list(notices_for(manager, "read")) == [new]
    assert read_all(actor=manager, at=LATER) == 1
    assert read_all(actor=manager, at=LATER) == 0
    assert list(notices_for(manager)) == [new, old]
    batch = Event.objects.filter(kind="notice.read").latest("pk")
    assert (batch.row_count, len(batch.rows_digest)) == (1, 64)


def test_who_has_no_desk_marks_nothing(tell):
    tell()
    with pytest.raises(Refused) as refused:
        read_all(actor=VISITOR, at=LATER)
    assert codes(refused) == ["notice.not_own"]
    assert Notice.objects.filter(read_at__isnull=False).count() == 0


def test_a_contact_is_sealed_and_its_event_holds_digests(manager, institution):
    draft = ContactDraft(email=f" {EMAIL} ", mobile="+86 138-0000-1234")
    contact = change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    assert EMAIL not in contact.email
    assert MOBILE not in contact.mobile
    event = Event.objects.get(kind="notice.contact_changed")
    assert event.new["email"] == blind_index(EMAIL, purpose="notice")
    assert event.new["mobile"] == blind_index(MOBILE, purpose="notice")
    assert EMAIL not in str(event.new)


def test_an_empty_field_keeps_and_an_empty_text_removes(manager, institution):
    first = ContactDraft(email=EMAIL, mobile=MOBILE)
    change_contact(institution=institution, draft=first, actor=manager, at=AT)
    kept = change_contact(
        institution=institution, draft=ContactDraft(mobile=""), actor=manager, at=LATER
    )
    assert (kept.email_masked, kept.mobile_masked) == ("o***@school.example", "")
    with pytest.raises(Refused) as refused:
        change_contact(institution=institution, draft=ContactDraft(), actor=manager, at=LATER)
    assert codes(refused) == ["notice.contact_same"]


def test_every_fault_of_a_contact_is_said_and_nothing_is_kept(manager, institution):
    draft = ContactDraft(email="office", mobile="12345")
    with pytest.raises(Refused) as refused:
        change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    assert codes(refused) == ["notice.email_wrong", "notice.mobile_wrong"]
    assert not NoticeContact.objects.exists()


def test_only_the_institution_s_own_desk_changes_its_contact(make_actor, officer, institution):
    elsewhere = registered("小树教育培训中心")
    other = make_actor("institution_manager", institution=elsewhere.public_id)
    for actor, code in ((other, "policy.other_institution"), (officer, "policy.not_granted")):
        with pytest.raises(Refused) as refused:
            change_contact(
                institution=institution, draft=ContactDraft(email=EMAIL), actor=actor, at=AT
            )
        assert codes(refused) == [code]
    assert not NoticeContact.objects.exists()


def test_revealing_leaves_an_event_and_needs_the_right(manager, officer, make_actor, institution):
    with pytest.raises(Refused) as refused:
        reveal_contact(institution=institution, actor=officer, at=AT)
    assert codes(refused) == ["notice.no_contact"]
    draft = ContactDraft(email=EMAIL, mobile=MOBILE)
    contact = change_contact(institution=institution, draft=draft, actor=manager, at=AT)
    revealed = reveal_contact(institution=institution, actor=officer, at=LATER)
    assert (revealed.email, revealed.mobile) == (EMAIL, MOBILE)
    assert Event.objects.get(kind="notice.contact_revealed").actor_name == "许经办"
    for actor in (
        make_actor("licensing_officer", division="510107"),
        make_actor("inspector"),
        make_actor("district_leader"),
    ):
        with pytest.raises(Refused):
            reveal_contact(institution=institution, actor=actor, at=LATER)
    assert Event.objects.filter(kind="notice.contact_revealed").count() == 1
    erase_subject(contact.public_id)
    empty = reveal_contact(institution=institution, actor=officer, at=LATER)
    assert (empty.email, empty.mobile) == ("", "")
