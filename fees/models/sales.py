"""Sales that were refused, and what became of money that came in for them all the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fees.choices.sales import MEANS_CHOICES
from fees.models.escrow import EscrowAccount
from institutions.models import Filing, Institution
from regulator.database.models import PublicModel


class RefusedSale(PublicModel):
    """未成交的收费: a contract that was not entered, with every reason. Nobody's name is in it.

    Not a contract. `reasons` are [code, params] as they were said; `by_loan` makes it a finding for
    inspectors. Money that came in anyway is `received_fen`, due back by `refund_due_on`.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="refused_sales")
    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="refused_sales")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="refused_sales")
    number = models.CharField(max_length=60, blank=True)
    price_fen = models.BigIntegerField()
    lesson_count = models.PositiveIntegerField()
    means = models.CharField(max_length=12, choices=MEANS_CHOICES)
    by_loan = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    refused_on = models.DateField()
    refused_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)
    received_fen = models.PositiveBigIntegerField(default=0)
    received_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    refund_due_on = models.DateField(null=True, blank=True)
    refunded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-refused_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-refused_at"], name="refused_sale_recent"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.refused_on)
