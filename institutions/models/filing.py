"""Uploads of the filing workbook, their rows, and the filings that come of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from institutions.choices.filings import (
    CATEGORY_CHOICES,
    DELIVERY_CHOICES,
    OUTCOME_CHOICES,
    REVIEW_CHOICES,
    STATE_CHOICES,
    UPLOAD_STATE_CHOICES,
    VERDICT_CHOICES,
    outcome_badge,
    state_badge,
)
from institutions.core.filing_states import TRANSITIONS, FilingState
from institutions.models.register import Institution
from regulator.database.fields import EncryptedTextField, PlainJSONField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in TRANSITIONS[name].sources]


class FilingUpload(PublicModel):
    """备案上传: one workbook as an institution handed it in, and what the screening made of it.

    The file itself lies in the private storage under its SHA-256. Not a filing: its rows become
    filings when they are submitted. The counts are kept by the services, row by row. Another
    system's file is turned into ours by `mapping`; as it came it lies under `source_sha256`.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="filing_uploads")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    file_bytes = models.PositiveBigIntegerField()
    mapping = models.ForeignKey(
        "ColumnMapping", models.PROTECT, null=True, blank=True, related_name="filing_uploads"
    )
    source_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=UPLOAD_STATE_CHOICES, default="waiting")
    problem = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(
        "jobs.Job", models.PROTECT, null=True, blank=True, related_name="filing_uploads"
    )
    uploaded_by_user = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    screened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-id"], name="filing_upload_recent"),
        ]

    def __str__(self) -> str:
        return self.file_name


class FilingCells(models.Model):
    """The cells of a class by header as texts, with what the screening found in them.

    `cells` holds the certificate number masked; `certificate` is the number itself, sealed, and
    `certificate_index` its keyed digest, which recognises the same teacher.
    `findings` is a list as in the contract: rule, outcome, field, evidence, basis, message.
    """

    cells = models.JSONField(default=dict)
    certificate = EncryptedTextField(blank=True)
    certificate_index = models.CharField(max_length=64, blank=True, default="")
    outcome = models.CharField(max_length=8, choices=OUTCOME_CHOICES)
    findings = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def outcome_badge(self) -> Badge:
        """What the screening found, in a word."""
        return outcome_badge(self.outcome)

    def rules_with(self, outcome: str) -> tuple[str, ...]:
        """The codes of the findings with that outcome, once each, in their order."""
        return tuple(
            dict.fromkeys(one["rule"] for one in self.findings if one["outcome"] == outcome)
        )


