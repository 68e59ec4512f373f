"""责令改正: orders to put findings right, what institutions hand in, and the cases that follow."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from inspections.choices.findings import (
    RECHECK_RESULT_CHOICES,
    RECTIFICATION_STATE_CHOICES,
    TERM_KIND_CHOICES,
    TERM_UNIT_CHOICES,
    case_badge,
    rectification_badge,
)
from inspections.core.findings.case_states import CaseState, case_state
from inspections.core.findings.rectification_states import RECTIFICATION_MOVES
from inspections.models.finding import Finding
from inspections.models.order import InspectionOrder
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in RECTIFICATION_MOVES[name].sources]


def _target(name: str) -> str:
    return RECTIFICATION_MOVES[name].target.value


class RectificationOrder(PublicModel):
    """责令改正通知书: a department orders that findings be put right, at once or in a term.

    `paper` bears number, facts and bytes; `deadline` runs from service, and there is none on the
    spot. `recheck` is the inspection order sent out for it. Not a penalty, and not the licensing
    officer's 责令整改 journey.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="rectifications"
    )
    premises = models.ForeignKey("institutions.Premises", models.PROTECT, related_name="+")
    state = FSMField(max_length=12, choices=RECTIFICATION_STATE_CHOICES, default="drafted")
    number = models.CharField(max_length=60, blank=True)
    measures = models.TextField()
    term_kind = models.CharField(max_length=8, choices=TERM_KIND_CHOICES)
    term_amount = models.PositiveSmallIntegerField(default=0)
    term_unit = models.CharField(max_length=8, choices=TERM_UNIT_CHOICES, blank=True)
    deadline = models.ForeignKey(
        "calendars.Deadline", models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper = models.OneToOneField(
        "institutions.Paper", models.PROTECT, null=True, blank=True, related_name="rectification"
    )
    recheck = models.ForeignKey(
        InspectionOrder, models.PROTECT, null=True, blank=True, related_name="rectifications"
    )
    recheck_result = models.CharField(max_length=8, choices=RECHECK_RESULT_CHOICES, blank=True)
    recheck_note = models.TextField(blank=True)
    drafted_at = models.DateTimeField()
    drafted_by_user = models.BigIntegerField(null=True)
    drafted_by = models.CharField(max_length=120)
    issued_at = models.DateTimeField(null=True, blank=True)
    served_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-drafted_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(term_kind="on_spot", term_amount=0)
                | Q(term_kind="within", term_amount__gt=0),
                name="rectification_term_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "department", "state"], name="rectification_open"),
            models.Index(fields=["institution", "state"], name="rectification_of"),
        ]

    def __str__(self) -> str:
        return self.number or f"责令改正 {self.pk}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return rectification_badge(self.state)

    @transition(field=state, source=_sources("issue"), target=_target("issue"))
    def issue(self, *, at: datetime, number: str) -> None:
        """制发: it has its number and its paper."""
        self.issued_at = at
        self.number = number

    @transition(field=state, source=_sources("serve"), target=_target("serve"))
    def serve(self) -> None:
        """送达: its term runs."""

    @transition(field=state, source=_sources("submit_proof"), target=_target("submit_proof"))
    def submit_proof(self) -> None:
        """报送: the institution says how it put things right."""

    @transition(field=state, source=_sources("return_proof"), target=_target("return_proof"))
    def return_proof(self) -> None:
        """退回: what was handed in does not show it."""

    @transition(field=state, source=_sources("extend"), target=_target("extend"))
    def extend(self, *, amount: int, unit: str) -> None:
        """延长: a longer term, counted from service."""
        self.term_amount = amount
        self.term_unit = unit

    @transition(field=state, source=_sources("order_recheck"), target=_target("order_recheck"))
    def order_recheck(self) -> None:
        """复查: somebody goes and looks."""

    @transition(field=state, source=_sources("record_recheck"), target=_target("record_recheck"))
    def record_recheck(self, *, result: str, note: str) -> None:
        """复查结果: put right, or not."""
        self.recheck_result = result
        self.recheck_note = note

    @transition(field=state, source=_sources("close"), target=_target("close"))
    def close(self, *, at: datetime, by: str, words: str) -> None:
        """办结: a named person says that it is put right."""
        self._end(at, by, words)

    @transition(field=state, source=_sources("escalate"), target=_target("escalate"))
    def escalate(self, *, at: datetime, by: str, words: str) -> None:
        """转立案: not put right in time."""
        self._end(at, by, words)

    @transition(field=state, source=_sources("withdraw"), target=_target("withdraw"))
    def withdraw(self, *, at: datetime, by: str, words: str) -> None:
        """撤回: it should not have been given."""
        self._end(at, by, words)

    def _end(self, at: datetime, by: str, words: str) -> None:
        self.ended_at = at
        self.ended_by = by
        self.ended_words = words


class RectificationItem(models.Model):
    """责令改正事项: a finding that an order names, in the order of the paper."""

    division_path: ClassVar[str | None] = "rectification__division"

    rectification = models.ForeignKey(RectificationOrder, models.PROTECT, related_name="items")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rectification_items")
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rectification", "finding"], name="rectification_item_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.finding_id}"


class RectificationProof(PublicModel):
    """整改材料: what an institution handed in to show that it put things right.

    `files` are name, media type, size and SHA-256 of each kept file. Never changed: what the
    bureau sent back stays beside what came next.
    """

    division_path: ClassVar[str | None] = "rectification__division"

    rectification = models.ForeignKey(RectificationOrder, models.PROTECT, related_name="proofs")
    text = models.TextField()
    files = models.JSONField(default=list)
    handed_at = models.DateTimeField()
    handed_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["handed_at", "id"]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.handed_at:%Y-%m-%d}"


class RectificationNote(models.Model):
    """整改往来: what was said in the course of an order: sent back, extended, re-checked."""

    division_path: ClassVar[str | None] = "rectification__division"

    rectification = models.ForeignKey(RectificationOrder, models.PROTECT, related_name="notes")
    move = models.CharField(max_length=20)
    words = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["noted_at", "id"]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.move}"


class EnforcementCase(PublicModel):
    """案件: a 立案 record of one department against one institution, from its findings.

    Its steps are the penalty `journey`, which alone can end in a served decision. `articles` are
    those the case applies, since two bases may stand side by side. Not a penalty by itself.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="enforcement_cases"
    )
    number = models.CharField(max_length=60)
    journey = models.OneToOneField(
        "institutions.Journey", models.PROTECT, related_name="enforcement_case"
    )
    rectification = models.ForeignKey(
        RectificationOrder, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    findings = models.ManyToManyField(Finding, related_name="cases")
    ground = models.TextField()
    evidence = models.TextField()
    opened_at = models.DateTimeField()
    opened_by_user = models.BigIntegerField(null=True)
    opened_by = models.CharField(max_length=120)
    conclusion = models.TextField(blank=True)
    articles = models.TextField(blank=True)
    investigated_at = models.DateTimeField(null=True, blank=True)
    investigated_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "number"], name="case_number_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> CaseState:
        """Where it stands, by its journey."""
        return case_state(
            journey_state=self.journey.state, is_investigated=self.investigated_at is not None
        )

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return case_badge(self.state.value)


class CaseCounter(models.Model):
    """立案编号: the last number of a department's year; locked while one is taken."""

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "department", "year"], name="case_counter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.department_id} {self.year} {self.last_number}"
