"""An institution's account under supervision."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from fees.choices.texts import (
    KIND_CHOICES,
    PUBLISHED_BADGE,
    STATE_BADGES,
    STATE_CHOICES,
    UNPUBLISHED_BADGE,
)
from fees.core.account_numbers import masked
from fees.core.escrow_states import SUPERVISED, TRANSITIONS, EscrowState
from institutions.models import Institution
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in TRANSITIONS[name].sources]


class EscrowAccount(PublicModel):
    """监管账户: a bank account of an institution for prepaid fees or a deposit, under supervision.

    Not the institution's settlement account (基本户), and not its balance: money is the ledger's.
    The number is kept sealed, `number_index` finds an equal one, `last_four` is what is shown.
    While the bank changes (变更) the new account stands beside the one it `replaces`, as incoming.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="escrow_accounts")
    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    bank_name = models.CharField(max_length=120)
    branch_name = models.CharField(max_length=160, blank=True)
    account_number = EncryptedTextField(blank=True)
    number_index = models.CharField(max_length=64, blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    agreement_number = models.CharField(max_length=80, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    state = FSMField(max_length=12, choices=STATE_CHOICES, default="applied")
    opened_on = models.DateField()
    active_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)
    held_on = models.DateField(null=True, blank=True)
    hold_clause = models.CharField(max_length=200, blank=True)
    hold_reason = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    is_incoming = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-opened_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=~Q(state="closed") & Q(is_incoming=False),
                name="escrow_kind_open_once",
            ),
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=~Q(state="closed") & Q(is_incoming=True),
                name="escrow_kind_incoming_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(hold_clause=""), name="escrow_hold_names_its_clause"
            ),
            models.UniqueConstraint(
                fields=["number_index"],
                condition=~Q(state="closed") & ~Q(number_index=""),
                name="escrow_number_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind"], name="escrow_state_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.masked_number}".strip()

    @property
    def masked_number(self) -> str:
        """The number as it may be shown: `**** 0123`."""
        return masked(self.last_four)

    @property
    def is_published(self) -> bool:
        """Whether parents can see it now."""
        return self.published_on is not None and self.state in SUPERVISED

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return STATE_BADGES[self.state]

    @property
    def publication_badge(self) -> Badge:
        """Whether it is published, in a word."""
        return PUBLISHED_BADGE if self.is_published else UNPUBLISHED_BADGE

    @transition(field=state, source=_sources("agree"), target=EscrowState.AGREED.value)
    def agree(self, *, number: str, on: date) -> None:
        """签约: the tripartite agreement was signed."""
        self.agreement_number = number
        self.agreed_on = on

    @transition(field=state, source=_sources("activate"), target=EscrowState.ACTIVE.value)
    def activate(self, *, on: date) -> None:
        """启用: fees go through it from that day."""
        self.active_on = on

    @transition(field=state, source=_sources("hold"), target=EscrowState.HELD.value)
    def hold(self, *, on: date, clause: str, reason: str) -> None:
        """暂停拨付: nothing goes to the institution; refunds to parents go on."""
        self.held_on = on
        self.hold_clause = clause
        self.hold_reason = reason

    @transition(field=state, source=_sources("lift"), target=EscrowState.ACTIVE.value)
    def lift(self) -> None:
        """恢复拨付: the institution is paid again."""
        self.held_on = None
        self.hold_clause = self.hold_reason = ""

    @transition(field=state, source=_sources("close"), target=EscrowState.CLOSED.value)
    def close(self, *, on: date, reason: str) -> None:
        """销户: no fee goes through it any more, and nobody sees it as published."""
        self.closed_on = on
        self.closing_reason = reason
        self.published_on = None
