"""Journeys: matters of institutions before the bureau, their documents and countersignatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from institutions.choices.journeys import (
    DOCUMENT_STATE_CHOICES,
    JOURNEY_KIND_CHOICES,
    PROPOSAL_STATE_CHOICES,
)
from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.shape import JourneyTable, Move
from institutions.models.licence import Licence
from institutions.models.register import Institution
from institutions.models.wave import Wave
from regulator.database.models import PublicModel


def _moved(table: JourneyTable, move: Move) -> Callable[..., None]:
    """The django-fsm transition of a move: it sets the state's own fields only."""

    @transition(field="state", source=list(move.sources), target=move.target)
    def take(self: Any, *, on: date) -> None:
        self.state_since = on
        self.revision += 1
        if move.target in table.endings:
            self.ended_on = on
            self.outcome = table.endings[move.target]

    return take


class _Moves:
    """One django-fsm transition per move of every table, named `<kind>_<move>`."""


for _table in JOURNEYS.values():
    for _move in _table.moves:
        setattr(_Moves, f"{_table.kind}_{_move.name}", _moved(_table, _move))


class Journey(_Moves, PublicModel):
    """办件: one matter of one institution before the bureau, from its beginning to its end.

    Which states and moves it has stands in `core/journeys/tables`, by `kind`. `details` holds what
    was stated by the moves so far, by the ask's code; `order` the division's order of steps when
    it began. `department` accepts and decides. `revision` counts the moves: a page that was opened
    before the last one cannot act on it. A set-up has an applicant's name and no institution yet.
    Not an inspection's case.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="journeys"
    )
    kind = models.CharField(max_length=20, choices=JOURNEY_KIND_CHOICES)
    number = models.CharField(max_length=24, unique=True)
    applicant_name = models.CharField(max_length=200)
    state = FSMField(max_length=24, default="preparing")
    state_since = models.DateField()
    revision = models.PositiveIntegerField(default=0)
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="+")
    receiving_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    wave = models.ForeignKey(Wave, models.PROTECT, null=True, blank=True, related_name="journeys")
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="journeys"
    )
    new_licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=120)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=Q(ended_on__isnull=True, institution__isnull=False),
                name="journey_one_running",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "kind", "state"], name="journey_of_kind"),
            models.Index(fields=["institution", "ended_on"], name="journey_of_institution"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def table(self) -> JourneyTable:
        """The table of its kind."""
        return JOURNEYS[self.kind]

    @property
    def is_over(self) -> bool:
        """Whether it has come to an end."""
        return self.ended_on is not None


class JourneyDocument(PublicModel):
    """办件材料: a document handed in with a journey; what is handed in again is a new version.

    The file is kept by its SHA-256 and never altered. Not a paper that the bureau issues.
    """

    division_path: ClassVar[str | None] = "journey__division"

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DOCUMENT_STATE_CHOICES, default="uploaded")
    reason = models.CharField(max_length=500, blank=True)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    checked_by = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey", "kind", "version"], name="journey_document_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.kind} {self.version}"


class JourneyProposal(PublicModel):
    """待会签: a move that one person proposed and another has to countersign.

    Only the countersignature makes the move; who proposed cannot countersign.
    """

    division_path: ClassVar[str | None] = "journey__division"

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="proposals")
    move = models.CharField(max_length=32)
    stated = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=PROPOSAL_STATE_CHOICES, default="waiting")
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    settled_by = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["journey"],
                condition=Q(state="waiting"),
                name="journey_one_proposal_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id} {self.move}"
