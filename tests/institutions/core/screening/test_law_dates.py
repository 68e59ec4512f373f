"""The day before and the first day of each article: the law of the fact's own day decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from institutions.core.screening.engine import ScreeningContext
from institutions.core.screening.rules.example_rows import ACTIVITY_ROW, SUBJECT_ROW
from regulator.calendars.core.school import Period, SchoolCalendar, Stage
from tests.institutions.core.screening.contexts import findings_of, screening_context

_WEEKDAYS = "一二三四五六日"
_ALL_STAGES = frozenset(Stage)
SUBJECT: Mapping[str, object] = SUBJECT_ROW
ACTIVITY: Mapping[str, object] = ACTIVITY_ROW
PRESCHOOL = {"招生对象": "学龄前"}


def _on(day: date, base: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    """A class of that single day, charged for on it."""
    return {
        **base,
        "开班日期": day.isoformat(),
        "结课日期": day.isoformat(),
        "收费日期": day.isoformat(),
        "上课星期": f"周{_WEEKDAYS[day.weekday()]}",
        "上课时间": "18:30-20:00",
        **changes,
    }


@pytest.mark.parametrize(
    ("code", "first_day", "base", "changes"),
    [
        ("TIME-OFFLINE-END", date(2021, 4, 2), ACTIVITY, {"上课时间": "19:00-20:31"}),
        (
            "TIME-ONLINE-END",
            date(2021, 4, 2),
            ACTIVITY,
            {"上课时间": "20:00-21:01", "培训方式": "线上直播"},
        ),
        (
            "TIME-ONLINE-LENGTH",
            date(2019, 7, 12),
            SUBJECT,
            {"培训方式": "线上直播", "每课时分钟": "41"},
        ),
        (
            "TIME-ONLINE-LENGTH",
            date(2021, 7, 24),
            SUBJECT,
            {"培训方式": "线上直播", "每课时分钟": "31"},
        ),
        (
            "TIME-PRESCHOOL-ONLINE",
            date(2021, 7, 24),
            ACTIVITY,
            {**PRESCHOOL, "培训方式": "线上直播"},
        ),
        ("CONTENT-SYLLABUS", date(2020, 5, 8), SUBJECT, {"培训内容": "有理数"}),
        ("CONTENT-PACE", date(2020, 5, 8), SUBJECT, {"培训内容": "提前一册"}),
        ("CONTENT-GRADE", date(2018, 8, 6), SUBJECT, {"班级名称": "六年级数学培训班"}),
        ("CONTENT-DISGUISE", date(2021, 11, 8), ACTIVITY, {"学科或项目": "数学"}),
        ("CONTENT-PRESCHOOL", date(2021, 7, 24), ACTIVITY, {**PRESCHOOL, "培训内容": "拼音与识字"}),
        ("CONTENT-OVERSEAS", date(2021, 7, 24), ACTIVITY, {"培训内容": "A-Level课程"}),
        ("CONTENT-ADMISSION", date(2018, 8, 6), ACTIVITY, {"培训内容": "小升初面试"}),
        ("CONTENT-HOMEWORK", date(2018, 8, 6), ACTIVITY, {"培训内容": "布置课后作业"}),
        ("STAFF-CERTIFICATE", date(2021, 7, 24), ACTIVITY, {"资格证书号": ""}),
        ("STAFF-IN-SERVICE", date(2018, 8, 6), ACTIVITY, {"教师身份": "在职中小学教师"}),
        ("STAFF-ABROAD", date(2021, 7, 24), ACTIVITY, {"教师身份": "外籍（境外）"}),
        ("FEE-LESSONS", date(2021, 10, 21), ACTIVITY, {"总课时": "61"}),
        ("FEE-AMOUNT", date(2022, 12, 29), ACTIVITY, {"收费总额": "5000.01"}),
        ("FEE-GUIDE-PRICE", date(2023, 1, 1), SUBJECT, {"收费总额": "5000"}),
    ],
)
def test_a_rule_binds_from_the_first_day_of_its_article(
    code: str, first_day: date, base: Mapping[str, object], changes: Mapping[str, object]
) -> None:
    before = findings_of(_on(first_day - timedelta(days=1), base, changes))
    after = findings_of(_on(first_day, base, changes))
    assert "FILING-FORM" not in {**before, **after}
    assert before.get(code) is None or before[code].outcome == "undetermined"
    assert after[code].outcome == "breach"


@pytest.mark.parametrize(
    ("fee_on", "codes"),
    [("2021-10-20", set()), ("2021-10-21", {"FEE-PERIOD", "FEE-EARLY"})],
)
def test_the_limits_of_prepayment_bind_fees_from_their_first_day(
    fee_on: str, codes: set[str]
) -> None:
    cells = {**ACTIVITY, "开班日期": "2021-11-27", "结课日期": "2022-03-05", "收费日期": fee_on}
    found = findings_of(cells)
    assert {one for one in ("FEE-PERIOD", "FEE-EARLY") if one in found} == codes


def _calendar(kind: str, starts_on: date, ends_before: date) -> ScreeningContext:
    """The shipped context with one stretch of 2018 or 2021 that its own calendar lacks."""
    context = screening_context()
    period = Period(kind, _ALL_STAGES, starts_on, ends_before, starts_on.year - 1, 0, "high", "")
    if kind == "term":
        period = replace(period, term=2)
    calendar = SchoolCalendar((period,), context.calendar.workdays, context.calendar.holiday_names)
    return replace(context, calendar=calendar)


def test_school_hours_bind_from_the_first_day_of_their_article() -> None:
    context = _calendar("term", date(2018, 7, 2), date(2018, 9, 1))
    cells = {"上课时间": "14:00-15:30"}
    friday, monday = date(2018, 8, 3), date(2018, 8, 6)
    assert "TIME-SCHOOL-HOURS" not in findings_of(_on(friday, ACTIVITY, cells), context=context)
    # The holidays of 2018 are not entered: the rule binds, and names what is missing.
    finding = findings_of(_on(monday, ACTIVITY, cells), context=context)["TIME-SCHOOL-HOURS"]
    assert (finding.outcome, finding.params["missing"]) == ("undetermined", "2018年节假日安排")


def test_the_break_is_closed_to_subject_classes_from_the_first_day_of_its_article() -> None:
    context = _calendar("summer_break", date(2021, 7, 10), date(2021, 9, 1))
    friday, saturday = date(2021, 7, 23), date(2021, 7, 24)
    assert "TIME-VACATION" not in findings_of(_on(friday, SUBJECT, {}), context=context)
    finding = findings_of(_on(saturday, SUBJECT, {}), context=context)["TIME-VACATION"]
    assert finding.outcome == "breach"


@pytest.mark.parametrize(("day", "closed"), [(date(2021, 6, 14), False), (date(2021, 9, 21), True)])
def test_holidays_are_closed_to_subject_classes_since_the_article(day: date, closed: bool) -> None:
    assert ("TIME-HOLIDAY" in findings_of(_on(day, SUBJECT, {}))) is closed


@pytest.mark.parametrize(("day", "closed"), [(date(2021, 7, 18), False), (date(2021, 7, 25), True)])
def test_weekends_are_closed_to_subject_classes_since_the_article(day: date, closed: bool) -> None:
    assert ("TIME-REST-DAY" in findings_of(_on(day, SUBJECT, {}))) is closed
