"""The entering of a list of contracts: row by row in chunks, a job that may die and go on."""

from __future__ import annotations

from celery import shared_task
from django.utils.translation import gettext as _

from fees.selectors.contract_uploads import (
    contract_upload_by_id,
    outcome_counts,
    settled_numbers,
)
from fees.services.contract_import import import_rows
from fees.services.contract_uploads import IMPORT_JOB, finish_import, opened_table
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job

CHUNK_ROWS = 50


@shared_task(name=IMPORT_JOB)
def import_contracts(job_id: int) -> None:
    """Enter the rows of a list that nobody has looked at in this attempt."""
    run_job(job_id, _import)


def _import(job: Job, lease: JobLease) -> None:
    upload = contract_upload_by_id(str(job.params["upload"]))
    if upload is None:
        raise JobFailed(_("这份合同表已经不在了。"))
    table, done = opened_table(upload), settled_numbers(upload)
    pairs = [] if upload.mapping is None else upload.mapping.pairs
    fixed = {} if upload.mapping is None else upload.mapping.fixed
    left = [(number, cells) for number, cells in table.rows if number not in done]
    lease.set_total(lease.job.cursor + len(left))
    actor, at = job_actor(job), job.occurred_at
    for first in range(0, len(left), CHUNK_ROWS):
        part = left[first : first + CHUNK_ROWS]
        rows = [(number, table.cells(cells, pairs, fixed)) for number, cells in part]
        with lease.chunk() as chunk:
            import_rows(upload=upload, rows=rows, actor=actor, at=at)
            note = _("登记到第 %(row)d 行") % {"row": part[-1][0]}
            chunk.advance(rows=len(part), note=note)
    with lease.finishing(result=outcome_counts(upload)):
        finish_import(upload=upload, actor=actor, at=at)
