"""Points as pages show them: the desk's list and map, one place's point, and what is nearby."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from institutions.choices.places import (
    CONFIDENCE_LABELS,
    CONFIDENCE_TONES,
    NO_POINT,
)
from institutions.models import Institution, Premises, PremisesPoint
from institutions.selectors.places import Centre, centres_of, premises_in_use
from institutions.selectors.premises_near import NearPremises, licensed_points, premises_near
from institutions.selectors.register import register_rows
from institutions.selectors.register_list import kind_words
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.web.choices import NEUTRAL, UNKNOWN, Badge
from regulator.web.maps import MapCircle, MapName, MapPoint, point_map

NEAREST_SHOWN = 100
MARKED = 20
NO_POINT_BADGE = Badge(UNKNOWN, NO_POINT)


@dataclass(frozen=True)
class PlaceLine:
    """A place at the desk, with its point if it has one."""

    premises: Premises
    point: PremisesPoint | None
    badge: Badge


@dataclass(frozen=True)
class NearLine:
    """A licensed place on the public page; `mark` is its number on the map."""

    near: NearPremises
    institution: Institution
    kind: str | Promise
    mark: str


@dataclass(frozen=True)
class Nearby:
    """What is within a radius: the nearest lines, how many there are in all, and the map.

    `rough` are those of which only the township is known: no distance is said of them.
    """

    lines: list[NearLine]
    rough: list[NearLine]
    total: int
    picture: SafeString


def place_rows(division: str, show: str) -> QuerySet[Premises]:
    """A division's places in use, narrowed to a confidence or to those without a point."""
    rows = premises_in_use(division).select_related("institution", "point")
    if show == "none":
        return rows.filter(point__isnull=True)
    return rows.filter(point__confidence=show) if show else rows


def place_lines(places: Iterable[Premises]) -> list[PlaceLine]:
    """Places with their points, of rows that carry both."""
    return [_place_line(place) for place in places]


def _place_line(place: Premises) -> PlaceLine:
    point = getattr(place, "point", None)
    return PlaceLine(place, point, NO_POINT_BADGE if point is None else confidence_badge(point))


def confidence_badge(point: PremisesPoint) -> Badge:
    """How far to trust a point."""
    return Badge(CONFIDENCE_TONES[point.confidence], CONFIDENCE_LABELS[point.confidence])


def division_map(points: Iterable[PremisesPoint], *, division: str, title: str) -> SafeString:
    """A division's points with its townships' names."""
    return point_map(
        title=title,
        points=[_map_point(each, "") for each in points],
        names=_names(centres_of(division)),
    )


def nearby(position: Position, *, radius_m: int, division: str, on: date, title: str) -> Nearby:
    """The licensed places within a radius of a position, nearest first."""
    found = premises_near(position, radius_m, licensed_points(on))
    known = [each for each in found if each.point.confidence != "low"]
    shown = (known + [each for each in found if each.point.confidence == "low"])[:NEAREST_SHOWN]
    held = {
        each.pk: each
        for each in register_rows(
            Institution.objects.filter(
                pk__in={near.point.premises.institution_id for near in shown}
            )
        )
    }
    lines = [
        _near_line(near, held[near.point.premises.institution_id], number)
        for number, near in enumerate(shown, start=1)
    ]
    here = position.in_system(CoordinateSystem.WGS84)
    picture = point_map(
        title=title,
        points=[_map_point(line.near.point, line.mark) for line in lines],
        names=_names(centres_of(division)),
        circle=MapCircle(here.longitude, here.latitude, radius_m),
    )
    exact = min(len(known), len(lines))
    return Nearby(lines[:exact], lines[exact:], len(found), picture)


def _near_line(near: NearPremises, institution: Institution, number: int) -> NearLine:
    mark = str(number) if number <= MARKED else ""
    return NearLine(near, institution, kind_words(institution), mark)


def _map_point(point: PremisesPoint, mark: str) -> MapPoint:
    return MapPoint(
        point.wgs84_longitude,
        point.wgs84_latitude,
        f"{point.premises.institution.name} {point.premises.address}",
        mark,
        UNKNOWN if point.confidence == "low" else NEUTRAL,
    )


def _names(centres: Sequence[Centre]) -> list[MapName]:
    there = [(each, each.position.in_system(CoordinateSystem.WGS84)) for each in centres]
    return [MapName(where.longitude, where.latitude, each.name) for each, where in there]
