"""The search table: what each institution is found by, the same on every database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.models.register import Institution


class SearchText(models.Model):
    """检索文本: the texts of an institution as keys, on which a hit is confirmed and ranked."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.OneToOneField(
        Institution, models.CASCADE, primary_key=True, related_name="search_text"
    )
    names = models.TextField()
    pinyin = models.TextField()
    initials = models.TextField()
    addresses = models.TextField()
    numbers = models.TextField()

    def __str__(self) -> str:
        return self.names


class SearchGram(models.Model):
    """检索词元: one or two characters under which an institution is kept."""

    division_path: ClassVar[str | None] = "institution__division"

    gram = models.CharField(max_length=4)
    field = models.CharField(max_length=1)
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="search_grams")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gram", "field", "institution"], name="search_gram_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}:{self.gram}"
