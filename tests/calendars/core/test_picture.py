"""A school year's months as cells."""

from __future__ import annotations

from datetime import date

from regulator.calendars.core.picture import month_picture, school_year_picture
from regulator.calendars.core.school import Period, SchoolCalendar, Stage
from regulator.kernel.workdays import WorkdayTable

MAY = SchoolCalendar(
    (
        Period(
            "term",
            frozenset({Stage.JUNIOR}),
            date(2026, 3, 2),
            date(2026, 7, 4),
            2025,
            2,
            "high",
            "通知",
        ),
    ),
    WorkdayTable(
        frozenset(date(2026, 5, day) for day in range(1, 6)),
        frozenset({date(2026, 5, 9)}),
        frozenset({2026}),
    ),
    {date(2026, 5, day): "劳动节" for day in range(1, 6)},
)


def test_the_year_runs_from_september_to_august():
    months = [(one.year, one.month) for one in school_year_picture(MAY, 2025)]
    assert months == [(2025, month) for month in range(9, 13)] + [
        (2026, month) for month in range(1, 9)
    ]


def test_a_month_holds_each_of_its_days_once_under_its_weekday():
    month = month_picture(MAY, year=2026, month=5)
    cells = [cell for week in month.weeks for cell in week if cell]
    assert [cell.day.day for cell in cells] == list(range(1, 32))
    places = {place for week in month.weeks for place, cell in enumerate(week) if cell}
    assert places == set(range(7))
    assert all(
        cell.day.weekday() == place
        for week in month.weeks
        for place, cell in enumerate(week)
        if cell
    )


def test_a_cell_tells_holiday_makeup_day_and_each_stage():
    cells = {
        cell.day.day: cell
        for week in month_picture(MAY, year=2026, month=5).weeks
        for cell in week
        if cell
    }
    assert (cells[1].holiday, cells[1].workday) == ("劳动节", False)
    assert (cells[9].makeup, cells[9].weekend, cells[9].workday) == (True, True, True)
    assert (cells[10].weekend, cells[10].workday, cells[10].holiday) == (True, False, "")
    assert [str(lane.day.state) for lane in cells[11].lanes] == [
        "unknown",
        "unknown",
        "term",
        "unknown",
    ]


def test_a_year_without_its_notice_says_so_in_every_cell():
    month = month_picture(MAY, year=2027, month=5)
    assert {cell.notice_known for week in month.weeks for cell in week if cell} == {False}
