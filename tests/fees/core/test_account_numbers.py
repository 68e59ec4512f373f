"""Account numbers: read as written, shown masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.account_numbers import last_four, masked, read_account_number


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("6222 0210 0111 6245 702", "6222021001116245702"),
        ("５１００-１８７０-８３６０", "510018708360"),
        ("12345678", "12345678"),
        ("1" * 32, "1" * 32),
        ("1234567", None),
        ("1" * 33, None),
        ("51001870836A", None),
        ("", None),
        ("账号待定", None),
    ],
)
def test_a_number_is_read_with_its_usual_marks_and_nothing_else(text, digits):
    assert read_account_number(text) == digits


@given(st.text())
def test_any_text_is_digits_of_the_right_length_or_none(text):
    digits = read_account_number(text)
    assert digits is None or (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 32)


@given(st.from_regex(r"\A[0-9]{8,32}\Z"), st.integers(1, 8))
def test_grouping_digits_changes_nothing(number, size):
    grouped = " ".join(number[at : at + size] for at in range(0, len(number), size))
    assert read_account_number(grouped) == number


@given(st.from_regex(r"\A[0-9]{8,32}\Z"))
def test_a_mask_shows_the_last_four_digits_and_no_more(number):
    shown = masked(last_four(number))
    assert shown == f"**** {number[-4:]}"
    assert sum(sign.isdigit() for sign in shown) == 4


def test_no_number_has_no_mask():
    assert masked("") == ""
