"""Abnormal closures: the plan that pays every parent, each parent's share, and a bankruptcy."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from fees.choices.closures import (
    CLOSURE_STATE_BADGES,
    CLOSURE_STATE_CHOICES,
    SHARE_STATE_BADGES,
    SHARE_STATE_CHOICES,
)
from fees.models.contracts import Contract
from fees.models.escrow import EscrowAccount
from institutions.models import Institution
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class InsolvencyCase(PublicModel):
    """破产受理: a court accepted a bankruptcy petition against an institution.

    From `accepted_on` nobody is paid individually any more. Not the institution's closing by the
    bureau. Append-only: what a court decides later is a matter for the administrator.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.OneToOneField(Institution, models.PROTECT, related_name="insolvency_case")
    court = models.CharField(max_length=120)
    document_number = models.CharField(max_length=120)
    accepted_on = models.DateField()
    administrator = models.CharField(max_length=160, blank=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(court="") & ~Q(document_number=""), name="insolvency_has_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.court} {self.document_number}"


class ClosurePlan(PublicModel):
    """停业清退方案: who gets how much of what is there; prepared by one, signed by another person.

    Not a refund that a parent asked for. `there_fen` is what lies in the custody account,
    `deposit_fen` what the deposits add, `owed_fen` what all parents are owed, `set_aside_fen` what
    stays for lessons still disputed and for money to be sent back, `claim_fen` what is missing.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="closure_plans")
    state = FSMField(max_length=10, choices=CLOSURE_STATE_CHOICES, default="prepared")
    reason = models.TextField()
    there_fen = models.PositiveBigIntegerField()
    deposit_fen = models.PositiveBigIntegerField(default=0)
    deposits = models.JSONField(default=list)
    owed_fen = models.PositiveBigIntegerField()
    pay_fen = models.PositiveBigIntegerField()
    set_aside_fen = models.PositiveBigIntegerField(default=0)
    claim_fen = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    prepared_on = models.DateField()
    prepared_by_user = models.BigIntegerField(null=True, blank=True)
    prepared_by = models.CharField(max_length=120)
    signed_on = models.DateField(null=True, blank=True)
    signed_by_user = models.BigIntegerField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    job = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["escrow"],
                condition=Q(state__in=["prepared", "signed"]),
                name="closure_plan_open_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_by_user__isnull=True)
                | ~Q(signed_by_user=models.F("prepared_by_user")),
                name="closure_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.escrow_id} {self.prepared_on}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return CLOSURE_STATE_BADGES[self.state]

    @transition(field=state, source="prepared", target="signed")
    def sign(self, *, on: date, by_user: int | None, by: str) -> None:
        """签批: a second person agrees; the payments begin."""
        self.signed_on, self.signed_by_user, self.signed_by = on, by_user, by

    @transition(field=state, source="prepared", target="discarded")
    def discard(self, *, at: datetime) -> None:
        """作废: it was never signed."""
        self.ended_at = at

    @transition(field=state, source="signed", target="done")
    def finish(self, *, at: datetime) -> None:
        """完成: every share was dealt with."""
        self.ended_at = at

    @transition(field=state, source="signed", target="stopped")
    def stop(self, *, at: datetime) -> None:
        """中止: the court accepted a bankruptcy petition; what is not paid stays for the estate."""
        self.ended_at = at


class ClosureShare(models.Model):
    """清退份额: what one contract is owed and gets under a plan; the rest becomes a claim."""

    division_path: ClassVar[str | None] = "plan__escrow__institution__division"

    plan = models.ForeignKey(ClosurePlan, models.PROTECT, related_name="shares")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="closure_shares")
    position = models.PositiveIntegerField()
    owed_fen = models.PositiveBigIntegerField()
    share_fen = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=SHARE_STATE_CHOICES, default="waiting")

    class Meta:
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "contract"], name="closure_share_once"),
            models.UniqueConstraint(fields=["plan", "position"], name="closure_share_position"),
            models.CheckConstraint(
                condition=Q(share_fen__lte=models.F("owed_fen")), name="closure_share_not_above"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"

    @property
    def claim_fen(self) -> int:
        """What stays owed."""
        return self.owed_fen - self.share_fen

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return SHARE_STATE_BADGES[self.state]
