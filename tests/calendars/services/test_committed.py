"""What only real commits show: outside a command nothing starts, and no deadline slips through."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from regulator.audit.services import Subject, append_event
from regulator.calendars.models import Deadline
from regulator.calendars.services import (
    HolidayDraft,
    add_year,
    enter_holidays,
    load_shipped_calendars,
    start_deadline,
)
from regulator.calendars.services.years import complete_year
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import InvariantError
from tests.audited import unaudited

DIVISION = "990101"
AT = datetime(2026, 11, 1, tzinfo=UTC)
NEW_YEAR = HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4))
STARTERS = 4
EACH = 12


def start(number: int) -> None:
    start_deadline(
        division=DIVISION,
        kind="filing.review",
        subject=Subject("filing", str(number)),
        starts_on=date(2026, 12, 30),
        amount=3,
    )


def test_a_deadline_is_started_only_inside_a_command(committed_db):
    with pytest.raises(InvariantError):
        start(1)
    assert Deadline.objects.count() == 0


def start_many(first: int) -> None:
    try:
        for number in range(first, first + EACH):
            with transaction.atomic():
                start(number)
                append_event(
                    division=DIVISION,
                    actor=SYSTEM,
                    kind="test.started",
                    subject=Subject("filing", str(number)),
                    occurred_at=AT,
                )
    finally:
        connection.close()


def test_deadlines_started_while_the_year_is_entered_all_follow_it(committed_db):
    with unaudited():
        load_shipped_calendars(actor=SYSTEM, at=AT, divisions=[DIVISION])
        entry = add_year(
            division=DIVISION, kind="holiday", year=2027, source="通知", actor=SYSTEM, at=AT
        )
        with ThreadPoolExecutor(STARTERS) as pool:
            started = [pool.submit(start_many, place * EACH) for place in range(STARTERS)]
            enter_holidays(entry, [NEW_YEAR], reason="发布", actor=SYSTEM, at=AT)
            complete_year(entry, actor=SYSTEM, at=AT)
            for one in started:
                one.result()
    rows = Deadline.objects.values_list("due_on", "provisional").distinct()
    assert list(rows) == [(date(2027, 1, 5), False)]
    assert Deadline.objects.count() == STARTERS * EACH
