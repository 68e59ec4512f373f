"""Credit codes, licence numbers and dates as lists print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.register.credit_codes import CodeProblem, read_credit_code
from institutions.core.register.dates import read_date
from institutions.core.register.licence_numbers import NumberFlag, read_licence_number

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def with_check(body: str) -> str:
    total = sum(LETTERS.index(each) * 3**place for place, each in enumerate(body))
    return body + LETTERS[-total % 31]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("91110000600037341L", "91110000600037341L"),
        ("９１１１００００６０００３７３４１Ｌ", "91110000600037341L"),
        (" 9111 0000-600037341l ", "91110000600037341L"),
        (with_check("Y1510107MJ0000001"), with_check("Y1510107MJ0000001")),
    ],
)
def test_a_right_code_is_read_however_it_is_written(printed: str, code: str) -> None:
    read = read_credit_code(printed)
    assert (read.code, read.problem) == (code, None)


@pytest.mark.parametrize(
    ("printed", "problem"),
    [
        ("91110000600037341K", CodeProblem.CHECK_DIGIT),
        ("9111000060003734L", CodeProblem.LENGTH),
        ("91110000600O37341L", CodeProblem.LETTERS),
        ("X1110000600037341L", CodeProblem.LETTERS),
        ("9.11E+17", CodeProblem.SCIENTIFIC),
    ],
)
def test_a_wrong_code_says_what_is_wrong(printed: str, problem: CodeProblem) -> None:
    read = read_credit_code(printed)
    assert (read.code, read.problem) == ("", problem)


@pytest.mark.parametrize("printed", ["", " ", "/", "无", "办理中", "5251**********341L"])
def test_a_blank_pending_or_masked_code_is_none_and_no_problem(printed: str) -> None:
    assert read_credit_code(printed).problem is None
    assert read_credit_code(printed).code == ""


@given(
    st.text(alphabet=LETTERS[:10], min_size=6, max_size=6), st.text(LETTERS, min_size=9, max_size=9)
)
def test_one_changed_character_is_always_found(division: str, body: str) -> None:
    code = with_check(f"91{division}{body}")
    for place in (2, 8, 17):
        other = LETTERS[(LETTERS.index(code[place]) + 1) % 10]
        changed = code[:place] + other + code[place + 1 :]
        assert read_credit_code(changed).code in ("", code)


def test_a_strict_licence_number_is_taken_apart() -> None:
    read = read_licence_number("教民１５１０１１６７００００１８２号")
    assert (read.key, read.authority, read.division, read.nature, read.serial) == (
        "151011670000182",
        "1",
        "510116",
        "7",
        "0000182",
    )
    assert read.flags == ()
    assert read.printed == "教民151011670000182号"


@pytest.mark.parametrize(
    ("printed", "key", "flags"),
    [
        ("教民15101167000018", "15101167000018", (NumberFlag.LENGTH,)),
        ("1510116700001823", "1510116700001823", (NumberFlag.LENGTH,)),
        ("教民251011670000182", "251011670000182", (NumberFlag.AUTHORITY,)),
        ("教民1510116700****2", "", (NumberFlag.MASKED,)),
        ("应文旅核〔2024〕3号", "应文旅核〔2024〕3号", (NumberFlag.OTHER_FORM,)),
        ("1.51012E+14", "", (NumberFlag.SCIENTIFIC,)),
    ],
)
def test_a_messy_number_is_kept_and_flagged(
    printed: str, key: str, flags: tuple[NumberFlag, ...]
) -> None:
    read = read_licence_number(printed)
    assert (read.key, read.flags) == (key, flags)


def test_the_position_of_the_nature_code_is_a_setting() -> None:
    assert read_licence_number("151011678000182", nature_position=9).nature == "8"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2019-1-5", date(2019, 1, 5)),
        ("2019年1月5日", date(2019, 1, 5)),
        ("2019/01/05", date(2019, 1, 5)),
        ("20190105", date(2019, 1, 5)),
        ("43470", date(2019, 1, 5)),
    ],
)
def test_dates_are_read_in_every_usual_form(printed: str, day: date) -> None:
    assert read_date(printed).day == day


def test_a_date_without_a_day_is_partial_and_nonsense_is_unreadable() -> None:
    assert (read_date("2024-01").partial, read_date("2021").partial) == (True, True)
    assert read_date("2021-02-30").unreadable
    assert read_date("06-21 (year not stated)").unreadable
    assert not read_date("").unreadable


@given(st.text())
def test_no_text_breaks_a_reader(text: str) -> None:
    readings = [reader(text) for reader in (read_credit_code, read_licence_number, read_date)]
    assert readings == [read_credit_code(text), read_licence_number(text), read_date(text)]
