"""What a bureau entered of the setting standards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.choices.premises import ROOM_USE_CHOICES
from institutions.choices.standards import KIND_CHOICES, STAGE_CHOICES, STANDARD_CHOICES
from regulator.database.models import PublicModel


class SettingStandard(PublicModel):
    """设置标准: a figure that a place must reach or keep, for a kind of training and a time.

    Not the shipped table, which has no rows here: what a bureau enters for a standard and a kind
    stands instead of what was shipped. `kind`, `stage` and `room_use` are empty where it binds all.
    `is_soft` where the source says 原则上.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    standard = models.CharField(max_length=40, choices=STANDARD_CHOICES)
    kind = models.CharField(max_length=16, blank=True, choices=KIND_CHOICES)
    stage = models.CharField(max_length=12, blank=True, choices=STAGE_CHOICES)
    room_use = models.CharField(max_length=16, blank=True, choices=ROOM_USE_CHOICES)
    value = models.CharField(max_length=60)
    is_soft = models.BooleanField(default=False)
    instrument = models.CharField(max_length=200)
    document_number = models.CharField(max_length=80, blank=True)
    article = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["standard", "kind", "stage", "room_use", "-starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "standard", "kind", "stage", "room_use", "starts_on"],
                name="setting_standard_start_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_before__isnull=True)
                | models.Q(ends_before__gt=models.F("starts_on")),
                name="setting_standard_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.standard} {self.starts_on}"
