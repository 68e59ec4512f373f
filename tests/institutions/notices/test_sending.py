"""What waits goes out: sent, refused, put off, given up, and never a second time by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from institutions.models import NoticeDelivery
from institutions.services import notice_sending
from institutions.services.notice_contacts import ContactDraft, change_contact
from institutions.services.notice_sending import SendingReport, send_waiting
from regulator.adapters.messages import Message
from regulator.audit.models import Event
from tests.adapters.loopback import Gateway, Mailbox, sms_gateway, smtp_server
from tests.institutions.notices.conftest import AT, EMAIL, MOBILE, registered


@pytest.fixture
def db(committed_db: str) -> str:
    """A sender commits before and after each message, so these tests commit too."""
    return committed_db


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with smtp_server() as box:
        settings.EMAIL_URL, settings.MAIL_FROM = box.url, "office@bureau.example"
        settings.MESSAGE_TIMEOUT_S = 0.5
        settings.SITE_URL = "https://bureau.example"
        yield box


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with sms_gateway() as made:
        settings.SMS_URL, settings.SMS_KEY, settings.SMS_SIGN = made.url, made.key, "双流教育"
        yield made


@pytest.fixture
def contact(institution: Any, manager: Any) -> Callable[..., None]:
    """`contact(takes_sms=False)` enters or changes the institution's contact."""

    def changed(**draft: Any) -> None:
        asked = {"email": EMAIL, "mobile": MOBILE} | draft
        change_contact(institution=institution, draft=ContactDraft(**asked), actor=manager, at=AT)

    return changed


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def later(**span: float) -> Callable[[], datetime]:
    return at(timezone.now() + timedelta(**span))


def states() -> dict[str, tuple[str, int, str, str]]:
    rows = NoticeDelivery.objects.order_by("channel")
    return {one.channel: (one.state, one.attempts, one.problem, one.answer) for one in rows}


def kinds() -> list[str]:
    found = Event.objects.filter(kind__startswith="notice.deliver").order_by("division", "sequence")
    return [kind.removeprefix("notice.") for kind in found.values_list("kind", flat=True)]


@pytest.mark.usefixtures("mailbox", "gateway")
def test_both_go_out_and_the_chain_says_when(
    tell: Any, contact: Any, mailbox: Mailbox, gateway: Gateway
) -> None:
    contact()
    notice = tell()
    assert send_waiting() == SendingReport(tried=2, sent=2)
    assert states() == {"email": ("sent", 1, "", ""), "sms": ("sent", 1, "", "")}
    (letter,) = mailbox.letters
    assert letter["Subject"].strip() == "【校外培训监管】备案 BA510116-2026-00001 已通过"
    lines = letter.get_content().splitlines()
    assert lines[0] == "大树教育培训中心："
    assert "登录机构端办理：https://bureau.example/portal/filings/" in lines
    (short,) = gateway.messages
    assert short["mobile"] == MOBILE
    assert short["text"] == "大树教育培训中心：备案 BA510116-2026-00001 已通过。请登录机构端查看。"
    assert short["request_id"] == f"{notice.public_id}.sms"
    assert kinds() == ["delivery_begun", "delivered"] * 2
    recorded = str(list(Event.objects.values_list("new", "subject_label", "reason")))
    assert EMAIL not in recorded
    assert MOBILE not in recorded


def test_asking_again_sends_nothing_again(tell: Any, contact: Any, mailbox: Mailbox) -> None:
    contact()
    tell()
    send_waiting()
    tell()
    assert send_waiting() == SendingReport(tried=0, sent=0)
    assert send_waiting(clock=later(days=2)) == SendingReport(tried=0, sent=0)
    assert len(mailbox.letters) == 1


def test_a_refused_address_is_the_end_of_it(tell: Any, contact: Any, mailbox: Mailbox) -> None:
    contact()
    mailbox.replies["RCPT"] = f"550 no such user {EMAIL}"
    tell()
    assert send_waiting() == SendingReport(tried=1, sent=0)
    row = NoticeDelivery.objects.get(channel="email")
    assert (row.state, row.problem_text) == (
        "failed",
        "对方服务器不接收这个地址，请机构核对联系方式。（对方答复 550）",
    )
    assert kinds() == ["delivery_begun", "delivery_failed"]
    assert send_waiting(clock=later(days=9)).tried == 0


def test_a_busy_server_is_tried_again_after_longer_and_longer_waits(
    tell: Any, contact: Any, mailbox: Mailbox
) -> None:
    contact()
    mailbox.replies["RCPT"] = "450 try later"
    tell()
    clock, waits = timezone.now(), []
    for _ in range(6):
        assert send_waiting(clock=at(clock)).tried == 1
        assert send_waiting(clock=at(clock)).tried == 0
        row = NoticeDelivery.objects.get(channel="email")
        if row.next_try_at is None:
            break
        waits.append((row.next_try_at - clock).total_seconds())
        assert send_waiting(clock=at(row.next_try_at - timedelta(seconds=1))).tried == 0
        clock = row.next_try_at
    assert waits == [60, 300, 1_800, 7_200, 43_200]
    assert states()["email"] == ("failed", 6, "busy", "450")
    assert kinds() == ["delivery_begun", "delivery_put_off"] * 5 + [
        "delivery_begun",
        "delivery_failed",
    ]


