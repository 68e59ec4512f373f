"""Where premises lie: the gazetteer of a division, its points, and what still has none."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from institutions.core.places import full_address
from institutions.models import GeocodingAnswer, Premises, PremisesPoint, TownshipCentre
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.accounts.models import Township
from regulator.accounts.selectors.people import division_by_code
from regulator.adapters.geocoding.gazetteer import GazetteerEntry
from regulator.kernel.actors import Actor
from regulator.kernel.coordinates import CoordinateSystem, Position

_TABLE = Path(__file__).resolve().parent.parent / "data" / "township_centres.csv"


@dataclass(frozen=True)
class Centre:
    """About where a township or a division lies; `code` is a township's, where it is known.

    `is_entered` where the bureau entered it, else it was shipped with the product.
    """

    name: str
    district: str
    position: Position
    source: str
    code: str = ""
    is_entered: bool = False


@dataclass(frozen=True)
class Target:
    """A place to be located, and the address to ask for."""

    premises: Premises
    asked: str


def _centre(row: Mapping[str, str]) -> Centre:
    position = Position(
        float(row["longitude"]), float(row["latitude"]), CoordinateSystem(row["system"])
    )
    return Centre(row["name"], row["district"], position, row["source"])


@cache
def _shipped() -> tuple[tuple[str, Centre], ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((row["kind"], _centre(row)) for row in csv.DictReader(file))


def shipped_centres() -> tuple[Centre, ...]:
    """The shipped approximate centres of townships."""
    return tuple(centre for kind, centre in _shipped() if kind == "township")


def district_centre(division: str) -> Position | None:
    """About where a division lies, where it was shipped."""
    row = division_by_code(division)
    name = "" if row is None else row.name
    found = (each for kind, each in _shipped() if kind == "district" and each.district == name)
    centre = next(found, None)
    return None if centre is None else centre.position


def entered_centres(division: str) -> list[Centre]:
    """The centres a bureau entered, by the townships' codes."""
    rows = TownshipCentre.objects.filter(division=division).select_related("township", "division")
    return [
        Centre(
            row.township.name, row.division.name, row.position, row.source, row.township_id, True
        )
        for row in rows
    ]


def centres_of(division: str) -> list[Centre]:
    """The centres of a division's townships: the entered ones, then shipped ones of other names."""
    entered = entered_centres(division)
    row = division_by_code(division)
    name = "" if row is None else row.name
    known = {centre.name for centre in entered}
    codes = dict(Township.objects.filter(division=division).values_list("name", "code"))
    shipped = [
        Centre(each.name, each.district, each.position, each.source, codes.get(each.name, ""))
        for each in shipped_centres()
        if each.district == name and each.name not in known
    ]
    return entered + shipped


def township_in(division: str) -> list[Township]:
    """The townships of a division, by code."""
    return list(Township.objects.filter(division=division).order_by("code"))


def gazetteer_entries(division: str) -> list[GazetteerEntry]:
    """What the gazetteer knows for a division: its own centres, and its neighbours' as shipped."""
    own = centres_of(division)
    names = {(centre.district, centre.name) for centre in own}
    others = [each for each in shipped_centres() if (each.district, each.name) not in names]
    return [GazetteerEntry(each.name, each.district, each.position) for each in own + others]


def premises_in_use(division: str) -> QuerySet[Premises]:
    """A division's places in use, rows of other places left out, by register id."""
    return Premises.objects.filter(
        institution__division=division, institution__place="", ends_before__isnull=True
    ).order_by("register_id")


def unlocated(division: str, source: str) -> QuerySet[Premises]:
    """Places in use without a point about whose present address this geocoder was not yet asked.

    One that found nothing is not asked again until the address is put right.
    """
    asked = GeocodingAnswer.objects.filter(
        premises=OuterRef("pk"), source=source, outcome="none", address_key=OuterRef("address_key")
    )
    return premises_in_use(division).filter(~Exists(asked), point__isnull=True)


def targets_of(places: Iterable[Premises], *, division: str) -> list[Target]:
    """Places with the addresses to ask for. Two queries."""
    held = list(places)
    row = division_by_code(division)
    codes = {place.area for place in held if place.area}
    names = dict(Township.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        Target(
            place,
            full_address(
                address=place.address,
                township=names.get(place.area, ""),
                division="" if row is None else row.name,
            ),
        )
        for place in held
    ]


def points_of(division: str) -> QuerySet[PremisesPoint]:
    """The points of a division's places in use, with place and institution."""
    return (
        PremisesPoint.objects.filter(premises__in=premises_in_use(division))
        .select_related("premises__institution")
        .order_by("premises__register_id")
    )


def point_of(premises: Premises) -> PremisesPoint | None:
    """The point of a place, or None."""
    return PremisesPoint.objects.filter(premises=premises).first()


def answers_of(premises: Premises) -> QuerySet[GeocodingAnswer]:
    """What geocoders were asked about a place, the latest first."""
    return GeocodingAnswer.objects.filter(premises=premises)


def premises_reached(actor: Actor, public_id: UUID, action: Action) -> Premises | None:
    """A place that the actor's desk reaches with an action."""
    rows = Premises.objects.select_related("institution")
    return rows.filter(
        Q(institution__in=institutions_in(actor, action)), public_id=public_id
    ).first()


def located_counts(division: str) -> dict[str, int]:
    """How many places in use have a point of each confidence, and how many have none (`none`)."""
    counts = dict.fromkeys(("high", "medium", "low", "none"), 0)
    for confidence in premises_in_use(division).values_list("point__confidence", flat=True):
        counts[confidence or "none"] += 1
    return counts
