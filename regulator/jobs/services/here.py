"""Run waiting jobs in this very process: for commands, the demonstration seed and tests."""

from __future__ import annotations

from time import sleep

from celery import current_app

from regulator.jobs.core.states import JobState
from regulator.jobs.models import Job
from regulator.kernel.outcomes import InvariantError

_LOOK_AGAIN_S = 0.5


def run_here(job: Job) -> Job:
    """Run one job in this process and return its row afterwards.

    If a worker was faster, the row shows it as running: whoever calls decides whether to wait.
    Raises InvariantError where no task is registered under the job's kind.
    """
    if job.kind not in current_app.tasks:
        current_app.autodiscover_tasks(force=True)
    task = current_app.tasks.get(job.kind)
    if task is None:
        raise InvariantError(f"没有名为 {job.kind} 的任务。")
    task(job.pk)
    job.refresh_from_db()
    return job


def finish_here(job: Job) -> Job:
    """Have a job finished, here or by the worker that was faster; its row afterwards.

    A worker that dies meanwhile is replaced here once its lease has run out.
    """
    run_here(job)
    while not job.is_ended:
        sleep(_LOOK_AGAIN_S)
        run_here(job)
    return job


def run_waiting_jobs() -> int:
    """Run queued jobs, the oldest first, until none is queued; how many were run.

    A job is tried once: where its work raised, it stays queued for the worker.
    """
    ran: set[int] = set()
    while True:
        job = (
            Job.objects.filter(state=JobState.QUEUED.value)
            .exclude(pk__in=ran)
            .order_by("pk")
            .first()
        )
        if job is None:
            return len(ran)
        ran.add(job.pk)
        run_here(job)