def test_it_goes_out_once_the_server_is_back(tell: Any, contact: Any, mailbox: Mailbox) -> None:
    contact()
    mailbox.replies["CONNECT"] = "421 not now"
    tell()
    send_waiting()
    assert states()["email"] == ("waiting", 1, "busy", "421")
    mailbox.replies.clear()
    assert send_waiting(clock=later(seconds=61)).sent == 1
    assert states()["email"] == ("sent", 2, "", "")


def test_a_dead_server_holds_up_one_message_and_not_the_other_channel(
    tell: Any, contact: Any, mailbox: Mailbox, gateway: Gateway, settings: Any
) -> None:
    contact()
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    for number in range(3):
        tell(f"event:{number}")
    assert send_waiting() == SendingReport(tried=4, sent=3)
    assert len(gateway.messages) == 3
    found = NoticeDelivery.objects.filter(channel="email").order_by("pk")
    assert [(one.attempts, one.problem) for one in found] == [(1, "unreachable"), (0, ""), (0, "")]


def test_who_declines_or_goes_before_it_is_sent_gets_nothing(
    tell: Any, contact: Any, mailbox: Mailbox, gateway: Gateway
) -> None:
    contact()
    tell()
    contact(takes_email=False, mobile="")
    assert send_waiting() == SendingReport(tried=2, sent=0)
    assert states() == {
        "email": ("skipped", 1, "opted_out", ""),
        "sms": ("skipped", 1, "no_address", ""),
    }
    assert (mailbox.letters, gateway.messages) == ([], [])


def test_no_transaction_is_open_while_a_message_is_on_its_way(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    tell()
    seen: list[bool] = []

    def sending(_channel: str, _message: Message) -> None:
        seen.append(connection.in_atomic_block)

    monkeypatch.setattr(notice_sending, "send_message", sending)
    send_waiting()
    assert seen == [False]


def test_one_odd_message_does_not_hold_up_the_others(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    tell("1")
    tell("2")
    real, calls = notice_sending.send_message, []

    def sending(channel: str, message: Message) -> None:
        calls.append(message.key)
        if len(calls) == 1:
            raise ValueError(EMAIL)
        real(channel, message)

    monkeypatch.setattr(notice_sending, "send_message", sending)
    assert send_waiting() == SendingReport(tried=2, sent=1)
    found = NoticeDelivery.objects.filter(channel="email").order_by("pk")
    assert [(one.state, one.problem) for one in found] == [("waiting", "unreadable"), ("sent", "")]


def test_a_run_ends_after_so_many_messages(tell: Any, contact: Any, mailbox: Mailbox) -> None:
    contact()
    for number in range(3):
        tell(f"event:{number}")
    assert send_waiting(most=2).sent == 2
    assert send_waiting(most=2).sent == 1


def test_a_sender_that_died_with_it_in_hand_is_followed_by_another(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    tell()
    monkeypatch.setattr(notice_sending, "_record", lambda *_a, **_k: None)
    start = timezone.now()
    send_waiting(clock=at(start))
    assert states()["email"] == ("waiting", 1, "", "")
    assert send_waiting(clock=at(start + timedelta(seconds=299))).tried == 0
    monkeypatch.undo()
    assert send_waiting(clock=at(start + timedelta(seconds=301))).sent == 1
    assert states()["email"] == ("sent", 2, "", "")
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    assert len(mailbox.letters) == 2
    assert kinds() == ["delivery_begun", "delivery_begun", "delivered"]


def test_six_senders_that_died_are_the_end_of_it(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    tell()
    monkeypatch.setattr(notice_sending, "_record", lambda *_a, **_k: None)
    start = timezone.now()
    for number in range(8):
        send_waiting(clock=at(start + timedelta(seconds=301 * number)))
    assert states()["email"] == ("failed", 6, "interrupted", "")
    assert len(mailbox.letters) == 6


def test_a_sender_that_comes_back_late_overwrites_nobody(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact()
    tell()
    start = timezone.now()
    real = notice_sending.send_message

    def slow(channel: str, message: Message) -> None:
        """Another sender finishes while this one hangs."""
        monkeypatch.setattr(notice_sending, "send_message", real)
        send_waiting(clock=at(start + timedelta(seconds=301)))
        raise ValueError

    monkeypatch.setattr(notice_sending, "send_message", slow)
    send_waiting(clock=at(start))
    assert states()["email"] == ("sent", 2, "", "")


def test_another_division_s_notices_stand_in_their_own_chain(
    tell: Any, contact: Any, mailbox: Mailbox, make_actor: Any
) -> None:
    elsewhere = registered("外区教育培训中心", division="510107")
    other = make_actor("institution_manager", division="510107", institution=elsewhere.public_id)
    change_contact(institution=elsewhere, draft=ContactDraft(email=EMAIL), actor=other, at=AT)
    tell(institution=elsewhere)
    assert send_waiting().sent == 1
    delivered = Event.objects.filter(kind="notice.delivered").values_list("division", flat=True)
    assert list(delivered) == ["510107"]


def test_the_commit_calls_the_sender_and_a_rollback_does_not(
    tell: Any, contact: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(
        "regulator.jobs.services.wake.current_app.send_task",
        lambda name, **_options: called.append(name),
    )
    contact()
    with transaction.atomic():
        tell("undone")
        transaction.set_rollback(True)
    assert called == []
    with transaction.atomic():
        tell("done")
        assert called == []
    assert called == ["institutions.send_notices"]
