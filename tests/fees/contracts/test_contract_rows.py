"""Reading a row of a list of contracts: terms, or every reason; never what stood in a cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fees.core.contract_rows import (
    HEADERS,
    LAYOUT,
    ContractRow,
    read_contract_row,
    term_differences,
)
from tests.fees.contracts.conftest import CELLS

GOOD = CELLS | {"班级备案号": "BA-1"}


def test_a_row_reads_into_terms_and_blanks_have_their_meaning():
    read = read_contract_row(GOOD)
    assert isinstance(read, ContractRow)
    assert (read.signed_on, read.price_fen, read.list_price_fen) == (
        date(2026, 9, 1),
        3200_00,
        100_00,
    )
    assert (read.gift_count, read.gift_terms, read.cooling_off_days) == (0, "free", 7)
    assert (read.charging, read.means) == ("lesson", "mobile")


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("合同编号", "", "contract_row.missing"),
        ("合同编号", "x" * 61, "contract_row.long"),
        ("合同编号", "4.4E+17", "contract_row.digits_lost"),
        ("签订日期", "九月", "contract_row.day"),
        ("签订日期", "", "contract_row.missing"),
        ("购买课时", "40.5", "contract_row.whole"),
        ("总价", "三千", "contract_row.money"),
        ("总价", "-1", "contract_row.money"),
        ("收费方式", "按心情", "contract_row.word"),
        ("缴费方式", "", "contract_row.missing"),
        ("无理由退款天数", "6", "contract_row.cooling_off"),
        ("无理由退款天数", "91", "contract_row.cooling_off"),
    ],
)
def test_a_bad_cell_is_one_reason_that_names_its_column(header, text, code):
    found = read_contract_row(GOOD | {header: text})
    assert not isinstance(found, ContractRow)
    assert [one.code for one in found] == [code]
    if code != "contract_row.cooling_off":
        assert found[0].params["contract_column"] == header


def test_seven_and_ninety_days_are_within_the_limits():
    for days in ("7", "90"):
        assert isinstance(read_contract_row(GOOD | {"无理由退款天数": days}), ContractRow)


def test_a_missing_consent_is_left_to_the_limits_of_a_sale():
    read = read_contract_row(GOOD | {"同意书版本": "", "同意日期": ""})
    assert isinstance(read, ContractRow)
    assert (read.consent_version, read.consented_on) == ("", None)


def test_a_row_of_bad_cells_has_every_reason_and_no_cell_in_it():
    found = read_contract_row(dict.fromkeys(HEADERS, "李小禾"))
    assert not isinstance(found, ContractRow)
    assert [one.params.get("contract_column") for one in found][:-1] == [
        "签订日期", "同意日期", "购买课时", "赠课", "总价", "每课原价", "赠课约定",
        "收费方式", "缴费方式", "无理由退款天数",
    ]  # fmt: skip
    assert found[-1].code == "contract.consent_missing"
    assert "李小禾" not in str(found)


def test_other_systems_headers_and_words_are_guessed():
    headers = ["合同号", "班级名称", "学生姓名", "家长手机", "合同金额(元)", "支付方式", "备注"]
    assert LAYOUT.guess_headers(headers) == (
        "合同编号", "班级备案号", "学员姓名", "监护人手机", "总价", "缴费方式", "",
    )  # fmt: skip
    assert LAYOUT.own_word("缴费方式", "微信") == "扫码支付"


def test_differences_name_the_term_and_both_values():
    held = {
        "filing": "BA-1", "signed_on": date(2026, 9, 1), "consent_version": "2026-1",
        "consented_on": date(2026, 8, 30), "lesson_count": 40, "gift_count": 0,
        "price_fen": 3200_00, "list_price_fen": 0, "gift_terms": "free", "charging": "lesson",
        "means": "card", "cooling_off_days": 7,
    }  # fmt: skip
    assert term_differences(held, held) == ()
    stated = held | {"price_fen": 3000_00, "means": "cash"}
    assert term_differences(held, stated) == (
        "总价 3,200.00 → 3,000.00",
        "缴费方式 刷卡 → 现金",
    )


@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=80)))
def test_no_row_upsets_the_reader(cells):
    read = read_contract_row(cells)
    assert isinstance(read, ContractRow) or read
