"""Visits: one team at one premises, who was there, and when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from inspections.choices.visits import (
    ARRIVAL_METHOD_CHOICES,
    HINDRANCE_CHOICES,
    VISIT_STATE_CHOICES,
    visit_badge,
)
from inspections.core.visits.states import VISIT_MOVES, VisitState
from inspections.models.drawn import DrawAssignment
from inspections.models.inspector import Inspector
from inspections.models.item import InspectionItem
from inspections.models.order import OrderTarget
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in VISIT_MOVES[name].sources]


class Visit(PublicModel):
    """检查: one team's visit to one premises, drawn or ordered, from its approval to its result.

    `notice_*` is the 检查通知 shown on arrival; `arrived_at` and `ended_at` are of the team's own
    clock. `categories` are the result categories, `hindrance` why nothing could be inspected.
    Sealed as long as its draw is. Not a finding.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    premises = models.ForeignKey("institutions.Premises", models.PROTECT, related_name="visits")
    register_id = models.CharField(max_length=7)
    assignment = models.OneToOneField(
        DrawAssignment, models.PROTECT, null=True, blank=True, related_name="visit"
    )
    target = models.OneToOneField(
        OrderTarget, models.PROTECT, null=True, blank=True, related_name="visit"
    )
    team = models.CharField(max_length=8, blank=True)
    position = models.PositiveIntegerField(default=0)
    state = FSMField(max_length=16, choices=VISIT_STATE_CHOICES, default="planned")
    planned_at = models.DateTimeField()
    planned_by_user = models.BigIntegerField(null=True, blank=True)
    planned_by = models.CharField(max_length=120)
    approval_number = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    notice_given_at = models.DateTimeField(null=True, blank=True)
    notice_receiver = models.CharField(max_length=60, blank=True)
    notice_given_by = models.CharField(max_length=120, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrival_method = models.CharField(max_length=8, choices=ARRIVAL_METHOD_CHOICES, blank=True)
    arrival_code = models.CharField(max_length=80, blank=True)
    arrival_reason = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    categories = models.JSONField(default=list, blank=True)
    remark = models.CharField(max_length=400, blank=True)
    hindrance = models.CharField(max_length=12, choices=HINDRANCE_CHOICES, blank=True)
    concluded_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-planned_at", "team", "position", "register_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "approval_number"],
                condition=~Q(approval_number=""),
                name="visit_approval_once",
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, target__isnull=True)
                | Q(assignment__isnull=True, target__isnull=False),
                name="visit_drawn_or_ordered",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(arrived_at__isnull=True)
                | Q(ended_at__gte=F("arrived_at")),
                name="visit_time_forward",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "state"], name="visit_open")]

    def __str__(self) -> str:
        return f"{self.register_id} {self.team}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return visit_badge(self.state)

    @property
    def is_over(self) -> bool:
        """Whether the team is done with it."""
        return self.state in (VisitState.ENDED.value, VisitState.NOT_POSSIBLE.value)

    @transition(field=state, source=_sources("approve"), target=VisitState.APPROVED.value)
    def approve(self, *, at: datetime, by: str, number: str) -> None:
        """审批: the team may go."""
        self.approved_at = at
        self.approved_by = by
        self.approval_number = number

    @transition(field=state, source=_sources("arrive"), target=VisitState.ARRIVED.value)
    def arrive(self, *, at: datetime, how: str, code: str = "", reason: str = "") -> None:
        """到场: two certified officers stand there."""
        self.arrived_at = at
        self.arrival_method = how
        self.arrival_code = code
        self.arrival_reason = reason

    @transition(field=state, source=_sources("conclude"), target=VisitState.ENDED.value)
    def conclude(self, *, at: datetime, categories: list[str], remark: str, by: str) -> None:
        """结束: the visit has its result."""
        self.ended_at = at
        self.categories = categories
        self.remark = remark
        self.concluded_by = by

    @transition(field=state, source=_sources("hinder"), target=VisitState.NOT_POSSIBLE.value)
    def hinder(self, *, at: datetime, hindrance: str, category: str, remark: str, by: str) -> None:
        """未能检查: closed, not found, or refused; what was recorded stays as evidence."""
        self.ended_at = at
        self.hindrance = hindrance
        self.categories = [category]
        self.remark = remark
        self.concluded_by = by


class VisitItem(models.Model):
    """检查清单事项: a published item's version on one visit's checklist, fixed when planned."""

    division_path: ClassVar[str | None] = "visit__division"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="items")
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "item"], name="visit_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item_id}"


class VisitMember(models.Model):
    """到场人员: an officer who was there, with the certificate as it was on that day."""

    division_path: ClassVar[str | None] = "visit__division"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="visits")
    name = models.CharField(max_length=60)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    certificate_number = models.CharField(max_length=40)
    valid_before = models.DateField()

    class Meta:
        ordering: ClassVar = ["department__position", "certificate_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "inspector"], name="visit_member_once"),
        ]

    def __str__(self) -> str:
        return self.name
