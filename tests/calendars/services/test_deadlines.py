"""Deadlines: counted, provisional across an unknown year, counted again when it is entered."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from regulator.audit.models import Event
from regulator.audit.services import Subject, append_event
from regulator.calendars.models import Deadline, HolidaySpan
from regulator.calendars.selectors import (
    deadline_of,
    open_deadlines,
    provisional_deadlines,
    workdays_left,
)
from regulator.calendars.services import (
    HolidayDraft,
    add_year,
    close_deadline,
    enter_holidays,
    load_shipped_calendars,
    recompute_deadlines,
    start_deadline,
)
from regulator.calendars.services.holidays import take_out_holiday
from regulator.calendars.services.years import complete_year
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import InvariantError, Refused
from tests.audited import unaudited

pytestmark = pytest.mark.django_db
SUBJECT = Subject("filing", "0190-test", "某备案")
SOURCE = "国务院办公厅通知"
NEW_YEAR = HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4))
SPRING = HolidayDraft(
    "春节", date(2027, 2, 5), date(2027, 2, 12), (date(2027, 1, 31), date(2027, 2, 13))
)


@pytest.fixture
def admin(make_actor, at):
    actor = make_actor("administrator")
    load_shipped_calendars(actor=SYSTEM, at=at, divisions=[actor.division])
    return actor


def started(actor, at, *, starts_on, workdays, key=SUBJECT.key) -> Deadline:
    with transaction.atomic():
        deadline = start_deadline(
            division=actor.division,
            kind="filing.review",
            subject=Subject(SUBJECT.kind, key),
            starts_on=starts_on,
            amount=workdays,
        )
        append_event(
            division=actor.division,
            actor=actor,
            kind="test.submitted",
            subject=SUBJECT,
            occurred_at=at,
        )
    return deadline


def facts(deadline: Deadline) -> tuple[date, bool, list[int]]:
    deadline.refresh_from_db()
    return (deadline.due_on, deadline.provisional, deadline.unknown_years)


def test_a_deadline_inside_known_years_is_final(admin, at):
    deadline = started(admin, at, starts_on=date(2026, 9, 24), workdays=5)
    # Mid-autumn 25-27 September and National Day 1-7 October are off, 10 October is worked.
    assert facts(deadline) == (date(2026, 10, 9), False, [])
    assert workdays_left(deadline, date(2026, 9, 30)) == 2


def test_a_deadline_across_an_unknown_year_is_provisional(admin, at):
    deadline = started(admin, at, starts_on=date(2026, 12, 30), workdays=3)
    assert facts(deadline) == (date(2027, 1, 4), True, [2027])
    assert list(provisional_deadlines(admin.division)) == [deadline]


def test_entering_the_year_counts_it_again_and_says_so_in_the_chain(admin, leader, at):
    deadline = started(admin, at, starts_on=date(2026, 12, 30), workdays=3)
    settled = started(admin, at, starts_on=date(2026, 3, 2), workdays=3, key="other")
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    enter_holidays(entry, [NEW_YEAR], reason="通知发布", actor=admin, at=at)
    assert facts(deadline) == (date(2027, 1, 4), True, [2027])
    assert complete_year(entry, actor=leader, at=at) == 1
    assert facts(deadline) == (date(2027, 1, 5), False, [])
    assert facts(settled) == (date(2026, 3, 5), False, [])
    event = Event.objects.filter(kind="calendar.deadlines_recomputed").latest("id")
    assert event.new == {"changed": 1, "moved": 1, "provisional": 0}
    assert event.row_count == 1


def test_a_correction_of_an_entered_year_moves_open_deadlines(admin, leader, at):
    deadline = started(admin, at, starts_on=date(2026, 9, 24), workdays=5)
    makeup = HolidaySpan.objects.get(
        entry__calendar__division=admin.division, starts_on=date(2026, 9, 20)
    )
    assert take_out_holiday(makeup, reason="撤销", actor=leader, at=at) == 0
    national = HolidaySpan.objects.get(
        entry__calendar__division=admin.division, starts_on=date(2026, 10, 1)
    )
    assert take_out_holiday(national, reason="撤销", actor=leader, at=at) == 1
    assert facts(deadline) == (date(2026, 10, 2), False, [])


def test_a_closed_deadline_stays_as_it_was(admin, leader, at):
    deadline = started(admin, at, starts_on=date(2026, 12, 30), workdays=3)
    with transaction.atomic(), unaudited():
        close_deadline(deadline, closed_on=date(2027, 1, 3))
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    enter_holidays(entry, [NEW_YEAR], reason="通知发布", actor=admin, at=at)
    complete_year(entry, actor=leader, at=at)
    assert facts(deadline) == (date(2027, 1, 4), True, [2027])
    assert list(open_deadlines(admin.division)) == []


def test_closing_twice_keeps_the_first_day(admin, at):
    deadline = started(admin, at, starts_on=date(2026, 3, 2), workdays=3)
    with transaction.atomic(), unaudited():
        close_deadline(deadline, closed_on=date(2026, 3, 3))
        close_deadline(deadline, closed_on=date(2026, 3, 9))
    assert deadline.closed_on == date(2026, 3, 3)


def test_closing_before_the_start_is_a_bug(admin, at):
    deadline = started(admin, at, starts_on=date(2026, 3, 2), workdays=3)
    with pytest.raises(InvariantError), transaction.atomic():
        close_deadline(deadline, closed_on=date(2026, 3, 1))


def test_the_running_deadline_of_a_subject_is_found(admin, at):
    first = started(admin, at, starts_on=date(2026, 3, 2), workdays=3)
    with transaction.atomic(), unaudited():
        close_deadline(first, closed_on=date(2026, 3, 3))
    second = started(admin, at, starts_on=date(2026, 3, 4), workdays=3)
    found = deadline_of(kind="filing.review", subject_kind="filing", subject_key=SUBJECT.key)
    assert found == second


def test_another_divisions_deadlines_are_left_alone(admin, leader, district, at, make_actor):
    neighbour = make_actor("administrator", division=district.other_division)
    deadline = started(neighbour, at, starts_on=date(2026, 12, 30), workdays=3)
    before = facts(deadline)
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    enter_holidays(entry, [NEW_YEAR, SPRING], reason="通知发布", actor=admin, at=at)
    complete_year(entry, actor=leader, at=at)
    assert facts(deadline) == before


def test_recomputing_is_safe_to_run_twice(admin, at):
    deadline = started(admin, at, starts_on=date(2026, 9, 24), workdays=5)
    with unaudited():
        Deadline.objects.filter(pk=deadline.pk).update(due_on=date(2026, 9, 30))
    assert recompute_deadlines(division=admin.division, actor=SYSTEM, at=at) == 1
    assert recompute_deadlines(division=admin.division, actor=SYSTEM, at=at) == 0
    assert facts(deadline) == (date(2026, 10, 9), False, [])


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (HolidayDraft("元旦", date(2027, 1, 4), date(2027, 1, 1)), ["calendar.dates_reversed"]),
        (
            HolidayDraft("元旦", date(2028, 2, 1), date(2028, 2, 2)),
            ["calendar.holiday_outside_year"],
        ),
        (HolidayDraft("春节", date(2027, 2, 1), date(2027, 2, 14)), ["calendar.holiday_too_long"]),
        (
            HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4), (date(2027, 1, 5),)),
            ["calendar.makeup_on_weekday"],
        ),
        (
            HolidayDraft("元旦", date(2027, 1, 1), date(2027, 1, 4), (date(2027, 1, 3),)),
            ["calendar.holiday_overlaps"],
        ),
    ],
)
def test_a_holiday_that_cannot_be_is_refused_and_none_is_entered(admin, at, draft, codes):
    entry = add_year(
        division=admin.division, kind="holiday", year=2027, source=SOURCE, actor=admin, at=at
    )
    with pytest.raises(Refused) as refused:
        enter_holidays(entry, [SPRING, draft], reason="通知发布", actor=admin, at=at)
    found = [refusal.code for refusal in refused.value.refusals]
    assert found[: len(codes)] == codes
    assert entry.holidays.count() == 0
