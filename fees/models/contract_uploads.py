"""Lists of contracts handed in by an institution, and what became of each row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fees.choices.contract_uploads import (
    CONTRACT_UPLOAD_BADGES,
    CONTRACT_UPLOAD_CHOICES,
    ROW_OUTCOME_BADGES,
    ROW_OUTCOME_CHOICES,
)
from fees.models.contracts import Contract
from fees.models.escrow import EscrowAccount
from institutions.models import ColumnMapping, Institution
from regulator.database.models import PublicModel
from regulator.jobs.models import Job
from regulator.web.choices import Badge


class ContractUpload(PublicModel):
    """培训合同表上传: a workbook of contracts, entered row by row in a job; bad rows come back.

    The table as it was read is kept sealed under the upload's own key (`sealed_sha256` names the
    sealed file), only so that rows can be handed back; on `erase_on` the key goes. `attempt` counts
    how often its rows were tried; `mapping` is empty for our own template.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contract_uploads")
    escrow = models.ForeignKey(EscrowAccount, models.PROTECT, related_name="contract_uploads")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    sealed_sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    mapping = models.ForeignKey(
        ColumnMapping, models.PROTECT, null=True, blank=True, related_name="contract_uploads"
    )
    state = models.CharField(max_length=12, choices=CONTRACT_UPLOAD_CHOICES, default="columns")
    attempt = models.PositiveSmallIntegerField(default=1)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    erase_on = models.DateField()
    erased_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "file_sha256"],
                condition=Q(erased_on__isnull=True),
                name="contract_upload_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["erase_on", "id"], name="contract_upload_due"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return CONTRACT_UPLOAD_BADGES[self.state]


class ContractUploadRow(models.Model):
    """合同表的一行: what became of it, with every reason. Nobody's name is in it.

    `reasons` are [code, params, remedy] of refusals; `contract` is the one that was entered, or
    that was there before.
    """

    division_path: ClassVar[str | None] = "upload__institution__division"

    upload = models.ForeignKey(ContractUpload, models.PROTECT, related_name="rows")
    row_number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=ROW_OUTCOME_CHOICES)
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="upload_rows"
    )
    reasons = models.JSONField(default=list)
    attempt = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["upload", "row_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["upload", "row_number"], name="contract_upload_row_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.row_number}"

    @property
    def badge(self) -> Badge:
        """The outcome, in a word."""
        return ROW_OUTCOME_BADGES[self.outcome]
