"""The annual plan, its lines, and the draws that were prepared from them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from inspections.choices.plans import (
    GOVERNING_CHOICES,
    MEASURE_CHOICES,
    PLAN_STATE_CHOICES,
    plan_badge,
)
from inspections.core.plans.apportioning import Demand, Governing, Measure
from inspections.core.plans.states import MOVES, PlanState
from inspections.models.draw import Draw
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class AnnualPlan(PublicModel):
    """年度抽查计划: one version of what a division draws in a year.

    A published version is never changed; the next one says why and supersedes it. Not a draw.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    state = FSMField(max_length=12, choices=PLAN_STATE_CHOICES, default="draft")
    title = models.CharField(max_length=120)
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=120)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_user = models.BigIntegerField(null=True, blank=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    sent_back_note = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "year", "version"], name="annual_plan_version_once"
            ),
            models.UniqueConstraint(
                fields=["division", "year"],
                condition=Q(state="published"),
                name="annual_plan_published_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} v{self.version} {self.title}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return plan_badge(self.state)

    @property
    def is_public(self) -> bool:
        """Whether outsiders may read it."""
        return self.state in (PlanState.PUBLISHED.value, PlanState.SUPERSEDED.value)

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == PlanState.DRAFT.value

    @transition(field=state, source=_sources("submit"), target=PlanState.SUBMITTED.value)
    def submit(self, *, at: datetime, by_user: int | None, by: str) -> None:
        """提交: it waits for a second person."""
        self.submitted_at = at
        self.submitted_by_user = by_user
        self.submitted_by = by
        self.sent_back_note = ""

    @transition(field=state, source=_sources("send_back"), target=PlanState.DRAFT.value)
    def send_back(self, *, note: str) -> None:
        """退回: it can be changed again."""
        self.sent_back_note = note

    @transition(field=state, source=_sources("approve"), target=PlanState.APPROVED.value)
    def approve(self, *, at: datetime, by: str) -> None:
        """批准: it may be published."""
        self.approved_at = at
        self.approved_by = by

    @transition(field=state, source=_sources("publish"), target=PlanState.PUBLISHED.value)
    def publish(self, *, at: datetime) -> None:
        """公布: everybody may read it, draws are prepared from it."""
        self.published_at = at

    @transition(field=state, source=_sources("supersede"), target=PlanState.SUPERSEDED.value)
    def supersede(self, *, at: datetime) -> None:
        """被新版代替: it stays readable."""
        self.superseded_at = at


class PlanLine(PublicModel):
    """抽查计划事项: one campaign over objects that need the same departments; one draw each time.

    `code` stays with the line through all versions. `shares` are by credit tier in `measure`;
    `items` are codes of published inspection items; empty `categories` are all. Months are
    inclusive, 1 to 12.
    """

    division_path: ClassVar[str | None] = "plan__division"

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=8)
    campaign = models.CharField(max_length=120)
    items = models.JSONField(default=list)
    categories = models.JSONField(default=list, blank=True)
    measure = models.CharField(max_length=8, choices=MEASURE_CHOICES, default="percent")
    shares = models.JSONField(default=dict)
    overall_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    governing = models.CharField(max_length=8, choices=GOVERNING_CHOICES, default="tiers")
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    lead_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    joint_departments = models.JSONField(default=list, blank=True)
    team_count = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="plan_line_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.campaign}"

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the bodies that act, the lead first."""
        return (self.lead_department_id, *self.joint_departments)

    @property
    def demand(self) -> Demand:
        """What it asks for, as the apportioning reads it."""
        return Demand(
            measure=Measure(self.measure),
            shares=self.shares,
            overall_percent=self.overall_percent,
            governing=Governing(self.governing),
        )


class PlanDraw(models.Model):
    """计划抽查: a draw that was prepared from a line of the plan as it then stood."""

    division_path: ClassVar[str | None] = "line__plan__division"

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="draws")
    draw = models.OneToOneField(Draw, models.PROTECT, related_name="planned")
    prepared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.draw_id}"
