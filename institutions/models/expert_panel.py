"""The expert group, its members, and the appraisals it is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from institutions.choices.appraisals import (
    APPRAISAL_STATE_CHOICES,
    APPRAISAL_VERDICT_CHOICES,
    EXPERT_FIELD_CHOICES,
    LEAVE_GROUND_CHOICES,
    appraisal_badge,
    rule_title,
    verdict_labels,
)
from institutions.core.appraisal_states import MOVES
from institutions.models.filing import Filing
from regulator.calendars.models import Deadline
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class ExpertPanel(PublicModel):
    """专家组: the experts a division may ask; one panel a division. Not the seats of one case."""

    division_path: ClassVar[str | None] = "division"

    division = models.OneToOneField(
        "accounts.Division", models.PROTECT, related_name="expert_panel"
    )
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.division_id}"


class PanelMember(PublicModel):
    """专家: a person with the desk of an expert, with the field they know.

    Who it is stands in the appointment alone and is shown to nobody but the secretary, each time
    with a trace. `declared_on` is the day they declared that neither they nor a close relative
    works for a training body.
    """

    division_path: ClassVar[str | None] = "panel__division"

    panel = models.ForeignKey(ExpertPanel, models.PROTECT, related_name="members")
    appointment = models.ForeignKey("accounts.Appointment", models.PROTECT, related_name="+")
    field = models.CharField(max_length=20, choices=EXPERT_FIELD_CHOICES)
    declared_on = models.DateField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["panel", "appointment"],
                condition=Q(ends_before__isnull=True),
                name="panel_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}:{self.pk}"

    def is_on(self, day: date) -> bool:
        """Whether they are of the panel that day."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)


class Appraisal(PublicModel):
    """鉴别: the expert group is asked about one undetermined finding of one version of a filing.

    Not the decision: its result is a proposal, on which an officer of the education department
    decides by name. `result` is the panel's majority, or the city's answer once there is one.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="appraisals")
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)
    rule = models.CharField(max_length=40)
    question = models.TextField()
    state = FSMField(max_length=10, choices=APPRAISAL_STATE_CHOICES, default="opened")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="+")
    dispute_deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")
    opened_by_user = models.BigIntegerField(null=True)
    opened_by = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True)
    was_drawn = models.BooleanField(default=False)
    breach_votes = models.PositiveSmallIntegerField(default=0)
    cleared_votes = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=8, choices=APPRAISAL_VERDICT_CHOICES, blank=True)
    concluded_at = models.DateTimeField(null=True)
    dispute = models.TextField(blank=True)
    disputed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    escalation_document = models.CharField(max_length=100, blank=True)
    escalated_at = models.DateTimeField(null=True)
    city_document = models.CharField(max_length=100, blank=True)
    city_reason = models.TextField(blank=True)
    city_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "-id"], name="appraisal_by_state"),
            models.Index(fields=["filing", "version", "state"], name="appraisal_of_filing"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing", "rule"],
                condition=Q(state__in=("opened", "voting", "concluded", "escalated")),
                name="appraisal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return appraisal_badge(self.state)

    @property
    def is_open(self) -> bool:
        """Whether it still stands against an approval."""
        return self.state in ("opened", "voting", "concluded", "escalated")

    @property
    def rule_title(self) -> str:
        """The title of the rule that it is about."""
        return rule_title(self.rule)

    @property
    def result_label(self) -> str:
        """The result in the words of its question."""
        return str(verdict_labels(self.rule)[self.result]) if self.result else ""

    @transition(field=state, source=_sources("seat"), target="voting")
    def seat(self, *, at: datetime, was_drawn: bool) -> None:
        """组成: the panel sits."""
        self.seated_at, self.was_drawn = at, was_drawn

    @transition(field=state, source=_sources("conclude"), target="concluded")
    def conclude(self, *, at: datetime, result: str, breach: int, cleared: int) -> None:
        """结论: all have voted."""
        self.concluded_at, self.result = at, result
        self.breach_votes, self.cleared_votes = breach, cleared

    @transition(field=state, source=_sources("escalate"), target="escalated")
    def escalate(self, *, at: datetime, document: str) -> None:
        """提请: the level above is asked."""
        self.escalated_at, self.escalation_document = at, document

    @transition(field=state, source=_sources("answer"), target="concluded")
    def answer(self, *, at: datetime, result: str, document: str, reason: str, by: str) -> None:
        """答复: what the level above says binds."""
        self.answered_at, self.result, self.city_document = at, result, document
        self.city_reason, self.city_by = reason, by

    @transition(field=state, source=_sources("adopt"), target="closed")
    def adopt(self, *, at: datetime, by: str) -> None:
        """认定: an officer has decided on it."""
        self.ended_at, self.ended_by = at, by

    @transition(field=state, source=_sources("cancel"), target="cancelled")
    def cancel(self, *, at: datetime, by: str, reason: str) -> None:
        """撤销: nobody is asked any more."""
        self.ended_at, self.ended_by, self.end_reason = at, by, reason


class AppraisalSeat(PublicModel):
    """席位: a chair of one appraisal; whoever leaves it is replaced by another chair.

    `number` is the name under which everybody else knows who sits there: 专家1, 专家2, …
    """

    division_path: ClassVar[str | None] = "appraisal__division"

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="seats")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    seated_at = models.DateTimeField()
    left_ground = models.CharField(max_length=20, choices=LEAVE_GROUND_CHOICES, blank=True)
    left_note = models.TextField(blank=True)
    left_at = models.DateTimeField(null=True)
    is_replaced = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appraisal", "number"], name="appraisal_seat_number"),
            models.UniqueConstraint(fields=["appraisal", "member"], name="appraisal_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id}:{self.number}"

    @property
    def counts(self) -> bool:
        """Whether its vote is counted."""
        return self.left_at is None


class AppraisalVote(models.Model):
    """表决: how a chair voted, on the four dimensions and in the whole. Append-only."""

    division_path: ClassVar[str | None] = "seat__appraisal__division"

    seat = models.OneToOneField(AppraisalSeat, models.PROTECT, related_name="vote")
    verdict = models.CharField(max_length=8, choices=APPRAISAL_VERDICT_CHOICES)
    leanings = models.JSONField(default=dict)
    reasons = models.TextField()
    voted_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["seat__number"]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.verdict}"


class AppraisalChallenge(PublicModel):
    """回避申请: whom the institution wants kept away; it does not know who sits on the panel.

    The statement names people and is sealed. The secretary compares it with the panel and answers.
    """

    division_path: ClassVar[str | None] = "appraisal__division"

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="challenges")
    statement = EncryptedTextField()
    filed_by = models.CharField(max_length=120)
    filed_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.filed_at:%Y-%m-%d}"
