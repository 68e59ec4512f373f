"""Weekday texts and time ranges as people write them, and the sessions that follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.form import read_row
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.core.screening.timetable import read_timetable, sessions_between
from institutions.core.screening.weekdays import EVERY_WORKDAY
from regulator.kernel.workdays import WorkdayTable
from tests.institutions.core.screening.contexts import screening_context

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NAMES = "一二三四五六日"
EVENING = (18 * 60 + 30, 20 * 60)
NO_HOLIDAYS = WorkdayTable(frozenset(), frozenset(), frozenset({2026}))


def _days(text: str) -> set[int]:
    return {slot.weekday for slot in read_timetable(text, "18:30-20:00").slots}


def _times(text: str) -> set[tuple[int, int]]:
    return {(slot.start_minute, slot.end_minute) for slot in read_timetable("周二", text).slots}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周二、四", {TUE, THU}),
        ("周二、周四", {TUE, THU}),
        ("周二/周三/周四", {TUE, WED, THU}),
        ("周一，周三", {MON, WED}),
        ("周一周三", {MON, WED}),
        ("每周六日", {SAT, SUN}),
        ("星期六、日", {SAT, SUN}),
        ("每星期二和星期四", {TUE, THU}),
        ("星期一到星期五", {MON, TUE, WED, THU, FRI}),
        ("周一—周五", {MON, TUE, WED, THU, FRI}),
        ("周一至五", {MON, TUE, WED, THU, FRI}),
        ("周五至周日", {FRI, SAT, SUN}),
        ("周六至周一", {SAT, SUN, MON}),
        ("礼拜天", {SUN}),
        ("週六", {SAT}),
        ("周2、4", {TUE, THU}),
        ("周末", {SAT, SUN}),
        ("双休日", {SAT, SUN}),
        ("每天", set(range(7))),
        ("每天（周日除外）", set(range(6))),
        ("周一至周五，除周三外", {MON, TUE, THU, FRI}),
        ("工作日", {EVERY_WORKDAY}),
        ("Tue, Thu", {TUE, THU}),
        ("Monday-Friday", {MON, TUE, WED, THU, FRI}),
    ],
)
def test_weekdays_are_read_as_written(text: str, days: set[int]) -> None:
    assert _days(text) == days


@pytest.mark.parametrize("text", ["", "每周三次", "待定", "隔周周六", "单周周二", "暑期", "学期中"])
def test_what_names_no_weekly_day_is_unreadable(text: str) -> None:
    timetable = read_timetable(text, "18:30-20:00")
    assert (timetable.slots, timetable.unreadable) == ((), ("上课星期",))


@pytest.mark.parametrize(
    "text",
    [
        "18:30-20:00",
        "18：30～20：00",
        "18:30--20:00",
        "18：30—20：00",
        "１８：３０－２０：００",
        "18时30分—20时00分",
        "18点30分至20点",
        "18.30-20.00",
        "1830-2000",
        "晚18:30-20:00",
        "晚6点半到8点",
        "晚上六点半至八点",
        "下午6:30-8:00",
        "6:30pm-8:00pm",
        "18:30:00-20:00:00",
        "18:30 - 20:00（共90分钟）",
        "每次18:30到20:00",
    ],
)
def test_a_time_is_read_in_any_punctuation(text: str) -> None:
    assert _times(text) == {EVENING}


@pytest.mark.parametrize(
    "text", ["25:00-26:00", "18:30", "20:00-18:30", "18:75-20:00", "晚上", "18:30-18:30", "0-9"]
)
def test_an_impossible_or_missing_time_is_unreadable(text: str) -> None:
    timetable = read_timetable("周二", text)
    assert (timetable.slots, timetable.unreadable) == ((), ("上课时间",))


def test_midnight_ends_a_day_and_a_minute_later_does_not() -> None:
    assert _times("22:00-24:00") == {(1320, 1440)}
    assert _times("22:00-24:01") == set()


def test_a_slot_applies_to_the_days_named_with_it() -> None:
    timetable = read_timetable("周二、周六", "周二18:30-20:00，周六9:00-10:30")
    assert [(one.weekday, one.start_minute) for one in timetable.slots] == [(TUE, 1110), (SAT, 540)]


def test_days_may_stand_behind_their_time() -> None:
    timetable = read_timetable("周二、周六", "18:30-20:00（周二）；9:00-10:30（周六）")
    assert [(one.weekday, one.start_minute) for one in timetable.slots] == [(TUE, 1110), (SAT, 540)]


def test_a_slot_without_days_applies_to_all() -> None:
    timetable = read_timetable("周六、日", "9:00-10:30、14:00-15:30")
    assert [(one.weekday, one.start_minute) for one in timetable.slots] == [
        (SAT, 540),
        (SAT, 840),
        (SUN, 540),
        (SUN, 840),
    ]


def test_a_named_day_that_no_time_covers_is_unreadable() -> None:
    timetable = read_timetable("周二、周六", "周二18:30-20:00")
    assert (timetable.slots, timetable.unreadable) == ((), ("上课时间",))


def test_sessions_run_from_the_first_day_to_the_last_included() -> None:
    slots = read_timetable("周二", "18:30-20:00").slots
    sessions = sessions_between(
        slots, starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 17), workdays=NO_HOLIDAYS
    )
    assert [one.day for one in sessions] == [date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17)]


def test_every_workday_follows_the_working_day_table() -> None:
    table = WorkdayTable(
        frozenset({date(2026, 5, 4), date(2026, 5, 5)}),
        frozenset({date(2026, 5, 9)}),
        frozenset({2026}),
    )
    slots = read_timetable("工作日", "18:30-20:00").slots
    sessions = sessions_between(
        slots, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 10), workdays=table
    )
    assert [one.day.day for one in sessions] == [6, 7, 8, 9]


PREFIXES = st.sampled_from(["周", "星期", "每周", "每星期", "礼拜"])
JOINS = st.sampled_from(["、", "，", "/", " ", "和", ""])
RANGES = st.sampled_from(["-", "—", "–", "~", "～", "至", "到", "－", " - "])


@given(days=st.sets(st.integers(0, 6), min_size=1), prefix=PREFIXES, join=JOINS)
def test_any_set_of_days_reads_back(days: set[int], prefix: str, join: str) -> None:
    text = join.join(f"{prefix}{NAMES[day]}" for day in sorted(days))
    assert _days(text) == days


@given(
    start=st.integers(0, 1438), length=st.integers(1, 1439), between=RANGES, style=st.integers(0, 3)
)
def test_any_time_range_reads_back(start: int, length: int, between: str, style: int) -> None:
    end = min(start + length, 1439)
    formats = ("{:02d}:{:02d}", "{}：{:02d}", "{}时{:02d}分", "{}点{}分")
    texts = [formats[style].format(minute // 60, minute % 60) for minute in (start, end)]
    assert _times(between.join(texts)) == {(start, end)}


@given(weekdays=st.text(max_size=40), times=st.text(max_size=40))
def test_no_text_raises_and_slots_are_always_possible(weekdays: str, times: str) -> None:
    timetable = read_timetable(weekdays, times)
    assert bool(timetable.slots) != bool(timetable.unreadable)
    assert all(0 <= one.start_minute < one.end_minute <= 1440 for one in timetable.slots)


@given(
    days=st.sets(st.integers(0, 6), min_size=1),
    starts_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    span=st.integers(0, 400),
)
def test_sessions_are_the_named_days_of_the_span(
    days: set[int], starts_on: date, span: int
) -> None:
    text = "、".join(f"周{NAMES[day]}" for day in sorted(days))
    slots = read_timetable(text, "18:30-20:00").slots
    ends_on = starts_on + timedelta(days=span)
    sessions = sessions_between(slots, starts_on=starts_on, ends_on=ends_on, workdays=NO_HOLIDAYS)
    expected = [starts_on + timedelta(days=n) for n in range(span + 1)]
    assert [one.day for one in sessions] == [one for one in expected if one.weekday() in days]


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [
        ("一三五", {0, 2, 4}),
        ("二、四", {1, 3}),
        ("2、4", {1, 3}),
        ("每周3次：一、三、五", {0, 2, 4}),
        ("每晚", set(range(7))),
        ("平日", {EVERY_WORKDAY}),
        ("周一至周四，周三除外", {0, 1, 3}),
        ("周一至周五（周三休息）", {0, 1, 3, 4}),
        ("周二（除外）", {1}),
    ],
)
def test_days_named_by_their_numbers_alone_or_less_some(weekdays: str, days: set[int]) -> None:
    assert {slot.weekday for slot in read_timetable(weekdays, "18:30-20:00").slots} == days


@pytest.mark.parametrize(
    ("weekdays", "times", "slot"),
    [
        ("周五晚上", "6:30-8:00", (1110, 1200)),
        ("周五下午", "2:30-4:00", (870, 960)),
        ("每晚", "7点到8点半", (1140, 1230)),
        ("周五晚上", "18:30-20:00", (1110, 1200)),
        ("周五", "18:30开始，20:00结束", (1110, 1200)),
        ("周五", "18:30→20:00", (1110, 1200)),
    ],
)
def test_the_half_of_the_day_may_stand_with_the_weekday(
    weekdays: str, times: str, slot: tuple[int, int]
) -> None:
    slots = read_timetable(weekdays, times).slots
    assert {(one.start_minute, one.end_minute) for one in slots} == {slot}


@pytest.mark.parametrize(
    "weekdays",
    [
        "周二（节假日除外）",
        "周二，法定节假日停课",
        "周二，除国家法定节假日外",
        "周二，遇节假日顺延",
    ],
)
def test_a_class_that_leaves_holidays_out_has_no_session_on_them(weekdays: str) -> None:
    cells = {
        **SUBJECT_ROW,
        "上课星期": weekdays,
        "开班日期": "2026-04-28",
        "结课日期": "2026-05-12",
    }
    row = read_row(RawRow(2, cells), screening_context().calendar.workdays)
    assert isinstance(row, FilingRow)
    assert [one.day.isoformat() for one in row.sessions] == ["2026-04-28", "2026-05-12"]
