"""A change of a calendar or a setting on its way between two persons."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from regulator.calendars.choices.changes import CHANGE_KIND_CHOICES, CHANGE_STATE_CHOICES
from regulator.calendars.core.changes import (
    MOVES,
    STANDARD_KINDS,
    ChangeKind,
    ChangeState,
    touches_classes,
)
from regulator.database.models import PublicModel


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class CalendarChange(PublicModel):
    """校历和设置的改动: what one person proposed and another signed, sent back, or nobody yet.

    Not the change itself, which stands in the calendar or the settings from the signature on.
    `content` is what is carried out; `old` and `new` are what people read. `base_digest` is of
    what stood there at the proposal: a signature under anything else is refused. `open_key` names
    what is changed, so that one thing has one open change at a time; empty for a new entry.
    `starts_on` is the first day that it touches, `deadlines` how many running ones it moves.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.CharField(max_length=6)
    kind = models.CharField(max_length=20, choices=CHANGE_KIND_CHOICES)
    state = FSMField(
        max_length=12, choices=CHANGE_STATE_CHOICES, default="proposed", protected=False
    )
    open_key = models.CharField(max_length=80, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    base_digest = models.CharField(max_length=64)
    starts_on = models.DateField(null=True)
    deadlines = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500)
    proposed_by_user = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    decided_by_user = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "-proposed_at"], name="calendars_change_open")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "open_key"],
                condition=Q(state="proposed") & ~Q(open_key=""),
                name="calendars_change_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | ~Q(decided_by_user=F("proposed_by_user")),
                name="calendars_change_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="calendars_change_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.kind} {self.title}"

    @property
    def touches_classes(self) -> bool:
        """Whether classes are screened by what it changes."""
        what = self.content.get("code") or self.content.get("standard", "")
        return touches_classes(ChangeKind(self.kind), str(what))

    @property
    def can_be_tried(self) -> bool:
        """Whether a trial can screen classes with it: not what the register's rules read."""
        return self.touches_classes and self.kind not in STANDARD_KINDS

    @transition(field=state, source=_sources("sign"), target=ChangeState.SIGNED.value)
    def sign(self, *, by: str, by_user: int | None, at: datetime) -> None:
        """签字: it takes effect."""
        self._decide(by, by_user, at)

    @transition(field=state, source=_sources("send_back"), target=ChangeState.RETURNED.value)
    def send_back(self, *, because: str, by: str, by_user: int | None, at: datetime) -> None:
        """退回: nothing changes, for a reason."""
        self.decided_because = because
        self._decide(by, by_user, at)

    @transition(field=state, source=_sources("withdraw"), target=ChangeState.WITHDRAWN.value)
    def withdraw(self, *, by: str, by_user: int | None, at: datetime) -> None:
        """撤回: by the person who proposed it."""
        self._decide(by, by_user, at)

    def _decide(self, by: str, by_user: int | None, at: datetime) -> None:
        self.decided_by, self.decided_by_user, self.decided_at = by, by_user, at
