"""Published results of inspections, what is withheld, and what was corrected afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.choices.results import RESULT_KIND_CHOICES, WITHHELD_CHOICES, result_badge
from inspections.models.drawn import DrawAssignment
from inspections.models.visit import Visit
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


class InspectionResult(PublicModel):
    """检查结果公示: what was published of one premises, frozen at that moment.

    Its three moments are kept: visit ended, result settled, published. `findings` are frozen
    texts; how their orders stand is read live. What was withheld names its ground and says
    nothing else. A mistake is corrected by a further row.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="inspection_results"
    )
    premises = models.ForeignKey("institutions.Premises", models.PROTECT, related_name="+")
    register_id = models.CharField(max_length=7)
    assignment = models.OneToOneField(
        DrawAssignment, models.PROTECT, null=True, blank=True, related_name="result"
    )
    visit = models.OneToOneField(
        Visit, models.PROTECT, null=True, blank=True, related_name="result"
    )
    kind = models.CharField(max_length=12, choices=RESULT_KIND_CHOICES)
    categories = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    withheld_ground = models.CharField(max_length=20, choices=WITHHELD_CHOICES, blank=True)
    visit_ended_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["-published_at", "register_id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=False) | Q(visit__isnull=False),
                name="result_of_something",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-published_at"], name="result_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.kind}"

    @property
    def badge(self) -> Badge:
        """What became of the premises, in a word."""
        return result_badge(self.kind)


class ResultWithholding(PublicModel):
    """不予公开决定: before publication, why a result will not be published, by whom."""

    division_path: ClassVar[str | None] = "visit__division"

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="withholding")
    ground = models.CharField(max_length=20, choices=WITHHELD_CHOICES)
    words = models.TextField()
    decided_at = models.DateTimeField()
    decided_by_user = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.ground}"


class WithholdingRequest(PublicModel):
    """提请不公开: before publication, that somebody who does not publish decides on one result.

    Whoever decides learns of this one visit, and of no other of a sealed draw.
    """

    division_path: ClassVar[str | None] = "visit__division"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="withholding_requests")
    ground = models.CharField(max_length=20, choices=WITHHELD_CHOICES)
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    is_granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(is_granted__isnull=True),
                name="withholding_request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.ground}"


class ResultObjection(PublicModel):
    """结果异议: what an institution says against a published result, and what was answered."""

    division_path: ClassVar[str | None] = "result__division"

    result = models.ForeignKey(InspectionResult, models.PROTECT, related_name="objections")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.result_id} {self.made_at:%Y-%m-%d}"


class ResultCorrection(PublicModel):
    """结果更正: what is corrected of a published result, and why; shown beside it for good."""

    division_path: ClassVar[str | None] = "result__division"

    result = models.ForeignKey(InspectionResult, models.PROTECT, related_name="corrections")
    text = models.TextField()
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["corrected_at", "id"]

    def __str__(self) -> str:
        return f"{self.result_id} {self.corrected_at:%Y-%m-%d}"
