"""Parents who are to be asked about their lessons, one message after the other."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.services.lesson_notices import (
    NOTICE_JOB,
    begin_notice,
    end_notice,
    send_notice,
    start_daily_notices,
)
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job
from regulator.kernel.actors import SYSTEM


@shared_task(name="fees.notify_daily")
def notify_daily() -> None:
    """Every morning: a job for each division where parents wait to be asked. Safe twice."""
    start_daily_notices(actor=SYSTEM, at=timezone.now())


@shared_task(name=NOTICE_JOB)
def notify_parents_of_lessons(job_id: int) -> None:
    """Send a division's notices of the day."""
    run_job(job_id, _notify)


def _notify(job: Job, lease: JobLease) -> None:
    actor, at = job_actor(job), job.occurred_at
    while True:
        with lease.chunk():
            notice = begin_notice(division=job.division, actor=actor, at=at)
        if notice is None:
            return
        problem = send_notice(notice)
        with lease.chunk() as chunk:
            end_notice(notice=notice, problem=problem, actor=actor, at=at)
            if problem:
                where = notice.contract.number
                chunk.error(key=str(notice.pk), where=where, message=notice.phone_shown)
            chunk.advance(rows=1)
