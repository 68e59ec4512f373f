"""The safety ledger that an institution keeps of each of its premises."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.choices.results import SAFETY_KIND_CHOICES
from regulator.database.models import PublicModel


class SafetyEntry(PublicModel):
    """安全台账: one entry of patrols, hazards, drills or cameras; append-only in the database.

    `corrects` names the entry whose place it takes, `is_void` says that there was nothing at all;
    `hazard` is the hazard that was removed. What nobody entered is unknown.
    """

    division_path: ClassVar[str | None] = "premises__institution__division"

    premises = models.ForeignKey(
        "institutions.Premises", models.PROTECT, related_name="safety_entries"
    )
    kind = models.CharField(max_length=16, choices=SAFETY_KIND_CHOICES)
    on = models.DateField()
    note = models.CharField(max_length=500)
    hazard = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="removals"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction"
    )
    camera_days = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    is_void = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="hazard_removed") | Q(hazard__isnull=False),
                name="safety_removal_of_hazard",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["premises", "on"], name="safety_of_premises")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
