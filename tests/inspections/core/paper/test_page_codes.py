"""Codes on pages: what is written is read, and any one altered character is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.core.paper.page_codes import (
    ALPHABET,
    LAST_PAGE,
    SERIAL_ALPHABET,
    PageCode,
    ShortCode,
    check_of,
    read_page_code,
    read_short_code,
    serial_of,
)

PRINTABLE = "".join(chr(code) for code in range(32, 127))

sources = st.from_regex(r"[0-9]{6}-[0-9]{4}-[0-9]{3}|ZX-[0-9]{6}-[0-9]{4}-[0-9]{4}", fullmatch=True)
places = st.from_regex(r"P[0-9]{6}|TEAM-[0-9]{1,2}", fullmatch=True)
pages = st.integers(1, LAST_PAGE)
long_codes = st.builds(PageCode, sources, places, pages, st.integers(1, 999))
short_codes = st.builds(ShortCode, st.text(SERIAL_ALPHABET, min_size=6, max_size=6), pages)


def test_codes_written_by_hand_stay_what_they_are() -> None:
    assert PageCode("510116-2026-001", "P000001", 2, 1).text == "510116-2026-001/P000001/2/1-DV"
    assert ShortCode("7K4M2P", 2).text == "7K4M2P-2-RR"


@given(long_codes)
def test_a_long_code_is_read_as_it_was_written(code: PageCode) -> None:
    assert read_page_code(code.text) == code


@given(short_codes)
def test_a_short_code_is_read_as_it_was_written(code: ShortCode) -> None:
    assert read_short_code(code.text) == code


@given(long_codes, st.data())
def test_any_one_altered_character_of_a_long_code_is_noticed(
    code: PageCode, data: st.DataObject
) -> None:
    text = code.text
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(PRINTABLE).filter(lambda one: one != text[place]))
    assert read_page_code(text[:place] + other + text[place + 1 :]) is None


@given(long_codes, st.data())
def test_two_swapped_neighbours_of_a_long_code_are_noticed(
    code: PageCode, data: st.DataObject
) -> None:
    text = code.text
    place = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert swapped == text or read_page_code(swapped) is None


@given(short_codes, st.data())
def test_any_one_altered_character_of_a_short_code_is_noticed(
    code: ShortCode, data: st.DataObject
) -> None:
    text = code.text
    place = data.draw(st.integers(0, len(text) - 1).filter(lambda at: text[at] != "-"))
    others = [one for one in SERIAL_ALPHABET if one != text[place]]
    other = data.draw(st.sampled_from(others))
    assert read_short_code(text[:place] + other + text[place + 1 :]) is None


@given(st.text(max_size=40))
def test_no_text_makes_the_readers_fail(text: str) -> None:
    for found in (read_page_code(text), read_short_code(text)):
        assert found is None or 1 <= found.page <= LAST_PAGE


@pytest.mark.parametrize(
    "typed",
    [
        "7K4M2P-2-SHORT",
        "7k4m2p-2-short",
        " 7K4M2P - 2 - SHORT ",
        "7K4M2P2SHORT",
        "７Ｋ４Ｍ２Ｐ－２－SHORT",
    ],
)
def test_case_blanks_and_full_width_forms_are_forgiven(typed: str) -> None:
    check = ShortCode("7K4M2P", 2).text[-2:]
    assert read_short_code(typed.replace("SHORT", check).replace("short", check.lower())) == (
        ShortCode("7K4M2P", 2)
    )


def test_a_letter_read_for_a_digit_is_the_digit() -> None:
    code = ShortCode("701AB0", 1)
    assert read_short_code(code.text.replace("0", "O").replace("1-", "l-")) == code


def test_a_check_is_of_every_character_that_may_stand_in_a_code() -> None:
    assert len({check_of(character) for character in ALPHABET}) == len(ALPHABET)


@given(st.integers(0, 2**30 - 1))
def test_serials_of_different_numbers_differ(number: int) -> None:
    assert serial_of(number) != serial_of(number ^ 1)
    assert set(serial_of(number)) <= set(SERIAL_ALPHABET)
