"""Parents are asked once a day by SMS; only what went out counts, the last begins the term."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fees.models import Lesson, LessonNotice
from fees.services import lesson_notices
from fees.services.lesson_notices import start_daily_notices
from fees.services.lessons import reserve_lesson
from regulator.adapters.messages import MessageError
from regulator.audit.models import Event
from regulator.jobs.models import Job
from regulator.jobs.services import run_waiting_jobs
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT


@pytest.fixture
def gateway(monkeypatch):
    """What was sent; `gateway.problem` makes it fail."""

    class Gateway(list):
        problem = ""

    sent = Gateway()

    def send(channel, message):
        if sent.problem:
            raise MessageError(sent.problem)
        sent.append((channel, message))

    monkeypatch.setattr(lesson_notices, "open_channels", lambda: frozenset({"sms"}))
    monkeypatch.setattr(lesson_notices, "send_message", send)
    return sent


@pytest.fixture
def lessons(paid):
    return [
        reserve_lesson(
            contract=paid, number=number, taught_on=date(2026, 9, 12), key=f"l{number}",
            actor=SYSTEM, at=AT,
        )
        for number in (1, 2)
    ]  # fmt: skip


def ask(at=AT):
    start_daily_notices(actor=SYSTEM, at=at)
    run_waiting_jobs()


def test_one_message_for_all_lessons_of_a_contract_begins_the_term(lessons, gateway):
    ask()
    ((channel, message),) = gateway
    assert (channel, message.to) == ("sms", "13800138000")
    assert "2 课" in message.text
    assert "李小禾" not in message.text
    assert set(Lesson.objects.values_list("notice_count", "answer_by")) == {(1, date(2026, 11, 20))}
    notice = LessonNotice.objects.get()
    assert (notice.state, notice.phone_shown.count("*") > 0) == ("sent", True)
    assert "13800138000" not in str(list(Event.objects.values_list("new", flat=True)))
    ask()
    assert len(gateway) == 1


def test_a_message_that_did_not_go_out_begins_no_term_and_is_tried_the_next_day(lessons, gateway):
    gateway.problem = "busy"
    ask()
    assert LessonNotice.objects.get().state == "failed"
    assert set(Lesson.objects.values_list("notice_count", "answer_by")) == {(0, None)}
    gateway.problem = ""
    ask()
    assert len(gateway) == 0  # once a day
    ask(datetime(2026, 11, 2, 1, tzinfo=UTC))
    assert (len(gateway), Lesson.objects.filter(notice_count=1).count()) == (1, 2)


def test_without_a_gateway_nobody_is_asked_and_nothing_is_said_to_be(lessons):
    assert start_daily_notices(actor=SYSTEM, at=AT) == 0
    assert (LessonNotice.objects.count(), Job.objects.count()) == (0, 0)


def test_a_sender_that_was_killed_sends_the_same_notice_under_the_same_key(lessons, gateway):
    notice = lesson_notices.begin_notice(division="510116", actor=SYSTEM, at=AT)
    ask()
    ((_channel, message),) = gateway
    assert message.key == f"{notice.public_id}.sms"
    assert LessonNotice.objects.get().state == "sent"
