"""TIME-*: boundaries, missing facts, the day before and after a change of law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from institutions.core.screening.limits import Limits
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from regulator.calendars.core.school import Confidence, SchoolCalendar
from regulator.kernel.workdays import WorkdayTable
from tests.institutions.core.screening.contexts import (
    breaches_of,
    findings_of,
    screening_context,
)

LIVE = {"培训方式": "线上直播", "每课时分钟": "30"}


def _subject(**changes: object) -> dict[str, object]:
    return {**SUBJECT_ROW, **changes}


def _activity(**changes: object) -> dict[str, object]:
    return {**ACTIVITY_ROW, **changes}


def _one_day(day: str, weekday: str) -> dict[str, object]:
    return {"开班日期": day, "结课日期": day, "上课星期": weekday}


def _time_codes(cells: dict[str, object]) -> set[str]:
    return {code for code in breaches_of(cells) if code.startswith("TIME-")}


@pytest.mark.parametrize(
    ("times", "codes"),
    [
        ("19:00-20:29", set()),
        ("19:00-20:30", set()),
        ("19:00-20:31", {"TIME-OFFLINE-END"}),
    ],
)
def test_an_offline_class_may_end_at_half_past_eight(times: str, codes: set[str]) -> None:
    assert _time_codes(_subject(上课时间=times)) == codes


@pytest.mark.parametrize(
    ("times", "codes"),
    [
        ("20:00-20:59", set()),
        ("20:00-21:00", set()),
        ("20:00-21:01", {"TIME-ONLINE-END"}),
    ],
)
def test_a_live_class_may_end_at_nine(times: str, codes: set[str]) -> None:
    assert _time_codes(_subject(**LIVE, 上课时间=times)) == codes


def test_a_recorded_class_has_no_sessions_and_no_hours() -> None:
    cells = _subject(培训方式="线上录播", 上课星期="", 上课时间="", 每课时分钟="", 课间休息分钟="")
    assert _time_codes(cells) == set()


@pytest.mark.parametrize(
    ("day", "weekday", "codes"),
    [
        ("2021-04-01", "周四", set()),
        ("2021-04-02", "周五", {"TIME-OFFLINE-END"}),
    ],
)
def test_the_hour_binds_from_the_day_of_its_notice(day: str, weekday: str, codes: set[str]) -> None:
    assert _time_codes(_activity(**_one_day(day, weekday), 上课时间="19:00-20:45")) == codes


@pytest.mark.parametrize(
    ("day", "weekday", "codes"),
    [
        ("2021-07-17", "周六", set()),
        ("2021-07-24", "周六", {"TIME-REST-DAY"}),
    ],
)
def test_rest_days_are_protected_from_the_day_of_the_opinions(
    day: str, weekday: str, codes: set[str]
) -> None:
    assert _time_codes(_subject(**_one_day(day, weekday), 上课时间="09:00-10:30")) == codes


@pytest.mark.parametrize(
    ("day", "weekday", "minutes", "codes"),
    [
        ("2021-07-23", "周五", "40", set()),
        ("2021-07-23", "周五", "41", {"TIME-ONLINE-LENGTH"}),
        ("2021-07-26", "周一", "30", set()),
        ("2021-07-26", "周一", "31", {"TIME-ONLINE-LENGTH"}),
    ],
)
def test_live_lessons_went_from_forty_minutes_to_thirty(
    day: str, weekday: str, minutes: str, codes: set[str]
) -> None:
    cells = _subject(**_one_day(day, weekday), 培训方式="线上直播", 每课时分钟=minutes)
    assert _time_codes(cells) == codes


@pytest.mark.parametrize(("gap", "codes"), [("9", {"TIME-ONLINE-LENGTH"}), ("10", set())])
def test_a_live_session_of_several_lessons_needs_its_gap(gap: str, codes: set[str]) -> None:
    assert _time_codes(_subject(**LIVE, 课间休息分钟=gap)) == codes


@pytest.mark.parametrize(
    ("times", "codes"),
    [
        ("16:29-18:00", {"TIME-SCHOOL-HOURS"}),
        ("16:30-18:00", set()),
        ("07:00-08:00", set()),
        ("07:00-08:01", {"TIME-SCHOOL-HOURS"}),
        ("07:00-17:00", {"TIME-SCHOOL-HOURS"}),
    ],
)
def test_school_hours_are_half_open(times: str, codes: set[str]) -> None:
    assert _time_codes(_activity(上课星期="周三", 上课时间=times)) == codes


def test_a_preschool_class_may_meet_in_school_hours() -> None:
    cells = _activity(招生对象="学龄前", 上课星期="周三", 上课时间="09:00-10:30")
    assert _time_codes(cells) == set()


@pytest.mark.parametrize(
    ("day", "weekday", "grades", "codes"),
    [
        ("2026-07-03", "周五", "九年级", {"TIME-SCHOOL-HOURS"}),
        ("2026-07-04", "周六", "九年级", set()),
        ("2026-07-06", "周一", "九年级", set()),
        ("2026-07-06", "周一", "高一", {"TIME-SCHOOL-HOURS"}),
        ("2026-07-06", "周一", "九年级、高一", {"TIME-SCHOOL-HOURS"}),
        ("2026-07-13", "周一", "高一", set()),
    ],
)
def test_stages_break_up_on_their_own_days(
    day: str, weekday: str, grades: str, codes: set[str]
) -> None:
    cells = _activity(**_one_day(day, weekday), 招生对象=grades, 上课时间="09:00-10:30")
    assert _time_codes(cells) == codes


@pytest.mark.parametrize(
    ("day", "weekday", "codes"),
    [
        ("2026-01-30", "周五", set()),
        ("2026-02-02", "周一", {"TIME-VACATION"}),
        ("2026-02-14", "周六", {"TIME-VACATION"}),
        ("2026-02-16", "周一", {"TIME-HOLIDAY"}),
        ("2026-02-28", "周六", {"TIME-VACATION"}),
        ("2026-03-01", "周日", {"TIME-VACATION"}),
        ("2026-03-02", "周一", set()),
        ("2026-05-05", "周二", {"TIME-HOLIDAY"}),
        ("2026-05-06", "周三", set()),
        ("2026-05-09", "周六", set()),
        ("2026-05-16", "周六", {"TIME-REST-DAY"}),
    ],
)
def test_a_banned_day_has_one_name(day: str, weekday: str, codes: set[str]) -> None:
    assert _time_codes(_subject(**_one_day(day, weekday))) == codes


def test_a_class_may_breach_several_day_rules_on_several_days() -> None:
    cells = _subject(开班日期="2026-02-10", 结课日期="2026-05-16", 上课星期="周二、周六")
    assert _time_codes(cells) == {"TIME-VACATION", "TIME-REST-DAY", "TIME-HOLIDAY"}


def test_senior_high_is_treated_alike_by_the_setting() -> None:
    cells = _subject(招生对象="高一", 上课星期="周六", 结课日期="2026-03-31")
    assert _time_codes(cells) == {"TIME-REST-DAY"}
    context = screening_context()
    assert breaches_of(cells, context=replace(context, limits=Limits(()))) == set()


def test_a_preschool_subject_class_is_left_to_the_preschool_rules() -> None:
    assert _time_codes(_subject(招生对象="学龄前", 上课星期="周六")) == set()


def test_a_finding_names_the_dates() -> None:
    finding = findings_of(_subject(上课星期="周六", 结课日期="2026-03-21"))["TIME-REST-DAY"]
    assert finding.evidence == "2026-03-14、2026-03-21"
    assert finding.params["days"] == ("2026-03-14", "2026-03-21")


def test_a_year_without_calendar_or_notice_is_undetermined_and_named() -> None:
    found = findings_of(_subject(开班日期="2027-03-02", 结课日期="2027-03-06", 上课星期="周二、六"))
    assert {
        code: (one.outcome, one.params["missing"])
        for code, one in found.items()
        if code.startswith("TIME-")
    } == {
        "TIME-HOLIDAY": ("undetermined", "2027年节假日安排"),
        "TIME-VACATION": ("undetermined", "2026-27学年校历"),
        "TIME-REST-DAY": ("undetermined", "2027年节假日安排"),
    }


def test_a_weekend_of_a_year_without_school_calendar_is_banned_all_the_same() -> None:
    found = findings_of(_subject(**_one_day("2026-11-14", "周六")))
    assert found["TIME-REST-DAY"].outcome == "breach"
    assert found["TIME-VACATION"].outcome == "undetermined"


def test_a_weekday_of_a_year_without_school_calendar_is_undetermined_for_school_hours() -> None:
    found = findings_of(_activity(**_one_day("2026-11-18", "周三")))
    assert found["TIME-SCHOOL-HOURS"].outcome == "undetermined"
    assert found["TIME-SCHOOL-HOURS"].params["missing"] == "2026-27学年校历"


def test_a_day_of_low_confidence_makes_no_breach() -> None:
    context = screening_context()
    periods = tuple(replace(one, confidence=Confidence.LOW) for one in context.calendar.periods)
    doubtful = SchoolCalendar(periods, context.calendar.workdays, context.calendar.holiday_names)
    cells = _subject(**_one_day("2026-02-03", "周二"))
    found = findings_of(cells, context=replace(context, calendar=doubtful))
    assert found["TIME-VACATION"].outcome == "undetermined"


def test_a_breach_absorbs_what_is_undetermined_of_the_same_rule() -> None:
    found = findings_of(_subject(开班日期="2026-12-31", 结课日期="2027-01-01", 上课星期="周四、五"))
    assert found["TIME-HOLIDAY"].outcome == "undetermined"
    found = findings_of(_subject(开班日期="2026-10-01", 结课日期="2027-01-08", 上课星期="周四"))
    assert found["TIME-HOLIDAY"].outcome == "breach"


def test_without_its_limits_a_rule_is_undetermined_and_names_them() -> None:
    context = replace(screening_context(), limits=Limits(()))
    found = findings_of(_activity(), context=context)
    assert found["TIME-OFFLINE-END"].params["missing"] == "offline_end_minute"
    assert found["TIME-SCHOOL-HOURS"].params["missing"] == "school_hours_start_minute"
    live = findings_of(_activity(培训方式="线上直播"), context=context)
    assert live["TIME-ONLINE-END"].params["missing"] == "live_end_minute"


def test_an_empty_calendar_passes_nothing_silently() -> None:
    empty = SchoolCalendar((), WorkdayTable(frozenset(), frozenset(), frozenset()), {})
    context = replace(screening_context(), calendar=empty)
    found = findings_of(_subject(上课时间="16:00-17:00"), context=context)
    codes = ("TIME-HOLIDAY", "TIME-VACATION", "TIME-SCHOOL-HOURS")
    assert {code: found[code].outcome for code in codes} == dict.fromkeys(codes, "undetermined")
