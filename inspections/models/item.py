"""Inspection items, by version."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.choices.directories import (
    APPLIES_TO_CHOICES,
    BASIS_KIND_CHOICES,
    CONFIDENCE_CHOICES,
    PUBLISHED_BADGE,
    SEVERITY_CHOICES,
    UNPUBLISHED_BADGE,
)
from inspections.core.items.basis import PUBLISHABLE
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class InspectionItem(PublicModel):
    """检查事项: one version of something a department may check on the spot.

    Only a published item may stand on a checklist; only one that rests on a law, a regulation or
    a rule may be published. A changed text is a new version; the old one ends. Not a finding.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    section = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    look_at = models.CharField(max_length=400, blank=True)
    method = models.CharField(max_length=80, blank=True)
    severity = models.CharField(max_length=12, choices=SEVERITY_CHOICES, default="general")
    legal_basis = models.CharField(max_length=400)
    basis_kind = models.CharField(max_length=12, choices=BASIS_KIND_CHOICES)
    consequence = models.CharField(max_length=200, blank=True)
    violation_code = models.CharField(max_length=20, blank=True)
    applies_to = models.CharField(max_length=12, choices=APPLIES_TO_CHOICES, default="all")
    source = models.CharField(max_length=400, blank=True)
    confidence = models.CharField(max_length=1, choices=CONFIDENCE_CHOICES, default="A")
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["department__position", "code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "code", "version"], name="inspection_item_version_once"
            ),
            models.UniqueConstraint(
                fields=["division", "code"],
                condition=Q(ends_before__isnull=True),
                name="inspection_item_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def may_be_published(self) -> bool:
        """Whether its basis is a law, a regulation or a rule."""
        return self.basis_kind in PUBLISHABLE

    @property
    def badge(self) -> Badge:
        """Published or not, in a word."""
        return PUBLISHED_BADGE if self.is_published else UNPUBLISHED_BADGE
