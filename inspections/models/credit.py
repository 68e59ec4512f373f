"""Upheld complaints that count, and proposed credit tiers with the points behind them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from inspections.choices.credit import TIER_STATE_CHOICES, tier_badge
from inspections.core.credit.states import MOVES, TierState
from regulator.database.models import PublicModel
from regulator.web.choices import Badge

TIERS = (("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"))


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class CreditEvent(PublicModel):
    """查实投诉: an upheld complaint, once under its reference number, with the answer's document.

    A mistaken entry is revoked with a reason, never deleted. Not the complaint itself.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="credit_events"
    )
    reference = models.CharField(max_length=60)
    upheld_on = models.DateField()
    text = models.CharField(max_length=300)
    document_name = models.CharField(max_length=200)
    document_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=120, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-upheld_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "reference"],
                condition=Q(revoked_at__isnull=True),
                name="credit_event_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class TierProposal(PublicModel):
    """信用等级拟定: a tier proposed for an institution, the points it rests on, its objection.

    `points` are frozen as they were on `assessed_on`, each with its basis and its last day.
    `by_hand_reason` is empty for what was computed. Not the tier in effect, which the register has.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        "institutions.Institution", models.PROTECT, related_name="tier_proposals"
    )
    state = FSMField(max_length=12, choices=TIER_STATE_CHOICES, default="drafted")
    tier_before = models.CharField(max_length=1, blank=True, choices=TIERS)
    tier = models.CharField(max_length=1, choices=TIERS)
    total = models.PositiveIntegerField(default=0)
    points = models.JSONField(default=list)
    assessed_on = models.DateField()
    by_hand_reason = models.CharField(max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by_user = models.BigIntegerField(null=True, blank=True)
    drafted_by = models.CharField(max_length=120)
    notified_at = models.DateTimeField(null=True, blank=True)
    notified_by = models.CharField(max_length=120, blank=True)
    object_until = models.DateField(null=True, blank=True)
    objection = models.CharField(max_length=600, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state__in=["drafted", "notified", "objected"]),
                name="tier_proposal_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "state"], name="tier_open")]

    def __str__(self) -> str:
        return f"{self.institution_id} → {self.tier}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return tier_badge(self.state)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The points as kept: kind, reference, happened_on, expires_on, points, basis, text."""
        return list(self.points)

    @transition(field=state, source=_sources("notify"), target=TierState.NOTIFIED.value)
    def notify(self, *, at: datetime, by: str, until: date) -> None:
        """告知: the institution may object until a day, that day included."""
        self.notified_at = at
        self.notified_by = by
        self.object_until = until

    @transition(field=state, source=_sources("object"), target=TierState.OBJECTED.value)
    def take_objection(self, *, at: datetime, text: str) -> None:
        """提出异议: a person has to answer before anything takes effect."""
        self.objection = text
        self.objected_at = at

    @transition(field=state, source=_sources("reject"), target=TierState.NOTIFIED.value)
    def reject_objection(self, *, at: datetime, by: str, answer: str) -> None:
        """异议不成立: it waits for the end of its period again."""
        self._answer(at=at, by=by, answer=answer)

    @transition(field=state, source=_sources("uphold"), target=TierState.WITHDRAWN.value)
    def uphold_objection(self, *, at: datetime, by: str, answer: str) -> None:
        """异议成立: the tier before stays."""
        self._answer(at=at, by=by, answer=answer)
        self.settled_at = at

    @transition(field=state, source=_sources("take_effect"), target=TierState.IN_EFFECT.value)
    def take_effect(self, *, at: datetime) -> None:
        """生效: the register shows it."""
        self.settled_at = at

    @transition(field=state, source=_sources("withdraw"), target=TierState.WITHDRAWN.value)
    def withdraw(self, *, at: datetime, by: str, reason: str) -> None:
        """撤回: newer facts give another tier, or a person takes it back."""
        self._answer(at=at, by=by, answer=reason)
        self.settled_at = at

    def _answer(self, *, at: datetime, by: str, answer: str) -> None:
        self.answer = answer
        self.answered_at = at
        self.answered_by = by
