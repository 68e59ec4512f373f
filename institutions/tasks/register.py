"""The import of a register list as a job: read, judged as a whole, written chunk by chunk."""

from __future__ import annotations

from celery import shared_task

from institutions.choices.row_reasons import row_reason
from institutions.core.register.refusals import ImportScope
from institutions.models import RegisterImport
from institutions.resources.register_problem import UnreadableRegister
from institutions.resources.register_reader import RegisterSheet, judged_sheet, read_register
from institutions.resources.register_workbooks import refused_workbook
from institutions.selectors.register_import import import_of_job
from institutions.selectors.register_places import division_place
from institutions.services.register_import import JOB_KIND, import_rows
from regulator.adapters.storage import read_stored
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job

CHUNK_ROWS = 100
REFUSED_FILE = "退回的行.xlsx"


@shared_task(name=JOB_KIND)
def import_register(job_id: int) -> None:
    """Take in the list that the job's import names."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    asked = import_of_job(job.public_id)
    if asked is None:
        raise JobFailed("找不到这次导入的记录。")
    sheet = _read(asked)
    scope = ImportScope(division_place(asked.division_id), asked.places)
    judged = judged_sheet(sheet, scope)
    lease.set_total(len(judged))
    actor = job_actor(job)
    while lease.job.cursor < len(judged):
        rows = judged[lease.job.cursor : lease.job.cursor + CHUNK_ROWS]
        with lease.chunk() as chunk:
            report = import_rows(asked=asked, rows=rows, actor=actor, at=asked.asked_at)
            for number, refusals in report.refused.items():
                name = next(one.row.name for one in rows if one.row.number == number)
                chunk.error(
                    key=str(number),
                    where=f"第 {number} 行 {name}".strip(),
                    message=row_reason(refusals),
                )
            chunk.advance(rows=len(rows), note=rows[-1].row.name)
    asked.refresh_from_db()
    _finish(asked, sheet, lease)


def _read(asked: RegisterImport) -> RegisterSheet:
    try:
        return read_register(read_stored(asked.file_sha256), file_name=asked.file_name)
    except UnreadableRegister as problem:
        raise JobFailed(str(problem)) from problem


def _finish(asked: RegisterImport, sheet: RegisterSheet, lease: JobLease) -> None:
    reasons = {int(error.key): error.message for error in lease.job.errors.all()}
    result = {
        "added": asked.added_count,
        "changed": asked.changed_count,
        "kept": asked.kept_count,
        "refused": asked.refused_count,
        "dropped_columns": sheet.columns.dropped_count,
    }
    files = []
    if reasons:
        rows = [
            (row.number, row.texts, reasons[row.number])
            for row in sheet.rows
            if row.number in reasons
        ]
        files.append((REFUSED_FILE, refused_workbook(sheet.columns.headers, rows)))
    lease.finish(result=result, files=files)
