"""A table taken in: its file is read and kept, a person asks for it to be written, rows follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from institutions.models import ColumnMapping, TableImport
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

JOB_KIND = "institutions.import_table"
JOB_TITLE = "导入表格"
SUBJECT_KIND = "table_import"


def record_table_file(
    *,
    division: str,
    target: str,
    mapping: ColumnMapping | None,
    source_on: date | None,
    file_name: str,
    file_sha256: str,
    row_count: int,
    actor: Actor,
    at: datetime,
) -> TableImport:
    """Remember a stored file that was read; nothing of it is written to the register yet.

    `target` is register, premises or staff; `mapping` is empty for our own templates.
    """
    require(actor, Action.REGISTER_EDIT, Target(division=division))
    with transaction.atomic():
        read = TableImport.objects.create(
            division_id=division,
            target=target,
            mapping=mapping,
            source_name="" if mapping is None else mapping.source_name,
            source_on=source_on,
            file_name=file_name[:200],
            file_sha256=file_sha256,
            read_by=actor.name,
            read_at=at,
        )
        append_event(
            division=division,
            actor=actor,
            kind="exchange.file_read",
            subject=_subject(read),
            new={"target": target, "file_sha256": file_sha256, "rows": row_count}
            | ({} if mapping is None else {"mapping": str(mapping.public_id)}),
            occurred_at=at,
        )
    return read


def start_table_import(*, table_import: TableImport, actor: Actor, at: datetime) -> TableImport:
    """Ask for the good rows to be written. Raises Refused for a file that was asked for before."""
    require(actor, Action.REGISTER_EDIT, Target(division=table_import.division_id))
    with transaction.atomic():
        locked = TableImport.objects.select_for_update().get(pk=table_import.pk)
        if locked.job is not None:
            raise Refused(Refusal("exchange.started_already"))
        job = enqueue(
            kind=JOB_KIND,
            division=locked.division_id,
            params={"table_import": locked.pk},
            actor=actor,
            at=at,
            title=JOB_TITLE,
            page=f"/desk/register/tables/{locked.public_id}/",
        )
        locked.job, locked.asked_by, locked.asked_at = job.public_id, actor.name, at
        locked.save(update_fields=["job", "asked_by", "asked_at"])
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="exchange.asked",
            subject=_subject(locked),
            new={"file_sha256": locked.file_sha256},
            occurred_at=at,
        )
    return locked


def count_table_rows(
    *,
    table_import: TableImport,
    counts: Mapping[str, int],
    rows: Sequence[Mapping[str, str]],
    actor: Actor,
    at: datetime,
) -> None:
    """Add a chunk's outcomes to the import, with the chunk's event; in the chunk's transaction.

    `counts` are rows by outcome (added, changed, kept, conflict, refused).
    """
    with transaction.atomic():
        TableImport.objects.filter(pk=table_import.pk).update(
            **{f"{outcome}_count": F(f"{outcome}_count") + n for outcome, n in counts.items()}
        )
        append_event(
            division=table_import.division_id,
            actor=actor,
            kind="exchange.rows_imported",
            subject=_subject(table_import),
            new=dict(counts),
            occurred_at=at,
            row_count=max(len(rows), 1),
            rows_digest=canonical_digest([canonical_digest(dict(row)) for row in rows]),
        )


def record_given_out(
    *, division: str, target: str, row_count: int, actor: Actor, at: datetime
) -> None:
    """Staff lists hold personal data: who took them out of the system, and when, is on record."""
    require(actor, Action.REGISTER_EDIT, Target(division=division))
    with transaction.atomic():
        append_event(
            division=division,
            actor=actor,
            kind="exchange.given_out",
            subject=Subject("division", division, division),
            new={"target": target, "rows": row_count},
            occurred_at=at,
        )


def _subject(table_import: TableImport) -> Subject:
    return Subject(SUBJECT_KIND, str(table_import.public_id), table_import.file_name)
