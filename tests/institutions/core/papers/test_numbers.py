"""Numbers, check codes, short forms and dates as papers write them."""

from __future__ import annotations

import pytest

from institutions.core.papers.kinds import (
    REQUIRED_FACTS,
    UNNUMBERED,
    Line,
    PaperKind,
    is_blank,
    lines_of,
)
from institutions.core.papers.numbers import (
    CODE_ALPHABET,
    SHIPPED_WORDS,
    code_key,
    code_text,
    number_key,
    number_text,
    short_form,
)
from institutions.core.papers.offices import Office, office_refusals, shipped_office
from institutions.core.papers.wording import chinese_day, head_size_mm, licence_step, ordinal


def test_a_number_is_written_in_the_bureaus_form() -> None:
    assert number_text("双教许受", year=2026, serial=12) == "双教许受〔2026〕第12号"


@pytest.mark.parametrize(
    "typed",
    [
        "双教许受〔2026〕第12号",
        "双教许受[2026]第12号",
        " 双教许受（2026）12 号 ",
        "双教许受【２０２６】１２",
        "双教许受202612",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    assert number_key(typed) == "双教许受202612"


def test_numbers_that_differ_are_not_mixed_up() -> None:
    assert number_key("双教许受〔2026〕第1号") != number_key("双教许受〔2026〕第11号")
    assert number_key("双教许受〔2026〕第1号") != number_key("双教许不〔2026〕第1号")


def test_a_check_code_is_read_with_or_without_its_dash_and_in_small_letters() -> None:
    assert code_text("7KQ4M9TX2B") == "7KQ4M-9TX2B"
    assert code_key("7kq4m-9tx2b") == code_key(" 7KQ4M 9TX2B ") == "7KQ4M9TX2B"
    assert not set("01OIL") & set(CODE_ALPHABET)


@pytest.mark.parametrize(
    ("name", "city", "short"),
    [
        ("双流区", "成都市", "双"),
        ("成都高新区", "成都市", "高"),
        ("成都市", "四川省", "成"),
        ("金堂县", "成都市", "金"),
        ("简阳市", "成都市", "简"),
    ],
)
def test_a_division_has_a_short_form_to_begin_with(name: str, city: str, short: str) -> None:
    assert short_form(name, city_name=city) == short


def test_every_numbered_kind_has_a_word_of_its_own() -> None:
    numbered = {kind.value for kind in PaperKind if kind not in UNNUMBERED}
    assert set(SHIPPED_WORDS) == numbered
    assert len(set(SHIPPED_WORDS.values())) == len(numbered)
    assert set(REQUIRED_FACTS) == set(PaperKind)


def test_a_zone_is_reviewed_by_the_city_and_a_district_by_itself() -> None:
    zone = shipped_office(
        division_name="成都高新区", city_name="成都市", is_zone=True, department="education"
    )
    assert (zone.name, zone.abbreviation) == ("成都高新区教育局", "高教")
    assert zone.review_body == "成都市人民政府"
    district = shipped_office(
        division_name="双流区", city_name="成都市", is_zone=False, department="sport"
    )
    assert (district.name, district.series_of("refusal")) == ("成都市双流区体育局", "双体许不")
    assert district.review_body == "成都市双流区人民政府"
    assert district.is_assumed


def test_every_reason_against_an_offices_entry_is_given_at_once() -> None:
    office = Office(
        name="",
        abbreviation="A1",
        review_body="",
        court="",
        words={"refusal": "不予行政许可"},
        typefaces={"body": 'x"; }'},
    )
    assert [each.code for each in office_refusals(office)] == [
        "paper.office_name_missing",
        "paper.office_series",
        "paper.office_appeal_missing",
        "paper.office_basis_missing",
        "paper.office_word",
        "paper.office_typeface",
    ]


def test_lines_are_texts_or_objects_and_what_says_nothing_is_blank() -> None:
    assert lines_of(["甲", {"text": "乙", "basis": "丙"}, "", {"text": " "}]) == (
        Line("甲"),
        Line("乙", "丙"),
    )
    assert lines_of("只有一句") == (Line("只有一句"),)
    assert [is_blank(value) for value in (None, " ", [], [""], [{"text": ""}], 0, "甲")] == [
        True,
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_days_and_ordinals_are_written_as_papers_write_them() -> None:
    assert chinese_day("2026-03-02") == "2026年3月2日"
    assert chinese_day("长期") == "长期"
    assert [ordinal(n) for n in (1, 10, 11, 20, 21, 99, 100)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "100",
    ]


def test_a_long_office_name_is_set_smaller_and_a_full_licence_too() -> None:
    assert head_size_mm("成都市双流区教育局") == 13.0
    assert 7.8 < head_size_mm("四川省成都市双流区文化广电和旅游局") < 13.0
    assert head_size_mm("局" * 60) == 7.8
    assert [licence_step(["字" * 50] * n) for n in (1, 4, 7, 12)] == [0, 1, 2, 3]
