"""SITE-UNLICENSED and ROOM-SIZE: addresses as people write them, areas at the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from institutions.core.register_rules.addresses import Likeness, address_key, likeness
from institutions.core.register_rules.examples import (
    ADDRESS,
    PLACE,
    PUPIL_AREA,
    REGISTER,
    with_class,
    with_place,
)
from institutions.core.screening.rules.example_rows import live_row, subject_row
from institutions.core.standards.limits import LimitStanding, Standards
from regulator.kernel.legal import LegalBasis
from tests.institutions.core.register_rules.judging import found_of, said

KNOWN = "成都市双流区东升街道长江路1号2楼"


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        (KNOWN, Likeness.SAME),
        ("成都市 双流区 东升街道 长江路１号2楼", Likeness.SAME),
        ("东升街道长江路1号2楼", Likeness.SAME),
        ("成都市双流区东升街道长江路1号", Likeness.NEAR),
        ("成都市双流区东升街道长江路1号2楼203室", Likeness.NEAR),
        ("成都市双流区东升街道长江路一号二楼", Likeness.NEAR),
        ("成都市双流区东升街道长江路1号2层", Likeness.NEAR),
        ("成都市双流区东升镇长江路1号2楼", Likeness.NEAR),
        ("成都市双流区东升街道长江路11号2楼", Likeness.OTHER),
        ("成都市双流区东升街道长江路1号3楼", Likeness.OTHER),
        ("西航港街道黄河路66号", Likeness.OTHER),
        ("", Likeness.OTHER),
    ],
)
def test_an_address_is_the_same_near_or_another(filed: str, expected: Likeness) -> None:
    assert likeness(address_key(filed), address_key(KNOWN)) is expected


def test_a_rest_that_begins_in_the_middle_of_a_number_is_no_address() -> None:
    assert likeness("1号楼302室", "长江路21号楼302室") is not Likeness.SAME


def test_a_near_match_is_undetermined_and_names_the_licensed_address() -> None:
    row = subject_row("", 授课地点="示例路1号")
    assert said(row) == {"SITE-UNLICENSED": f"是否就是许可地址“{ADDRESS}”"}


def test_a_register_without_places_is_undetermined() -> None:
    assert said(register=replace(REGISTER, places=())) == {"SITE-UNLICENSED": "登记库中的许可地址"}


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"starts_on": date(2026, 3, 10)}, None),
        ({"starts_on": date(2026, 3, 11)}, ("2026-03-10",)),
        ({"ends_before": date(2026, 4, 29)}, None),
        ({"ends_before": date(2026, 4, 28)}, ("2026-04-28",)),
    ],
)
def test_a_place_counts_on_the_days_it_is_in_use(changes: dict, days: object) -> None:
    found = found_of(register=with_place(**changes)).get("SITE-UNLICENSED")
    assert (found.params["days"] if found else None) == days


@pytest.mark.parametrize(("size", "is_breach"), [("19", False), ("20", False), ("21", True)])
def test_pupils_at_the_limit_have_room_and_one_more_has_not(size: str, is_breach: bool) -> None:
    found = said(subject_row("", 班额=size))
    assert found == ({"ROOM-SIZE": "breach"} if is_breach else {})


def test_the_finding_says_how_many_the_room_takes() -> None:
    finding = found_of(subject_row("", 班额="21"))["ROOM-SIZE"]
    wanted = {"part": "alone", "limit": "3", "area": "60", "most": 20, "pupils": 21}
    assert {name: finding.params[name] for name in wanted} == wanted
    assert finding.field == "班额"


def test_the_floor_area_counts_where_nobody_measured_the_teaching_area() -> None:
    assert said(register=with_place(teaching_area_m2=None)) == {"ROOM-SIZE": "该场所的面积"}
    small = with_place(teaching_area_m2=None, floor_area_m2=Fraction(59))
    assert said(register=small) == {"ROOM-SIZE": "breach"}


def test_a_standard_that_nobody_found_or_nobody_trusts_makes_no_breach() -> None:
    unknown = Standards(shipped=(replace(PUPIL_AREA, value=None),))
    assert said(register=replace(REGISTER, standards=unknown)) == {"ROOM-SIZE": "本区生均面积标准"}
    unsure = Standards(shipped=(replace(PUPIL_AREA, standing=LimitStanding.UNSURE),))
    full = subject_row("", 班额="21")
    assert said(full, replace(REGISTER, standards=unsure)) == {"ROOM-SIZE": "可信的生均面积标准"}
    assert said(full, replace(REGISTER, standards=Standards())) == {}


def test_a_standard_for_one_use_of_rooms_needs_the_use() -> None:
    wide = replace(PUPIL_AREA, value=Fraction(6), room_use="movement")
    both = replace(
        with_place(room_use="", teaching_area_m2=Fraction(90)),
        standards=Standards(entered=(PUPIL_AREA, wide)),
    )
    assert said(register=both) == {"ROOM-SIZE": "教室用途"}


def test_an_exception_in_principle_is_for_a_person() -> None:
    soft = Standards(entered=(replace(PUPIL_AREA, is_soft=True),))
    full = subject_row("", 班额="21")
    assert said(full, replace(REGISTER, standards=soft)) == {"ROOM-SIZE": "是否属于“原则上”的例外"}


@pytest.mark.parametrize(("starts_on", "is_bound"), [("2026-03-10", True), ("2026-03-11", False)])
def test_the_standard_of_the_first_day_binds(starts_on: str, is_bound: bool) -> None:
    basis = LegalBasis("示例区新标准", "", "第四条", date.fromisoformat(starts_on))
    fresh = Standards(entered=(replace(PUPIL_AREA, value=Fraction(4), basis=basis),))
    found = said(register=replace(REGISTER, standards=fresh))
    assert found == ({"ROOM-SIZE": "breach"} if is_bound else {})


def test_only_classes_at_the_same_hours_in_the_same_place_share_the_room() -> None:
    there = {"place_key": PLACE.address_key, "certificate_key": "x", "name_key": "y"}
    finding = found_of(register=with_class(**there))["ROOM-SIZE"]
    assert (finding.params["part"], finding.params["pupils"], finding.params["day"]) == (
        "together",
        30,
        "2026-03-17",
    )
    assert finding.params["others"] == "BA000001"
    later = with_class(**there, hours={date(2026, 3, 17): ((1200, 1260),)})
    assert said(register=later) == {}
    elsewhere = with_class(**(there | {"place_key": "elsewhere"}))
    assert said(register=elsewhere) == {}


def test_an_online_class_needs_no_place() -> None:
    assert said(live_row("", 授课地点="某平台", 班额="500")) == {}
