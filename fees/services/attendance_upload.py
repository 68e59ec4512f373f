"""A workbook of attendance handed in: kept, and read in a job class by class."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from fees.models import AttendanceUpload
from fees.services.contracts import require_keep
from institutions.models import Institution
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor

READING_JOB = "fees.read_attendance"
_TITLE = gettext_noop("读取考勤表")


def upload_attendance(
    *, institution: Institution, file_name: str, data: bytes, actor: Actor, at: datetime
) -> AttendanceUpload:
    """Keep the file and queue its reading. Raises Refused."""
    require_keep(actor, institution)
    sha256 = store_bytes(data)
    with transaction.atomic():
        upload = AttendanceUpload.objects.create(
            institution=institution,
            file_name=file_name[-200:],
            file_sha256=sha256,
            uploaded_by=actor.name,
            uploaded_at=at,
        )
        upload.job = enqueue(
            kind=READING_JOB,
            division=institution.division_id,
            params={"upload": upload.pk},
            actor=actor,
            at=at,
            title=_TITLE,
            page=f"/portal/attendance/uploads/{upload.public_id}/",
        )
        upload.save(update_fields=["job"])
        _tell(upload, "attendance.uploaded", {"file_sha256": sha256}, "", actor, at)
    return upload


def finish_upload(*, upload: AttendanceUpload, rows: int, actor: Actor, at: datetime) -> None:
    """Mark the file as read; inside the job's last transaction."""
    upload.state = "done"
    upload.save(update_fields=["state"])
    _tell(upload, "attendance.read", {"rows": rows}, "", actor, at)


def refuse_upload(*, upload: AttendanceUpload, problem: str, actor: Actor, at: datetime) -> None:
    """Mark the file as unreadable, with the one clear reason; inside the job's transaction."""
    upload.state, upload.problem = "unreadable", problem
    upload.save(update_fields=["state", "problem"])
    _tell(upload, "attendance.unreadable", {}, problem, actor, at)


def _tell(
    upload: AttendanceUpload,
    kind: str,
    new: dict[str, object],
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    append_event(
        division=upload.institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject("attendance_upload", str(upload.public_id), upload.file_name),
        new=new,
        reason=reason,
        occurred_at=at,
    )
