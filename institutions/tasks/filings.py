"""The screening of an uploaded workbook, row by row, as a job that may die and go on."""

from __future__ import annotations

from celery import shared_task
from django.utils.translation import gettext as _

from institutions.core.screening.rows import BadWorkbook
from institutions.models import FilingUpload
from institutions.resources.filing_reader import FilingSheet, read_filing_rows
from institutions.selectors.filings import upload_by_id
from institutions.services.filings_ahead import prepare_screening, ready_ahead, rows_in_line
from institutions.services.filings_upload import (
    SCREENING_JOB,
    finish_screening,
    keep_screened_rows,
    refuse_upload,
)
from regulator.adapters.forks import undisturbed
from regulator.adapters.storage import open_stored
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job

CHUNK_ROWS = 500


@shared_task(name=SCREENING_JOB)
def screen_upload(job_id: int) -> None:
    """Read the upload's file and screen its rows from the job's cursor on."""
    run_job(job_id, _screen)


def _screen(job: Job, lease: JobLease) -> None:
    upload = upload_by_id(job.params["upload"])
    if upload is None:
        raise JobFailed(_("这份上传记录已经不在了。"))
    with undisturbed():
        sheet = _read(upload, job, lease)
    if sheet is None:
        return
    lease.set_total(len(sheet.rows))
    actor, at, begun = job_actor(job), job.occurred_at, lease.job.cursor
    screening = prepare_screening(upload, sheet.rows, done=begun)
    left = sheet.rows[begun:]
    with ready_ahead(screening=screening, rows=left, chunk_rows=CHUNK_ROWS) as ahead:
        for ready in ahead:
            done = lease.job.cursor
            chunk_rows = sheet.rows[done : done + CHUNK_ROWS]
            kept = rows_in_line(screening=screening, rows=chunk_rows, ready=ready)
            with lease.chunk() as chunk:
                keep_screened_rows(upload=upload, rows=kept, actor=actor, at=at)
                note = _("核对到第 %(row)d 行") % {"row": chunk_rows[-1].number}
                chunk.advance(rows=len(chunk_rows), note=note)
    notes = [note.message for note in sheet.warnings]
    with lease.finishing(result={"rows": len(sheet.rows)}):
        finish_screening(upload=upload, row_count=len(sheet.rows), notes=notes, actor=actor, at=at)


def _read(upload: FilingUpload, job: Job, lease: JobLease) -> FilingSheet | None:
    """The sheet, or None after the upload was marked with the one reason why it has none."""
    try:
        with open_stored(upload.file_sha256) as file:
            return read_filing_rows(file, file_name=upload.file_name)
    except BadWorkbook as problem:
        with lease.finishing(result={"rows": 0}):
            refuse_upload(
                upload=upload, problem=str(problem), actor=job_actor(job), at=job.occurred_at
            )
        return None
