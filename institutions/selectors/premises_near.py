"""Licensed places near a point, by geodesic distance, nearest first.

A box of degrees narrows the rows by the index on the WGS-84 columns; the geodesic (Karney's, by
geopy) then decides. `docs/places.md` says more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from geopy.distance import geodesic

from institutions.core.licence_states import LicenceState
from institutions.core.places import box_around
from institutions.models import Licence, PremisesPoint
from regulator.kernel.coordinates import CoordinateSystem, Position


@dataclass(frozen=True)
class NearPremises:
    """A place with its point and how far it is; `point.confidence` says how far to trust that."""

    point: PremisesPoint
    distance_m: float

    @property
    def distance_words(self) -> str:
        """The distance as people say it, in metres to ten or kilometres to one place."""
        if self.distance_m < 1000:
            return f"{round(self.distance_m, -1):.0f} m"
        return f"{self.distance_m / 1000:.1f} km"


def licensed_points(on: date) -> QuerySet[PremisesPoint]:
    """The points of licensed places of institutions that may operate on a day, as anyone may see.

    The entry is verified, a licence is in force and valid, the place stands on it and is in use,
    and the institution neither paused nor closed.
    """
    in_force = Licence.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_before__isnull=True) | Q(valid_before__gt=on),
        state=LicenceState.IN_FORCE.value,
    ).values("institution")
    return PremisesPoint.objects.filter(
        Q(premises__ends_before__isnull=True) | Q(premises__ends_before__gt=on),
        premises__starts_on__lte=on,
        premises__is_licensed=True,
        premises__institution__place="",
        premises__institution__verification="verified",
        premises__institution__status__in=("operating", "rectifying"),
        premises__institution__in=in_force,
    ).select_related("premises__institution")


def premises_near(
    point: Position, radius_m: float, rows: QuerySet[PremisesPoint] | None = None
) -> list[NearPremises]:
    """The points within a radius, nearest first, equal distances by register id; one query.

    `rows` narrow whose points are looked at, by default everybody's; `point` is of any system.
    """
    here = point.in_system(CoordinateSystem.WGS84)
    box = box_around(here, radius_m=radius_m)
    boxed = (PremisesPoint.objects.all() if rows is None else rows).filter(
        wgs84_latitude__range=(box.south, box.north),
        wgs84_longitude__range=(box.west, box.east),
    )
    found = [
        NearPremises(each, distance_m(here, each.wgs84))
        for each in boxed.select_related("premises__institution")
    ]
    within = (each for each in found if each.distance_m <= radius_m)
    return sorted(within, key=lambda each: (each.distance_m, each.point.premises.register_id))


def distance_m(one: Position, other: Position) -> float:
    """The length of the geodesic between two positions, on the ellipsoid of WGS-84."""
    first, second = (each.in_system(CoordinateSystem.WGS84) for each in (one, other))
    metres: float = geodesic(
        (first.latitude, first.longitude), (second.latitude, second.longitude)
    ).meters
    return metres
