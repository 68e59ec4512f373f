"""Trials of a changed table on filings, and approved classes that are looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from institutions.choices.papers import SERVICE_MEANS_CHOICES
from institutions.choices.rechecks import (
    CAUSE_KIND_CHOICES,
    CHANGE_CHOICES,
    RECHECK_STATE_CHOICES,
    STANDING_CHOICES,
    own_recheck_badge,
    recheck_badge,
    standing_badge,
)
from institutions.core.recheck_states import MOVES
from institutions.models.filing import Filing
from institutions.models.notice import Notice
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class ScreeningTrial(PublicModel):
    """试算: filings screened again under a proposed table, to see who would pass or fail.

    Not a recheck: it opens nothing and touches no filing. `table_key` is the public id of the
    table's proposed version, `label` what people call it. It covers filings whose class starts
    from `starts_from` to the day before `starts_before`. `done_until` is the last filing done;
    `counts` are filled when it has ended.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    table_key = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=200)
    period_label = models.CharField(max_length=80)
    starts_from = models.DateField()
    starts_before = models.DateField()
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, blank=True, related_name="+")
    done_until = models.BigIntegerField(default=0)
    filing_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    asked_by_user = models.BigIntegerField(null=True)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "-asked_at"], name="trial_recent"),
            models.Index(fields=["table_key", "-asked_at"], name="trial_of_table"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def starts_until(self) -> date:
        """The last day on which a class may start to be tried, as people say it."""
        return self.starts_before - timedelta(days=1)


class TrialChange(models.Model):
    """试算结果: one rule of which the trial says something else than the tables in force do.

    `filing_before` and `filing_after` are what the two screenings say of the class as a whole.
    """

    division_path: ClassVar[str | None] = "trial__division"

    trial = models.ForeignKey(ScreeningTrial, models.CASCADE, related_name="changes")
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=CHANGE_CHOICES)
    before = models.CharField(max_length=12, choices=STANDING_CHOICES)
    after = models.CharField(max_length=12, choices=STANDING_CHOICES)
    filing_before = models.CharField(max_length=12, choices=STANDING_CHOICES)
    filing_after = models.CharField(max_length=12, choices=STANDING_CHOICES)
    finding = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "filing", "rule"], name="trial_change_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["trial", "rule", "kind"], name="trial_change_of_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.rule} {self.kind}"

    @property
    def before_badge(self) -> Badge:
        """What the tables in force say of the rule."""
        return standing_badge(self.before)

    @property
    def after_badge(self) -> Badge:
        """What the proposed table says of it."""
        return standing_badge(self.after)


class FilingRecheck(PublicModel):
    """复核: an approved class in which a second screening finds what the first did not.

    The machine opens it, once per filing and `cause_key`; a person tells the institution, hears
    it and decides. Not a trial, and not a review of what was just filed. `version` is the filing's
    when it was opened; the findings are kept as they were then.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="rechecks")
    version = models.PositiveIntegerField()
    cause_kind = models.CharField(max_length=12, choices=CAUSE_KIND_CHOICES)
    cause_key = models.CharField(max_length=120)
    cause_label = models.CharField(max_length=200)
    old_digest = models.CharField(max_length=64)
    old_findings = models.JSONField(default=list)
    new_findings = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    state = FSMField(max_length=20, choices=RECHECK_STATE_CHOICES, default="open", protected=False)
    opened_at = models.DateTimeField()
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    notice_text = models.TextField(blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    noticed_by_user = models.BigIntegerField(null=True, blank=True)
    noticed_by = models.CharField(max_length=120, blank=True)
    served_on = models.DateField(null=True, blank=True)
    served_how = models.CharField(max_length=16, choices=SERVICE_MEANS_CHOICES, blank=True)
    served_by = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True)
    answer_file_name = models.CharField(max_length=200, blank=True)
    answer_file_type = models.CharField(max_length=60, blank=True)
    answer_file_sha256 = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "cause_key"], name="recheck_once_per_cause"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["division", "department", "opened_at"],
                condition=Q(decided_at__isnull=True),
                name="recheck_waiting",
            ),
            models.Index(fields=["division", "state", "-opened_at"], name="recheck_of_state"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.cause_key}"

    @property
    def badge(self) -> Badge:
        """The state, as the desk reads it."""
        return recheck_badge(self.state)

    @property
    def own_badge(self) -> Badge:
        """The state, as the institution reads it."""
        return own_recheck_badge(self.state)

    @property
    def is_over(self) -> bool:
        """Whether it was decided."""
        return self.decided_at is not None

    @transition(field=state, source=_sources("notify"), target=MOVES["notify"].target.value)
    def notify(self, *, text: str, by: str, by_user: int | None, at: Any) -> None:
        """告知: the institution is told what was found and what is intended."""
        self.notice_text, self.noticed_at = text, at
        self.noticed_by, self.noticed_by_user = by, by_user

    @transition(
        field=state,
        source=_sources("record_service"),
        target=MOVES["record_service"].target.value,
    )
    def record_service(self, *, on: Any, how: str, by: str) -> None:
        """登记送达: the notice reached the institution by another way than the portal."""
        self.served_on, self.served_how, self.served_by = on, how, by

    @transition(field=state, source=_sources("answer"), target=MOVES["answer"].target.value)
    def take_answer(self, *, words: str, by: str, at: Any) -> None:
        """答复: the institution says what it has to say."""
        self.answer, self.answered_by, self.answered_at = words, by, at

    @transition(field=state, source=_sources("keep"), target=MOVES["keep"].target.value)
    def keep(self, *, reasons: str, by: str, by_user: int | None, at: Any) -> None:
        """保留通过: the approval stands."""
        self._decide(reasons, by, by_user, at)

    @transition(field=state, source=_sources("take_back"), target=MOVES["take_back"].target.value)
    def take_back(self, *, reasons: str, by: str, by_user: int | None, at: Any) -> None:
        """撤销通过: the approval is taken back."""
        self._decide(reasons, by, by_user, at)

    def _decide(self, reasons: str, by: str, by_user: int | None, at: Any) -> None:
        self.reasons, self.decided_at = reasons, at
        self.decided_by, self.decided_by_user = by, by_user
