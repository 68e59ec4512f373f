"""A running deadline, in working days, days or months."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from regulator.database.models import PublicModel
from regulator.kernel.workdays import Stop

UNIT_CHOICES = [("workdays", "工作日"), ("days", "日"), ("months", "个月")]


class Deadline(PublicModel):
    """期限: the day by which something must be done, kept so that it can be counted again.

    The one place where counted deadlines live: whoever runs one keeps a key to this row. `stops`
    are the stretches in which it stood still, pairs of ISO dates, half-open, the last one open
    while `is_stopped`. `provisional` while its span crosses a year whose holidays are not entered;
    entering or correcting a year counts every open deadline of the division anew. Not a calendar
    day given by law as a date.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=80)
    starts_on = models.DateField()
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES, default="workdays")
    stops = models.JSONField(default=list)
    is_stopped = models.BooleanField(default=False)
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    unknown_years = models.JSONField(default=list)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("starts_on")),
                name="calendars_deadline_after_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "closed_on", "due_on"], name="calendars_due"),
            models.Index(
                fields=["subject_kind", "subject_key", "kind"], name="calendars_deadline_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def stretches(self) -> list[Stop]:
        """The stops as dates."""
        return [
            Stop(date.fromisoformat(first), date.fromisoformat(before) if before else None)
            for first, before in self.stops
        ]
