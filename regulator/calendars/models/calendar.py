"""A division's calendar: its years, their periods and their holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from regulator.calendars.choices.texts import (
    CONFIDENCE_CHOICES,
    HOLIDAY_KIND_CHOICES,
    PERIOD_KIND_CHOICES,
    YEAR_KIND_CHOICES,
)
from regulator.calendars.core.school import Period, Stage, school_year_label
from regulator.calendars.core.table import HolidayBlock, TitledPeriod
from regulator.database.models import PublicModel
from regulator.kernel.ids import new_public_id

_ONE_DAY = timedelta(days=1)


class DivisionCalendar(models.Model):
    """区划校历: the row that is locked while anything of a division's calendar is written.

    `stamp` changes with every write, so that what was read can be kept until it does. A random
    one, because a counter would come back after a rollback with other contents behind it.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6, unique=True)
    stamp = models.UUIDField(default=new_public_id)

    def __str__(self) -> str:
        return self.division


class CalendarYear(PublicModel):
    """年度: a school year, or a calendar year's holiday arrangement, with where it comes from.

    Not the periods themselves. A holiday year counts as known only once `completed_at` is set: a
    half-entered notice would make working days of its missing holidays.
    """

    division_path: ClassVar[str | None] = "calendar__division"

    calendar = models.ForeignKey(DivisionCalendar, models.PROTECT, related_name="years")
    kind = models.CharField(max_length=10, choices=YEAR_KIND_CHOICES)
    year = models.PositiveSmallIntegerField()
    source = models.TextField(blank=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar", "kind", "year"], name="calendars_year_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.label}"

    @property
    def label(self) -> str:
        """`2025-26` for a school year, `2026` for a calendar year."""
        return school_year_label(self.year) if self.kind == "school" else str(self.year)


class SchoolPeriod(PublicModel):
    """学期或假期: a term or a break of some stages, first day to the day before `ends_before`.

    Not a holiday: holidays fall inside terms. `overrides` marks an early break-up or a 春秋假,
    which prevails over the plan.
    """

    division_path: ClassVar[str | None] = "entry__calendar__division"

    entry = models.ForeignKey(CalendarYear, models.PROTECT, related_name="periods")
    kind = models.CharField(max_length=20, choices=PERIOD_KIND_CHOICES)
    term = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_before = models.DateField()
    stages = models.JSONField(default=list)
    grades = models.JSONField(default=list, blank=True)
    overrides = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=CONFIDENCE_CHOICES)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_before__gt=models.F("starts_on")),
                name="calendars_period_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(term__lte=2), name="calendars_period_term_1_or_2"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_on}–{self.ends_on}"

    @property
    def ends_on(self) -> date:
        """The last day, as people say it."""
        return self.ends_before - _ONE_DAY

    def titled(self) -> TitledPeriod:
        """The period as the pure calendar knows it. Reads `entry`: select it."""
        period = Period(
            kind=self.kind,
            stages=frozenset(Stage(one) for one in self.stages),
            starts_on=self.starts_on,
            ends_before=self.ends_before,
            school_year=self.entry.year,
            term=self.term,
            confidence=self.confidence,
            source=self.source,
            grades=frozenset(self.grades),
            overrides=self.overrides,
        )
        return TitledPeriod(period, self.title, self.note)


class HolidaySpan(PublicModel):
    """节假日: days in a row off by the State Council's notice, or make-up working days.

    Not a school break.
    """

    division_path: ClassVar[str | None] = "entry__calendar__division"

    entry = models.ForeignKey(CalendarYear, models.PROTECT, related_name="holidays")
    kind = models.CharField(max_length=20, choices=HOLIDAY_KIND_CHOICES)
    title = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_before = models.DateField()
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=CONFIDENCE_CHOICES)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_before__gt=models.F("starts_on")),
                name="calendars_holiday_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_on}–{self.ends_on}"

    @property
    def ends_on(self) -> date:
        """The last day, as people say it."""
        return self.ends_before - _ONE_DAY

    def block(self) -> HolidayBlock:
        """The days as the pure calendar knows them. Reads `entry`: select it."""
        return HolidayBlock(
            kind=self.kind,
            year=self.entry.year,
            title=self.title,
            starts_on=self.starts_on,
            ends_before=self.ends_before,
            source=self.source,
            confidence=self.confidence,
        )
