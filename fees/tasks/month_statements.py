"""Rendering a month's statement; what is rendered already is passed over."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from fees.documents.month_statements import statement_pdf
from fees.selectors.month_statements import statement_by_id
from fees.services.month_statements import RENDER_JOB, keep_rendered_statement
from regulator.adapters.storage import store_bytes
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job


@shared_task(name=RENDER_JOB)
def render_month_statement(job_id: int) -> None:
    """Set the statement of a job as PDF and keep its bytes."""
    run_job(job_id, _render)


def _render(job: Job, lease: JobLease) -> None:
    statement = statement_by_id(int(job.params["statement"]))
    lease.set_total(1)
    if statement.sha256:
        return
    with lease.long_step(statement.number):
        sha256 = store_bytes(statement_pdf(statement))
    with lease.chunk() as chunk:
        keep_rendered_statement(statement, sha256=sha256, actor=job_actor(job), at=timezone.now())
        chunk.advance(rows=1, note=statement.number)
