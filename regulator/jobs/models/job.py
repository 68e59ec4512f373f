"""A job, its errors and its files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from regulator.database.models import PublicModel
from regulator.jobs.choices.states import STATE_BADGES, STATE_CHOICES, STATE_SENTENCES
from regulator.jobs.choices.texts import DEFAULT_TITLE
from regulator.jobs.core.progress import Progress
from regulator.jobs.core.states import ENDED, JobMove, JobState, next_state
from regulator.web.choices import Badge


class Job(PublicModel):
    """后台任务: one piece of long work; this row is the truth about it.

    Not a broker's message, which only wakes a worker. `cursor` is where to resume: whatever lies
    before it is committed. Who holds the job until when stands in the lease columns, which only
    compare-and-set updates change.
    """

    division_path: ClassVar[str | None] = "division"

    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=300, blank=True)
    division = models.CharField(max_length=6)
    params = models.JSONField(default=dict)

    actor_user = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    actor_role = models.CharField(max_length=40)
    actor_division = models.CharField(max_length=6, blank=True)
    actor_department = models.CharField(max_length=40, blank=True)
    actor_institution = models.CharField(max_length=40, blank=True)
    actor_appointment = models.BigIntegerField(null=True)
    standing_in_for = models.BigIntegerField(null=True)

    state = models.CharField(max_length=12, choices=STATE_CHOICES, default="queued")
    total = models.PositiveIntegerField(null=True)
    cursor = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    failure = models.JSONField(null=True)

    lease_owner = models.CharField(max_length=120, blank=True)
    lease_expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    wake_at = models.DateTimeField()

    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "wake_at"], name="jobs_job_waiting"),
            models.Index(fields=["state", "lease_expires_at"], name="jobs_job_leased"),
            models.Index(fields=["division", "-id"], name="jobs_job_recent"),
            models.Index(fields=["actor_user", "-id"], name="jobs_job_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def name(self) -> str:
        """What is being done, as people read it."""
        return gettext(self.title) if self.title else str(DEFAULT_TITLE)

    @property
    def badge(self) -> Badge:
        """The state as shown."""
        return STATE_BADGES[self.state]

    @property
    def sentence(self) -> str:
        """What the state means for the person who waits."""
        return str(STATE_SENTENCES[self.state])

    @property
    def progress(self) -> Progress:
        """n of N."""
        return Progress(done=self.done_count, total=self.total)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen unless a person asks for it."""
        return JobState(self.state) in ENDED

    @property
    def is_running(self) -> bool:
        """Whether a worker holds it and nobody asked it to stop."""
        return JobState(self.state) is JobState.RUNNING

    @property
    def can_cancel(self) -> bool:
        """Whether the table of states has a cancel from here."""
        return next_state(JobMove.CANCEL, JobState(self.state)) is not None

    @property
    def can_retry(self) -> bool:
        """Whether the table of states has a retry from here."""
        return next_state(JobMove.RETRY, JobState(self.state)) is not None


class JobError(models.Model):
    """任务错误: one item that a job could not do, and why; once per item, however often tried."""

    division_path: ClassVar[str | None] = "job__division"

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="errors")
    key = models.CharField(max_length=120)
    where = models.CharField(max_length=200, blank=True)
    message = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "key"], name="jobs_joberror_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


class JobFile(models.Model):
    """任务结果文件: a file a job made, by its content; the bytes lie in the private storage."""

    division_path: ClassVar[str | None] = "job__division"

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "name"], name="jobs_jobfile_once_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
