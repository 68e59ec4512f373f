"""Run a job's work: claim, work chunk by chunk, and let go in every case."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from celery import current_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from regulator.jobs.core.progress import FAULT_ATTEMPTS, retry_delay_s
from regulator.jobs.core.states import JobMove, JobState
from regulator.jobs.models import Job
from regulator.jobs.services.lease import (
    JobCancelled,
    JobLease,
    LeaseLost,
    claim_job,
    settle,
)
from regulator.jobs.services.wake import wake_on_commit
from regulator.kernel.outcomes import Refused

log = structlog.get_logger(__name__)

Work = Callable[[Job, JobLease], None]


class JobFailed(Exception):
    """The work cannot be done, and trying again would not help; the message is for people."""


def run_job(job_id: int, work: Work) -> None:
    """Claim the job and do its work; does nothing where another worker holds it or it has ended.

    `work(job, lease)` writes only inside `with lease.chunk() as chunk:` and starts at `job.cursor`:
    rows before it are committed. What it raises ends the attempt: JobFailed and Refused fail the
    job at once, anything else is tried again from the cursor, at most FAULT_ATTEMPTS times
    without progress.
    """
    kind = current_task.name if current_task else ""
    lease = claim_job(job_id, at=timezone.now(), kind=kind)
    if lease is None:
        return
    try:
        work(lease.job, lease)
        if not lease.is_finished:
            lease.finish()
    except LeaseLost:
        log.info("lease_lost", job=job_id, kind=lease.job.kind)
    except JobCancelled:
        _let_go(lease, JobMove.STOP)
    except JobFailed as failed:
        _let_go(lease, JobMove.FAIL, failure={"text": str(failed)})
    except Refused as refused:
        reasons = [{"code": each.code, "params": dict(each.params)} for each in refused.refusals]
        _let_go(lease, JobMove.FAIL, failure={"refusals": reasons})
    except Exception as error:  # noqa: BLE001  whatever a task's own code raises
        _after_fault(lease, error)


def _let_go(lease: JobLease, move: JobMove, **values: Any) -> None:
    with transaction.atomic(durable=True):
        row = (
            Job.objects.select_for_update().filter(pk=lease.job.pk, lease_owner=lease.owner).first()
        )
        if row is not None:
            settle(row, move, **values)


def _after_fault(lease: JobLease, error: Exception) -> None:
    """Queue the job again after a pause, or give it up with an explanation for people."""
    fault = _fault_place(error)
    log.error("job_fault", job=lease.job.pk, kind=lease.job.kind, fault=fault)
    with transaction.atomic(durable=True):
        row = (
            Job.objects.select_for_update().filter(pk=lease.job.pk, lease_owner=lease.owner).first()
        )
        if row is None:
            return
        if row.attempts >= min(FAULT_ATTEMPTS, settings.JOB_MAX_ATTEMPTS):
            settle(row, JobMove.FAIL, failure=exhausted(row, code="fault", fault=fault))
            return
        delay_s = retry_delay_s(row.attempts)
        wake_at = timezone.now() + timedelta(seconds=delay_s + settings.JOB_LEASE_SECONDS)
        if settle(row, JobMove.RELEASE, wake_at=wake_at) is JobState.QUEUED:
            wake_on_commit(job_id=row.pk, kind=row.kind, delay_s=delay_s)


def exhausted(row: Job, *, code: str, fault: str = "") -> dict[str, Any]:
    """Why a job was given up, as `failure_text` reads it."""
    params = {
        "cursor": row.cursor,
        "attempts": row.attempts,
        "number": str(row.public_id),
        "fault": fault,
    }
    return {"code": code, "params": params}


def _fault_place(error: Exception) -> str:
    """The exception's type and the place that raised it: never its words, which may quote a row."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    return f"{type(error).__name__} @ {Path(last.filename).name}:{last.lineno}"
