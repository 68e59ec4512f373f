"""Single cells: dates, counts, amounts, grades, numerals."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.cells import (
    cell_text,
    is_scientific,
    read_count,
    read_date,
    read_fee_fen,
)
from institutions.core.screening.grades import read_grades
from institutions.core.screening.numerals import whole_number

DAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-07",
        "2026-3-7",
        "2026.3.7",
        "2026/03/07",
        "2026年3月7日",
        "２０２６年３月７日",
        "2026年3月7日（周六）",
        "2026-03-07 00:00:00",
        "20260307",
        "二〇二六年三月七日",
        46088,
        46088.0,
        "46088",
        DAY,
        datetime(2026, 3, 7),
    ],
)
def test_a_date_is_read_in_any_spelling(cell: object) -> None:
    assert read_date(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    ["", "2026-02-30", "2026-13-01", "3月7日", "待定", "26-3-7", 46088.5, 12, True, "1999-01-01",
     float("inf"), float("nan"), 10**400, time(18, 30), "2026-03"],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(cell: object) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "count"),
    [("40", 40), ("40分钟", 40), ("40 分钟", 40), (40.0, 40), (40, 40), ("３６课时", 36),
     ("三十六", 36), ("十二人", 12), ("36.0", 36), ("0", 0), ("-1", -1), ("1,200", 1200)],
)  # fmt: skip
def test_a_count_is_read_with_or_without_its_unit(cell: object, count: int) -> None:
    assert read_count(cell) == count


@pytest.mark.parametrize("cell", ["若干", "", "36.5", 36.5, "三十多", "约", True, None, "12-15"])
def test_what_is_no_whole_number_is_unreadable(cell: object) -> None:
    assert read_count(cell) is None


@pytest.mark.parametrize(
    ("cell", "fee_fen"),
    [("864", 86400), ("¥1,280.50", 128050), ("864元", 86400), (864, 86400), (864.5, 86450),
     ("0", 0), ("５０００", 500000), ("5000.00", 500000), ("人民币864元", 86400), ("-5", -500)],
)  # fmt: skip
def test_an_amount_is_exact_fen(cell: object, fee_fen: int) -> None:
    assert read_fee_fen(cell) == fee_fen


@pytest.mark.parametrize("cell", ["面议", "1.005", "", None, float("inf"), True, "八百"])
def test_an_amount_that_is_not_exact_is_unreadable(cell: object) -> None:
    assert read_fee_fen(cell) is None


@pytest.mark.parametrize("cell", ["4.4E+17", "1.51012E+14", 1e16, 10**17, "4e17"])
def test_a_name_that_became_a_number_is_noticed(cell: object) -> None:
    assert is_scientific(cell)


@pytest.mark.parametrize("cell", ["151000000000703", 151000000000703.0, "教民1号", "", None])
def test_a_printed_number_is_not_scientific(cell: object) -> None:
    assert not is_scientific(cell)


def test_a_whole_float_is_shown_without_its_zero() -> None:
    assert cell_text(151000000000703.0) == "151000000000703"


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("四年级", (4,)),
        ("三年级、四年级", (3, 4)),
        ("四年级，三年级", (3, 4)),
        ("三、四年级", (3, 4)),
        ("三至五年级", (3, 4, 5)),
        ("3年级", (3,)),
        ("高一、高二", (10, 11)),
        ("九年级、高一", (9, 10)),
        ("学龄前", (0,)),
        ("学龄前、一年级", (0, 1)),
        ("小学三年级", (3,)),
    ],
)
def test_grades_are_read_ascending(text: str, grades: tuple[int, ...]) -> None:
    assert read_grades(text) == grades


@pytest.mark.parametrize(
    "text", ["", "十年级", "大学一年级", "成人", "初四", "高四", "中班", "五至三年级"]
)
def test_a_grade_outside_the_list_is_unreadable(text: str) -> None:
    assert read_grades(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零八", 108), ("二〇二六", 2026), ("两千", 2000),
     ("12", 12), ("", None), ("十十", None), ("百", None), ("三三百", None)],
)  # fmt: skip
def test_chinese_numerals_have_their_value(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("-./"))
def test_any_date_reads_back(day: date, mark: str) -> None:
    assert read_date(f"{day.year}{mark}{day.month}{mark}{day.day}") == day


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_any_amount_reads_back(yuan: int, fen: int) -> None:
    assert read_fee_fen(f"{yuan}.{fen:02d}") == yuan * 100 + fen


CELLS = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@given(CELLS)
def test_no_cell_raises(cell: object) -> None:
    read_date(cell)
    read_count(cell)
    read_fee_fen(cell)
    is_scientific(cell)
    read_grades(cell_text(cell))
