"""Release runs: one every night in each division, and those that somebody asked for."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.selectors.release_runs import run_totals, waiting_lessons
from fees.services.release_jobs import RELEASE_JOB, finish_run, release_step, start_nightly_runs
from fees.services.release_runs import Ahead
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job
from regulator.kernel.actors import SYSTEM

# None leaves it to the database's own measure.
CHUNK_LESSONS: int | None = None


@shared_task(name="fees.release_daily")
def release_daily() -> None:
    """Every night: a run for each division whose working day it is. Safe twice."""
    start_nightly_runs(actor=SYSTEM, at=timezone.now())


@shared_task(name=RELEASE_JOB)
def run_release(job_id: int) -> None:
    """Release what is due, chunk by chunk."""
    run_job(job_id, _release)


def _release(job: Job, lease: JobLease) -> None:
    run_id, actor, at = int(job.params["run"]), job_actor(job), job.occurred_at
    lease.set_total(job.done_count + waiting_lessons(run_id))
    ahead = Ahead()
    while True:
        with lease.chunk() as chunk:
            done = release_step(run_id=run_id, size=CHUNK_LESSONS, actor=actor, at=at, ahead=ahead)
            chunk.advance(rows=done.lessons)
        if done.is_over:
            break
    with lease.finishing(result=run_totals(run_id)):
        finish_run(run_id=run_id, actor=actor, at=at)
