"""Positions with their coordinate system: WGS-84 of satellites, GCJ-02 and BD-09 of Chinese maps.

GCJ-02 shifts WGS-84 by up to 700 m inside China, BD-09 shifts GCJ-02 again; neither is published
with an inverse, so the inverses here are found by iteration. The formulas are those that open map
software has used since 2013 (Krasovsky's ellipsoid and a polynomial with waves).
CGCS2000, which Tianditu uses, differs from WGS-84 by centimetres and is treated as WGS-84.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt


class CoordinateSystem(StrEnum):
    """The system in which a longitude and a latitude are to be read."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


_Pair = tuple[float, float]
_MAJOR_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BD_TURN = pi * 3000.0 / 180.0
_BD_LONGITUDE, _BD_LATITUDE = 0.0065, 0.006
# Where the shift is applied: the box that map software draws around the mainland.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_CLOSE_DEGREES = 1e-9
_MOST_STEPS = 30


@dataclass(frozen=True)
class Position:
    """A longitude and a latitude in degrees, and never without their system."""

    longitude: float
    latitude: float
    system: CoordinateSystem

    def in_system(self, system: CoordinateSystem) -> Position:
        """The same place in another system; to and fro differs by less than a millimetre."""
        if system is self.system:
            return self
        through = _TO_WGS84[self.system]((self.longitude, self.latitude))
        return Position(*_FROM_WGS84[system](through), system)

    @property
    def is_on_earth(self) -> bool:
        """Whether the two numbers are a longitude and a latitude at all."""
        return -180.0 <= self.longitude <= 180.0 and -90.0 <= self.latitude <= 90.0


def is_shifted(longitude: float, latitude: float) -> bool:
    """Whether Chinese maps shift a position: everywhere in the box around the mainland."""
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def _waves(value: float, *, slow: float, slowest: float) -> float:
    quick = 20.0 * sin(value * pi) + 40.0 * sin(value / 3.0 * pi)
    return quick + slow * sin(value / 12.0 * pi) + slowest * sin(value / 30.0 * pi)


def _offset(longitude: float, latitude: float) -> _Pair:
    """GCJ-02 less WGS-84 in degrees."""
    x, y = longitude - 105.0, latitude - 35.0
    ripple = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (ripple + _waves(x, slow=150.0, slowest=300.0)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (ripple + _waves(y, slow=160.0, slowest=320.0)) * 2.0 / 3.0
    angle = radians(latitude)
    bulge = 1.0 - _ECCENTRICITY_SQUARED * sin(angle) ** 2
    meridian_m = _MAJOR_AXIS_M * (1.0 - _ECCENTRICITY_SQUARED) / (bulge * sqrt(bulge))
    parallel_m = _MAJOR_AXIS_M / sqrt(bulge) * cos(angle)
    return east * 180.0 / (parallel_m * pi), north * 180.0 / (meridian_m * pi)


def _same(pair: _Pair) -> _Pair:
    return pair


def _gcj02_of_wgs84(pair: _Pair) -> _Pair:
    if not is_shifted(*pair):
        return pair
    east, north = _offset(*pair)
    return pair[0] + east, pair[1] + north


def _bd09_of_gcj02(pair: _Pair) -> _Pair:
    x, y = pair
    distance = hypot(x, y) + 0.00002 * sin(y * _BD_TURN)
    angle = atan2(y, x) + 0.000003 * cos(x * _BD_TURN)
    return distance * cos(angle) + _BD_LONGITUDE, distance * sin(angle) + _BD_LATITUDE


def _bd09_of_wgs84(pair: _Pair) -> _Pair:
    return _bd09_of_gcj02(_gcj02_of_wgs84(pair)) if is_shifted(*pair) else pair


def _undone(forward: Callable[[_Pair], _Pair], pair: _Pair) -> _Pair:
    """What `forward` turns into the pair: the guess is put right by how far it misses."""
    x, y = pair
    for _step in range(_MOST_STEPS):
        there = forward((x, y))
        missed = pair[0] - there[0], pair[1] - there[1]
        x, y = x + missed[0], y + missed[1]
        if max(abs(missed[0]), abs(missed[1])) < _CLOSE_DEGREES:
            break
    return x, y


def _wgs84_of_gcj02(pair: _Pair) -> _Pair:
    return _undone(_gcj02_of_wgs84, pair) if is_shifted(*pair) else pair


def _wgs84_of_bd09(pair: _Pair) -> _Pair:
    return _undone(_bd09_of_wgs84, pair) if is_shifted(*pair) else pair


_TO_WGS84: Mapping[CoordinateSystem, Callable[[_Pair], _Pair]] = {
    CoordinateSystem.WGS84: _same,
    CoordinateSystem.GCJ02: _wgs84_of_gcj02,
    CoordinateSystem.BD09: _wgs84_of_bd09,
}
_FROM_WGS84: Mapping[CoordinateSystem, Callable[[_Pair], _Pair]] = {
    CoordinateSystem.WGS84: _same,
    CoordinateSystem.GCJ02: _gcj02_of_wgs84,
    CoordinateSystem.BD09: _bd09_of_wgs84,
}
