"""What people type from paper: codes and answers, forgiving in form and never in substance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.core.paper.typed_answers import answer_of, item_code, near_codes

KNOWN = ("A01", "A10", "B01", "M62-2")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("A01", "A01"),
        ("a1", "A01"),
        (" Ａ０１ ", "A01"),
        ("A001", "A01"),
        ("A10", "A10"),
        ("m62-2", "M62-2"),
        ("A1O", None),
        ("A11", None),
        ("", None),
        ("01", None),
    ],
)
def test_an_item_is_found_by_its_code_alone(typed: str, code: str | None) -> None:
    assert item_code(typed, KNOWN) == code


def test_a_wrong_code_names_those_that_look_like_it() -> None:
    assert near_codes("A11", KNOWN)[:2] == ["A10", "A01"]
    assert near_codes("", KNOWN) == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1", "meets"),
        ("符合", "meets"),
        (" 2 ", "fails"),
        ("不符合", "fails"),
        ("３", "not_applicable"),
        ("不适用", "not_applicable"),
        ("4", "not_checked"),
        ("未查", "not_checked"),
        ("5", None),
        ("不", None),
        ("", None),
    ],
)
def test_an_answer_is_a_digit_or_the_papers_own_word(typed: str, answer: str | None) -> None:
    assert answer_of(typed) == answer


@given(st.text(max_size=20))
def test_no_text_makes_the_readers_fail(text: str) -> None:
    assert item_code(text, KNOWN) in {*KNOWN, None}
    assert answer_of(text) in {"meets", "fails", "not_applicable", "not_checked", None}
