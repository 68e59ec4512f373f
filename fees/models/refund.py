"""Requests for a refund."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from fees.choices.refunds import (
    ANSWER_CHOICES,
    ASKED_BY_CHOICES,
    CAUSE_CHOICES,
    REFUND_STATE_BADGES,
    REFUND_STATE_CHOICES,
)
from fees.core.refund_states import OPEN, TRANSITIONS, RefundState
from fees.models.contracts import Contract
from regulator.calendars.models import Deadline
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge

_OPEN = sorted(state.value for state in OPEN)


def _sources(name: str) -> list[str]:
    return [state.value for state in TRANSITIONS[name].sources]


class RefundRequest(PublicModel):
    """退费申请: a parent wants money of a contract back; from the asking to the bank's receipt.

    Not the settlement (that is the ledger's command under `payment_key`). What people wrote is
    sealed under the contract's key and goes with it. `calculation` is what was decided, line by
    line with its articles, frozen at `decided_on`; before that it is worked out anew each time.
    `paper` is the public id of the notice that says so.
    """

    division_path: ClassVar[str | None] = "contract__institution__division"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="refund_requests")
    state = FSMField(max_length=10, choices=REFUND_STATE_CHOICES, default="asked")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=12, choices=ASKED_BY_CHOICES)
    reason = EncryptedTextField(blank=True)
    answer_deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=ANSWER_CHOICES, blank=True)
    answer_reason = EncryptedTextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    had_service_before = models.BooleanField(default=False)
    cause = models.CharField(max_length=12, choices=CAUSE_CHOICES, blank=True)
    decision_reason = EncryptedTextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    calculation = models.JSONField(default=dict, blank=True)
    refund_fen = models.PositiveBigIntegerField(null=True, blank=True)
    forfeit_fen = models.PositiveBigIntegerField(null=True, blank=True)
    payment_deadline = models.OneToOneField(Deadline, models.PROTECT, related_name="+")
    paper = models.UUIDField(null=True, blank=True)
    appeal_reason = EncryptedTextField(blank=True)
    appealed_by = models.CharField(max_length=12, choices=ASKED_BY_CHOICES, blank=True)
    appealed_on = models.DateField(null=True, blank=True)
    payment_key = models.CharField(max_length=80, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    bank_reference = models.CharField(max_length=80, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=12, choices=ASKED_BY_CHOICES, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=_OPEN), name="refund_request_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "paid"]) | Q(refund_fen__isnull=False),
                name="refund_decided_has_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False), name="refund_paid_has_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_on"], name="refund_request_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.asked_on}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return REFUND_STATE_BADGES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in _OPEN

    @transition(field=state, source=_sources("agree"), target=RefundState.AGREED.value)
    def agree(self, *, on: date) -> None:
        """同意: the institution agrees."""
        self.answer, self.answered_on = "agreed", on

    @transition(field=state, source=_sources("dispute"), target=RefundState.DISPUTED.value)
    def dispute(self, *, on: date, sealed_reason: str) -> None:
        """异议: the institution does not agree."""
        self.answer, self.answered_on, self.answer_reason = "disputed", on, sealed_reason

    @transition(field=state, source=_sources("lapse"), target=RefundState.AGREED.value)
    def lapse(self, *, on: date) -> None:
        """默认同意: the institution stayed silent beyond its term."""
        self.answer, self.answered_on = "silent", on

    @transition(field=state, source=_sources("decide"), target=RefundState.DECIDED.value)
    def decide(self, *, on: date, by_user: int | None, by: str, sealed_reason: str) -> None:
        """核定: an officer found the cause; amount and lines are set beside this by the service."""
        self.decided_on, self.decided_by_user, self.decided_by = on, by_user, by
        self.decision_reason = sealed_reason

    @transition(field=state, source=_sources("appeal"), target=RefundState.APPEALED.value)
    def appeal(self, *, on: date, by: str, sealed_reason: str) -> None:
        """对核定不服: one of the two sides wants another officer to look."""
        self.appealed_on, self.appealed_by, self.appeal_reason = on, by, sealed_reason

    @transition(field=state, source=_sources("pay"), target=RefundState.PAID.value)
    def pay(self, *, on: date, key: str) -> None:
        """退款: booked out of the account under that command's key."""
        self.paid_on, self.payment_key = on, key

    @transition(field=state, source=_sources("close"), target=RefundState.CLOSED.value)
    def close(self, *, on: date, reference: str) -> None:
        """办结: the bank's receipt is there, or nothing was due."""
        self.closed_on, self.bank_reference = on, reference

    @transition(field=state, source=_sources("withdraw"), target=RefundState.WITHDRAWN.value)
    def withdraw(self, *, on: date, by: str) -> None:
        """撤回: the parent took it back."""
        self.withdrawn_on, self.withdrawn_by = on, by
