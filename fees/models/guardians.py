"""What guardians see and say: their access to a contract, their answers, their requests."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fees.choices.guardians import (
    ANSWER_CHOICES,
    OBJECTION_CHOICES,
    PERSONAL_FIELD_CHOICES,
    REQUEST_BADGES,
    REQUEST_STATE_CHOICES,
)
from fees.models.contracts import Contract, Lesson
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class ContractGuardian(PublicModel):
    """家长查看权: which parent's login sees which contract.

    Not the guardian's name, which is the contract's. Ended, not deleted.
    """

    division_path: ClassVar[str | None] = "contract__institution__division"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="guardians")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["contract", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "user"],
                condition=Q(ended_at__isnull=True),
                name="guardian_of_contract_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}:{self.user_id}"


class LessonAnswer(PublicModel):
    """家长答复: what a parent said of a lesson: yes, no and why, or a slip taken back. Append-only.

    Not the lesson's state, which follows it. `before` is the state that an undo goes back to. A
    note in the parent's own words is sealed under the contract's key.
    """

    division_path: ClassVar[str | None] = "lesson__contract__institution__division"

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=8, choices=ANSWER_CHOICES)
    ground = models.CharField(max_length=16, choices=OBJECTION_CHOICES, blank=True)
    note = EncryptedTextField(blank=True)
    before = models.CharField(max_length=10)
    answered_on = models.DateField()
    answered_at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.answer}"


class PersonalRequest(PublicModel):
    """个人信息更正申请: what a parent asks to have corrected. The new words are sealed.

    Not a deletion, which needs nobody's consent. Decided by the institution or the supervisor.
    """

    division_path: ClassVar[str | None] = "contract__institution__division"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="personal_requests")
    field = models.CharField(max_length=16, choices=PERSONAL_FIELD_CHOICES)
    wanted = EncryptedTextField()
    state = models.CharField(max_length=8, choices=REQUEST_STATE_CHOICES, default="asked")
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "field"],
                condition=Q(state="asked"),
                name="personal_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.field}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return REQUEST_BADGES[self.state]
