"""Sealed copies of a draw's key, and who holds them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from inspections.models.draw import Draw
from regulator.database.models import PublicModel


class KeyCopy(PublicModel):
    """密钥封存件: a printed copy of a draw's key in a sealed envelope, and its custodian.

    So the draw can be revealed though the system is lost. The sheet is printed once; another
    print is another envelope. Not the key itself, which no row here holds.
    """

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="key_copies")
    envelope_number = models.CharField(max_length=40)
    custodian = models.CharField(max_length=60)
    organisation = models.CharField(max_length=120)
    is_outside = models.BooleanField()
    place = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=120)
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draw_of", "envelope_number"], name="key_copy_envelope_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.envelope_number} {self.custodian}"
