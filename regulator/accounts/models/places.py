"""Divisions, their townships, and the departments that act in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from regulator.accounts.choices.texts import DEPARTMENT_CHOICES

KIND_CHOICES = [
    ("city", "市"),
    ("district", "区"),
    ("county", "县"),
    ("county-level city", "县级市"),
    ("local zone", "功能区"),
]


class Division(models.Model):
    """行政区划: six characters, effective-dated, never renamed; local zones have pseudo-codes.

    Not a postal area, and not always the first six digits of a credit code.
    """

    division_path: ClassVar[str | None] = None

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    price_group = models.CharField(max_length=20, blank=True)
    price_group_confidence = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Township(models.Model):
    """镇街: a township or street of a division, by its statistical code."""

    division_path: ClassVar[str | None] = "division"

    code = models.CharField(max_length=12, primary_key=True)
    division = models.ForeignKey(Division, models.PROTECT, related_name="townships")
    name = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """部门: a department that licenses, supervises, inspects or registers; the same everywhere."""

    division_path: ClassVar[str | None] = None

    code = models.CharField(max_length=40, primary_key=True, choices=DEPARTMENT_CHOICES)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return str(self.get_code_display())
