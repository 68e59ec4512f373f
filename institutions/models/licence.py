"""A licence with everything it prints, and its states over time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from institutions.choices.register import (
    ACTIVITY_CHOICES,
    CATEGORY_CHOICES,
    DOCUMENT_TYPE_CHOICES,
    LICENCE_STATE_CHOICES,
)
from institutions.core.licence_states import TRANSITIONS, LicenceState
from institutions.models.register import Institution
from regulator.database.models import PublicModel


def _sources(name: str) -> list[str]:
    return [state.value for state in TRANSITIONS[name].sources]


class Licence(PublicModel):
    """办学许可证: the paper that allows an institution to teach, whatever it is called there.

    Its fields are those of the form of 2008 (教发厅〔2008〕2号). The number is kept as printed; the
    parts beside it are what could be read. `valid_before` is half-open. Not the business licence.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="licences")
    document_type = models.CharField(
        max_length=20, choices=DOCUMENT_TYPE_CHOICES, default="school_licence"
    )
    number_printed = models.CharField(max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True)
    number_authority = models.CharField(max_length=1, blank=True)
    number_division = models.CharField(max_length=6, blank=True)
    number_nature = models.CharField(max_length=1, blank=True)
    number_serial = models.CharField(max_length=7, blank=True)
    number_flags = models.JSONField(default=list, blank=True)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    principal = models.CharField(max_length=120, blank=True)
    sponsors = models.CharField(max_length=300, blank=True)
    school_type = models.CharField(max_length=60, blank=True)
    content = models.TextField(blank=True)
    category = models.CharField(max_length=12, blank=True, choices=CATEGORY_CHOICES)
    activity = models.CharField(max_length=16, blank=True, choices=ACTIVITY_CHOICES)
    stages = models.JSONField(default=list, blank=True)
    subjects = models.JSONField(default=list, blank=True)
    ways = models.JSONField(default=list, blank=True)
    competent_department_printed = models.CharField(max_length=120, blank=True)
    issuing_authority = models.CharField(max_length=120, blank=True)
    issuing_department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_before = models.DateField(null=True, blank=True)
    remarks = models.TextField(blank=True)
    state = FSMField(max_length=12, choices=LICENCE_STATE_CHOICES, default="pending")
    state_since = models.DateField()
    state_reason = models.CharField(max_length=500, blank=True)
    decision_number = models.CharField(max_length=80, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        ordering: ClassVar = ["-valid_from", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "number_key"],
                condition=~Q(number_key=""),
                name="licence_number_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_before__gt=F("valid_from")),
                name="licence_validity_runs_forward",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["number_key"], name="licence_number"),
            models.Index(fields=["state", "valid_before"], name="licence_due"),
        ]

    def __str__(self) -> str:
        return self.number_printed or f"{self.document_type} {self.pk}"

    def is_valid_on(self, day: date) -> bool:
        """Whether the printed validity covers the day, whatever the state."""
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_before is None or day < self.valid_before)

    @property
    def last_valid_on(self) -> date | None:
        """The last day printed on the paper (有效期止)."""
        if self.valid_before is None:
            return None
        return date.fromordinal(self.valid_before.toordinal() - 1)

    @transition(field=state, source=_sources("grant"), target=LicenceState.IN_FORCE.value)
    def grant(self, *, on: date, reason: str, decision_number: str) -> None:
        """核发: the paper is handed out."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("suspend"), target=LicenceState.SUSPENDED.value)
    def suspend(self, *, on: date, reason: str, decision_number: str) -> None:
        """暂停: no enrolment and no training for now."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("resume"), target=LicenceState.IN_FORCE.value)
    def resume(self, *, on: date, reason: str, decision_number: str) -> None:
        """恢复: what the suspension asked for has been done."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("expire"), target=LicenceState.EXPIRED.value)
    def expire(self, *, on: date, reason: str, decision_number: str) -> None:
        """到期: the validity has run out."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("revoke"), target=LicenceState.REVOKED.value)
    def revoke(self, *, on: date, reason: str, decision_number: str) -> None:
        """吊销: taken away as a penalty."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("annul"), target=LicenceState.ANNULLED.value)
    def annul(self, *, on: date, reason: str, decision_number: str) -> None:
        """撤销: it should never have been granted."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("withdraw"), target=LicenceState.WITHDRAWN.value)
    def withdraw(self, *, on: date, reason: str, decision_number: str) -> None:
        """撤回: the law or the circumstances changed."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("replace"), target=LicenceState.REPLACED.value)
    def replace(self, *, on: date, reason: str, decision_number: str) -> None:
        """换发: another licence took its place; its number is never used again."""
        self._enter(on, reason, decision_number)

    @transition(field=state, source=_sources("cancel"), target=LicenceState.CANCELLED.value)
    def cancel(self, *, on: date, reason: str, decision_number: str) -> None:
        """注销: struck off the register."""
        self._enter(on, reason, decision_number)

    def _enter(self, on: date, reason: str, decision_number: str) -> None:
        self.state_since = on
        self.state_reason = reason
        self.decision_number = decision_number


class LicenceStatePeriod(models.Model):
    """许可证状态: the state a licence was in, for a time."""

    division_path: ClassVar[str | None] = "licence__institution__division"

    licence = models.ForeignKey(Licence, models.CASCADE, related_name="periods")
    state = models.CharField(max_length=12, choices=LICENCE_STATE_CHOICES)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.state} {self.starts_on}"
