"""Reading the table of periods and holidays."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.calendars.core.school import Period, Stage
from regulator.calendars.core.table import calendar_of_table, read_table

COLUMNS = (
    "region,year,kind,term,title,starts_on,ends_before,"
    "stages,grades,overrides,source,confidence,note"
)
BLANK = dict.fromkeys(COLUMNS.split(","), "")
TERM = BLANK | {
    "region": "990100",
    "year": "2025",
    "kind": "term",
    "term": "1",
    "title": "第一学期",
    "starts_on": "2025-09-01",
    "ends_before": "2026-01-31",
    "stages": "primary|junior",
    "grades": "6|7",
    "overrides": "no",
    "source": "校历通知",
    "confidence": "medium",
}
HOLIDAY = BLANK | {
    "region": "000000",
    "year": "2025",
    "kind": "statutory_holiday",
    "title": "元旦",
    "starts_on": "2025-01-01",
    "ends_before": "2025-01-02",
    "confidence": "high",
}


def test_a_row_becomes_a_period():
    (titled,) = read_table([TERM], division="990104").periods
    assert titled.title == "第一学期"
    assert titled.period == Period(
        kind="term",
        stages=frozenset({Stage.PRIMARY, Stage.JUNIOR}),
        starts_on=date(2025, 9, 1),
        ends_before=date(2026, 1, 31),
        school_year=2025,
        term=1,
        confidence="medium",
        source="校历通知",
        grades=frozenset({6, 7}),
        overrides=False,
    )


def test_a_city_serves_its_districts_and_local_zones_and_nobody_else():
    served = [
        code
        for code in ("990100", "990104", "9901GX", "990200", "980104")
        if read_table([TERM], division=code).periods
    ]
    assert served == ["990100", "990104", "9901GX"]


@pytest.mark.parametrize("missing", ["starts_on", "ends_before"])
def test_a_row_without_both_dates_enters_nothing(missing):
    table = read_table([TERM | {missing: ""}], division="990104")
    assert (table.periods, table.holidays) == ((), ())


def test_a_year_is_known_when_its_notice_has_a_row():
    table = read_table([HOLIDAY, HOLIDAY | {"year": "2026", "starts_on": ""}], division="990104")
    assert table.holiday_years == frozenset({2025})
    asked = calendar_of_table(table)
    assert asked.holiday(date(2025, 1, 1)).name == "元旦"
    assert asked.holiday(date(2026, 1, 1)).known is False


def test_a_stage_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="高中"):
        read_table([TERM | {"stages": "高中"}], division="990104")
