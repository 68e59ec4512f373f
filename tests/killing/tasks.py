"""An import that exists only in tests: every row is a business row and an event of its own."""

from __future__ import annotations

import time

from celery import shared_task

from fees.tasks import closures, contract_uploads, releases, statements
from institutions.tasks import filings, register, waves
from regulator.accounts.services import record_township
from regulator.audit.services import Subject, append_event
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job
from regulator.jobs.services.lease import Chunk

CHUNK_ROWS = 5

# The workers of these tests import in small chunks, so that twenty kills meet many of them.
register.CHUNK_ROWS = 20
waves.CHUNK_MEMBERS = 10
filings.CHUNK_ROWS = 10
releases.CHUNK_LESSONS = 10
statements.CHUNK_LINES = 10
closures.CHUNK_SHARES = 3
contract_uploads.CHUNK_ROWS = 10
ROW_S = 0.005
CHUNK_S = 0.05
_commit_chunk = JobLease._commit_chunk


def _commit_slowly(lease: JobLease, row: Job, chunk: Chunk) -> None:
    """A chunk stays open for a while, so that kills meet the work on however fast a machine."""
    time.sleep(CHUNK_S)
    _commit_chunk(lease, row, chunk)


JobLease._commit_chunk = _commit_slowly  # type: ignore[method-assign]


def record_rows(job: Job, lease: JobLease) -> None:
    """`params["rows"]` townships from `params["first"]`; every seventh row is an error.

    The second event of a row has no key that would stop it from being appended twice: work done
    twice shows in the chain.
    """
    rows, first = job.params["rows"], job.params["first"]
    lease.set_total(rows)
    while job.cursor < rows:
        with lease.chunk() as chunk:
            batch = range(job.cursor, min(job.cursor + CHUNK_ROWS, rows))
            for row in batch:
                if row % 7 == 6:
                    chunk.error(key=str(row), where=f"第 {row} 行", message="这一行不收")
                    continue
                _record(job, first + row)
                time.sleep(ROW_S)
            chunk.advance(rows=len(batch), note=f"第 {batch[-1]} 行")
    lease.finish({"rows": rows}, files=[("退回的行.txt", f"{rows}".encode())])


def _record(job: Job, number: int) -> None:
    code, actor = f"{job.division}{number:06d}", job_actor(job)
    record_township(
        division=job.division, code=code, name=f"第{number}镇", actor=actor, at=job.occurred_at
    )
    append_event(
        division=job.division,
        actor=actor,
        kind="tests.row_imported",
        subject=Subject("township", code),
        new={"number": number},
        occurred_at=job.occurred_at,
    )


@shared_task(name="tests.record_rows")
def record_rows_task(job_id: int) -> None:
    run_job(job_id, record_rows)
