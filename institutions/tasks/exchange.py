"""The import of a table as a job: read again, planned under locks, written chunk by chunk."""

from __future__ import annotations

from collections import Counter

from celery import shared_task

from institutions.resources.exchange_lines import LineResult, run_lines
from institutions.resources.exchange_reader import FieldTable
from institutions.resources.exchange_targets import (
    REFUSED_FILE,
    lines_of_target,
    refused_rows,
    stored_table,
)
from institutions.resources.register_problem import UnreadableRegister
from institutions.selectors.exchange import table_import_of_job
from institutions.services.exchange import JOB_KIND, count_table_rows
from institutions.services.exchange_rows import RowContext
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job
from regulator.kernel.outcomes import InvariantError

CHUNK_ROWS = 50


@shared_task(name=JOB_KIND)
def import_table(job_id: int) -> None:
    """Write the good rows of the file that the job's import names."""
    run_job(job_id, _work)


def _work(job: Job, lease: JobLease) -> None:
    asked = table_import_of_job(job.public_id)
    if asked is None:
        raise JobFailed("找不到这次导入的记录。")
    if asked.asked_at is None:
        raise InvariantError("没有确认过的导入有了任务。")
    try:
        table = stored_table(asked)
    except UnreadableRegister as problem:
        raise JobFailed(str(problem)) from problem
    lease.set_total(len(table.lines))
    context = RowContext(asked, job_actor(job), asked.asked_at)
    target = lines_of_target(context, table.lines)
    while lease.job.cursor < len(table.lines):
        lines = table.lines[lease.job.cursor : lease.job.cursor + CHUNK_ROWS]
        with lease.chunk() as chunk:
            results = run_lines(target, lines, dry_run=False)
            count_table_rows(
                table_import=asked,
                counts=Counter(result.outcome.value for result in results),
                rows=lines,
                actor=context.actor,
                at=context.at,
            )
            for result in _refused(results):
                where = f"第 {result.number} 行 {result.name}".strip()
                chunk.error(key=str(result.number), where=where, message=result.reason)
            chunk.advance(rows=len(lines), note=results[-1].name)
    _finish(table, lease)


def _refused(results: list[LineResult]) -> list[LineResult]:
    return [result for result in results if result.reason]


def _finish(table: FieldTable, lease: JobLease) -> None:
    reasons = {int(error.key): error.message for error in lease.job.errors.all()}
    files = [(REFUSED_FILE, refused_rows(table, reasons))] if reasons else []
    lease.finish(result={"dropped_columns": table.raw.dropped_count}, files=files)
