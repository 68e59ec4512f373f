"""The directory of inspectors, and whom they may not inspect."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from regulator.database.models import PublicModel


class Inspector(PublicModel):
    """检查人员: a person with an enforcement certificate, in the directory of their department.

    Not a user: an inspector need not be able to log in. `valid_before` is half-open.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspector",
    )
    name = models.CharField(max_length=60)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    certificate_number = models.CharField(max_length=40)
    field = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_before = models.DateField()
    is_active = models.BooleanField(default=True)
    inactive_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["department__position", "certificate_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "certificate_number"], name="inspector_certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_before__gt=F("valid_from")), name="inspector_validity_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_valid_on(self) -> date:
        """The last day of the certificate."""
        return date.fromordinal(self.valid_before.toordinal() - 1)

    def is_eligible_on(self, day: date) -> bool:
        """Whether the person may be drawn on that day: active, and certified."""
        return self.is_active and self.valid_from <= day < self.valid_before


class Recusal(PublicModel):
    """回避: an inspector who has an interest in an institution may not meet it.

    Declared before a draw, since later it would steer the draw; ends by being lifted.
    """

    division_path: ClassVar[str | None] = "inspector__division"

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="recusals")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="recusals"
    )
    reason = models.CharField(max_length=200)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-declared_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspector", "institution"],
                condition=Q(ended_at__isnull=True),
                name="recusal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspector} × {self.institution}"
