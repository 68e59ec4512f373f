"""Certificate numbers are masked, and another institution's licence number is noticed."""

from __future__ import annotations

import pytest

from institutions.core.filing_cells import mask_certificate, masked_cells, wrong_licence


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", ""),
        ("1234", "****"),
        ("12345678", "********"),
        ("123456789", "1234*6789"),
        ("20145164179338409", "2014*********8409"),
    ],
)
def test_only_the_ends_of_a_certificate_number_are_shown(number: str, shown: str):
    assert mask_certificate(number) == shown


def test_the_number_is_masked_wherever_it_stands_in_the_row():
    cells = {"资格证书号": "20145164179338409", "授课教师": "龙老师 20145164179338409"}
    assert masked_cells(cells) == {
        "资格证书号": "2014*********8409",
        "授课教师": "龙老师 2014*********8409",
    }


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("", ""),
        ("151011680000703", ""),
        ("教民151011680000703号", ""),
        ("151011680000704", "151011680000704"),
        ("91510116MA6C8XYZ1K", ""),
        ("91510116MA6C8XYZ1Q", "91510116MA6C8XYZ1Q"),
    ],
)
def test_a_number_is_wrong_only_when_the_register_knows_the_right_one(printed: str, wrong: str):
    found = wrong_licence(
        printed, licence_keys={"151011680000703"}, credit_codes={"91510116MA6C8XYZ1K"}
    )
    assert found == wrong


def test_nothing_is_said_where_the_register_lacks_that_kind_of_number():
    assert wrong_licence("151011680000704", licence_keys=set(), credit_codes={"X"}) == ""
    assert wrong_licence("91510116MA6C8XYZ1Q", licence_keys={"1"}, credit_codes=set()) == ""
