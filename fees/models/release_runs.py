"""Release runs: what was released, what was held and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fees.choices.release_runs import (
    OUTCOME_BADGES,
    OUTCOME_CHOICES,
    RUN_KIND_CHOICES,
    RUN_STATE_BADGES,
    RUN_STATE_CHOICES,
)
from fees.models.escrow import EscrowAccount
from institutions.models import Filing
from regulator.database.models import PublicModel
from regulator.jobs.models import Job
from regulator.web.choices import Badge


class ReleaseRun(PublicModel):
    """拨付批次: one run over the due lessons of a division, of an account, or of a class's day.

    Not the payment by the bank. `escrow_done` and `lesson_done` are how far it came: what lies
    before them is committed, so that a killed run goes on where it stood.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RUN_KIND_CHOICES)
    escrow = models.ForeignKey(
        EscrowAccount, models.PROTECT, null=True, blank=True, related_name="release_runs"
    )
    filing = models.ForeignKey(Filing, models.PROTECT, null=True, blank=True, related_name="+")
    taught_on = models.DateField(null=True, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=8, choices=RUN_STATE_CHOICES, default="running")
    escrow_done = models.BigIntegerField(default=0)
    lesson_done = models.BigIntegerField(default=0)
    lesson_count = models.PositiveIntegerField(default=0)
    amount_fen = models.BigIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "on"],
                condition=Q(kind="nightly"),
                name="release_run_nightly_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.on}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return RUN_STATE_BADGES[self.state]


class ReleaseRunLine(models.Model):
    """拨付明细: what a run did with a class's lessons of one day, by outcome."""

    division_path: ClassVar[str | None] = "run__division"

    run = models.ForeignKey(ReleaseRun, models.PROTECT, related_name="lines")
    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="+")
    taught_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=OUTCOME_CHOICES)
    lesson_count = models.PositiveIntegerField(default=0)
    amount_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["run", "escrow", "filing", "taught_on", "outcome"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "escrow", "filing", "taught_on", "outcome"],
                name="release_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.taught_on} {self.outcome}"

    @property
    def badge(self) -> Badge:
        """The outcome, in a word."""
        return OUTCOME_BADGES[self.outcome]
