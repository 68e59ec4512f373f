"""Several days from one line of text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.calendars.core.days import parse_days

days = st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), max_size=5)
written = st.sampled_from(["{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0:%Y/%m/%d}"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("2027-01-31、2027年2月13日", (date(2027, 1, 31), date(2027, 2, 13))),
        ("2027.1.31, 2027/2/13", (date(2027, 1, 31), date(2027, 2, 13))),
        ("2027-02-29", None),
        ("2027-13-01", None),
        ("2027-01-31 起", None),
        ("1月31日", None),
        ("正月初七", None),
    ],
)
def test_days_are_read_as_people_write_them_or_not_at_all(text, expected):
    assert parse_days(text) == expected


@given(days, written, st.sampled_from(["、", "，", " ", "; ", "和"]))
def test_what_was_written_is_read_again(wanted, form, between):
    assert parse_days(between.join(form.format(day) for day in wanted)) == tuple(wanted)


@given(st.text())
def test_any_text_gives_days_or_none(text):
    found = parse_days(text)
    assert found is None or all(isinstance(day, date) for day in found)
