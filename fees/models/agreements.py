"""What stands behind an escrow account: its documents, and what courts and police have frozen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fees.choices.texts import DOCUMENT_CHOICES
from fees.models.escrow import EscrowAccount
from regulator.database.models import PublicModel


class AccountDocument(PublicModel):
    """监管账户材料: a paper of an account, kept as it came. Append-only.

    Not an official document of ours. The file lies in the private storage under its SHA-256.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=24, choices=DOCUMENT_CHOICES)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_by = models.CharField(max_length=120)
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-kept_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class AccountFreeze(PublicModel):
    """司法冻结: what a court or the police froze on an account, by its own document.

    Not *releases held*, which is the bureau's under the agreement. `amount_fen` 0 is the whole
    account; `ends_before` empty runs until it is lifted.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="freezes")
    authority = models.CharField(max_length=120)
    document_number = models.CharField(max_length=80)
    amount_fen = models.PositiveBigIntegerField(default=0)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_document = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(AccountDocument, models.PROTECT, related_name="freezes")
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="freeze_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(document_number=""), name="freeze_names_its_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.document_number}"

    def is_in_force(self, on: date) -> bool:
        """Whether it binds on a day."""
        over = self.ended_on is not None and on >= self.ended_on
        return self.starts_on <= on and not over and (not self.ends_before or on < self.ends_before)
