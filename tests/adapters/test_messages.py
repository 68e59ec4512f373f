"""E-mail and SMS against servers on the loopback that answer as real ones do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from regulator.adapters.messages import (
    Message,
    MessageError,
    open_channels,
    send_email,
    send_sms,
)
from tests.adapters.loopback import HOST, Gateway, Mailbox, sms_gateway, smtp_server

LETTER = Message(
    to="office@school.example",
    subject="备案被退回\n\n第二行",
    text="请改正后重新提交。\n.\n以点开头的一行也要到。",
    key="0192-1.email",
)
SHORT = Message(to="13800000000", subject="", text="备案被退回。", key="0192-1.sms")


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with smtp_server() as box:
        settings.EMAIL_URL, settings.MAIL_FROM = box.url, "监管系统 <office@bureau.example>"
        settings.MESSAGE_TIMEOUT_S = 0.5
        yield box


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with sms_gateway() as made:
        settings.SMS_URL, settings.SMS_KEY, settings.SMS_SIGN = made.url, made.key, "双流教育"
        settings.MESSAGE_TIMEOUT_S = 0.5
        yield made


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return int(taken.getsockname()[1])


def refused(send: Any, message: Message) -> tuple[str, str, bool]:
    """Problem, answer and whether it is worth another try; the error names nobody."""
    with pytest.raises(MessageError) as caught:
        send(message)
    assert message.to not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.problem, caught.value.answer, caught.value.retryable


def test_a_channel_is_open_once_everything_it_needs_is_configured(settings: Any) -> None:
    settings.EMAIL_URL = settings.SMS_URL = settings.SMS_KEY = settings.MAIL_FROM = ""
    assert open_channels() == frozenset()
    settings.EMAIL_URL = "smtp://mail.example"
    assert open_channels() == frozenset()
    settings.MAIL_FROM = "office@bureau.example"
    assert open_channels() == {"email"}
    settings.EMAIL_URL, settings.MAIL_FROM = "smtp://office%40bureau.example:x@mail.example", ""
    assert open_channels() == {"email"}
    settings.SMS_URL = "http://sms.example/send"
    assert open_channels() == {"email"}
    settings.SMS_KEY = "k"
    assert open_channels() == {"email", "sms"}
    settings.SMS_URL = "file:///etc/passwd"
    assert open_channels() == {"email"}


def test_a_letter_arrives_whole(mailbox: Mailbox) -> None:
    send_email(LETTER)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "备案被退回 第二行"
    assert letter["Message-ID"] == "<0192-1.email@bureau.example>"
    assert letter["To"] == "office@school.example"
    assert "office@bureau.example" in letter["From"]
    assert letter.get_content().splitlines() == LETTER.text.splitlines()
    assert mailbox.recipients == ["rcpt TO:<office@school.example>"]


def test_the_same_message_sent_again_has_the_same_id(mailbox: Mailbox) -> None:
    send_email(LETTER)
    send_email(LETTER)
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1


@pytest.mark.parametrize(
    ("verb", "reply", "expected"),
    [
        ("RCPT", "550 no such user office@school.example", ("address_refused", "550", False)),
        ("RCPT", "450 try later", ("busy", "450", True)),
        ("MAIL", "553 sender not allowed", ("message_refused", "553", False)),
        ("DATA", "554 no", ("message_refused", "554", False)),
        ("BODY", "552 too big", ("message_refused", "552", False)),
        ("BODY", "451 local error", ("busy", "451", True)),
        ("CONNECT", "421 too busy", ("busy", "421", True)),
    ],
)
def test_a_refusal_is_final_or_for_now_as_the_server_says(
    mailbox: Mailbox, verb: str, reply: str, expected: tuple[str, str, bool]
) -> None:
    mailbox.replies[verb] = reply
    assert refused(send_email, LETTER) == expected


def test_a_wrong_password_is_tried_again_once_it_is_put_right(
    mailbox: Mailbox, settings: Any
) -> None:
    settings.EMAIL_URL = mailbox.url.replace("://", "://someone:wrong@")
    mailbox.replies["AUTH"] = "535 no"
    assert refused(send_email, LETTER) == ("credentials", "535", True)


@pytest.mark.parametrize("verb", ["CONNECT", "MAIL", "BODY"])
def test_a_server_that_does_not_answer_is_given_up_in_time(mailbox: Mailbox, verb: str) -> None:
    mailbox.silent_at = verb
    assert refused(send_email, LETTER) == ("timeout", "", True)


def test_a_mail_server_that_is_not_there(settings: Any) -> None:
    settings.EMAIL_URL = f"smtp://{HOST}:{closed_port()}"
    settings.MAIL_FROM = "office@bureau.example"
    assert refused(send_email, LETTER) == ("unreachable", "", True)


def test_a_short_message_arrives_as_documented(gateway: Gateway) -> None:
    send_sms(SHORT)
    assert gateway.messages == [
        {
            "request_id": "0192-1.sms",
            "mobile": "13800000000",
            "sign": "双流教育",
            "text": "备案被退回。",
        }
    ]


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (200, b'{"code": "bad_number"}', ("address_refused", "200", False)),
        (422, b'{"code": "bad_number"}', ("address_refused", "422", False)),
        (200, b'{"code": "refused"}', ("message_refused", "200", False)),
        (200, b'{"code": "quota"}', ("busy", "200", True)),
        (200, b"<html>", ("unreadable", "200", True)),
        (200, b"[]", ("unreadable", "200", True)),
        (400, b"", ("message_refused", "400", False)),
        (403, b"", ("credentials", "403", True)),
        (429, b"", ("busy", "429", True)),
        (503, b"", ("busy", "503", True)),
    ],
)
def test_the_gateway_s_answers(
    gateway: Gateway, status: int, answer: bytes, expected: tuple[str, str, bool]
) -> None:
    gateway.status, gateway.answer = status, answer
    assert refused(send_sms, SHORT) == expected


def test_a_wrong_key(gateway: Gateway, settings: Any) -> None:
    settings.SMS_KEY = "wrong-key"
    assert refused(send_sms, SHORT) == ("credentials", "401", True)
    assert gateway.messages == []


def test_a_key_does_not_follow_a_redirect(gateway: Gateway) -> None:
    gateway.status, gateway.location = 302, gateway.url
    assert refused(send_sms, SHORT) == ("unreadable", "302", True)


def test_a_gateway_that_does_not_answer_in_time(gateway: Gateway) -> None:
    gateway.wait_s = 1.0
    assert refused(send_sms, SHORT) == ("timeout", "", True)


def test_a_gateway_that_is_not_there(settings: Any) -> None:
    settings.SMS_URL, settings.SMS_KEY = f"http://{HOST}:{closed_port()}/", "k"
    assert refused(send_sms, SHORT) == ("unreachable", "", True)
