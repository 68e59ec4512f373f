"""Attendance by class and day sets lessons aside; what cannot be taken comes back with reasons."""

from __future__ import annotations

from datetime import date

import pytest

from fees.models import AttendanceMark, AttendanceSheet, LedgerCommand, Lesson, Posting
from fees.services.attendance import MarkDraft, record_attendance, reserve_waiting
from fees.services.contracts import sign_contract
from fees.services.lessons import void_lesson
from regulator.audit.models import Event
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import Refused
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import draft_of, held, pay

TAUGHT = date(2026, 9, 12)


def taken(filing, *marks, on=TAUGHT, session=1):
    return record_attendance(
        filing=filing, taught_on=on, session=session,
        marks=[MarkDraft(*one) for one in marks], actor=SYSTEM, at=AT,
    )  # fmt: skip


@pytest.fixture
def second(active, filing, paid):
    return sign_contract(escrow=active, draft=draft_of(filing, "HT-2"), actor=SYSTEM, at=AT)


def test_who_was_there_has_the_next_lesson_set_aside(paid, second, filing, active):
    pay(second, key="pay-2")
    done = taken(filing, ("HT-1", "出勤"), ("HT-2", "缺勤"))
    assert (done.reserved, done.waiting, done.rejected) == (1, 0, ())
    lesson = Lesson.objects.get()
    assert (lesson.contract_id, lesson.number, lesson.taught_on) == (paid.pk, 1, TAUGHT)
    assert held(active)["pending"] == 80_00
    assert sorted(AttendanceMark.objects.values_list("mark", "lesson")) == [
        ("absent", None), ("present", lesson.pk),
    ]  # fmt: skip
    again = taken(filing, ("HT-1", "出勤"), on=date(2026, 9, 19))
    assert (again.reserved, Lesson.objects.latest("pk").number) == (1, 2)


def test_one_event_and_one_command_for_a_whole_sheet(paid, second, filing):
    pay(second, key="pay-2")
    taken(filing, ("HT-1", "出勤"), ("HT-2", "到课"))
    event = Event.objects.get(kind="ledger.attendance")
    assert (event.row_count, event.new["reserved"], event.new["marked"]) == (2, 2, 2)
    assert LedgerCommand.objects.filter(kind="attendance").count() == 1
    assert Posting.objects.filter(rule="lesson_reserve").count() == 2


def test_the_same_sheet_again_sets_nothing_aside_again(paid, filing, active):
    taken(filing, ("HT-1", "出勤"))
    again = taken(filing, ("HT-1", "出勤"))
    codes = [one.code for each in again.rejected for one in each.refusals]
    assert (again.reserved, codes) == (0, ["attendance.marked_already"])
    assert (Lesson.objects.count(), held(active)["pending"]) == (1, 80_00)


def test_marks_that_name_nobody_come_back_and_the_others_are_kept(paid, filing):
    done = taken(filing, ("HT-9", "出勤"), ("HT-1", "出勤"), ("HT-1", "迟到"))
    assert [(one.place, [each.code for each in one.refusals]) for one in done.rejected] == [
        (0, ["attendance.not_of_class"]),
        (2, ["attendance.mark_unknown", "attendance.marked_already"]),
    ]
    assert (done.reserved, AttendanceMark.objects.count()) == (1, 1)


def test_who_has_not_paid_waits_in_the_sheet_and_is_set_aside_after_paying(second, filing, active):
    done = taken(filing, ("HT-2", "出勤"))
    assert (done.reserved, done.waiting) == (0, 1)
    assert [one["code"] for one in AttendanceMark.objects.get().problems] == ["ledger.not_enough"]
    pay(second, key="pay-2")
    again = reserve_waiting(sheet=done.sheet, key="again", actor=SYSTEM, at=AT)
    assert (again.reserved, again.waiting) == (1, 0)
    mark = AttendanceMark.objects.get()
    assert (mark.problems, mark.lesson.number, held(active)["pending"]) == ([], 1, 80_00)
    assert reserve_waiting(sheet=done.sheet, key="third", actor=SYSTEM, at=AT).reserved == 0


def test_a_voided_lessons_number_is_free_again(paid, filing):
    taken(filing, ("HT-1", "出勤"))
    void_lesson(lesson=Lesson.objects.get(), reason="记错了", key="v", actor=SYSTEM, at=AT)
    taken(filing, ("HT-1", "出勤"), session=2)
    assert list(Lesson.objects.order_by("pk").values_list("number", "state")) == [
        (1, "void"), (1, "reserved"),
    ]  # fmt: skip


@pytest.mark.parametrize("on", [date(2026, 9, 10), date(2026, 11, 1)])
def test_a_class_meets_from_its_first_day_until_today(paid, filing, on):
    taken(filing, ("HT-1", "出勤"), on=on)
    assert (AttendanceSheet.objects.count(), Lesson.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2026, 9, 9), ["attendance.outside_class"]),
        (date(2026, 11, 2), ["attendance.in_future"]),
        (date(2026, 12, 10), ["attendance.in_future", "attendance.outside_class"]),
    ],
)
def test_no_lesson_is_reserved_outside_a_classs_days_or_tomorrow(paid, filing, on, codes):
    with pytest.raises(Refused) as refused:
        taken(filing, ("HT-1", "出勤"), on=on)
    assert [one.code for one in refused.value.refusals] == codes
    assert (AttendanceSheet.objects.count(), Lesson.objects.count()) == (0, 0)


def test_a_contract_without_lessons_left_stays_in_the_sheet_with_its_reason(active, filing, paid):
    draft = draft_of(filing, "HT-3", lesson_count=1, price_fen=80_00)
    pay(sign_contract(escrow=active, draft=draft, actor=SYSTEM, at=AT), 80_00, key="pay-3")
    taken(filing, ("HT-3", "出勤"))
    done = taken(filing, ("HT-3", "出勤"), session=2)
    assert (done.reserved, done.waiting) == (0, 1)
    mark = AttendanceMark.objects.latest("pk")
    assert [one["code"] for one in mark.problems] == ["attendance.nothing_left"]
