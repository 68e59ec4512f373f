"""Training material: what an institution teaches from, who wrote it, and who reviewed it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django_fsm import FSMField, transition

from institutions.choices.materials import (
    CATEGORY_CHOICES,
    CERTIFICATE_CHOICES,
    KIND_CHOICES,
    REVIEW_KIND_CHOICES,
    REVIEW_RESULT_CHOICES,
    STATE_CHOICES,
    material_badge,
)
from institutions.core.material_states import MOVES, MaterialState
from institutions.models.register import Institution
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class TrainingMaterial(PublicModel):
    """培训材料: one title that an institution uses in its classes.

    Not the titles in a filing's cell, which are words; a class is linked with it where they agree.
    `version` goes up when a reviewed or returned one is revised. `department` reviews and checks
    it. `stopped_on` is the first day on which it is no longer used.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="materials")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_key = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    category = models.CharField(max_length=12, choices=CATEGORY_CHOICES)
    subject = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=60, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    state = FSMField(max_length=16, choices=STATE_CHOICES, default="draft", protected=False)
    version = models.PositiveSmallIntegerField(default=1)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "title_key"], name="training_material_title_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "department"], name="training_material_queue")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return material_badge(self.state)

    @transition(
        field=state, source=_sources("pass_internal"), target=MaterialState.INTERNAL_PASSED.value
    )
    def pass_internal(self) -> None:
        """内部审核通过."""

    @transition(
        field=state, source=_sources("pass_external"), target=MaterialState.EXTERNAL_PASSED.value
    )
    def pass_external(self) -> None:
        """外部审核通过."""

    @transition(field=state, source=_sources("file"), target=MaterialState.FILED.value)
    def file(self, *, at: Any) -> None:
        """备案: title, authors and reviews are with the bureau."""
        self.filed_at = at
        self.return_reason = ""

    @transition(field=state, source=_sources("revise"), target=MaterialState.DRAFT.value)
    def revise(self) -> None:
        """修改: it is written anew, so its reviews no longer hold."""
        self.version += 1

    @transition(field=state, source=_sources("send_back"), target=MaterialState.RETURNED.value)
    def send_back(self, *, reason: str) -> None:
        """退回: with reasons; it may not be used until it has been revised."""
        self.return_reason = reason

    @transition(field=state, source=_sources("withdraw"), target=MaterialState.WITHDRAWN.value)
    def withdraw(self, *, on: Any) -> None:
        """停用: no class uses it from that day."""
        self.stopped_on = on


class MaterialFile(PublicModel):
    """材料文件: one file of a material, kept privately under its SHA-256; never altered."""

    division_path: ClassVar[str | None] = "material__division"

    material = models.ForeignKey(TrainingMaterial, models.CASCADE, related_name="files")
    version = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.file_name


class MaterialAuthor(PublicModel):
    """编写研发人员: who wrote a material, with the years in education and the certificate.

    The certificate's number is sealed; `last_four` is what is shown.
    """

    division_path: ClassVar[str | None] = "material__division"

    material = models.ForeignKey(TrainingMaterial, models.CASCADE, related_name="authors")
    name = models.CharField(max_length=60)
    experience_years = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate_kind = models.CharField(max_length=12, choices=CERTIFICATE_CHOICES, blank=True)
    certificate = EncryptedTextField(blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.material_id} {self.public_id}"

    @property
    def masked_certificate(self) -> str:
        """The number as a list shows it."""
        return f"**** {self.last_four}" if self.last_four else ""


class MaterialReview(models.Model):
    """材料审核: one review of one version: who, when, with what result, item by item.

    `findings` are the codes of the banned contents that were found; all twelve were answered.
    """

    division_path: ClassVar[str | None] = "material__division"

    material = models.ForeignKey(TrainingMaterial, models.CASCADE, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=REVIEW_KIND_CHOICES)
    reviewer = models.CharField(max_length=60)
    reviewed_on = models.DateField()
    result = models.CharField(max_length=6, choices=REVIEW_RESULT_CHOICES)
    findings = models.JSONField(default=list, blank=True)
    remarks = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.material_id} {self.kind} {self.result}"
