"""What a visit brought back: answers, photos, signatures, and the receipts of their delivery.

All of them are append-only in the database itself: a mistake is corrected by a further row.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from inspections.choices.visits import (
    ANSWER_CHOICES,
    ANSWER_SOURCE_CHOICES,
    RECORD_KIND_CHOICES,
    SIGNER_CHOICES,
    answer_badge,
)
from inspections.models.item import InspectionItem
from inspections.models.visit import Visit
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class VisitAnswer(models.Model):
    """检查结果: one answer to one item, as entered; `corrects` names an earlier client id.

    `entered_at` is the time of the device or the paper, `recorded_at` the server's. Which answer
    stands is decided by `standing_answers`. Not a finding, which says what follows from it.
    """

    division_path: ClassVar[str | None] = "visit__division"

    client_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers")
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=16, choices=ANSWER_CHOICES)
    measured_value = models.CharField(max_length=80, blank=True)
    remark = models.CharField(max_length=400, blank=True)
    corrects = models.UUIDField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=ANSWER_SOURCE_CHOICES)
    entered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["entered_at", "client_id"]
        indexes: ClassVar = [models.Index(fields=["visit", "item"], name="visit_answer_of_item")]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item_id} {self.answer}"

    @property
    def badge(self) -> Badge:
        """The answer, in a word."""
        return answer_badge(self.answer)


class VisitPhoto(PublicModel):
    """现场照片: one picture with its time and place, kept privately under its SHA-256."""

    division_path: ClassVar[str | None] = "visit__division"

    client_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    item = models.ForeignKey(
        InspectionItem, models.PROTECT, null=True, blank=True, related_name="+"
    )
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["taken_at", "client_id"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.sha256[:12]}"


class VisitSignature(PublicModel):
    """现场签名: a signature drawn on the device, by the team, the institution or a witness."""

    division_path: ClassVar[str | None] = "visit__division"

    client_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=12, choices=SIGNER_CHOICES)
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["signed_at", "client_id"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.signer}"


class SyncReceipt(models.Model):
    """收讫回执: a record that a device sent, by its own id; `answer` is what it is told again."""

    division_path: ClassVar[str | None] = "visit__division"

    client_id = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=RECORD_KIND_CHOICES)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_from_user = models.BigIntegerField(null=True, blank=True)
    answer = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.client_id}"


class SyncKept(PublicModel):
    """待核对记录: a delivery that was refused, kept as it came until a person has looked at it.

    Either the same client id had come with another content, or a rule refused it. `sha256` names
    the kept bytes of a photo or signature. Not a receipt: the device still holds the record.
    """

    division_path: ClassVar[str | None] = "visit__division"

    client_id = models.UUIDField()
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="kept")
    kind = models.CharField(max_length=12, choices=RECORD_KIND_CHOICES)
    digest = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    reasons = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_from_user = models.BigIntegerField(null=True, blank=True)
    received_from = models.CharField(max_length=120)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True)
    settlement = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client_id", "digest"], name="sync_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.client_id}"
