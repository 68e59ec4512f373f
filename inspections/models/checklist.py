"""Printed checklists: what was known when they were issued, and the bytes that came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inspections.choices.draws import CHECKLIST_KIND_CHOICES
from inspections.models.draw import Draw
from inspections.models.order import InspectionOrder
from regulator.database.models import PublicModel


class Checklist(PublicModel):
    """检查清单: the paper a team takes to one premises, or all of a team's papers joined.

    Of a draw, or of an order outside the draw; never of both. `facts` is frozen when it is issued;
    `sha256` names the kept bytes, empty until rendered. Printing again gives those bytes. `name`
    is the register id, or `team-<n>`; what has changed since is issued again under the next
    version, and pages of the former one are then refused. `serial` is what a person types.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    draw_of = models.ForeignKey(
        Draw, models.PROTECT, null=True, blank=True, related_name="checklists"
    )
    order = models.ForeignKey(
        InspectionOrder, models.PROTECT, null=True, blank=True, related_name="checklists"
    )
    kind = models.CharField(max_length=12, choices=CHECKLIST_KIND_CHOICES)
    name = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    serial = models.CharField(max_length=6, blank=True)
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
            models.UniqueConstraint(
                fields=["draw_of", "name", "version"],
                condition=Q(draw_of__isnull=False),
                name="checklist_once",
            ),
            models.UniqueConstraint(
                fields=["order", "name", "version"],
                condition=Q(order__isnull=False),
                name="checklist_of_order_once",
            ),
            models.UniqueConstraint(
                fields=["serial"], condition=~Q(serial=""), name="checklist_serial_once"
            ),
            models.CheckConstraint(
                condition=Q(draw_of__isnull=False, order__isnull=True)
                | Q(draw_of__isnull=True, order__isnull=False),
                name="checklist_has_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_number} {self.name}"

    @property
    def source(self) -> Draw | InspectionOrder:
        """The draw or the order it belongs to."""
        found = self.draw_of if self.draw_of is not None else self.order
        assert found is not None  # noqa: S101  the database holds it
        return found

    @property
    def source_number(self) -> str:
        """The number of its draw or order."""
        return self.source.number

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        return f"{self.name}.pdf"
