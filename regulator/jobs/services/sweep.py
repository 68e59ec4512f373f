"""The sweep: what a lost message or a dead worker left behind is called up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from regulator.jobs.core.states import HELD, JobMove, JobState
from regulator.jobs.models import Job
from regulator.jobs.services.lease import settle
from regulator.jobs.services.owners import is_gone
from regulator.jobs.services.run import exhausted
from regulator.jobs.services.wake import calls_waiting, wake_worker

# Each sweep calls for at most so many waiting jobs, the oldest first: a broker that was merely
# slow is not flooded with duplicates, which are harmless but have to be read. For the same reason
# it calls for none while that many messages wait unread: no worker is there, or all are busy.
WAKES_A_SWEEP = 50

HELD_STATES = [state.value for state in HELD]


@dataclass(frozen=True)
class SweepReport:
    """How many jobs were called up, and how many were let go for good."""

    woken: int = 0
    ended: int = 0


def sweep_jobs(*, at: datetime) -> SweepReport:
    """Free every lease that expired or whose process is gone; wake workers for queued jobs."""
    lapsed = [job for job in Job.objects.filter(state__in=HELD_STATES) if _has_lapsed(job, at)]
    ended = sum(_free(job.pk, owner=job.lease_owner, at=at) for job in lapsed)
    if calls_waiting() >= WAKES_A_SWEEP:
        return SweepReport(woken=0, ended=ended)
    waiting = (
        Job.objects.filter(state=JobState.QUEUED.value, wake_at__lte=at)
        .order_by("pk")
        .values_list("pk", "kind")[:WAKES_A_SWEEP]
    )
    woken = sum(_call_up(job_id, kind, at=at) for job_id, kind in list(waiting))
    return SweepReport(woken=woken, ended=ended)


def _has_lapsed(job: Job, at: datetime) -> bool:
    expires_at = job.lease_expires_at
    return expires_at is None or expires_at <= at or is_gone(job.lease_owner)


def _free(job_id: int, *, owner: str, at: datetime) -> bool:
    """Take the lease away from `owner`, unless it was renewed. True where that ended the job."""
    with transaction.atomic(durable=True):
        held = Job.objects.select_for_update().filter(
            pk=job_id, lease_owner=owner, state__in=HELD_STATES
        )
        row = held.first()
        if row is None or not _has_lapsed(row, at):
            return False
        if row.attempts >= settings.JOB_MAX_ATTEMPTS:
            settle(row, JobMove.FAIL, failure=exhausted(row, code="deaths"))
            return True
        return settle(row, JobMove.RELEASE, wake_at=at) is not JobState.QUEUED


def _call_up(job_id: int, kind: str, *, at: datetime) -> bool:
    """Wake a worker, unless another sweep did so just now."""
    again = at + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    mine = Job.objects.filter(pk=job_id, state=JobState.QUEUED.value, wake_at__lte=at).update(
        wake_at=again
    )
    return bool(mine) and wake_worker(job_id=job_id, kind=kind)
