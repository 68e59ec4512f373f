"""What an escrow account moved in a month, as a numbered paper of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fees.models.escrow import EscrowAccount
from regulator.database.models import PublicModel


class MonthStatement(PublicModel):
    """监管账户月结单: an account's month by the ledger, frozen when it was issued.

    Not the bank's statement. `month` is its first day; `sha256` names the PDF once it is rendered,
    and printing again gives those bytes. A later one of the same month is a further version.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="month_statements")
    month = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=60, unique=True)
    facts = models.JSONField(default=dict)
    facts_sha256 = models.CharField(max_length=64)
    issued_by = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-month", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["escrow", "month", "version"], name="month_statement_version_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number
