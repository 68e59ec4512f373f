"""Ask for a job, cancel it, have it tried again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from regulator.accounts.core.actions import Action
from regulator.audit.services import Subject, append_event
from regulator.jobs.core.access import job_refusals
from regulator.jobs.core.states import JobMove, JobState, next_state
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services.wake import wake_on_commit
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def enqueue(
    *,
    kind: str,
    division: str,
    params: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    total: int | None = None,
    title: str = "",
    page: str = "",
) -> Job:
    """Write the job's row and wake a worker on commit.

    `kind` is the registered name of the task. `params` is JSON and holds ids and digests, never
    personal data. `title` is a msgid that tells people what is being done; `page` the path of the
    page where its outcome is seen. Call it inside the transaction that makes the job necessary.
    """
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title,
            page=page,
            division=division,
            params=dict(params),
            total=total,
            occurred_at=at,
            wake_at=_next_wake(timezone.now()),
            actor_user=actor.user_id,
            actor_name=actor.name,
            actor_role=actor.role,
            actor_division=actor.division,
            actor_department=actor.department,
            actor_institution=actor.institution,
            actor_appointment=actor.appointment_id,
            standing_in_for=actor.standing_in_for,
        )
        wake_on_commit(job_id=job.pk, kind=kind)
        _record(job, move="job.enqueued", old=None, actor=actor, at=at)
    return job


def cancel_job(*, job: Job, actor: Actor, at: datetime) -> Job:
    """Cancel a queued job; ask a running one to stop between two chunks.

    Raises Refused where it is not the actor's to steer, or has ended meanwhile
    (`job.cannot_cancel`). Takes a transaction of its own, since nobody may hold another row's lock
    while waiting for a job's.
    """
    _require_steer(job, actor)
    with transaction.atomic(durable=True):
        locked = Job.objects.select_for_update().get(pk=job.pk)
        old = JobState(locked.state)
        new = next_state(JobMove.CANCEL, old)
        if new is None:
            raise Refused(Refusal("job.cannot_cancel", {"job_state": old.value}))
        locked.state = new.value
        if new is JobState.CANCELLED:
            locked.ended_at = timezone.now()
        locked.save(update_fields=["state", "ended_at"])
        _record(locked, move="job.cancelled", old=old, actor=actor, at=at)
    return locked


def retry_job(*, job: Job, actor: Actor, at: datetime) -> Job:
    """Queue a failed or cancelled job again; it resumes from its cursor.

    Raises Refused where it is not the actor's to steer, or is in another state
    (`job.cannot_retry`).
    """
    _require_steer(job, actor)
    with transaction.atomic(durable=True):
        locked = Job.objects.select_for_update().get(pk=job.pk)
        old = JobState(locked.state)
        new = next_state(JobMove.RETRY, old)
        if new is None:
            raise Refused(Refusal("job.cannot_retry", {"job_state": old.value}))
        locked.state = new.value
        locked.attempts = 0
        locked.failure = None
        locked.ended_at = None
        locked.wake_at = _next_wake(timezone.now())
        locked.save(update_fields=["state", "attempts", "failure", "ended_at", "wake_at"])
        wake_on_commit(job_id=locked.pk, kind=locked.kind)
        _record(locked, move="job.retried", old=old, actor=actor, at=at)
    return locked


def _require_steer(job: Job, actor: Actor) -> None:
    refusals = job_refusals(actor, Action.JOB_STEER, asked_by=job_actor(job), division=job.division)
    if refusals:
        raise Refused(refusals)


def _next_wake(now: datetime) -> datetime:
    """When the sweep calls again if nobody has taken the job by then."""
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _record(job: Job, *, move: str, old: JobState | None, actor: Actor, at: datetime) -> None:
    """What a person asked for is an event; what the system does by itself is in the job's row."""
    if not actor.is_person:
        return
    append_event(
        division=job.division,
        actor=actor,
        kind=move,
        subject=Subject(kind="job", key=str(job.public_id), label=job.title or job.kind),
        old=None if old is None else {"state": old.value},
        new={"state": job.state, "task": job.kind},
        occurred_at=at,
    )
