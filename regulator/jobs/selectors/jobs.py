"""Jobs as their people see them, and who asked for one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.core.roles import Role
from regulator.jobs.choices.texts import failure_text
from regulator.jobs.core.access import job_refusals
from regulator.jobs.core.states import ENDED
from regulator.jobs.models import Job, JobError, JobFile
from regulator.kernel.actors import Actor

ERRORS_SHOWN = 200


@dataclass(frozen=True)
class JobView:
    """A job as its page shows it; `errors` are the first `ERRORS_SHOWN` by their order."""

    job: Job
    errors: list[JobError]
    files: list[JobFile]
    failure: str
    may_steer: bool
    outcome_page: str


def job_actor(job: Job) -> Actor:
    """Who asked for the job: what the task does, it does in this name."""
    return Actor(
        user_id=job.actor_user,
        name=job.actor_name,
        role=job.actor_role,
        division=job.actor_division,
        department=job.actor_department,
        institution=job.actor_institution,
        appointment_id=job.actor_appointment,
        standing_in_for=job.standing_in_for,
    )


def visible_jobs(viewer: Actor) -> QuerySet[Job]:
    """The jobs that `job_refusals` lets the viewer read, newest first."""
    jobs = Job.objects.order_by("-id")
    if not may(viewer, Action.JOB_READ, Target(division=viewer.division)):
        return jobs.none()
    jobs = jobs.filter(division=viewer.division)
    if viewer.role == Role.ADMINISTRATOR:
        return jobs
    desk = Q(
        actor_role=viewer.role,
        actor_division=viewer.division,
        actor_department=viewer.department,
        actor_institution=viewer.institution,
    )
    own = Q(actor_user=viewer.user_id) if viewer.is_person else Q(pk__in=[])
    if viewer.institution:
        own &= Q(actor_institution__in=["", viewer.institution])
    return jobs.filter(own | desk)


def running_job_of(*, kind: str, division: str) -> Job | None:
    """The job of a kind that waits or runs for a division, the oldest first."""
    ended = [state.value for state in ENDED]
    rows = Job.objects.filter(kind=kind, division=division).exclude(state__in=ended)
    return rows.order_by("pk").first()


def job_for(viewer: Actor, public_id: UUID) -> Job | None:
    """The job, or None where there is none or the viewer may not know of it."""
    job = Job.objects.filter(public_id=public_id).first()
    if job is None or not _is_visible(job, viewer, Action.JOB_READ):
        return None
    return job


def job_view(job: Job, viewer: Actor) -> JobView:
    """Everything the job's page shows, in three queries."""
    return JobView(
        job=job,
        errors=list(job.errors.order_by("pk")[:ERRORS_SHOWN]),
        files=list(job.files.order_by("pk")),
        failure=failure_text(job.failure),
        may_steer=_is_visible(job, viewer, Action.JOB_STEER),
        # The page belongs to who asked: an institution's portal does not open to an officer.
        outcome_page=job.page if viewer.institution == job.actor_institution else "",
    )


def job_file_for(viewer: Actor, public_id: UUID, file_id: int) -> JobFile | None:
    """A result file of a job that the viewer may read."""
    job = job_for(viewer, public_id)
    return None if job is None else job.files.filter(pk=file_id).first()


def _is_visible(job: Job, viewer: Actor, action: Action) -> bool:
    return not job_refusals(viewer, action, asked_by=job_actor(job), division=job.division)
