"""Warnings: what was known about an institution when, what it led to, and what people entered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fees.choices.warnings import (
    PROVIDER_EVENT_CHOICES,
    TIER_BADGES,
    TIER_CHOICES,
    WARNING_ANSWER_BADGES,
    WARNING_ANSWER_CHOICES,
)
from institutions.models import Institution
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class ProviderEvent(PublicModel):
    """机构风险事件: something about an institution that no table of the system shows.

    Known from `recorded_at`, whenever it happened. Append-only; a mistake is withdrawn by a further
    row that names the first.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="risk_events")
    kind = models.CharField(max_length=20, choices=PROVIDER_EVENT_CHOICES)
    happened_on = models.DateField()
    document = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(document=""), name="provider_event_has_document"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "happened_on"], name="provider_event_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class RiskWarning(PublicModel):
    """风险预警: the tier of an institution from a day on, with every reading it rests on.

    A row is added whenever tier or reasons change, downwards too; the latest one holds. Not a
    finding and not a penalty: a person looks. Append-only.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="risk_warnings")
    as_of = models.DateField()
    tier = models.CharField(max_length=8, choices=TIER_CHOICES)
    readings = models.JSONField()
    facts = models.JSONField()
    raised_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-as_of", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "as_of"], name="risk_warning_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.as_of} {self.tier}"

    @property
    def badge(self) -> Badge:
        """The tier, in a word."""
        return TIER_BADGES[self.tier]


class WarningAnswer(PublicModel):
    """预警处置: what a named person did about a warning, or why it was a false alarm.

    Append-only: the latest one says where it stands.
    """

    division_path: ClassVar[str | None] = "warning__institution__division"

    warning = models.ForeignKey(RiskWarning, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=WARNING_ANSWER_CHOICES)
    text = models.TextField(blank=True)
    answered_by_user = models.BigIntegerField(null=True, blank=True)
    answered_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="acknowledged") | ~Q(text=""), name="warning_answer_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind}"

    @property
    def badge(self) -> Badge:
        """What was done, in a word."""
        return WARNING_ANSWER_BADGES[self.kind]
