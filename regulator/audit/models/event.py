"""An event and the head of its division's chain."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Head(models.Model):
    """链头: the last event of a division's chain; one row a division, locked last."""

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.division} {self.sequence}:{self.hash[:12]}"


class Event(models.Model):
    """留痕事件: one thing that was done, by whom, from what to what, under which article.

    Never holds a personal value, only its keyed digest. Not a log line: it is written in the same
    transaction as the change and can neither be changed nor deleted.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6)
    sequence = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_user = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    actor_role = models.CharField(max_length=40)
    actor_department = models.CharField(max_length=40, blank=True)
    standing_in_for = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=200, blank=True)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    row_count = models.PositiveIntegerField(default=1)
    rows_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "sequence"], name="audit_event_place_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_key"], name="audit_event_subject"),
            models.Index(fields=["division", "occurred_at"], name="audit_event_when"),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.sequence} {self.kind}"
