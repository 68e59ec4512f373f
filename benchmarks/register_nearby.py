"""register.nearby: places within 2 km, against the geodesic to every row.

20,000 places are made inside a transaction that is rolled back: spread over some 100 km, as a large
city has them. The peer reads the same rows and measures every one of them by geopy's geodesic.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from django.db import transaction
from geopy.distance import geodesic

from benchmarks.measuring import Entry, Goal, medians
from institutions.models import Institution, Premises, PremisesPoint
from institutions.selectors.premises_near import premises_near
from regulator.kernel.coordinates import CoordinateSystem, Position

COUNT = 20_000
QUERIES = 10
RADIUS_M = 2000.0
WEST, EAST, SOUTH, NORTH = 103.4, 104.6, 30.2, 31.1


def spread_places(random: Random) -> None:
    """Places with points, all of one institution of the prepared district."""
    institution = Institution.objects.order_by("pk").first()
    assert institution is not None, "no institution: run `manage.py prepare` first"
    places = Premises.objects.bulk_create(
        [
            Premises(
                institution=institution,
                register_id=f"B{number:06d}",
                address=f"{number}",
                address_key=f"bench{number}",
                starts_on=date(2026, 1, 1),
            )
            for number in range(COUNT)
        ],
        batch_size=500,
    )
    PremisesPoint.objects.bulk_create([point_of(place, random) for place in places], batch_size=500)


def point_of(place: Premises, random: Random) -> PremisesPoint:
    longitude, latitude = random.uniform(WEST, EAST), random.uniform(SOUTH, NORTH)
    return PremisesPoint(
        premises=place,
        longitude=Decimal(f"{longitude:.7f}"),
        latitude=Decimal(f"{latitude:.7f}"),
        system="wgs84",
        wgs84_longitude=longitude,
        wgs84_latitude=latitude,
        source="gazetteer",
        confidence="low",
        placed_by="benchmark",
        placed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def asked(random: Random) -> list[Position]:
    return [
        Position(random.uniform(WEST, EAST), random.uniform(SOUTH, NORTH), CoordinateSystem.WGS84)
        for _number in range(QUERIES)
    ]


def measured_all(here: Position) -> list[tuple[float, int]]:
    """The peer: every row by geodesic, those within the radius, nearest first."""
    rows = PremisesPoint.objects.values_list("premises", "wgs84_latitude", "wgs84_longitude")
    distances = [
        (geodesic((here.latitude, here.longitude), (latitude, longitude)).meters, key)
        for key, latitude, longitude in rows
    ]
    return sorted(each for each in distances if each[0] <= RADIUS_M)


def entries() -> list[Entry]:
    random = Random(7)
    with transaction.atomic():
        spread_places(random)
        places = asked(random)
        found = {each.point.premises_id for each in premises_near(places[0], RADIUS_M)}
        assert found == {key for _distance, key in measured_all(places[0])}
        ours, theirs = medians(
            lambda: [premises_near(here, RADIUS_M) for here in places],
            lambda: measured_all(places[0]),
        )
        total = PremisesPoint.objects.count()
        transaction.set_rollback(True)
    return [
        Entry(
            "register.nearby",
            ours / QUERIES * 1000,
            f"ms a search, {total} points, {RADIUS_M / 1000:.0f} km",
            peer="geodesic over all rows, ms",
            peer_value=theirs * 1000,
            goal=Goal("ratio", "<=", 0.1),
        )
    ]
