"""A workbook handed in: kept, screened row by row in a job, corrected cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from institutions.core.screening.rows import HEADERS
from institutions.models import ColumnMapping, FilingUpload, Institution, UploadRow
from institutions.selectors.filings_register import (
    screen_class,
)
from institutions.selectors.filings_screening import (
    Screened,
    known_numbers,
    local_day,
    screening_context,
)
from institutions.services.filings_ahead import KeptRow, stated_wrongly
from institutions.services.filings_cells import keep_cells, kept_findings, merged_cells, whole_cells
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.database.bulk import insert_values
from regulator.database.fields import JSONText
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import sha256_hex
from regulator.kernel.outcomes import Refusal, Refused

SCREENING_JOB = "institutions.screen_upload"


@dataclass(frozen=True)
class ForeignSource:
    """Another system's file as it came, by its SHA-256, and the mapping that was applied to it."""

    mapping: ColumnMapping | None = None
    sha256: str = ""


OWN_TEMPLATE = ForeignSource()
_TITLE = gettext_noop("核对备案表")


def upload_filings(
    *,
    institution: Institution,
    file_name: str,
    data: bytes,
    foreign: ForeignSource = OWN_TEMPLATE,
    actor: Actor,
    at: datetime,
) -> FilingUpload:
    """Keep the workbook and queue its screening; the file is read by the job, not here.

    `foreign` says by which mapping another system's file became this one.
    Raises Refused unless the actor files for this very institution.
    """
    require(actor, Action.FILING_FILE, _target(institution))
    sha256 = store_bytes(data)
    with transaction.atomic():
        upload = FilingUpload.objects.create(
            division_id=institution.division_id,
            institution=institution,
            file_name=file_name[-200:],
            file_sha256=sha256,
            file_bytes=len(data),
            mapping=foreign.mapping,
            source_sha256=foreign.sha256,
            uploaded_by_user=actor.user_id,
            uploaded_by=actor.name,
            uploaded_at=at,
        )
        upload.job = enqueue(
            kind=SCREENING_JOB,
            division=institution.division_id,
            params={"upload": str(upload.public_id)},
            actor=actor,
            at=at,
            title=_TITLE,
            page=f"/portal/filings/uploads/{upload.public_id}/",
        )
        upload.save(update_fields=["job"])
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="filing.uploaded",
            subject=upload_subject(upload),
            new={"file_sha256": sha256, "institution": str(institution.public_id)},
            occurred_at=at,
        )
    return upload


def keep_screened_rows(
    *, upload: FilingUpload, rows: Sequence[KeptRow], actor: Actor, at: datetime
) -> None:
    """Save a chunk of screened rows with one event; called inside the job's own chunk."""
    insert_values(UploadRow, [_stored(upload, row) for row in rows])
    append_event(
        division=upload.division_id,
        actor=actor,
        kind="filing.rows_screened",
        subject=upload_subject(upload),
        new={"outcomes": _counted(rows)},
        row_count=len(rows),
        rows_digest=sha256_hex(_said(rows)),
        occurred_at=at,
    )


def finish_screening(
    *,
    upload: FilingUpload,
    row_count: int,
    notes: Sequence[str],
    actor: Actor,
    at: datetime,
) -> None:
    """Mark the upload as screened; called inside the job's last transaction."""
    FilingUpload.objects.filter(pk=upload.pk).update(
        state="screened", row_count=row_count, notes=list(notes), screened_at=at
    )
    append_event(
        division=upload.division_id,
        actor=actor,
        kind="filing.screened",
        subject=upload_subject(upload),
        old={"state": upload.state},
        new={"state": "screened", "rows": row_count},
        occurred_at=at,
    )


def refuse_upload(*, upload: FilingUpload, problem: str, actor: Actor, at: datetime) -> None:
    """Mark the upload as unreadable, with the one clear reason; inside the job's transaction."""
    FilingUpload.objects.filter(pk=upload.pk).update(
        state="unreadable", problem=problem, screened_at=at
    )
    append_event(
        division=upload.division_id,
        actor=actor,
        kind="filing.unreadable",
        subject=upload_subject(upload),
        old={"state": upload.state},
        new={"state": "unreadable"},
        reason=problem,
        occurred_at=at,
    )


