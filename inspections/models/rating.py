"""Ratings of visits: counted, never kept one by one, so that nobody can see who gave which."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class RatingTally(models.Model):
    """评价计数: how often a score was given to a question in a draw or a year of orders.

    `shown` is what pages may show: it follows `count` in steps of five ratings.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20)
    question = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["scope", "question", "score"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "scope", "question", "score"], name="rating_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(shown__lte=F("count")), name="rating_shown_of_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.question} {self.score}"


class RatingSlip(models.Model):
    """评价回执: that a visit was rated, as a keyed digest of the visit; it says nothing else."""

    division_path: ClassVar[str | None] = "division"

    token = models.CharField(max_length=64, primary_key=True)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.token[:8]


class RatingRemark(models.Model):
    """评价留言: free words under a random key, without score, visit or time."""

    division_path: ClassVar[str | None] = "division"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20)
    text = models.CharField(max_length=500)
    is_shown = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.scope
