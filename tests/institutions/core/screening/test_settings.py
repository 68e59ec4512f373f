"""Settings a bureau entered: they hold for facts of their own days, and for no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from institutions.core.screening.engine import Finding, ScreeningContext
from institutions.core.screening.rules.example_rows import SUBJECT_ROW
from institutions.core.screening.settings import EnteredSettings
from regulator.calendars.core.settings import SettingEntry
from tests.institutions.core.screening.contexts import (
    breaches_of,
    findings_of,
    screening_context,
)

NOTICE = "区教育局2026年第3号通知"
FROM = date(2026, 4, 1)
# Tuesdays from 2026-03-10 to 2026-04-28; from April on, school begins at 8:30 and ends at 17:00.
IN_MARCH = {"开班日期": "2026-03-10", "结课日期": "2026-03-31"}
IN_APRIL = {"开班日期": "2026-04-07", "结课日期": "2026-04-28"}
SENIOR = {
    **SUBJECT_ROW,
    "班级名称": "高中一年级数学培训班",
    "招生对象": "高一",
    "培训内容": "函数",
    "进度安排": "第1-8次：函数",
    "培训材料": "人教A版数学必修第一册",
    "上课星期": "周六",
    "上课时间": "09:00-10:30",
}


def entered(
    code: str, value: str | bool, *, starts_on: date = FROM, ends_before: date | None = None
) -> ScreeningContext:
    """The shipped context with one entry of the bureau's over it."""
    settings = EnteredSettings([SettingEntry(code, value, NOTICE, starts_on, ends_before)])
    shipped = screening_context()
    return replace(shipped, limits=settings.over(shipped.limits), entered=settings)


def school_hours(times: str, changes: Mapping[str, str], context: ScreeningContext) -> Finding:
    cells = {**SUBJECT_ROW, **changes, "上课时间": times}
    return findings_of(cells, context=context)["TIME-SCHOOL-HOURS"]


@pytest.mark.parametrize(
    ("times", "changes", "breached"),
    [
        ("16:30-18:00", IN_MARCH, False),
        ("16:30-18:00", IN_APRIL, True),
        ("17:00-18:30", IN_APRIL, False),
        ("07:00-08:30", IN_MARCH, True),
        ("07:00-08:30", IN_APRIL, False),
        ("07:00-08:31", IN_APRIL, True),
    ],
)
def test_new_school_hours_bind_sessions_from_their_day_on(
    times: str, changes: dict[str, str], breached: bool
) -> None:
    context = entered("school_hours", "08:30-17:00")
    cells = {**SUBJECT_ROW, **changes, "上课时间": times}
    assert ("TIME-SCHOOL-HOURS" in breaches_of(cells, context=context)) is breached


def test_a_course_across_the_change_is_breached_on_the_days_after_it_alone() -> None:
    finding = school_hours("16:30-18:00", {}, entered("school_hours", "08:30-17:00"))
    assert finding.params["days"] == ("2026-04-07", "2026-04-14", "2026-04-21", "2026-04-28")
    assert finding.params["hours"] == "08:30-17:00"
    assert finding.basis == (
        "《关于规范校外培训机构发展的意见》（国办发〔2018〕80号）"
        "培训时间不得与中小学校教学时间相冲突（本区规定：区教育局2026年第3号通知）"
    )


def test_a_course_breached_before_the_change_cites_the_hours_of_its_first_day() -> None:
    finding = school_hours("07:00-08:45", {}, entered("school_hours", "08:30-17:00"))
    assert finding.params["day_count"] == 8
    assert finding.params["hours"] == "08:00-16:30"
    assert "本区规定" not in finding.basis


def test_hours_that_ended_leave_the_default_behind_them() -> None:
    context = entered(
        "school_hours", "08:30-17:00", starts_on=date(2026, 3, 1), ends_before=date(2026, 4, 1)
    )
    cells = {**SUBJECT_ROW, "上课时间": "16:30-18:00"}
    finding = findings_of(cells, context=context)["TIME-SCHOOL-HOURS"]
    assert finding.params["days"] == ("2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31")


def test_an_entry_does_not_reach_days_before_the_law_it_belongs_to() -> None:
    early = entered("school_hours", "08:30-17:00", starts_on=date(2010, 1, 1))
    days = sorted(
        {
            limit.basis.in_force_from
            for limit in early.limits
            if limit.key.value.startswith("school_hours")
        },
        key=str,
    )
    assert days == [date(2018, 8, 6)]


def test_senior_high_rests_on_weekends_until_the_bureau_switches_it_off() -> None:
    off = entered("senior_high_alike", False, starts_on=date(2026, 4, 1))
    march, april = (
        {**SENIOR, **changes}
        for changes in (
            {"开班日期": "2026-03-14", "结课日期": "2026-03-28"},
            {"开班日期": "2026-04-11", "结课日期": "2026-04-25"},
        )
    )
    assert "TIME-REST-DAY" in breaches_of(april)
    assert "TIME-REST-DAY" in breaches_of(march, context=off)
    assert "TIME-REST-DAY" not in findings_of(april, context=off)


def test_the_switch_leaves_grades_one_to_nine_and_the_evening_alone() -> None:
    off = entered("senior_high_alike", False, starts_on=date(2026, 1, 1))
    weekend = {**SUBJECT_ROW, "上课星期": "周六", "上课时间": "19:30-21:00"}
    assert {"TIME-REST-DAY", "TIME-OFFLINE-END"} <= breaches_of(weekend, context=off)
    assert "TIME-OFFLINE-END" in breaches_of({**SENIOR, "上课时间": "19:30-21:00"}, context=off)


@pytest.mark.parametrize(("fee_on", "breached"), [("2026-02-28", True), ("2026-03-01", False)])
def test_another_price_group_changes_the_ceiling_of_fees_from_its_day(
    fee_on: str, breached: bool
) -> None:
    context = entered("price_group", "central", starts_on=date(2026, 3, 1))
    cells = {**SUBJECT_ROW, "收费日期": fee_on, "收费总额": "600"}
    assert ("FEE-GUIDE-PRICE" in breaches_of(cells, context=context)) is breached


def test_another_edition_is_the_one_a_class_is_compared_with_from_its_day() -> None:
    context = entered("edition_mathematics", "苏教版", starts_on=date(2026, 3, 11))
    before = findings_of(SUBJECT_ROW, context=context)
    after = findings_of({**SUBJECT_ROW, "开班日期": "2026-03-17"}, context=context)
    assert "CONTENT-PACE" not in before
    assert after["CONTENT-PACE"].params["missing"] == "苏教版数学教材目录"