class Filing(FilingCells, PublicModel):
    """备案: one class as an institution files it, from submission to decision.

    Not the class itself and not its pupils. `ends_on` is the last day. `hours` are its sessions as
    [start minute, end minute, [days as ordinals]]. `department` is who reviews
    it. `version` counts submissions; the earlier ones are kept as `FilingVersion`. A change (变更)
    of an approved filing is a row of its own that `amends` it: the approved one stands and is
    published until the change is adopted, and then takes its content over under its own number.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="filings")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="filings")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    number = models.CharField(max_length=32, unique=True)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    change_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = FSMField(max_length=12, choices=STATE_CHOICES, default="draft", protected=False)
    digest = models.CharField(max_length=64)
    class_name = models.CharField(max_length=200)
    class_term = models.CharField(max_length=60)
    category = models.CharField(max_length=12, choices=CATEGORY_CHOICES)
    activity = models.CharField(max_length=120)
    grades = models.JSONField(default=list)
    delivery = models.CharField(max_length=8, choices=DELIVERY_CHOICES)
    place = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    lesson_count = models.PositiveIntegerField()
    class_size = models.PositiveIntegerField()
    fee_fen = models.PositiveBigIntegerField()
    hours = models.JSONField(default=list, blank=True)
    breach_count = models.PositiveSmallIntegerField(default=0)
    undetermined_count = models.PositiveSmallIntegerField(default=0)
    undecided_count = models.PositiveSmallIntegerField(default=0)
    statement = models.TextField(blank=True)
    screened_on = models.DateField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-submitted_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["division", "state", "department", "submitted_at"], name="filing_queue"
            ),
            models.Index(fields=["institution", "state", "-id"], name="filing_of_institution"),
            models.Index(fields=["institution", "digest"], name="filing_content"),
            models.Index(
                fields=["certificate_index", "ends_on"],
                condition=~Q(certificate_index=""),
                name="filing_teacher",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return state_badge(self.state)

    @property
    def has_findings(self) -> bool:
        """Whether the screening said anything at all."""
        return self.breach_count + self.undetermined_count > 0

    @transition(field=state, source=_sources("submit"), target=FilingState.SUBMITTED.value)
    def submit(self, *, at: Any, statement: str) -> None:
        """提交: hand it in for review."""
        self.submitted_at = at
        self.decided_at = None
        self.statement = statement

    @transition(field=state, source=_sources("approve"), target=FilingState.APPROVED.value)
    def approve(self, *, at: Any) -> None:
        """通过: the class may enrol and teach as filed."""
        self.decided_at = at

    @transition(field=state, source=_sources("send_back"), target=FilingState.RETURNED.value)
    def send_back(self, *, at: Any) -> None:
        """退回: to be corrected, with reasons."""
        self.decided_at = at

    @transition(field=state, source=_sources("withdraw"), target=FilingState.WITHDRAWN.value)
    def withdraw(self, *, at: Any) -> None:
        """撤回: the institution takes it back."""
        self.decided_at = at

    @transition(field=state, source=_sources("adopt"), target=FilingState.ADOPTED.value)
    def adopt(self, *, at: Any) -> None:
        """变更通过: its content becomes the next version of the filing that it amends."""
        self.decided_at = at

    @transition(field=state, source=_sources("revoke_approval"), target=FilingState.REVOKED.value)
    def revoke_approval(self, *, at: Any) -> None:
        """撤销通过: the bureau takes its approval back, after notice and the answer."""
        self.decided_at = at


class UploadRow(FilingCells):
    """备案表的一行: a row of an upload as given, as corrected, and what was found in it.

    `given` keeps the cells of the file for as long as the upload is kept; `cells` are those that
    would be submitted. `wrong_licence` is a licence number that is not the institution's own.
    """

    division_path: ClassVar[str | None] = "upload__division"

    # As they are written: thousands of rows are stored at once, and none is asked for by a key.
    cells = PlainJSONField(default=dict)
    findings = PlainJSONField(default=list, blank=True)

    # Looked up by `filing_upload_row_once`, which begins with it.
    upload = models.ForeignKey(FilingUpload, models.CASCADE, related_name="rows", db_index=False)
    row_number = models.PositiveIntegerField()
    given = PlainJSONField(default=dict)
    wrong_licence = models.CharField(max_length=120, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    filing = models.OneToOneField(
        Filing, models.PROTECT, null=True, blank=True, related_name="upload_row"
    )

    class Meta:
        ordering: ClassVar = ["row_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "row_number"], name="filing_upload_row_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["upload", "outcome"],
                condition=Q(filing__isnull=True),
                name="filing_rows_to_do",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}:{self.row_number}"

    @property
    def needs_correction(self) -> bool:
        """Whether it may not be handed in as it stands, at least not without a statement."""
        return bool(self.wrong_licence) or self.outcome in ("flagged", "invalid")


class FilingVersion(FilingCells):
    """备案旧版: a filing as it was submitted before it was corrected and submitted again."""

    division_path: ClassVar[str | None] = "filing__division"

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    statement = models.TextField(blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "version"], name="filing_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} v{self.version}"


class FindingDecision(models.Model):
    """人工判断: what a named officer decided about an undetermined finding, and why.

    A later decision on the same rule and version replaces an earlier one; both are kept.
    """

    division_path: ClassVar[str | None] = "filing__division"

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="decisions")
    version = models.PositiveIntegerField()
    rule = models.CharField(max_length=40)
    verdict = models.CharField(max_length=8, choices=VERDICT_CHOICES)
    reason = models.TextField()
    decided_by_user = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict}"


class FilingReview(models.Model):
    """审核记录: an approval or a return, by whom and why."""

    division_path: ClassVar[str | None] = "filing__division"

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=REVIEW_CHOICES)
    reasons = models.TextField(blank=True)
    reviewed_by_user = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=120)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.verdict}"


class FilingCounter(models.Model):
    """备案编号: the last number given out in a division's year; locked while numbers are taken."""

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year"], name="filing_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.year} {self.last_number}"
