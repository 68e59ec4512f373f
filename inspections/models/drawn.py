"""Who and what was drawn, as rows: teams, their members, and the premises they visit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from inspections.models.draw import Draw
from inspections.models.inspector import Inspector


class DrawInspector(models.Model):
    """参抽人员: an inspector under the code made for one draw; `team` is empty for the reserve."""

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="draws")
    code = models.CharField(max_length=40)
    team = models.CharField(max_length=8, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["team", "position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "code"], name="draw_member_code_once"),
            models.UniqueConstraint(
                fields=["draw_of", "inspector"], name="draw_member_person_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DrawTeam(models.Model):
    """检查组: a team of a draw, and the days on which it sees its list."""

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="teams")
    number = models.CharField(max_length=8)
    starts_on = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "number"], name="draw_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_of_id} {self.number}"

    def is_out_on(self, day: date) -> bool:
        """Whether the team is out on that day, and so may see its list."""
        if self.starts_on is None or self.ends_before is None:
            return False
        return self.starts_on <= day < self.ends_before

    @property
    def last_day(self) -> date | None:
        """The last day the team is out."""
        if self.ends_before is None:
            return None
        return date.fromordinal(self.ends_before.toordinal() - 1)


class DrawAssignment(models.Model):
    """抽中场所: a premises drawn, and the team that visits it (`0` where recusals left none).

    `stands_in_for` is the register id it replaced; `replaced` says that another stepped in for it.
    """

    division_path: ClassVar[str | None] = "draw_of__division"

    draw_of = models.ForeignKey(Draw, models.PROTECT, related_name="assignments")
    premises = models.ForeignKey("institutions.Premises", models.PROTECT, related_name="draws")
    register_id = models.CharField(max_length=7)
    stratum = models.CharField(max_length=8)
    area = models.CharField(max_length=12)
    team = models.CharField(max_length=8)
    stands_in_for = models.CharField(max_length=7, blank=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["team", "area", "register_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw_of", "register_id"], name="draw_assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id} → {self.team}"
