"""Tables taken in: saved column mappings, the imports themselves, and what contradicts us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.choices.exchange import (
    CONFLICT_STATE_CHOICES,
    MAPPING_TARGET_CHOICES,
    TARGET_CHOICES,
)
from institutions.models.register import Institution
from regulator.database.models import PublicModel


class ColumnMapping(PublicModel):
    """栏目对应: which column of another system's file is which field of ours, under a name.

    Not the file and not its rows. A changed mapping is a new version; the earlier ones stay, since
    imports point at them. `pairs` are [header, field]; an empty field is not read. `institution` is
    the one that saved it for its own filings; empty is the bureau's, which every institution may
    use. `fixed` are values by field for what the file has no column of.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="column_mappings"
    )
    target = models.CharField(max_length=12, choices=MAPPING_TARGET_CHOICES)
    name = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    source_name = models.CharField(max_length=120)
    pairs = models.JSONField(default=list)
    fixed = models.JSONField(default=dict, blank=True)
    saved_by = models.CharField(max_length=120)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["target", "name", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "target", "name", "version"],
                condition=models.Q(institution__isnull=True),
                name="column_mapping_version_once",
            ),
            models.UniqueConstraint(
                fields=["institution", "target", "name", "version"],
                condition=models.Q(institution__isnull=False),
                name="column_mapping_own_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class TableImport(PublicModel):
    """表格导入: one file of premises, of staff, or of another system, read and then written.

    Not the import of a register list in our own template (`RegisterImport`). `mapping` is empty for
    our own templates; `source_name` and `source_on` say whose data it is and of which day. The file
    is kept without resident ID numbers. Counts are written together with each chunk's rows.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    target = models.CharField(max_length=12, choices=TARGET_CHOICES)
    mapping = models.ForeignKey(
        ColumnMapping, models.PROTECT, null=True, blank=True, related_name="imports"
    )
    source_name = models.CharField(max_length=120, blank=True)
    source_on = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    read_by = models.CharField(max_length=120)
    read_at = models.DateTimeField()
    job = models.UUIDField(null=True, blank=True, unique=True)
    asked_by = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    added_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    conflict_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["division", "-id"], name="table_import_recent")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.read_at:%Y-%m-%d}"


class ImportConflict(PublicModel):
    """不一致: what another system's file says of something, against what our register says.

    Not an error of the file. Nothing is changed until a person decides. `subject` names what it is
    about: institution, licence, premises or staff; `subject_id` its public id.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="import_conflicts")
    table_import = models.ForeignKey(TableImport, models.PROTECT, related_name="conflicts")
    row_number = models.PositiveIntegerField()
    subject = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    field = models.CharField(max_length=40)
    held = models.TextField(blank=True)
    stated = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=6, choices=CONFLICT_STATE_CHOICES, default="open")
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["institution", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "digest"], name="import_conflict_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="import_conflict_open")]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}"
