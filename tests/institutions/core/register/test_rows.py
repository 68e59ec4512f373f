"""Rows of lists: who they speak of, why they come back, what they lack."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from institutions.core.register.headers import is_resident_id_header, read_headers
from institutions.core.register.id_numbers import without_id_numbers
from institutions.core.register.listing import judge_rows
from institutions.core.register.naming import NameKind, has_organisation_form, kind_of
from institutions.core.register.places import DivisionPlace, PlaceMatch, match_place
from institutions.core.register.refusals import ImportScope, row_refusals
from institutions.core.register.rows import read_row
from institutions.core.register.text import has_house_number, match_key, same_address

HOME = DivisionPlace("510116", "双流区", "成都市")
ZONE = DivisionPlace("5101GX", "成都高新区", "成都市", is_zone=True)
CITY = DivisionPlace("510100", "成都市", "成都市", is_city=True)
OWN = ImportScope(HOME)
ANYWHERE = ImportScope(HOME, "anywhere")
FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "register_rows.csv"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def good_code(body: str) -> str:
    total = sum(LETTERS.index(each) * 3**place for place, each in enumerate(body))
    return body + LETTERS[-total % 31]


def codes(scope: ImportScope = OWN, **cells: str) -> list[str]:
    row = read_row(2, {"institution_name": "双流区明德培训学校", **cells})
    return [refusal.code.removeprefix("register.row_") for refusal in row_refusals(row, scope)]


def test_a_plain_row_is_taken() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"institution_name": ""}, ["name_missing"]),
        ({"institution_name": "双流区阳光幼儿园"}, ["kindergarten"]),
        ({"category": "幼儿园(非培训机构)"}, ["kindergarten"]),
        ({"institution_name": "双流区实验小学"}, ["full_time_school"]),
        ({"institution_name": "启星校外托管服务中心"}, ["child_care"]),
        ({"category": "托管机构违规培训"}, ["child_care"]),
        ({"category": "非培训机构"}, ["not_training"]),
        ({"institution_name": "好未来英语"}, ["sign_only"]),
        ({"note": "trade name, not legal name"}, ["sign_only"]),
        ({"uscc": "91110000600037341K"}, ["credit_code_check_digit"]),
        ({"uscc": "9111000060003734"}, ["credit_code_length"]),
        ({"licence_no": "1.51012E+14"}, ["licence_number_scientific"]),
        (
            {"legal_form": "非营利性", "uscc": "91110000600037341L"},
            ["non_profit_with_company_code"],
        ),
        (
            {"legal_form": "营利性", "uscc": good_code("52510116MJ0000001")},
            ["for_profit_with_civil_code"],
        ),
        (
            {
                "institution_name": "双流区明德培训学校有限公司",
                "uscc": good_code("52510116MJ0000001"),
            },
            ["company_name_with_other_code"],
        ),
        (
            {"institution_name": "双流区明德培训有限公司", "legal_form": "非营利性"},
            ["company_called_non_profit"],
        ),
        ({"valid_from": "2026-09-01", "valid_until": "2025-08-31"}, ["validity_reversed"]),
        ({"valid_until": "长期有效吧"}, ["date_unreadable"]),
        ({"city": "北京市", "district": "丰台区"}, ["other_place"]),
        (
            {"institution_name": "吉田", "district": "杨浦区"},
            ["sign_only", "other_place"],
        ),
    ],
)
def test_a_row_comes_back_with_every_reason(cells: dict[str, str], expected: list[str]) -> None:
    assert codes(**cells) == expected


@pytest.mark.parametrize(
    "cells",
    [
        {"category": "非学科类校外培训机构"},
        {"institution_name": "双流区委托管理培训中心"},
        {"legal_form": "营利性->非营利性", "institution_name": "双流区明德培训学校有限公司"},
        {"uscc": "办理中"},
        {"institution_name": "双流区明德培训学校(航空港校区)"},
        {"institution_name": "双流区小桔灯教育咨询服务部"},
    ],
)
def test_what_only_looks_wrong_is_taken(cells: dict[str, str]) -> None:
    assert codes(**cells) == []


def test_the_published_list_judged_by_rule() -> None:
    rows = csv.DictReader(FIXTURE.read_text(encoding="utf-8-sig").splitlines())
    read = [read_row(number, dict(cells)) for number, cells in enumerate(rows, start=2)]
    judged = judge_rows(read, ANYWHERE)
    refused = {
        one.row.name: one.refusals[0].code.removeprefix("register.row_")
        for one in judged
        if one.refusals
    }
    assert sorted(refused.values()) == sorted(
        ["sign_only"] * 12 + ["kindergarten"] * 2 + ["child_care"] * 3
    )
    assert len(judged) - len(refused) == 24


@pytest.mark.parametrize(
    ("city", "district", "address", "division", "match"),
    [
        ("成都市", "双流区", "", HOME, PlaceMatch.SAME),
        ("", "双流", "", HOME, PlaceMatch.SAME),
        ("成都市", "", "", HOME, PlaceMatch.SAME),
        ("", "", "", HOME, PlaceMatch.NOT_STATED),
        ("", "", "成都市双流区东升街道", HOME, PlaceMatch.SAME),
        ("", "", "四川省成都市锦江区春熙路", HOME, PlaceMatch.OTHER),
        ("", "", "东升街道 8 号", HOME, PlaceMatch.NOT_STATED),
        ("", "锦江区", "", HOME, PlaceMatch.OTHER),
        ("开封市", "鼓楼区", "", DivisionPlace("320106", "鼓楼区", "南京市"), PlaceMatch.OTHER),
        ("", "高新区", "", ZONE, PlaceMatch.SAME),
        ("", "", "成都市武侯区桂溪街道", ZONE, PlaceMatch.NOT_STATED),
        ("成都市", "市管", "", CITY, PlaceMatch.SAME),
        ("简阳市", "", "", DivisionPlace("510185", "简阳市", "成都市"), PlaceMatch.SAME),
    ],
)  # fmt: skip
def test_a_printed_place_is_compared_with_the_division(
    city: str, district: str, address: str, division: DivisionPlace, match: PlaceMatch
) -> None:
    found = match_place(city=city, district=district, address=address, division=division)
    assert found is match


def test_kinds_and_forms_of_names() -> None:
    assert kind_of(name="明德培训学校", category="", note="") is NameKind.TRAINING
    assert has_organisation_form("某某羽毛球俱乐部")
    assert not has_organisation_form("MUMA儿童艺术")


def test_columns_of_identity_documents_are_dropped_before_any_row() -> None:
    columns = read_headers(["学校名称", "校长身份证号", "办学许可证号", "ID Card", "其他"])
    assert columns.headers == ("学校名称", "办学许可证号", "其他")
    assert columns.fields == ("institution_name", "licence_no", "")
    assert columns.dropped_count == 2
    assert is_resident_id_header("公民身份号码")
    assert not is_resident_id_header("统一社会信用代码")


def test_a_resident_id_number_in_any_cell_is_taken_out_and_a_credit_code_stays() -> None:
    assert "11010519491231002X" not in without_id_numbers("张某 11010519491231002X")
    assert without_id_numbers("91110000600037341L") == "91110000600037341L"


def test_names_and_addresses_are_compared_without_width_marks_and_spaces() -> None:
    assert match_key("明德（双流）培训 学校") == match_key("明德(双流)培训学校")
    assert same_address(match_key("东升街道顺城街"), match_key("东升街道顺城街12号"))
    assert same_address(match_key("双流区东升街道顺城街12号"), match_key("东升街道顺城街12号"))
    assert not same_address(match_key("一街 1 号"), match_key("一街 2 号"))
    assert has_house_number("顺城街 12 号")
    assert not has_house_number("大榆树堡镇大榆树堡村号")


def rows_of(*cells: dict[str, str]) -> list[list[str]]:
    read = [read_row(number, each) for number, each in enumerate(cells, start=2)]
    return [
        [refusal.code.removeprefix("register.row_") for refusal in one.refusals]
        for one in judge_rows(read, OWN)
    ]


def test_rows_of_one_institution_may_add_but_not_contradict() -> None:
    first = {"institution_name": "明德培训学校", "uscc": good_code("52510116MJ0000001")}
    assert rows_of(first, {**first, "address": "一街 1 号"}) == [[], []]
    assert rows_of(first, {**first, "institution_name": "求真培训学校"}) == [
        [],
        ["contradicts_row"],
    ]
    other = {"institution_name": "求真培训学校", "licence_no": "151011670000182"}
    both = {"institution_name": "求真培训学校", "uscc": first["uscc"]}
    assert rows_of(first, other, both) == [[], [], ["contradicts_row"]]


def test_a_row_between_two_institutions_says_so() -> None:
    first = {"institution_name": "明德培训学校"}
    second = {"institution_name": "求真培训学校", "licence_no": "151011670000182"}
    both = {"institution_name": "明德培训学校", "licence_no": "151011670000182"}
    assert rows_of(first, second, both)[2] == ["contradicts_row"]
