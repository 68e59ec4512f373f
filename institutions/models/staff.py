"""Staff: who works or is to work at an institution, with papers, checks and what bars a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from institutions.choices.staff import (
    BACKGROUND_CHOICES,
    CERTIFICATE_KIND_CHOICES,
    CHECK_KIND_CHOICES,
    CHECK_RESULT_CHOICES,
    EMPLOYMENT_CHOICES,
    EXCLUSION_GROUND_CHOICES,
    IDENTITY_KIND_CHOICES,
    STAFF_KIND_CHOICES,
)
from institutions.models.register import Institution
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel


class StaffMember(PublicModel):
    """从业人员: one person at one institution, from candidate to leaving.

    Not a user of the system, and not the person as such: who works at two institutions is two
    rows. The identity number is not kept, not even sealed: nobody has to read it here again.
    `person_index` is its keyed digest, which recognises the same person. `starts_on` is empty for
    a candidate (拟聘). The columns say what is true now, `posts` what was true when.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="staff")
    name = models.CharField(max_length=60)
    identity_kind = models.CharField(
        max_length=16, choices=IDENTITY_KIND_CHOICES, default="resident_id"
    )
    person_index = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, choices=STAFF_KIND_CHOICES)
    employment = models.CharField(max_length=9, choices=EMPLOYMENT_CHOICES)
    post = models.CharField(max_length=60, blank=True)
    background = models.CharField(max_length=16, choices=BACKGROUND_CHOICES, default="none")
    subjects = models.JSONField(default=list, blank=True)
    courses = models.CharField(max_length=300, blank=True)
    teaching_history = models.TextField(blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    consent_signed_on = models.DateField(null=True, blank=True)
    contract_signed_on = models.DateField(null=True, blank=True)
    recorded_on = models.DateField()
    starts_on = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_before__gt=F("starts_on")),
                name="staff_time_runs_forward",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "starts_on"], name="staff_of_institution"),
            models.Index(fields=["person_index"], name="staff_person"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.public_id}"

    def place_on(self, day: date) -> str:
        """Where the person stands on a day: candidate, not_hired, coming, employed or left."""
        if self.ends_before is not None and self.ends_before <= day:
            return "not_hired" if self.starts_on is None else "left"
        if self.starts_on is None:
            return "candidate"
        return "coming" if day < self.starts_on else "employed"


class StaffPost(models.Model):
    """任职情况: kind of staff and way of employment of one person, for a time."""

    division_path: ClassVar[str | None] = "member__institution__division"

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=8, choices=STAFF_KIND_CHOICES)
    employment = models.CharField(max_length=9, choices=EMPLOYMENT_CHOICES)
    post = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class StaffCertificate(PublicModel):
    """资格证书: a teacher's certificate, or a proof of occupational ability.

    The number is sealed; `last_four` is what is shown. `struck_on` marks one entered by mistake.
    """

    division_path: ClassVar[str | None] = "member__institution__division"

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=12, choices=CERTIFICATE_KIND_CHOICES)
    number = EncryptedTextField(blank=True)
    number_index = models.CharField(max_length=64, blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_before = models.DateField(null=True, blank=True)
    struck_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["number_index"], name="staff_certificate_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.masked_number}"

    @property
    def masked_number(self) -> str:
        """The number as a list shows it."""
        return f"**** {self.last_four}" if self.last_four else ""

    @property
    def last_valid_on(self) -> date | None:
        """The last day printed on the paper."""
        return None if self.valid_before is None else self.valid_before - timedelta(days=1)


class StaffCheck(models.Model):
    """从业查询: that somebody was checked, on which day, and whether anything barring was found.

    Only the result is kept: not what was found, not the answer itself.
    """

    division_path: ClassVar[str | None] = "member__institution__division"

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=8, choices=CHECK_KIND_CHOICES)
    checked_on = models.DateField()
    result = models.CharField(max_length=6, choices=CHECK_RESULT_CHOICES)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["checked_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["member", "kind", "-checked_on"], name="staff_check_latest")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.checked_on} {self.result}"


class StaffExclusion(PublicModel):
    """不得录用名单: a person whom no institution may employ, recognised by a keyed digest.

    Not a criminal record: the ground in one word, where it comes from, and a name of which only
    the first character can be read. It holds in every division.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    person_index = models.CharField(max_length=64)
    name_hint = models.CharField(max_length=8)
    ground = models.CharField(max_length=12, choices=EXCLUSION_GROUND_CHOICES)
    source = models.CharField(max_length=200)
    recorded_on = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)
    lifting_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-recorded_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "person_index"],
                condition=Q(lifted_on__isnull=True),
                name="staff_exclusion_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person_index"], name="staff_excluded_person")]

    def __str__(self) -> str:
        return f"{self.ground} {self.recorded_on}"


class StaffDeclaration(models.Model):
    """教职员工声明: the institution says that its list is complete and true, on a day.

    `digest` is that of the list as it stood; `explanation` says why a share falls short.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="staff_declarations")
    staff_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    explanation = models.CharField(max_length=500, blank=True)
    declared_by = models.CharField(max_length=120)
    declared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-declared_at", "-id"]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.declared_at:%Y-%m-%d}"
