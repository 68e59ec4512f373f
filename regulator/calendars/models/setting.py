"""A dated parameter of a division."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from regulator.calendars.core.settings import SettingEntry
from regulator.database.models import PublicModel


class DivisionSetting(PublicModel):
    """区划设置: a value a bureau entered for a stretch of time, with its basis.

    Not the shipped default, which has no row. Rows of one code follow each other without overlap.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6)
    code = models.CharField(max_length=60)
    value = models.JSONField()
    basis = models.TextField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "code", "starts_on"], name="calendars_setting_start_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_before__isnull=True)
                | models.Q(ends_before__gt=models.F("starts_on")),
                name="calendars_setting_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.code} {self.starts_on}"

    def entry(self) -> SettingEntry:
        """The row as the pure settings know it."""
        return SettingEntry(self.code, self.value, self.basis, self.starts_on, self.ends_before)
