"""The institution's own report of what was taught: attendance, its files, the parents' notices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fees.choices.attendance import (
    MARK_CHOICES,
    NOTICE_STATE_BADGES,
    NOTICE_STATE_CHOICES,
    UPLOAD_STATE_BADGES,
    UPLOAD_STATE_CHOICES,
)
from fees.models.contracts import Contract, Lesson
from institutions.models import Filing, Institution
from regulator.database.models import PublicModel
from regulator.jobs.models import Job
from regulator.web.choices import Badge


class AttendanceSheet(PublicModel):
    """课堂考勤: who was there when a class met; the institution's report of that lesson.

    Not the lessons themselves, which are each pupil's own. `session` counts the class's lessons of
    one day, from 1. Marks may be added later, never changed.
    """

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="attendance_sheets")
    filing = models.ForeignKey(Filing, models.PROTECT, related_name="attendance_sheets")
    taught_on = models.DateField()
    session = models.PositiveSmallIntegerField(default=1)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-taught_on", "-session", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing", "taught_on", "session"], name="attendance_sheet_once"
            ),
            models.CheckConstraint(condition=Q(session__gt=0), name="attendance_session_from_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-taught_on"], name="attendance_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.taught_on} {self.session}"


class AttendanceMark(models.Model):
    """考勤记录: one pupil in one sheet, by contract. The mark stays as it was given.

    `lesson` is what was set aside for it: none where the pupil was not there, or as long as
    `problems` (codes of refusals with their values) say why no money could be set aside.
    """

    division_path: ClassVar[str | None] = "sheet__institution__division"

    sheet = models.ForeignKey(AttendanceSheet, models.PROTECT, related_name="marks")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="attendance_marks")
    mark = models.CharField(max_length=10, choices=MARK_CHOICES)
    lesson = models.OneToOneField(
        Lesson, models.PROTECT, null=True, blank=True, related_name="attendance_mark"
    )
    problems = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["sheet", "contract"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "contract"], name="attendance_mark_once"),
            models.CheckConstraint(
                condition=Q(mark="present") | Q(lesson__isnull=True),
                name="attendance_lesson_of_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.contract_id} {self.mark}"


class AttendanceUpload(PublicModel):
    """考勤表上传: a workbook of attendance, read row by row in a job; bad rows come back."""

    division_path: ClassVar[str | None] = "institution__division"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="attendance_uploads")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=UPLOAD_STATE_CHOICES, default="reading")
    problem = models.TextField(blank=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return UPLOAD_STATE_BADGES[self.state]


class LessonNotice(PublicModel):
    """消课确认通知: one message to one guardian about lessons that wait for an answer.

    Not a notice to an institution. The telephone is masked; `lessons` are the rows' keys. A message
    that did not go out begins no term.
    """

    division_path: ClassVar[str | None] = "contract__institution__division"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="lesson_notices")
    on = models.DateField()
    lessons = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=NOTICE_STATE_CHOICES, default="begun")
    problem = models.CharField(max_length=20, blank=True)
    phone_shown = models.CharField(max_length=20, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "on"], name="lesson_notice_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.on}"

    @property
    def badge(self) -> Badge:
        """The state, in a word."""
        return NOTICE_STATE_BADGES[self.state]
