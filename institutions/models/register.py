"""The register identity, and what is true of it for a time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from institutions.choices.register import (
    ACTIVITY_CHOICES,
    CATEGORY_CHOICES,
    CREDIT_TIER_CHOICES,
    LEGAL_FORM_CHOICES,
    STATUS_CHOICES,
    VERIFICATION_CHOICES,
)
from regulator.database.models import PublicModel


class Institution(PublicModel):
    """培训机构: one register identity, whatever its names, credit codes and licences were.

    Not a legal person: a re-registered institution is the same identity under another credit code.
    The columns hold what is true now; the effective-dated rows beside it what was true when.
    `place` is empty but for rows of another place, kept as printed.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="institutions")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=240)
    place = models.CharField(max_length=120, blank=True)
    place_printed = models.CharField(max_length=120, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    credit_code_printed = models.CharField(max_length=60, blank=True)
    legal_form = models.CharField(max_length=12, blank=True, choices=LEGAL_FORM_CHOICES)
    category = models.CharField(max_length=12, blank=True, choices=CATEGORY_CHOICES)
    activity = models.CharField(max_length=16, blank=True, choices=ACTIVITY_CHOICES)
    registered_address = models.CharField(max_length=300, blank=True)
    legal_representative = models.CharField(max_length=120, blank=True)
    principal = models.CharField(max_length=120, blank=True)
    sponsors = models.CharField(max_length=300, blank=True)
    content = models.TextField(blank=True)
    competent_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=12, choices=STATUS_CHOICES, default="operating")
    verification = models.CharField(
        max_length=12, choices=VERIFICATION_CHOICES, default="unverified"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.CharField(max_length=120, blank=True)
    credit_tier = models.CharField(max_length=1, blank=True, choices=CREDIT_TIER_CHOICES)
    registered_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "place", "name_key"], name="institution_name_once"
            ),
            models.UniqueConstraint(
                fields=["division", "credit_code"],
                condition=~Q(credit_code=""),
                name="institution_credit_code_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "sort_key"], name="institution_sorted"),
            models.Index(fields=["credit_code"], name="institution_credit_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether an officer has confirmed the entry."""
        return self.verification == "verified"


class InstitutionName(models.Model):
    """机构名称: a name the identity bore, for a time."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.name


class InstitutionCreditCode(models.Model):
    """统一社会信用代码: a credit code the identity was registered under, for a time."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="credit_codes")
    code = models.CharField(max_length=18)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        indexes: ClassVar = [models.Index(fields=["code"], name="institution_code_held")]

    def __str__(self) -> str:
        return self.code


class CompetentDepartment(models.Model):
    """主管部门: the department that supervises the identity, for a time.

    Not the issuing authority (发证机关), which stands on the licence. `handed_over_on` is when the
    papers were handed over, which may differ from the day the new department took charge.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="competent_departments"
    )
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.department_id} {self.starts_on}"


class OperatingStatus(models.Model):
    """办学状态: how the identity operated, for a time, and why it came to that."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12, choices=STATUS_CHOICES)
    reason = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.status} {self.starts_on}"


class RegisterGap(models.Model):
    """待补事项: something the entry lacks before it can be verified."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="gaps")
    code = models.CharField(max_length=40)
    printed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code"], name="institution_gap_once"),
        ]

    def __str__(self) -> str:
        return self.code


class SourceRow(models.Model):
    """名单原文: a row of an imported list as it was printed, kept beside what was made of it.

    `source_name` and `source_on` are known for files of another system: whose, of which day.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="source_rows")
    digest = models.CharField(max_length=64)
    printed = models.JSONField()
    file_name = models.CharField(max_length=200, blank=True)
    row_number = models.PositiveIntegerField()
    source_name = models.CharField(max_length=120, blank=True, default="")
    source_on = models.DateField(null=True, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "digest"], name="institution_source_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}:{self.row_number}"


class RegisterImport(PublicModel):
    """名册导入: one list taken in, with what became of its rows; its job says how far it is.

    The counts are written together with each chunk's rows, so that they hold after a kill.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    job = models.UUIDField(null=True, blank=True, unique=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    places = models.CharField(max_length=12)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    added_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "-id"], name="register_import_recent")
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.asked_at:%Y-%m-%d}"
