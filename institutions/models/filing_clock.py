"""The clock of a review."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.models.filing import Filing
from regulator.calendars.models import Deadline


class FilingClock(models.Model):
    """审核期限: by when the present version of a filing is answered.

    It points at the deadline, which the calendar counts again; the clocks of earlier versions stay
    closed among the deadlines.
    """

    division_path: ClassVar[str | None] = "filing__division"

    filing = models.OneToOneField(Filing, models.CASCADE, related_name="clock")
    version = models.PositiveIntegerField()
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.filing_id} v{self.version}"
