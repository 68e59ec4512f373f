"""Printed checklists: what was known when they were issued, and the bytes that came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from inspections.choices.draws import CHECKLIST_KIND_CHOICES
from inspections.models.draw import Draw
from regulator.database.models import PublicModel


class Checklist(PublicModel):
    """检查清单: the paper a team takes to one premises, or all of a team's papers joined.

    `facts` is frozen when it is issued; `sha256` names the kept bytes, empty until rendered.
    Printing again gives those bytes. `name` is the register id, or `team-<n>`; a team whose list
    changed by a replacement is issued again under the next version.
    """

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="checklists")
    kind = models.CharField(max_length=12, choices=CHECKLIST_KIND_CHOICES)
    name = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    team = models.CharField(max_length=8)
    position = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "name", "version"], name="checklist_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_of_id} {self.name}"

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        return f"{self.name}.pdf"
