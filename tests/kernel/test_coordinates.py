"""Coordinate systems: known pairs, there and back, and where nothing is shifted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.kernel.coordinates import CoordinateSystem, Position

WGS84, GCJ02, BD09 = CoordinateSystem.WGS84, CoordinateSystem.GCJ02, CoordinateSystem.BD09

# (system, longitude, latitude) twice: pairs published with the open converters of these systems.
# Their GCJ-02 to WGS-84 and BD-09 to GCJ-02 are one step of ours, hence the tolerance.
KNOWN = [
    ((WGS84, 116.404, 39.915), (GCJ02, 116.41024449916938, 39.91640428150164), 1e-9),
    ((GCJ02, 116.404, 39.915), (BD09, 116.41036949371029, 39.92133699351021), 1e-7),
    ((BD09, 116.404, 39.915), (GCJ02, 116.39762729119315, 39.90865673957631), 2e-6),
    ((GCJ02, 116.404, 39.915), (WGS84, 116.39775550083061, 39.91359571849836), 2e-5),
]


@pytest.mark.parametrize(("given_", "wanted", "tolerance"), KNOWN)
def test_known_pairs_agree(
    given_: tuple[CoordinateSystem, float, float],
    wanted: tuple[CoordinateSystem, float, float],
    tolerance: float,
) -> None:
    found = Position(given_[1], given_[2], given_[0]).in_system(wanted[0])
    assert found.longitude == pytest.approx(wanted[1], abs=tolerance)
    assert found.latitude == pytest.approx(wanted[2], abs=tolerance)
    assert found.system is wanted[0]


@given(st.floats(74.0, 134.0), st.floats(3.0, 53.0), st.sampled_from((GCJ02, BD09)), st.just(WGS84))
def test_there_and_back_is_the_same_place(
    longitude: float, latitude: float, other: CoordinateSystem, home: CoordinateSystem
) -> None:
    back = Position(longitude, latitude, home).in_system(other).in_system(home)
    assert back.longitude == pytest.approx(longitude, abs=1e-7)
    assert back.latitude == pytest.approx(latitude, abs=1e-7)


@pytest.mark.parametrize("system", [GCJ02, BD09])
def test_a_shift_in_chengdu_is_some_hundred_metres(system: CoordinateSystem) -> None:
    here = Position(103.92, 30.57, WGS84)
    there = here.in_system(system)
    assert 0.001 < abs(there.longitude - here.longitude) < 0.02
    assert 0.001 < abs(there.latitude - here.latitude) < 0.02


@pytest.mark.parametrize("system", [GCJ02, BD09])
def test_abroad_nothing_is_shifted(system: CoordinateSystem) -> None:
    london = Position(-0.1276, 51.5072, WGS84)
    there = london.in_system(system)
    assert (there.longitude, there.latitude) == (-0.1276, 51.5072)
    back = there.in_system(WGS84)
    assert (back.longitude, back.latitude) == (-0.1276, 51.5072)


def test_a_position_in_its_own_system_is_itself() -> None:
    here = Position(103.9, 30.5, BD09)
    assert here.in_system(BD09) is here


@pytest.mark.parametrize(
    ("longitude", "latitude", "wanted"),
    [
        (180.0, 90.0, True), (-180.0, -90.0, True),
        (180.1, 0.0, False), (0.0, 90.1, False), (0.0, -90.1, False),
    ],
)  # fmt: skip
def test_only_degrees_of_the_earth_are_a_position(
    longitude: float, latitude: float, wanted: bool
) -> None:
    assert Position(longitude, latitude, WGS84).is_on_earth is wanted
