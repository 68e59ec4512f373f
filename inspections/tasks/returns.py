"""Reading what came back: a scan page by page, a workbook visit by visit."""

from __future__ import annotations

from itertools import groupby

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext

from inspections.models import ReturnedFile
from inspections.resources.result_workbook import read_results
from inspections.services.returns import SCAN_TASK, end_scan, file_by_public_id, keep_page
from inspections.services.returns_workbook import (
    HEADERS,
    WORKBOOK_TASK,
    ResultRow,
    end_workbook,
    record_rows,
)
from institutions.resources.register_workbooks import refused_workbook
from regulator.adapters.scans import UnusableScan, count_pages, read_pages
from regulator.adapters.storage import read_stored, store_bytes
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import JobLease, run_job

RETURNED_ROWS_NAME = "退回的行.xlsx"


@shared_task(name=SCAN_TASK)
def read_scan(job_id: int) -> None:
    """Read the codes of a scan's pages, and file each."""
    run_job(job_id, _read_scan)


def _read_scan(job: Job, lease: JobLease) -> None:
    file = file_by_public_id(job.params["file"])
    data = read_stored(file.sha256)
    try:
        total = count_pages(data)
        lease.set_total(total)
        _pages(job, lease, file, data)
    except UnusableScan as problem:
        _end(job, lease, file, 0, problem)
        return
    _end(job, lease, file, total, None)


def _pages(job: Job, lease: JobLease, file: ReturnedFile, data: bytes) -> None:
    pages = read_pages(data, after=lease.job.cursor)
    while True:
        with lease.long_step(file.name):
            page = next(pages, None)
            picture = store_bytes(page.jpeg) if page and page.jpeg else ""
        if page is None:
            return
        with lease.chunk() as chunk:
            keep_page(
                file=file,
                page=page,
                picture=picture,
                expected=job.params["expected"],
                actor=job_actor(job),
                at=timezone.now(),
            )
            chunk.advance(rows=1, note=str(page.position))


def _end(
    job: Job, lease: JobLease, file: ReturnedFile, total: int, problem: UnusableScan | None
) -> None:
    with lease.chunk():
        end_scan(
            file=file,
            page_count=total,
            problem=problem,
            actor=job_actor(job),
            at=timezone.now(),
        )


@shared_task(name=WORKBOOK_TASK)
def read_result_workbook(job_id: int) -> None:
    """Record the results of a workbook, one premises a chunk."""
    run_job(job_id, _read_workbook)


def _read_workbook(job: Job, lease: JobLease) -> None:
    file = file_by_public_id(job.params["file"])
    rows = read_results(read_stored(file.sha256), file_name=file.name)
    lease.set_total(len(rows))
    done = 0
    for register_id, group in groupby(
        sorted(rows, key=lambda row: (row.register_id.upper(), row.number)),
        key=lambda row: row.register_id,
    ):
        group_rows = list(group)
        done += len(group_rows)
        if done > lease.job.cursor:
            _record_group(job, lease, file, register_id, group_rows)
    _give_back(job, lease, file, rows)


def _record_group(
    job: Job, lease: JobLease, file: ReturnedFile, register_id: str, rows: list[ResultRow]
) -> None:
    with lease.chunk() as chunk:
        problems = record_rows(
            file=file,
            register_id=register_id,
            rows=rows,
            expected=job.params["expected"],
            actor=job_actor(job),
            at=timezone.now(),
        )
        for one in problems:
            where = gettext("第 %(number)s 行") % {"number": one.row.number}
            chunk.error(key=str(one.row.number), where=where, message=one.message)
        chunk.advance(rows=len(rows), note=register_id)


def _give_back(job: Job, lease: JobLease, file: ReturnedFile, rows: list[ResultRow]) -> None:
    """The rows that were not recorded, with the reason in the next column."""
    why = dict(lease.job.errors.values_list("key", "message"))
    wrong = [
        (row.number, row.cells, why[str(row.number)]) for row in rows if str(row.number) in why
    ]
    files = [(RETURNED_ROWS_NAME, refused_workbook(HEADERS, wrong))] if wrong else []
    with lease.finishing(result={"rows": len(rows), "returned": len(wrong)}, files=files):
        end_workbook(
            file=file,
            rows=len(rows),
            problems=len(wrong),
            actor=job_actor(job),
            at=timezone.now(),
        )
