"""Waivers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django_fsm import FSMField, transition

from institutions.choices.appraisals import WAIVER_STATE_CHOICES, rule_title, waiver_badge
from institutions.models.filing import Filing
from regulator.database.models import PublicModel
from regulator.web.choices import Badge

_CM2 = 10_000


class FilingWaiver(PublicModel):
    """豁免: a breach that two named officers let stand for a time, with reason and basis.

    Not a decision on an undetermined finding, and not a correction of the register. `until_on` is
    its last day. While it is in force it stands on the public page of the class.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="waivers")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    rule = models.CharField(max_length=40)
    state = FSMField(max_length=10, choices=WAIVER_STATE_CHOICES, default="proposed")
    reason = models.TextField()
    documents = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    until_on = models.DateField()
    measured_area_cm2 = models.PositiveIntegerField(null=True)
    proposed_by_user = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    decided_by_user = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "until_on"], name="waiver_by_end"),
            models.Index(fields=["filing", "state"], name="waiver_of_filing"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.state}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return waiver_badge(self.state)

    @property
    def rule_title(self) -> str:
        """The rule's title."""
        return rule_title(self.rule)

    @property
    def measured_area_m2(self) -> Decimal | None:
        """The room as measured, in m²."""
        area = self.measured_area_cm2
        return None if area is None else Decimal(area) / _CM2

    def holds_on(self, day: date) -> bool:
        """Whether the breach may stand that day."""
        return self.state == "in_force" and day <= self.until_on

    @transition(field=state, source="proposed", target="in_force")
    def approve(self, *, by_user: int | None, by: str, at: datetime) -> None:
        """批准: the second person agrees."""
        self.decided_by_user, self.decided_by, self.decided_at = by_user, by, at

    @transition(field=state, source="proposed", target="refused")
    def refuse(self, *, by_user: int | None, by: str, at: datetime, reason: str) -> None:
        """不批准: the second person does not agree."""
        self.decided_by_user, self.decided_by, self.decided_at = by_user, by, at
        self.decision_reason = reason

    @transition(field=state, source="in_force", target="revoked")
    def revoke(self, *, at: datetime, reason: str) -> None:
        """收回: its reason has gone."""
        self.ended_at, self.decision_reason = at, reason

    @transition(field=state, source="in_force", target="expired")
    def expire(self, *, at: datetime) -> None:
        """到期: its last day has passed."""
        self.ended_at = at
