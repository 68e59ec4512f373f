"""One spelling for what people write, and the way back to the place it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.screening.normalise import fold, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("數學", "数学"),
        ("ＳＸ", "sx"),
        ("数\u200b学", "数学"),
        ("语\ufeff文", "语文"),
        ("①", "1"),
        ("１８：３０", "18:30"),
        ("乾淨", "干净"),
        ("Ⅷ", "viii"),
    ],
)
def test_a_text_has_one_spelling(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_a_place_in_the_folded_text_points_back_to_the_words_as_filed() -> None:
    text = "讲 數\u200b學 题"
    folded = fold(text)
    start = folded.text.index("数学")
    first, last = folded.span(start, start + 2)
    assert text[first:last] == "數\u200b學"


@given(st.text())
def test_folding_twice_equals_folding_once(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once


@given(st.text())
def test_every_folded_character_has_an_origin_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)
