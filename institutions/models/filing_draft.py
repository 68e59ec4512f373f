"""Classes that are being written, before they are handed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.models.filing import Filing, FilingCells
from institutions.models.register import Institution
from regulator.database.models import PublicModel


class FilingDraft(FilingCells, PublicModel):
    """备案草稿: one class as its institution is writing it, whole or not, right or wrong.

    Not a filing: nobody at the bureau sees it. `copied_from` is the earlier class it was begun
    from, `amends` the approved one that it would change, and `change_reason` why. A discarded
    draft is kept for undoing; `filing` is what it became.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="filing_drafts")
    copied_from = models.ForeignKey(
        Filing, models.PROTECT, null=True, blank=True, related_name="copies"
    )
    amends = models.ForeignKey(
        Filing, models.PROTECT, null=True, blank=True, related_name="change_drafts"
    )
    change_reason = models.CharField(max_length=500, blank=True)
    statement = models.TextField(blank=True)
    wrong_licence = models.CharField(max_length=120, blank=True)
    saved_by = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)
    filing = models.OneToOneField(
        Filing, models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-saved_at"], name="filing_draft_recent"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Whether it is still being written."""
        return self.discarded_at is None and self.filing_id is None
