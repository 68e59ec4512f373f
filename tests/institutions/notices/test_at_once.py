"""Two at the same moment: one notice, one message; and a sender that dies at any statement."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from institutions.core.notice_deliveries import CLAIM_S
from institutions.models import Notice, NoticeDelivery
from institutions.services.notice_contacts import ContactDraft, change_contact
from institutions.services.notice_reading import read_notice
from institutions.services.notice_sending import send_waiting
from regulator.audit.models import Event
from regulator.audit.selectors.chain import verify_chain
from tests.adapters.loopback import sms_gateway
from tests.at_once import at_once
from tests.institutions.notices.conftest import AT, MOBILE


@pytest.fixture
def db(committed_db: str) -> str:
    """These tests commit."""
    return committed_db


@pytest.fixture
def gateway(settings, institution, manager):
    """An SMS gateway, and an institution that wants to be told by SMS."""
    with sms_gateway() as made:
        settings.SMS_URL, settings.SMS_KEY = made.url, made.key
        draft = ContactDraft(mobile=MOBILE)
        change_contact(institution=institution, draft=draft, actor=manager, at=AT)
        yield made


def test_one_event_told_by_many_at_once_is_one_notice(tell):
    results = at_once(*[lambda: tell("same").pk] * 6)
    assert len(set(results)) == 1
    assert Notice.objects.count() == 1
    assert NoticeDelivery.objects.count() == 2
    assert Event.objects.filter(kind="notice.sent").count() == 1
    assert list(verify_chain("510116")) == []


def test_many_senders_at_once_send_each_message_once(tell, gateway):
    for number in range(12):
        tell(f"event:{number}")
    reports = at_once(*[send_waiting] * 4)
    assert sum(report.sent for report in reports) == 12
    assert Counter(one["request_id"] for one in gateway.messages).most_common(1)[0][1] == 1
    assert NoticeDelivery.objects.filter(channel="sms", state="sent", attempts=1).count() == 12
    assert list(verify_chain("510116")) == []


def test_two_who_open_it_at_once_leave_one_name(tell, manager):
    notice = tell()
    names = at_once(*[lambda: read_notice(notice=notice, actor=manager, at=AT).read_by] * 4)
    assert names == ["周经理"] * 4
    assert Event.objects.filter(kind="notice.read").count() == 1


def send_and_die(*, after: int, now: datetime) -> bool:
    """Send in a process that kills itself after so many statements; False where it got through."""
    connection.close()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            left, commit = [after], connection._commit

            def step() -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            def executing(execute: Callable[..., Any], *arguments: Any) -> Any:
                result = execute(*arguments)
                step()
                return result

            def committing() -> None:
                commit()
                step()

            connection._commit = committing
            with connection.execute_wrapper(executing):
                send_waiting(clock=lambda: now)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status in {0, int(signal.SIGKILL)}
    return status != 0


def test_a_sender_may_die_after_any_statement_and_repeats_at_most_the_one_in_hand(tell, gateway):
    now, after, repeated = timezone.now() + timedelta(minutes=1), 0, 0
    died = True
    while died:
        after += 1
        notices = [tell(f"{after}:{number}") for number in range(2)]
        gateway.messages.clear()
        died = send_and_die(after=after, now=now)
        now += timedelta(seconds=CLAIM_S + 1)
        send_waiting(clock=lambda now=now: now)
        wanted = {f"{notice.public_id}.sms" for notice in notices}
        got = Counter(one["request_id"] for one in gateway.messages)
        assert set(got) == wanted
        assert sum(got.values()) <= len(wanted) + 1
        repeated += sum(got.values()) - len(wanted)
        begun = Event.objects.filter(
            kind="notice.delivery_begun", subject_key__in=[str(one.public_id) for one in notices]
        )
        assert begun.count() >= sum(got.values())
    assert after > 20
    assert repeated >= 1
    assert set(NoticeDelivery.objects.filter(channel="sms").values_list("state", flat=True)) == {
        "sent"
    }
    assert list(verify_chain("510116")) == []
