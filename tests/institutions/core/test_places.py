"""Typed positions, the box around one, and the address that is asked for."""

from __future__ import annotations

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from institutions.core.places import box_around, full_address, position_refusals
from regulator.kernel.coordinates import CoordinateSystem, Position

WGS84 = CoordinateSystem.WGS84


@pytest.mark.parametrize(
    ("longitude", "latitude", "codes"),
    [
        (103.92, 30.57, []),
        (30.57, 103.92, ["places.position_swapped"]),
        (-0.1, 51.5, ["places.position_outside"]),
        (500.0, 30.0, ["places.position_outside"]),
    ],
)
def test_a_typed_position_lies_in_the_country(
    longitude: float, latitude: float, codes: list[str]
) -> None:
    found = position_refusals(Position(longitude, latitude, WGS84))
    assert [each.code for each in found] == codes


@given(
    st.floats(75, 134),
    st.floats(4, 53),
    st.floats(0, 360),
    st.floats(1, 50_000),
)
def test_the_box_holds_everything_within_the_radius(
    longitude: float, latitude: float, bearing: float, radius_m: float
) -> None:
    there = geodesic(meters=radius_m).destination((latitude, longitude), bearing)
    box = box_around(Position(longitude, latitude, WGS84), radius_m=radius_m)
    assert box.west <= there.longitude <= box.east
    assert box.south <= there.latitude <= box.north


def test_the_box_of_another_system_is_around_the_same_place() -> None:
    here = Position(103.92, 30.57, WGS84)
    box = box_around(here.in_system(CoordinateSystem.BD09), radius_m=1000)
    assert (box.west + box.east) / 2 == pytest.approx(103.92, abs=1e-6)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("文昌路1号", "某区石桥镇文昌路1号"),
        ("石桥镇文昌路1号", "某区石桥镇文昌路1号"),
        ("某市某区石桥镇文昌路1号", "某市某区石桥镇文昌路1号"),
    ],
)
def test_an_address_is_asked_for_with_its_division_and_township(address: str, wanted: str) -> None:
    assert full_address(address=address, township="石桥镇", division="某区") == wanted
