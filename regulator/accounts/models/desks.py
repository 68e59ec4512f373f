"""Desks: who holds which, who stands in, and how one is handed over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from regulator.accounts.choices.texts import ROLE_CHOICES, ROLE_LABELS
from regulator.accounts.core.roles import OFFICERS
from regulator.accounts.models.places import Department, Division
from regulator.database.models import PublicModel


class Appointment(PublicModel):
    """任职: a user at a desk (role × division × department, or × institution) for a time."""

    division_path: ClassVar[str | None] = "division"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=40, choices=ROLE_CHOICES)
    division = models.ForeignKey(Division, models.PROTECT, related_name="appointments")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    institution = models.UUIDField(null=True, blank=True)
    institution_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="accounts_appointment_dates",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "starts_on"])]

    def __str__(self) -> str:
        where = self.institution_name or (str(self.department) if self.department else "")
        return " · ".join(
            part for part in (str(ROLE_LABELS[self.role]), self.division.name, where) if part
        )

    @property
    def is_officers(self) -> bool:
        """Whether an officer sits here: only such a desk has stand-ins and is handed over."""
        return self.role in OFFICERS

    def is_held_on(self, day: date) -> bool:
        """Whether the desk is held on that day."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


class StandIn(PublicModel):
    """代岗（AB角）: another person acts at a desk for a time, under their own name."""

    division_path: ClassVar[str | None] = "appointment__division"

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stand_in_desks"
    )
    starts_on = models.DateField()
    ends_before = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")), name="accounts_standin_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.appointment}"


class HandOver(PublicModel):
    """交接: a desk passes from one person to another, with what is still open written down.

    Append-only: what was handed over is a record, corrected by a further hand-over.
    """

    division_path: ClassVar[str | None] = "from_appointment__division"

    from_appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="handed_over")
    to_appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="taken_over")
    note = models.TextField()
    open_work = models.JSONField()
    handed_over_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-handed_over_at"]

    def __str__(self) -> str:
        return f"{self.from_appointment} → {self.to_appointment}"
