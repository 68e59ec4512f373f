"""The ledger's tables. Postings and commands are only ever added; balances follow by trigger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fees.choices.ledger import LEDGER_KIND_CHOICES, RULE_LABELS
from fees.core.ledger.accounts import LedgerKind, Ref
from fees.models.contracts import Contract
from fees.models.escrow import EscrowAccount

RELEASE_RULE = "lesson_release"


class LedgerAccount(models.Model):
    """账户科目: one account of the ledger, with its running balance on its own side.

    `side` is +1 where debits make it grow, -1 where credits do. `balance_fen` is kept by a trigger
    of `fees_posting` and can never be below zero; nobody else writes it.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="ledger_accounts")
    kind = models.CharField(max_length=24, choices=LEDGER_KIND_CHOICES)
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="ledger_accounts"
    )
    side = models.SmallIntegerField()
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["escrow", "kind"],
                condition=Q(contract__isnull=True),
                name="ledger_account_shared_once",
            ),
            models.UniqueConstraint(
                fields=["contract", "escrow"],
                condition=Q(contract__isnull=False),
                name="ledger_account_contract_once",
            ),
            models.CheckConstraint(
                condition=Q(balance_fen__gte=0), name="ledger_balance_not_negative"
            ),
            models.CheckConstraint(condition=Q(side__in=[1, -1]), name="ledger_side_known"),
            models.CheckConstraint(
                condition=Q(kind="contract", contract__isnull=False)
                | (~Q(kind="contract") & Q(contract__isnull=True)),
                name="ledger_contract_has_its_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.escrow_id}:{self.kind}"

    @property
    def ref(self) -> Ref:
        """How the core names it."""
        return Ref(self.escrow_id, LedgerKind(self.kind), self.contract_id or 0)


class LedgerCommand(models.Model):
    """记账指令: one thing that was asked of the ledger, under the caller's own key.

    The same key with the same request does nothing a second time; with another one it is refused.
    `request` holds no personal value. Append-only.
    """

    division_path: ClassVar[str | None] = "escrow__institution__division"

    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="ledger_commands")
    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=32)
    request = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    booked_on = models.DateField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """分录: an amount from one account to another, by a named rule, for a cause. Append-only.

    A mistake is corrected by a further posting, which names the first in `corrects`.
    """

    division_path: ClassVar[str | None] = "command__escrow__institution__division"

    command = models.ForeignKey(LedgerCommand, models.PROTECT, related_name="postings")
    position = models.PositiveIntegerField()
    debit = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="+", db_index=False)
    amount_fen = models.BigIntegerField()
    rule = models.CharField(max_length=32)
    cause = models.CharField(max_length=40)
    booked_on = models.DateField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["command", "position"], name="posting_place_once"),
            models.UniqueConstraint(
                fields=["cause"], condition=Q(rule=RELEASE_RULE), name="lesson_released_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="posting_above_zero"),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="posting_between_two_accounts"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debit", "booked_on"], name="posting_of_debit"),
            models.Index(fields=["credit", "booked_on"], name="posting_of_credit"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.amount_fen}"

    @property
    def rule_label(self) -> str:
        """The rule, in words."""
        return str(RULE_LABELS.get(self.rule, self.rule))


class MonthTurnover(models.Model):
    """月发生额: what a month moved on an account; the balance at a month's end is their sum so far.

    Kept by the same trigger as the running balance.
    """

    division_path: ClassVar[str | None] = "account__escrow__institution__division"

    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="months")
    month = models.DateField()
    debit_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["account", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "month"], name="turnover_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month}"
