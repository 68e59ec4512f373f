"""Findings of a visit, and their referrals between departments."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from inspections.choices.directories import SEVERITY_CHOICES
from inspections.choices.findings import FINDING_STATE_CHOICES, finding_badge
from inspections.core.findings.finding_states import FINDING_MOVES
from inspections.models.item import InspectionItem
from inspections.models.visit import Visit
from inspections.models.visit_record import VisitAnswer, VisitPhoto
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in FINDING_MOVES[name].sources]


def _target(name: str) -> str:
    return FINDING_MOVES[name].target.value


class Finding(PublicModel):
    """检查发现的问题: what a person confirmed from an answer that fails, under an item's version.

    `department` holds it and alone may order it put right; `asked_department` is whom it is
    referred to. `violation_code` points into the shipped table of violations, and is empty where
    nobody has said. Not a penalty, and not what the screening of filings finds.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="inspection_findings"
    )
    answer = models.ForeignKey(VisitAnswer, models.PROTECT, related_name="findings")
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="findings")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    asked_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    violation_code = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=12, choices=SEVERITY_CHOICES)
    text = models.TextField()
    photos = models.ManyToManyField(VisitPhoto, related_name="findings", blank=True)
    state = FSMField(max_length=12, choices=FINDING_STATE_CHOICES, default="open")
    confirmed_at = models.DateTimeField()
    confirmed_by_user = models.BigIntegerField(null=True)
    confirmed_by = models.CharField(max_length=120)
    confirmed_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-confirmed_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "item"],
                condition=~Q(state="withdrawn"),
                name="finding_standing_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "department", "state"], name="finding_open"),
            models.Index(fields=["institution", "-confirmed_at"], name="finding_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return finding_badge(self.state)

    @transition(field=state, source=_sources("refer"), target=_target("refer"))
    def refer(self, *, department: str) -> None:
        """移送: another department is asked to take it."""
        self.asked_department_id = department

    @transition(field=state, source=_sources("accept"), target=_target("accept"))
    def accept(self) -> None:
        """接收: whoever was asked holds it from now on."""
        if self.asked_department_id:
            self.department_id = self.asked_department_id
        self.asked_department_id = None

    @transition(field=state, source=_sources("decline"), target=_target("decline"))
    def decline(self) -> None:
        """退回: it goes back to whoever referred it."""
        self.asked_department_id = None

    @transition(field=state, source=_sources("withdraw"), target=_target("withdraw"))
    def withdraw(self, *, at: datetime, by: str, reason: str) -> None:
        """撤销认定: it was no problem, and why."""
        self.withdrawn_at = at
        self.withdrawn_by = by
        self.withdrawn_reason = reason

    @transition(field=state, source=_sources("order"), target=_target("order"))
    def order(self) -> None:
        """责令改正: an order was issued."""

    @transition(field=state, source=_sources("release"), target=_target("release"))
    def release(self) -> None:
        """解除: its order was withdrawn."""

    @transition(field=state, source=_sources("settle"), target=_target("settle"))
    def settle(self) -> None:
        """已改正: its order was closed."""

    @transition(field=state, source=_sources("escalate"), target=_target("escalate"))
    def escalate(self) -> None:
        """立案: it stands in a case."""


class FindingReferral(PublicModel):
    """移送记录: a finding one department handed to another, and what the other said."""

    division_path: ClassVar[str | None] = "finding__division"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="referrals")
    from_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    to_department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    reason = models.TextField()
    referred_at = models.DateTimeField()
    referred_by = models.CharField(max_length=120)
    is_accepted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["referred_at", "id"]

    def __str__(self) -> str:
        return f"{self.from_department_id} → {self.to_department_id}"
