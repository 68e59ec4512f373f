"""A bureau's own reference tables, their versions and rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from institutions.choices.reference_tables import KIND_CHOICES, STATE_CHOICES, state_badge
from institutions.core.reference_states import MOVES, VersionState
from regulator.database.models import PublicModel
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class ReferenceTable(models.Model):
    """参照表: one kind of table of a division; locked while its versions move.

    Not the shipped table, which has no row here.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "kind"], name="reference_table_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.kind}"


class TableVersion(PublicModel):
    """参照表版本: a whole table as it binds classes that start on or after `effective_from`.

    Whole, not a list of changes: what was signed does not move when the product's own rows do.
    `based_on` None is the shipped table. Approved, its rows stay; `ends_before` is the first day
    that it no longer binds. `digest` is of its rows, kept from the proposal on.
    """

    division_path: ClassVar[str | None] = "table__division"

    table = models.ForeignKey(ReferenceTable, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = FSMField(max_length=12, choices=STATE_CHOICES, default="draft", protected=False)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    effective_from = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    opened_by = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    proposed_by_user = models.BigIntegerField(null=True, blank=True)
    proposed_by = models.CharField(max_length=120, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True)
    end_asked_by_user = models.BigIntegerField(null=True, blank=True)
    end_asked_by = models.CharField(max_length=120, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    end_asked_for = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "number"], name="reference_version_once"),
            models.UniqueConstraint(
                fields=["table"],
                condition=Q(state__in=["draft", "proposed", "returned"]),
                name="reference_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("effective_from")),
                name="reference_version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_id} v{self.number}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return state_badge(self.state)

    @property
    def is_editable(self) -> bool:
        """Whether its rows may still change."""
        return self.state in ("draft", "returned")

    def binds_on(self, starts_on: date) -> bool:
        """Whether an approved version covers classes that start on that day."""
        begun = self.effective_from is not None and self.effective_from <= starts_on
        return begun and (self.ends_before is None or starts_on < self.ends_before)

    @transition(field=state, source=_sources("propose"), target=VersionState.PROPOSED.value)
    def propose(self, *, by: str, by_user: int | None, at: datetime) -> None:
        """提请: hand it to a second person."""
        self.proposed_by, self.proposed_by_user, self.proposed_at = by, by_user, at

    @transition(field=state, source=_sources("take_back"), target=VersionState.DRAFT.value)
    def take_back(self) -> None:
        """收回: to change it once more."""

    @transition(field=state, source=_sources("send_back"), target=VersionState.RETURNED.value)
    def send_back(self, *, because: str) -> None:
        """退回: to be changed, for a reason."""
        self.returned_because = because

    @transition(field=state, source=_sources("approve"), target=VersionState.APPROVED.value)
    def approve(self, *, by: str, at: datetime) -> None:
        """批准: it binds from its first day."""
        self.decided_by, self.decided_at = by, at

    @transition(field=state, source=_sources("discard"), target=VersionState.DISCARDED.value)
    def discard(self) -> None:
        """弃用: nothing comes of it."""

    @transition(field=state, source=_sources("ask_end"), target=VersionState.ENDING.value)
    def ask_end(self, *, on: date, because: str, by: str, by_user: int | None) -> None:
        """提请终止: from a day on, if a second person agrees."""
        self.end_asked_for, self.end_reason = on, because
        self.end_asked_by, self.end_asked_by_user = by, by_user

    @transition(field=state, source=_sources("keep"), target=VersionState.APPROVED.value)
    def keep(self) -> None:
        """不终止: it goes on."""

    @transition(field=state, source=_sources("end"), target=VersionState.ENDED.value)
    def end(self) -> None:
        """终止: from the day that was asked for it binds no more."""
        self.ends_before = self.end_asked_for


class TableRow(models.Model):
    """参照表的一行: its cells by column name. `words` is what a search looks through."""

    division_path: ClassVar[str | None] = "version__table__division"

    version = models.ForeignKey(TableVersion, models.CASCADE, related_name="rows")
    key = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="reference_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.key}"
