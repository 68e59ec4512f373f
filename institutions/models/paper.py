"""Papers a bureau issues, the numbers they bear, and what stands at their head and foot."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from institutions.choices.papers import PAPER_KIND_CHOICES, SERVICE_MEANS_CHOICES
from institutions.models.register import Institution
from regulator.database.models import PublicModel


class Paper(PublicModel):
    """文书: what a bureau issued to one institution, with the facts frozen on the day.

    An applicant who is not in the register yet has no institution; the facts name whom it is for.

    `sha256` names the kept bytes, empty until they are rendered; printing again gives those bytes.
    `journey` is the public id of the licensing journey it came from, `matter` of the recheck or the
    appraisal of a filing. A paper issued by mistake is
    voided and keeps its number. Licences bear the licence's own number and have no `serial`.
    `code` is printed beside the QR code, so that a paper can be checked by hand.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    journey = models.UUIDField(null=True, blank=True)
    matter = models.UUIDField(null=True, blank=True)
    licence = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=24, choices=PAPER_KIND_CHOICES)
    number_text = models.CharField(max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True)
    series = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=10, unique=True)
    facts = models.JSONField(default=dict)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scan_name = models.CharField(max_length=200, blank=True)
    scan_media_type = models.CharField(max_length=40, blank=True)
    scan_filed_at = models.DateTimeField(null=True, blank=True)
    scan_filed_by = models.CharField(max_length=120, blank=True)
    served_on = models.DateField(null=True, blank=True)
    served_how = models.CharField(max_length=16, blank=True, choices=SERVICE_MEANS_CHOICES)
    served_to = models.CharField(max_length=60, blank=True)
    served_note = models.CharField(max_length=300, blank=True)
    served_by = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=120, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=120, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "series", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="paper_number_once",
            ),
            models.CheckConstraint(
                condition=Q(serial__isnull=True) | Q(serial__gt=0), name="paper_serial_positive"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "-issued_at"], name="paper_recent"),
            models.Index(fields=["institution", "kind"], name="paper_of_institution"),
            models.Index(fields=["journey"], name="paper_of_journey"),
            models.Index(fields=["matter"], name="paper_of_matter"),
            models.Index(fields=["number_key"], name="paper_number"),
        ]

    def __str__(self) -> str:
        return self.number_text or f"{self.kind} {self.issued_on}"

    @property
    def recipient_name(self) -> str:
        """Whom it was issued to, as printed."""
        return str(self.facts.get("recipient", {}).get("name", ""))

    @property
    def is_rendered(self) -> bool:
        """Whether its bytes are kept."""
        return bool(self.sha256)

    @property
    def is_void(self) -> bool:
        """Whether it was issued by mistake and says nothing any more."""
        return self.voided_at is not None

    @property
    def file_name(self) -> str:
        """The name under which its PDF is saved."""
        return f"{self.number_text or self.kind}.pdf"


class PaperCounter(models.Model):
    """文号计数: the last serial given out in a series and year of a division.

    The row without a series is what is locked while any number of the division is taken, so that
    a step that issues papers of several series cannot stand in another's way.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    series = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "series", "year"], name="paper_counter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.series} {self.year} {self.last_serial}"


class PaperOffice(PublicModel):
    """发文机关: how a department signs its papers from a day on, and where its decisions go on.

    `abbreviation` begins every number (双教); `words` holds the characters of kinds that differ
    from the shipped ones, `typefaces` the families that do. Without a row the shipped default
    holds, which nobody has confirmed. Not the competent department: this is what is printed.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    abbreviation = models.CharField(max_length=8)
    words = models.JSONField(default=dict, blank=True)
    has_red_head = models.BooleanField(default=True)
    review_body = models.CharField(max_length=60)
    court = models.CharField(max_length=60)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    typefaces = models.JSONField(default=dict, blank=True)
    basis = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "department", "starts_on"], name="paper_office_start_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="paper_office_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}"

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)
