"""Premises, and the counter that gives each its permanent register id."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.choices.premises import BUILDING_KIND_CHOICES, ROOM_USE_CHOICES
from institutions.models.register import Institution
from regulator.database.models import PublicModel


class Premises(PublicModel):
    """办学场所: a place where an institution teaches, under an id that is never used again.

    Not the registered address. `area` is the township or street code of the statistics office;
    floors below ground are negative; `max_pupils` are those who are taught at one time. What the
    setting standards judge is null or empty until somebody has entered it.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="premises")
    register_id = models.CharField(max_length=7, unique=True)
    address = models.CharField(max_length=300)
    address_key = models.CharField(max_length=300)
    area = models.CharField(max_length=12, blank=True)
    floor_area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    teaching_area_m2 = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    max_pupils = models.PositiveIntegerField(null=True, blank=True)
    lowest_floor = models.SmallIntegerField(null=True, blank=True)
    highest_floor = models.SmallIntegerField(null=True, blank=True)
    building_kind = models.CharField(max_length=16, blank=True, choices=BUILDING_KIND_CHOICES)
    room_use = models.CharField(max_length=16, blank=True, choices=ROOM_USE_CHOICES)
    lease_until = models.DateField(null=True, blank=True)
    is_licensed = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["register_id"]
        verbose_name_plural = "premises"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "address_key", "starts_on"], name="premises_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.address}"


class RegisterCounter(models.Model):
    """登记编号: the last number given out by name (register ids, journeys of a division and year).

    Locked while numbers are taken from it. Not a paper's number, which has a series of its own.
    """

    division_path: ClassVar[str | None] = None

    name = models.CharField(max_length=20, primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last_number}"
