"""A draw from its frame to its bundle."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django_fsm import FSMField, transition

from inspections.choices.draws import (
    DRAW_STATE_CHOICES,
    ENTROPY_KIND_CHOICES,
    EXCLUSION_REASON_CHOICES,
    draw_badge,
)
from inspections.core.draw_states import MOVES, DrawState
from regulator.database.fields import EncryptedTextField
from regulator.database.models import PublicModel
from regulator.database.sealing import open_text
from regulator.web.choices import Badge


def _sources(name: str) -> list[str]:
    return [state.value for state in MOVES[name].sources]


class Draw(PublicModel):
    """双随机抽查: one draw by DR1 of premises and of the inspectors who visit them.

    `frame_text` is the frame as JSON exactly as it is published, `bundle_text` the bundle, empty
    until revealed or void. `key` and `outcome_text`, which is what was drawn, are sealed by the
    field keys. Not a plan, and not a visit.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    number = models.CharField(max_length=16, unique=True)
    campaign = models.CharField(max_length=120)
    state = FSMField(max_length=12, choices=DRAW_STATE_CHOICES, default="preparing")
    scope_on = models.DateField()
    team_count = models.PositiveIntegerField()
    frame_text = models.TextField()
    recusals_text = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    key = EncryptedTextField()
    commitment = models.CharField(max_length=64)
    entropy_kind = models.CharField(max_length=12, choices=ENTROPY_KIND_CHOICES)
    due_at = models.DateTimeField()
    reveal_by_at = models.DateTimeField()
    prepared_at = models.DateTimeField()
    prepared_by_user = models.BigIntegerField(null=True)
    prepared_by = models.CharField(max_length=120)
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by_user = models.BigIntegerField(null=True, blank=True)
    committed_by = models.CharField(max_length=120, blank=True)
    randomness = models.CharField(max_length=400, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.CharField(max_length=120, blank=True)
    outcome_text = EncryptedTextField(blank=True)
    last_visit_ended_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    bundle_text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    void_reason = models.CharField(max_length=400, blank=True)
    void_requested_at = models.DateTimeField(null=True, blank=True)
    void_requested_by_user = models.BigIntegerField(null=True, blank=True)
    void_requested_by = models.CharField(max_length=120, blank=True)
    void_requested_department = models.CharField(max_length=40, blank=True)
    void_signed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [models.Index(fields=["division", "state"], name="draw_open")]

    def __str__(self) -> str:
        return f"{self.number} {self.campaign}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return draw_badge(self.state)

    @property
    def frame(self) -> dict[str, Any]:
        """The frame's JSON value."""
        return json.loads(self.frame_text)

    @property
    def recusal_pairs(self) -> list[list[str]]:
        """The recusals as `[inspector code, register id]`, sorted."""
        return json.loads(self.recusals_text)

    @property
    def outcome(self) -> dict[str, Any]:
        """What was drawn, empty before; who may ask is decided by `may_read_sealed`."""
        return json.loads(open_text(self.outcome_text)) if self.outcome_text else {}

    @property
    def is_public(self) -> bool:
        """Whether outsiders may know of it at all."""
        return self.state != DrawState.PREPARING.value

    @property
    def is_open(self) -> bool:
        """Whether everything of it may be read by everybody."""
        return self.state in (DrawState.REVEALED.value, DrawState.VOID.value)

    @transition(field=state, source=_sources("commit"), target=DrawState.COMMITTED.value)
    def commit(self, *, at: datetime, by_user: int | None, by: str) -> None:
        """公布承诺: frame and commitment become public."""
        self.committed_at = at
        self.committed_by_user = by_user
        self.committed_by = by

    @transition(field=state, source=_sources("draw"), target=DrawState.DRAWN.value)
    def draw(self, *, at: datetime, by: str, outcome_text: str) -> None:
        """抽取: the lists exist and are sealed."""
        self.drawn_at = at
        self.drawn_by = by
        self.outcome_text = outcome_text

    @transition(field=state, source=_sources("reveal"), target=DrawState.REVEALED.value)
    def reveal(self, *, at: datetime, bundle_text: str, digest: str) -> None:
        """揭晓: the whole bundle becomes public."""
        self.revealed_at = at
        self.bundle_text = bundle_text
        self.digest = digest

    @transition(field=state, source=_sources("void"), target=DrawState.VOID.value)
    def void(self, *, at: datetime, reason: str, bundle_text: str, digest: str) -> None:
        """作废: the bundle becomes public with the reason and the key."""
        self.revealed_at = at
        self.void_reason = reason
        self.bundle_text = bundle_text
        self.digest = digest


class DrawExclusion(PublicModel):
    """排除记录: a premises of the scope left out before the frame is fixed, and why.

    Kept inside until the reveal; a second officer approves each.
    """

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="exclusions")
    register_id = models.CharField(max_length=7)
    reason = models.CharField(max_length=8, choices=EXCLUSION_REASON_CHOICES)
    note = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=120)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_user = models.BigIntegerField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["register_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "register_id"], name="draw_exclusion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} {self.reason}"


class DrawReading(models.Model):
    """随机数读数: one reading of the public source as it was, matching or not; none is left out."""

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="readings")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=400)
    witnesses = models.JSONField(default=list)
    read_at = models.DateTimeField()
    recorded_by_user = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "position"], name="draw_reading_place"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


class DrawReplacement(PublicModel):
    """替补: a premises or an inspector who stepped in by reserve order, and why."""

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="replacements")
    is_inspector = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    out = models.CharField(max_length=40)
    into = models.CharField(max_length=40)
    team = models.CharField(max_length=8)
    reason = models.CharField(max_length=300)
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["is_inspector", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draw_of", "is_inspector", "position"], name="draw_replacement_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.out} → {self.into}"


class DrawCounter(models.Model):
    """抽查编号: the last number given out in a division's year; locked while one is taken."""

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year"], name="draw_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.year} {self.last_number}"
