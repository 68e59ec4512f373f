"""Waves: institutions that must have done something by a day, and what follows if they have not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from institutions.choices.journeys import MEMBER_STANDING_CHOICES
from institutions.models.register import Institution
from regulator.database.models import PublicModel


class Wave(PublicModel):
    """批次: who must re-register, convert or close by a deadline, and the consequence.

    `criteria` say who is in it (codes of the register's columns); its members are fixed when it is
    opened and changed only by a named person with a reason. `ways_out` are kinds of journeys.
    Not a draw's round.
    """

    division_path: ClassVar[str | None] = "division"

    division = models.ForeignKey("accounts.Division", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    criteria = models.JSONField(default=dict)
    ways_out = models.JSONField(default=list)
    deadline_on = models.DateField()
    consequence = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=120, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-deadline_on", "-id"]

    def __str__(self) -> str:
        return self.name


class WaveMember(models.Model):
    """批次机构: an institution in a wave, and what was found on the day after the deadline.

    `spared_because` is the number of the journey that was under way in time.
    """

    division_path: ClassVar[str | None] = "wave__division"

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="members")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="wave_memberships")
    added_because = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=12, choices=MEMBER_STANDING_CHOICES, default="open")
    spared_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "institution"], name="wave_member_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["wave", "standing"], name="wave_standing")]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.institution_id}"
