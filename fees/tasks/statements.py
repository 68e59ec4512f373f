"""The reading of a bank statement, line by line, as a job that may die and go on."""

from __future__ import annotations

from celery import shared_task
from django.utils.translation import gettext as _

from fees.choices.bank import FILE_PROBLEM_TEXTS
from fees.core.statements.shapes import BadStatement, ParsedStatement
from fees.models import BankStatement
from fees.selectors.bank import statement_by_id
from fees.services.bank_matching import compare_account
from fees.services.statements import (
    READING_JOB,
    finish_reading,
    keep_lines,
    numbered_lines,
    parse_statement,
    refuse_statement,
)
from regulator.adapters.storage import read_stored
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobFailed, JobLease, run_job

CHUNK_LINES = 500


@shared_task(name=READING_JOB)
def read_statement(job_id: int) -> None:
    """Read a statement's file and keep its lines from the job's cursor on."""
    run_job(job_id, _read)


def _read(job: Job, lease: JobLease) -> None:
    statement = statement_by_id(int(job.params["statement"]))
    if statement is None:
        raise JobFailed(_("这份对账单已经不在了。"))
    actor, at = job_actor(job), job.occurred_at
    parsed = _parsed(statement, job, lease)
    if parsed is None:
        return
    lines = numbered_lines(parsed)
    lease.set_total(len(lines))
    while (done := lease.job.cursor) < len(lines):
        part = lines[done : done + CHUNK_LINES]
        with lease.chunk() as chunk:
            keep_lines(statement=statement, lines=part, first_position=done + 1, actor=actor, at=at)
            chunk.advance(rows=len(part))
    with lease.finishing(result={"lines": len(lines)}):
        finish_reading(statement=statement, parsed=parsed, actor=actor, at=at)
        compare_account(escrow=statement.escrow, actor=actor, at=at)


def _parsed(statement: BankStatement, job: Job, lease: JobLease) -> ParsedStatement | None:
    """What the file says, or None after the statement was marked with the one reason why not."""
    try:
        return parse_statement(statement, read_stored(statement.file_sha256))
    except BadStatement as bad:
        problem = str(FILE_PROBLEM_TEXTS[bad.code]) % bad.params
        with lease.finishing(result={"lines": 0}):
            refuse_statement(
                statement=statement, problem=problem, actor=job_actor(job), at=job.occurred_at
            )
        return None
