"""Inspection orders outside the draw, whom they send where, and leads from those who may not."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from inspections.choices.orders import (
    LEAD_SOURCE_CHOICES,
    LEAD_STATE_CHOICES,
    ORDER_KIND_CHOICES,
    ORDER_STATE_CHOICES,
    lead_badge,
    order_badge,
    replacement_badge,
)
from inspections.core.orders import MOVES, OrderState
from inspections.models.inspector import Inspector
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class InspectionOrder(PublicModel):
    """检查任务: a special campaign, patrol, complaint check or re-check under its own number.

    Never a draw: nobody on it was drawn. `joint_departments` are codes of the other bodies that
    act; `reference` is the complaint or the rectification order that it follows.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=ORDER_KIND_CHOICES)
    state = FSMField(max_length=12, choices=ORDER_STATE_CHOICES, default="drafted")
    title = models.CharField(max_length=120)
    basis = models.CharField(max_length=300)
    reference = models.CharField(max_length=60, blank=True)
    lead_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    joint_departments = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by_user = models.BigIntegerField(null=True)
    drafted_by = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_user = models.BigIntegerField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "state"], name="inspection_order_open")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")), name="inspection_order_days_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return order_badge(self.state)

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of the bodies that act, the lead first."""
        return (self.lead_department_id, *self.joint_departments)

    @property
    def last_day(self) -> date:
        """The last day on which its teams are out."""
        return date.fromordinal(self.ends_before.toordinal() - 1)

    def is_out_on(self, day: date) -> bool:
        """Whether its teams are out on a day: it runs, and the day is one of its days."""
        return self.state == OrderState.RUNNING.value and self.starts_on <= day < self.ends_before

    @transition(field=state, source=_sources("approve"), target=OrderState.APPROVED.value)
    def approve(self, *, at: datetime, by_user: int | None, by: str) -> None:
        """批准: a second person lets it go ahead."""
        self.approved_at = at
        self.approved_by_user = by_user
        self.approved_by = by

    @transition(field=state, source=_sources("start"), target=OrderState.RUNNING.value)
    def start(self, *, at: datetime, by: str) -> None:
        """开始: its teams go out."""
        self.started_at = at
        self.started_by = by

    @transition(field=state, source=_sources("end"), target=OrderState.ENDED.value)
    def end(self, *, at: datetime, by: str) -> None:
        """结束: no further visit belongs to it."""
        self.ended_at = at
        self.ended_by = by

    @transition(field=state, source=_sources("withdraw"), target=OrderState.WITHDRAWN.value)
    def withdraw(self, *, at: datetime, by: str, reason: str) -> None:
        """撤回: its number stays, nobody goes out."""
        self.ended_at = at
        self.ended_by = by
        self.withdrawn_reason = reason


class OrderTarget(models.Model):
    """检查任务场所: a premises an order sends a team to; chosen by people, never drawn."""

    division_path: ClassVar[str | None] = "order__division"

    order = models.ForeignKey(InspectionOrder, models.PROTECT, related_name="targets")
    premises = models.ForeignKey(
        "institutions.Premises", models.PROTECT, related_name="order_targets"
    )
    register_id = models.CharField(max_length=7)
    team = models.CharField(max_length=8, default="1")

    class Meta:
        ordering: ClassVar = ["team", "register_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "premises"], name="order_target_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} → {self.team}"


class OrderMember(models.Model):
    """检查任务人员: a certified inspector who goes out on an order, in one team of it."""

    division_path: ClassVar[str | None] = "order__division"

    order = models.ForeignKey(InspectionOrder, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="orders")
    team = models.CharField(max_length=8, default="1")

    class Meta:
        ordering: ClassVar = ["team", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "inspector"], name="order_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id} → {self.team}"


class OrderReplacement(PublicModel):
    """检查任务换人: somebody of an approved order who cannot go, and who is proposed instead.

    It changes the team only when a second person agrees; what was refused stays with its reason.
    """

    division_path: ClassVar[str | None] = "order__division"

    order = models.ForeignKey(InspectionOrder, models.PROTECT, related_name="replacements")
    team = models.CharField(max_length=8)
    out = models.ForeignKey(Inspector, models.PROTECT, related_name="+")
    into = models.ForeignKey(Inspector, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by_user = models.BigIntegerField(null=True)
    asked_by = models.CharField(max_length=120)
    is_approved = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "out"],
                condition=Q(is_approved__isnull=True),
                name="order_replacement_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.out_id} → {self.into_id}"

    @property
    def badge(self) -> Badge:
        """What became of it, in a word."""
        return replacement_badge(is_approved=self.is_approved)


class OrderCounter(models.Model):
    """检查任务编号: the last number of a kind in a division's year; locked while one is taken."""

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ORDER_KIND_CHOICES)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "kind", "year"], name="order_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.year} {self.kind} {self.last_number}"


class Lead(PublicModel):
    """线索: what somebody saw who may not inspect, the department it goes to, what became of it.

    Not a finding and not a complaint: it proves nothing, and nobody is checked by it alone.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=LEAD_SOURCE_CHOICES)
    source_name = models.CharField(max_length=120)
    institution = models.ForeignKey(
        "institutions.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspection_leads",
    )
    text = models.CharField(max_length=600)
    to_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=LEAD_STATE_CHOICES, default="open")
    order = models.ForeignKey(
        InspectionOrder, models.PROTECT, null=True, blank=True, related_name="leads"
    )
    answer = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["division", "state"], name="lead_open")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_name}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return lead_badge(self.state)
