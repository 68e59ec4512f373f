"""What the bank says: statements, their lines, and what they are held against."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fees.choices.bank import (
    DIFFERENCE_CHOICES,
    DIFFERENCE_STATE_BADGES,
    DIFFERENCE_STATE_CHOICES,
    DIRECTION_CHOICES,
    FORMAT_CHOICES,
    MATCH_CHOICES,
    STATEMENT_STATE_BADGES,
    STATEMENT_STATE_CHOICES,
)
from fees.models.escrow import EscrowAccount
from fees.models.ledger import Posting
from regulator.database.models import PublicModel
from regulator.jobs.models import Job
from regulator.web.choices import Badge


class StatementMapping(PublicModel):
    """银行栏目对应: how one bank's CSV is read: columns, date format, signs, encoding, header row.

    Not a statement. A changed one is a new version under the same name; statements point at theirs.
    `layout` holds the fields of `core.statements.mapping.Layout`.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    layout = models.JSONField(default=dict)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "name", "version"], name="statement_mapping_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class BankStatement(PublicModel):
    """银行对账单: one file of one account's movements as the bank gave it.

    Not our own ledger. The file is kept as it came; the same file is taken once an account.
    `opening_fen` and `closing_fen` are empty where the file does not say.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="statements")
    format = models.CharField(max_length=8, choices=FORMAT_CHOICES)
    mapping = models.ForeignKey(
        StatementMapping, models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=STATEMENT_STATE_CHOICES, default="reading")
    problem = models.TextField(blank=True)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    opening_fen = models.BigIntegerField(null=True, blank=True)
    closing_fen = models.BigIntegerField(null=True, blank=True)
    line_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["escrow", "file_sha256"],
                condition=~Q(state="unreadable"),
                name="statement_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return STATEMENT_STATE_BADGES[self.state]


class StatementLine(PublicModel):
    """银行流水: one movement as the bank states it. Append-only.

    `counterparty_shown` is masked, `purpose` keeps references and words of the trade, no names.
    `fingerprint` is the SHA-256 of what makes it this movement; `ordinal` tells equal movements of
    one file apart, so that two overlapping files give each movement once.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="statement_lines")
    position = models.PositiveIntegerField()
    value_on = models.DateField()
    direction = models.CharField(max_length=3, choices=DIRECTION_CHOICES)
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=80, blank=True)
    counterparty_shown = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64)
    ordinal = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["value_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["escrow", "fingerprint", "ordinal"], name="statement_line_once"
            ),
            models.UniqueConstraint(
                fields=["statement", "position"], name="statement_line_place_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="statement_line_above_zero"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["escrow", "value_on"], name="statement_line_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.value_on} {self.direction} {self.amount_fen}"


class LineMatch(models.Model):
    """对账勾对: a line of the bank and a posting of ours are the same money. Append-only.

    One line may stand for several postings, and one posting for several lines.
    """

    division_path: ClassVar[str | None] = "line__escrow__institution__division"

    line = models.ForeignKey(StatementLine, models.PROTECT, related_name="matches")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="line_matches")
    how = models.CharField(max_length=10, choices=MATCH_CHOICES)
    matched_by = models.CharField(max_length=120)
    matched_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "posting"], name="line_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}={self.posting_id}"


class BankDifference(PublicModel):
    """对账差异: where bank, ledger and the institution's report do not agree, by its name.

    `key` tells it from every other of the account, so that a comparison repeated finds the same
    row. `cleared`: a later comparison found nothing; `resolved`: a person explained it.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="differences")
    code = models.CharField(max_length=20, choices=DIFFERENCE_CHOICES)
    key = models.CharField(max_length=80)
    day = models.DateField()
    line = models.ForeignKey(
        StatementLine, models.PROTECT, null=True, blank=True, related_name="differences"
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, blank=True, related_name="differences"
    )
    bank_fen = models.BigIntegerField(null=True, blank=True)
    ledger_fen = models.BigIntegerField(null=True, blank=True)
    report_fen = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=DIFFERENCE_STATE_CHOICES, default="open")
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["escrow", "key"], name="difference_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "escrow"], name="difference_open"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return DIFFERENCE_STATE_BADGES[self.state]


class DifferenceNote(models.Model):
    """差异处理: who said what about a difference, and when. Append-only."""

    division_path: ClassVar[str | None] = "difference__escrow__institution__division"

    difference = models.ForeignKey(BankDifference, models.PROTECT, related_name="notes")
    state = models.CharField(max_length=8, choices=DIFFERENCE_STATE_CHOICES)
    reason = models.CharField(max_length=500, blank=True)
    noted_by = models.CharField(max_length=120)
    noted_by_user = models.BigIntegerField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.difference_id} {self.state}"


class ReceiptReport(models.Model):
    """收款申报: what an institution says it took in on a day. Append-only; the latest counts."""

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="receipt_reports")
    day = models.DateField()
    receipt_count = models.PositiveIntegerField()
    amount_fen = models.PositiveBigIntegerField()
    reported_by = models.CharField(max_length=120)
    reported_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["escrow", "day"], name="receipt_report_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.escrow_id} {self.day}"
