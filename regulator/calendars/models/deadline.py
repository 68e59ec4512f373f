"""A running deadline in working days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from regulator.database.models import PublicModel


class Deadline(PublicModel):
    """期限: the day by which something must be done, kept so that it can be counted again.

    The one place where working-day deadlines live: whoever runs one keeps a key to this row.
    `provisional` while its span crosses a year whose holidays are not entered; entering or
    correcting a year counts every open deadline of the division anew. Not a calendar day given by
    law as a date.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=80)
    starts_on = models.DateField()
    workdays = models.PositiveSmallIntegerField()
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
