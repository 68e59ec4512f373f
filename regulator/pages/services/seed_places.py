"""The fictional district's places on the map: townships' centres, points, and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from django.db import transaction

from institutions.core.register.premises import PremisesDetails
from institutions.models import Premises
from institutions.selectors.places import gazetteer_entries, targets_of, unlocated
from institutions.services.geocoding import ask_for, record_answers
from institutions.services.places import move_point, record_centre
from institutions.services.premises import correct_premises
from institutions.services.standards import StandardDraft
from regulator.accounts.models import Township
from regulator.adapters.geocoding.asking import Asking
from regulator.adapters.geocoding.gazetteer import GazetteerGeocoder
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.coordinates import CoordinateSystem, Position
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment
from regulator.pages.services.seed_rules import seed_standard

_CENTRES = (
    (103.905, 30.590), (103.925, 30.578), (103.940, 30.565), (103.958, 30.582), (103.975, 30.548),
    (103.992, 30.530), (104.015, 30.512), (103.870, 30.560), (103.882, 30.522), (103.935, 30.500),
    (103.965, 30.470), (103.900, 30.455),
)  # fmt: skip
_CENTRE_SOURCE = "虚构的演示镇街，位置也是虚构的"
_CHUNK = 200
_VISITED_EVERY = 3
_MEASURED_EVERY = 2
_MOST_METRES_ASIDE = 900
_STANDARD = "演示区校外培训机构设置标准（虚构）"
_FLOOR = re.compile(r"(?P<below>负)?(?P<floor>\d+)[层楼]|(?P<room>\d{3})室")
_ON = date(2026, 1, 5)
_STANDARDS = (
    StandardDraft("floor_max", "4", _STANDARD, _ON, stage="primary", article="第五条"),
    StandardDraft("floor_min", "1", _STANDARD, _ON, article="第五条"),
    StandardDraft("buildings_banned", "residential|temporary", _STANDARD, _ON, article="第六条"),
    StandardDraft(
        "lease_months_min", "24", _STANDARD, _ON, is_soft=True, article="第七条（原则上）"
    ),
)


def seed_points(seeded: Iterable[Seeded], *, staff: Staff, seed: int) -> int:
    """Centres, standards, then a point for every place; how many places have one.

    It draws from its own numbers, so that what is seeded after it stays as it is.
    """
    random = Random(f"places {seed}")  # noqa: S311  a fictional district is no secret
    at = moment(_ON)
    _centres(staff.division)
    for draft in _STANDARDS:
        seed_standard(staff, draft, at)
    located = _geocoded(staff.division)
    for number, one in enumerate(seeded):
        officer = staff.actor("licensing_officer", one.plan.department)
        for place in Premises.objects.filter(institution=one.institution):
            if number % _MEASURED_EVERY == 0:
                _measured(place, one, random, officer)
            if number % _VISITED_EVERY == 0:
                _visited(place, random, officer)
    return located


def _centres(division: str) -> None:
    townships = Township.objects.filter(division=division).order_by("code")
    for township, (longitude, latitude) in zip(townships, _CENTRES, strict=False):
        record_centre(
            township=township,
            position=Position(longitude, latitude, CoordinateSystem.WGS84),
            source=_CENTRE_SOURCE,
            actor=SYSTEM,
            at=moment(_ON),
        )


def _geocoded(division: str) -> int:
    ask = Asking(GazetteerGeocoder(gazetteer_entries(division)))
    located = 0
    while places := list(unlocated(division, ask.source).select_related("institution")[:_CHUNK]):
        answered, _failure = ask_for(ask, targets_of(places, division=division))
        with transaction.atomic():
            located += record_answers(
                division=division,
                source=ask.source,
                answered=answered,
                actor=SYSTEM,
                at=moment(_ON),
            )
    return located


def _measured(place: Premises, one: Seeded, random: Random, officer: Actor) -> None:
    """What an officer measured: mostly in order, now and then not."""
    area = place.floor_area_m2 or Decimal(200)
    teaching = (area * random.randint(60, 80) / 100).quantize(Decimal("0.1"))
    floor = _floor(place.address) or random.choice((1, 2, 2, 3, 3, 3, 4, 5))
    is_movement = one.plan.activity == "sport" or random.random() < 0.2
    room = 6 if is_movement else 3
    details = PremisesDetails(
        teaching_area_m2=teaching,
        max_pupils=int(teaching / room * random.choice((60, 80, 90, 100, 115)) / 100),
        lowest_floor=floor,
        highest_floor=floor if floor < 0 else floor + random.choice((0, 0, 1)),
        building_kind=random.choice(
            ("commercial", "commercial", "office", "education", "residential", "other")
        ),
        room_use="movement" if is_movement else "seated",
        lease_until=date(random.randint(2026, 2030), random.randint(1, 12), 28),
    )
    correct_premises(
        premises=place,
        address=place.address,
        area=place.area,
        floor_area_m2=place.floor_area_m2,
        is_licensed=place.is_licensed,
        details=details,
        reason="现场核对后补登。",
        actor=officer,
        at=moment(date(2026, 3, 10)),
    )


def _floor(address: str) -> int:
    """The floor that an address names; 0 where it names none."""
    match = _FLOOR.search(address)
    if match is None:
        return 0
    number = int(match["room"][0]) if match["room"] else int(match["floor"])
    return -number if match["below"] else number


def _visited(place: Premises, random: Random, officer: Actor) -> None:
    """Where an officer stood in front of the door, not far from the township's centre."""
    near = Premises.objects.filter(pk=place.pk, ends_before__isnull=True).select_related("point")
    point = getattr(near.first(), "point", None)
    if point is None:
        return
    aside = [random.uniform(-_MOST_METRES_ASIDE, _MOST_METRES_ASIDE) for _axis in range(2)]
    position = Position(
        round(point.wgs84_longitude + aside[0] / 96_000, 6),
        round(point.wgs84_latitude + aside[1] / 111_000, 6),
        CoordinateSystem.WGS84,
    )
    move_point(
        premises=place,
        position=position,
        reason="检查时在门口定位。",
        actor=officer,
        at=moment(date(2026, 3, 10), hour=3),
    )
