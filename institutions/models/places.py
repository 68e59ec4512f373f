"""Where premises lie: the point in use, what geocoders were asked, and townships' centres."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.choices.places import (
    CONFIDENCE_CHOICES,
    OUTCOME_CHOICES,
    SOURCE_CHOICES,
    SYSTEM_CHOICES,
)
from institutions.models.premises import Premises
from regulator.kernel.coordinates import CoordinateSystem, Position

_SYSTEMS = ["wgs84", "gcj02", "bd09"]


class PremisesPoint(models.Model):
    """场所位置: the point at which a place is shown, as it was given and with its system.

    Not a proof of where it lies: `source` and `confidence` say how far to trust it. The WGS-84
    columns are the same point converted, for distances and for the map.
    """

    division_path: ClassVar[str | None] = "premises__institution__division"

    premises = models.OneToOneField(Premises, models.CASCADE, related_name="point")
    longitude = models.DecimalField(max_digits=10, decimal_places=7)
    latitude = models.DecimalField(max_digits=10, decimal_places=7)
    system = models.CharField(max_length=8, choices=SYSTEM_CHOICES)
    wgs84_longitude = models.FloatField()
    wgs84_latitude = models.FloatField()
    source = models.CharField(max_length=12, choices=SOURCE_CHOICES)
    confidence = models.CharField(max_length=8, choices=CONFIDENCE_CHOICES)
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(system__in=_SYSTEMS), name="premises_point_has_system"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["wgs84_latitude", "wgs84_longitude"], name="premises_point_where")
        ]

    def __str__(self) -> str:
        return f"{self.longitude}, {self.latitude} {self.system}"

    @property
    def position(self) -> Position:
        """The point as it was given."""
        return Position(float(self.longitude), float(self.latitude), CoordinateSystem(self.system))

    @property
    def wgs84(self) -> Position:
        """The point as distances are measured from it."""
        return Position(self.wgs84_longitude, self.wgs84_latitude, CoordinateSystem.WGS84)


class GeocodingAnswer(models.Model):
    """地理编码记录: what a geocoder was asked about a place and what it answered; never changed.

    Not the point in use, which a person may have moved since.
    """

    division_path: ClassVar[str | None] = "premises__institution__division"

    premises = models.ForeignKey(Premises, models.CASCADE, related_name="geocodings")
    source = models.CharField(max_length=12, choices=SOURCE_CHOICES)
    asked = models.CharField(max_length=400)
    address_key = models.CharField(max_length=300)
    outcome = models.CharField(max_length=8, choices=OUTCOME_CHOICES)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField(max_digits=10, decimal_places=7, null=True)
    system = models.CharField(max_length=8, blank=True, choices=SYSTEM_CHOICES)
    confidence = models.CharField(max_length=8, blank=True, choices=CONFIDENCE_CHOICES)
    matched = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(longitude__isnull=True, latitude__isnull=True)
                | models.Q(system__in=_SYSTEMS),
                name="geocoding_answer_has_system",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.asked}"


class TownshipCentre(models.Model):
    """镇街中心点: about where a township lies, for the gazetteer and for searching nearby.

    Not its seat and not its border: an approximate centre, with whose word it is.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    township = models.OneToOneField(
        "accounts.Township", models.PROTECT, related_name="centre", primary_key=True
    )
    longitude = models.DecimalField(max_digits=10, decimal_places=7)
    latitude = models.DecimalField(max_digits=10, decimal_places=7)
    system = models.CharField(max_length=8, choices=SYSTEM_CHOICES)
    source = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["township"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(system__in=_SYSTEMS), name="township_centre_has_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township_id} {self.longitude}, {self.latitude} {self.system}"

    @property
    def position(self) -> Position:
        """The centre as it was given."""
        return Position(float(self.longitude), float(self.latitude), CoordinateSystem(self.system))
