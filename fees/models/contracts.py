"""What parents buy: a contract, and its lessons once they were taught."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fees.choices.ledger import CHARGING_CHOICES, LESSON_STATE_BADGES, LESSON_STATE_CHOICES
from fees.choices.sales import MEANS_CHOICES
from fees.models.escrow import EscrowAccount
from institutions.models import Filing, Institution
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class Contract(PublicModel):
    """培训合同: what one pupil's guardian bought in one class, on the model contract's terms.

    Not the class (that is the filing) and not the money (that is the ledger's account of the same
    contract). Names and telephone are sealed under the contract's own key; what lists show stands
    in the `…_shown` columns. `delete_on` is when the personal part is erased.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contracts")
    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="contracts")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60)
    pupil_name = EncryptedTextField(blank=True)
    pupil_index = models.CharField(max_length=64)
    pupil_shown = models.CharField(max_length=20)
    guardian_name = EncryptedTextField(blank=True)
    guardian_phone = EncryptedTextField(blank=True)
    phone_shown = models.CharField(max_length=20)
    consent_version = models.CharField(max_length=40)
    consented_on = models.DateField()
    delete_on = models.DateField()
    charging = models.CharField(max_length=8, choices=CHARGING_CHOICES)
    means = models.CharField(max_length=12, choices=MEANS_CHOICES, default="transfer")
    lesson_count = models.PositiveIntegerField()
    gift_count = models.PositiveIntegerField(default=0)
    price_fen = models.PositiveBigIntegerField()
    list_price_fen = models.PositiveBigIntegerField(default=0)
    gift_terms = models.CharField(max_length=12, default="free")
    cooling_off_days = models.PositiveSmallIntegerField(default=7)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-signed_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="contract_number_once"),
            models.CheckConstraint(
                condition=Q(lesson_count__gt=0), name="contract_lessons_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="contract_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(consent_version=""), name="contract_needs_consent"),
            models.CheckConstraint(condition=~Q(means="loan"), name="contract_not_by_loan"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "pupil_index"], name="contract_of_pupil"),
            models.Index(fields=["filing"], name="contract_of_class"),
        ]

    def __str__(self) -> str:
        return self.number


class Lesson(PublicModel):
    """课次: a lesson taught to one pupil, whose money is set aside until it may be released.

    Not a class's lesson: each contract has its own. Numbers from 1; those above the contract's
    `lesson_count` are gifts and cost nothing. `answer_by` is the last day on which a parent's
    silence is no consent; empty until all notices went out.
    """

    division_path: ClassVar[str | None] = "contract__institution__division"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField()
    taught_on = models.DateField()
    amount_fen = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=LESSON_STATE_CHOICES, default="reserved")
    notice_count = models.PositiveSmallIntegerField(default=0)
    notified_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["contract", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=~Q(state="void"),
                name="lesson_reserved_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["taught_on", "state"], name="lesson_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}:{self.number}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return LESSON_STATE_BADGES[self.state]