def correct_row(
    *, row: UploadRow, cells: Mapping[str, str], actor: Actor, at: datetime
) -> UploadRow:
    """Lay changed cells over a row and screen it again at once, under the law of today.

    The cells as first given are kept. Raises Refused where the row is another institution's or has
    become a filing.
    """
    institution = row.upload.institution
    require(actor, Action.FILING_FILE, _target(institution))
    with transaction.atomic():
        locked = UploadRow.objects.select_for_update().get(pk=row.pk)
        if locked.filing_id is not None:
            raise Refused(Refusal("filing.row_already_filed", {"row": locked.row_number}))
        merged = merged_cells(locked, cells)
        screened = rescreen(row.upload, number=locked.row_number, cells=merged, at=at)
        kept = keep_cells([merged], subject=institution.public_id)[0]
        old = {"outcome": locked.outcome}
        changed = [name for name in HEADERS if kept.cells.get(name) != locked.cells.get(name)]
        if locked.corrected_at is None:
            locked.given = locked.cells
        locked.cells, locked.certificate = kept.cells, kept.certificate
        locked.certificate_index = kept.certificate_index
        locked.outcome = screened.outcome
        locked.findings = kept_findings(screened.findings, merged)
        locked.wrong_licence = wrong_licence_of(institution, merged)
        locked.corrected_at = at
        locked.save()
        append_event(
            division=row.upload.division_id,
            actor=actor,
            kind="filing.row_corrected",
            subject=upload_subject(row.upload),
            old=old,
            new={"outcome": locked.outcome, "row": locked.row_number, "changed": changed},
            occurred_at=at,
        )
    return locked


def rescreen(
    upload: FilingUpload, *, number: int, cells: Mapping[str, str], at: datetime
) -> Screened:
    """What the screening says of these cells today."""
    context = screening_context(upload.division_id, local_day(at))
    return screen_class(number, cells, context, institution=upload.institution)


def upload_subject(upload: FilingUpload) -> Subject:
    """The upload as events name it."""
    return Subject(kind="filing_upload", key=str(upload.public_id), label=upload.file_name)


def wrong_licence_of(institution: Institution, cells: Mapping[str, str]) -> str:
    """The licence number these cells state, if it is surely not the institution's own."""
    return stated_wrongly(known_numbers(institution), cells)


def _stored(upload: FilingUpload, row: KeptRow) -> dict[str, Any]:
    return {
        "upload_id": upload.pk,
        "row_number": row.number,
        "cells": JSONText(row.ready.cells),
        "certificate": row.certificate,
        "certificate_index": row.certificate_index,
        "outcome": row.outcome,
        "findings": JSONText(row.findings),
        "wrong_licence": row.ready.wrong_licence,
    }


def _said(rows: Sequence[KeptRow]) -> bytes:
    """The canonical bytes of every row's number, cells and outcome."""
    lines = (f'[{row.number},{row.ready.said},"{row.outcome}"]' for row in rows)
    return f"[{','.join(lines)}]".encode()


def _counted(rows: Sequence[KeptRow]) -> dict[str, int]:
    return dict(Counter(row.outcome for row in rows))


def _target(institution: Institution) -> Target:
    return Target(division=institution.division_id, institution=str(institution.public_id))


def export_rows(
    *, upload: FilingUpload, rows: Sequence[UploadRow], actor: Actor, at: datetime
) -> list[dict[str, str]]:
    """The whole cells of rows, certificate numbers opened, for the institution's own workbook.

    Opening sealed numbers is an event. Raises Refused for another institution's upload.
    """
    require(actor, Action.FILING_FILE, _target(upload.institution))
    with transaction.atomic():
        cells = [whole_cells(row) for row in rows]
        append_event(
            division=upload.division_id,
            actor=actor,
            kind="filing.rows_exported",
            subject=upload_subject(upload),
            new={"rows": [row.row_number for row in rows]},
            row_count=len(rows),
            occurred_at=at,
        )
    return cells
