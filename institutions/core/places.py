"""Points of places: what may be typed as one, and the box in which to look for those near it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from regulator.kernel.coordinates import CoordinateSystem, Position, is_shifted
from regulator.kernel.outcomes import Refusal

# A degree of latitude is 110,574 m at the equator and longer elsewhere, one of longitude 111,320 m
# at the equator. Smaller figures give a larger box: it may hold too much and never too little.
_LATITUDE_DEGREE_M = 110_000.0
_LONGITUDE_DEGREE_M = 111_000.0
_POLE_DEGREES = 89.0


@dataclass(frozen=True)
class Box:
    """A range of WGS-84 degrees, ends included."""

    west: float
    east: float
    south: float
    north: float


def position_refusals(position: Position) -> tuple[Refusal, ...]:
    """Why a typed position cannot be a place of ours; two numbers in the wrong order are named."""
    if position.is_on_earth and is_shifted(position.longitude, position.latitude):
        return ()
    params = {"longitude": position.longitude, "latitude": position.latitude}
    if is_shifted(position.latitude, position.longitude):
        return (Refusal("places.position_swapped", params),)
    return (Refusal("places.position_outside", params),)


def box_around(position: Position, *, radius_m: float) -> Box:
    """A box of WGS-84 degrees that surely holds everything within the radius."""
    here = position.in_system(CoordinateSystem.WGS84)
    north_degrees = radius_m / _LATITUDE_DEGREE_M
    # Parallels shrink towards the pole: the box's outer edge counts.
    outer = min(abs(here.latitude) + north_degrees, _POLE_DEGREES)
    east_degrees = radius_m / (_LONGITUDE_DEGREE_M * cos(radians(outer)))
    return Box(
        west=here.longitude - east_degrees,
        east=here.longitude + east_degrees,
        south=here.latitude - north_degrees,
        north=here.latitude + north_degrees,
    )


def full_address(*, address: str, township: str, division: str) -> str:
    """The address as a geocoder is asked for it: with its division and township in front."""
    text = address
    if township and township not in text:
        text = township + text
    if division and division not in text:
        text = division + text
    return text
