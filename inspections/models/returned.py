"""Paper that came back: the files as they were handed in, and each page with what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.choices.returns import (
    PAGE_STATE_CHOICES,
    RETURN_KIND_CHOICES,
    RETURN_STATE_CHOICES,
    page_badge,
    return_badge,
)
from inspections.models.checklist import Checklist
from inspections.models.visit import Visit
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class ReturnedFile(PublicModel):
    """回传文件: a photo, a scanned PDF or a workbook with results, exactly as it was handed in.

    The same bytes are taken once in a division. `problem` says why nothing could be read of it.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RETURN_KIND_CHOICES)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    page_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RETURN_STATE_CHOICES, default="waiting")
    problem = models.CharField(max_length=40, blank=True)
    problem_params = models.JSONField(default=dict, blank=True)
    job = models.UUIDField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by_user = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "sha256"], name="returned_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return return_badge(self.state)


class ReturnedPage(PublicModel):
    """回传页: one page of a returned file, and the visit it was filed to or why it was not.

    `read_text` is what its code said, empty where none could be read. A page of a paper is filed
    once: what comes again is `same`. A page without a code has no paper: a person chose its visit.
    `picture_sha256` is the page as a picture; for a photo it is the photo itself.
    """

    division_path: ClassVar[str | None] = "file__division"

    file = models.ForeignKey(ReturnedFile, models.PROTECT, related_name="pages")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PAGE_STATE_CHOICES)
    read_text = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    reason_params = models.JSONField(default=dict, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, null=True, blank=True, related_name="returned_pages"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="returned_pages"
    )
    page_number = models.PositiveIntegerField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by_user = models.BigIntegerField(null=True, blank=True)
    filed_by = models.CharField(max_length=120, blank=True)
    is_typed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["file_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "position"], name="returned_page_place"),
            models.UniqueConstraint(
                fields=["checklist", "page_number"],
                condition=Q(state="filed"),
                name="returned_page_filed_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed")
                | Q(checklist__isnull=False, page_number__isnull=False, filed_at__isnull=False)
                | Q(checklist__isnull=True, visit__isnull=False, filed_at__isnull=False),
                name="returned_page_filed_somewhere",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state="tray"), name="returned_page_tray"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.position} {self.state}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return page_badge(self.state)
