"""The reading of an attendance list: class by class and day by day, bad rows handed back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from celery import shared_task
from django.utils.translation import gettext as _

from fees.models import AttendanceUpload
from fees.resources.attendance_reader import (
    AttendanceRow,
    UnreadableAttendance,
    read_attendance,
    refused_rows,
)
from fees.selectors.attendance import class_by_number, upload_by_id
from fees.services.attendance import MarkDraft, record_attendance
from fees.services.attendance_upload import READING_JOB, finish_upload, refuse_upload
from regulator.adapters.storage import read_stored
from regulator.jobs.models import Job
from regulator.jobs.selectors.jobs import job_actor
from regulator.jobs.services import Chunk, JobFailed, JobLease, run_job
from regulator.kernel.outcomes import Refused
from regulator.web.refusals import refusal_message

CHUNK_ROWS = 500
_REFUSED_FILE = "未登记的行.xlsx"


@shared_task(name=READING_JOB)
def read_attendance_list(job_id: int) -> None:
    """Read an attendance file and keep its sheets from the job's cursor on."""
    run_job(job_id, _read)


def _read(job: Job, lease: JobLease) -> None:
    upload = upload_by_id(int(job.params["upload"]))
    if upload is None:
        raise JobFailed(_("这份考勤表已经不在了。"))
    rows = _rows(upload, job, lease)
    if rows is None:
        return
    lease.set_total(len(rows))
    while (done := lease.job.cursor) < len(rows):
        part = _next_sheet(rows[done:])
        with lease.chunk() as chunk:
            _keep_sheet(upload, part, job, chunk)
            chunk.advance(rows=len(part), note=part[-1].cells["taught_on"])
    reasons = {int(error.key): error.message for error in job.errors.all()}
    files = [(_REFUSED_FILE, refused_rows(rows, reasons))] if reasons else []
    with lease.finishing(result={"rows": len(rows), "refused": len(reasons)}, files=files):
        finish_upload(upload=upload, rows=len(rows), actor=job_actor(job), at=job.occurred_at)


def _rows(upload: AttendanceUpload, job: Job, lease: JobLease) -> list[AttendanceRow] | None:
    """The rows by sheet, or None after the file was marked with the one reason why not."""
    try:
        rows = read_attendance(read_stored(upload.file_sha256), file_name=upload.file_name)
    except UnreadableAttendance as problem:
        with lease.finishing(result={"rows": 0}):
            refuse_upload(
                upload=upload, problem=str(problem), actor=job_actor(job), at=job.occurred_at
            )
        return None
    return sorted(rows, key=lambda row: (_sheet_key(row), row.number))


def _sheet_key(row: AttendanceRow) -> tuple[str, str, str]:
    return row.cells["filing"], row.cells["taught_on"], row.cells["session"]


def _next_sheet(rows: Sequence[AttendanceRow]) -> list[AttendanceRow]:
    """The next rows of one sheet, at most a chunk: one sheet a transaction, the audit head last."""
    _key, same = next(groupby(rows, key=_sheet_key))
    return list(same)[:CHUNK_ROWS]


def _keep_sheet(
    upload: AttendanceUpload, rows: Sequence[AttendanceRow], job: Job, chunk: Chunk
) -> None:
    first = rows[0]
    filing = class_by_number(upload.institution, first.cells["filing"])
    taught_on, session = first.taught_on, first.session
    if filing is None or taught_on is None or session is None:
        _hand_back(rows, _unreadable(first, known=filing is not None), chunk)
        return
    marks = [MarkDraft(row.cells["contract"], row.cells["mark"]) for row in rows]
    try:
        done = record_attendance(
            filing=filing,
            taught_on=taught_on,
            session=session,
            marks=marks,
            actor=job_actor(job),
            at=job.occurred_at,
        )
    except Refused as refused:
        _hand_back(rows, " ".join(refusal_message(one) for one in refused.refusals), chunk)
        return
    for each in done.rejected:
        message = " ".join(refusal_message(one) for one in each.refusals)
        _hand_back([rows[each.place]], message, chunk)


def _unreadable(row: AttendanceRow, *, known: bool) -> str:
    reasons = []
    if not known:
        reasons.append(_("本机构没有备案号“%(number)s”的班级。") % {"number": row.cells["filing"]})
    if row.taught_on is None:
        reasons.append(_("上课日期“%(day)s”看不懂。") % {"day": row.cells["taught_on"]})
    if row.session is None:
        reasons.append(_("“当天第几次”应是1到12之间的整数。"))
    return " ".join(reasons)


def _hand_back(rows: Sequence[AttendanceRow], message: str, chunk: Chunk) -> None:
    for row in rows:
        where = _("第 %(row)d 行") % {"row": row.number}
        chunk.error(key=str(row.number), where=where, message=message)
