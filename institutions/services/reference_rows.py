"""A draft of a reference table: opened from what binds, its rows set, removed, restored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation

from institutions.choices.reference_problems import row_refusal
from institutions.choices.reference_tables import KIND_LABELS
from institutions.core.reference_states import OPEN_STATES
from institutions.core.reference_tables.columns import MOST_ROWS, TABLES, Kind, written_cell
from institutions.core.reference_tables.rows import CellProblem, Cells, read_row, row_key, row_label
from institutions.core.reference_tables.wholes import KnownBooks, week_problem
from institutions.models import ReferenceTable, TableRow, TableVersion
from institutions.selectors.reference_moves import REFERENCE_DEPARTMENT
from institutions.selectors.reference_rows import shipped_rows, version_rows
from institutions.selectors.reference_tables import books_for
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

SUBJECT_KIND = "reference_table"
_BATCH = 500


def open_draft(*, division: str, kind: str, actor: Actor, at: datetime) -> TableVersion:
    """A draft with the rows of the newest approved version, else of the shipped table.

    Raises Refused while another version of the table is open.
    """
    require(actor, Action.REFERENCE_EDIT, Target(division, REFERENCE_DEPARTMENT))
    with transaction.atomic():
        ReferenceTable.objects.get_or_create(division_id=division, kind=kind)
        table = ReferenceTable.objects.select_for_update().get(division=division, kind=kind)
        held = table.versions.filter(state__in=[one.value for one in OPEN_STATES]).first()
        if held is not None:
            raise Refused(Refusal("reference.open_already", {"number": held.number}))
        base = table.versions.filter(state__in=["approved", "ending"]).first()
        rows = version_rows(base, kind=kind)
        table.last_number += 1
        table.save(update_fields=["last_number"])
        version = TableVersion.objects.create(
            table=table,
            number=table.last_number,
            based_on=base,
            row_count=len(rows),
            opened_by=actor.name,
            opened_at=at,
        )
        add_rows(version, rows.items(), first_position=1)
        new = {"number": version.number, "rows": len(rows), "based_on": base.number if base else 0}
        record_event(version, kind="reference.opened", actor=actor, at=at, new=new)
    return version


def set_row(
    *, version: TableVersion, key: str, texts: Mapping[str, str], actor: Actor, at: datetime
) -> TableRow:
    """Change the row of `key`, or add one where `key` is empty.

    Raises Refused with every reason: a cell that does not fit, a row that is there already.
    """
    with transaction.atomic():
        locked = lock_editable(version, actor)
        kind = locked.table.kind
        spec = TABLES[kind]
        held = locked.rows.filter(key=key).first() if key else None
        if key and held is None:
            raise Refused(Refusal("reference.row_gone"))
        row = held or TableRow(version=locked, position=next_position(locked))
        cells = _checked(locked, texts, row.position)
        wanted = row_key(spec, cells)
        if wanted != key and locked.rows.filter(key=wanted).exists():
            raise Refused(Refusal("reference.row_taken", {"label": row_label(spec, cells)}))
        if held is None and locked.row_count >= MOST_ROWS:
            raise Refused(Refusal("reference.too_many_rows", {"most": MOST_ROWS}))
        old = dict(row.cells) if held else None
        row.key, row.cells, row.words = wanted, dict(cells), search_words(kind, cells)
        row.save()
        count_rows(locked)
        record_event(locked, kind="reference.row_set", actor=actor, at=at, old=old, new=cells)
    return row


def remove_row(*, version: TableVersion, key: str, actor: Actor, at: datetime) -> None:
    """Take a row out of a draft. Raises Refused where it is not there."""
    with transaction.atomic():
        locked = lock_editable(version, actor)
        row = locked.rows.filter(key=key).first()
        if row is None:
            raise Refused(Refusal("reference.row_gone"))
        old = dict(row.cells)
        row.delete()
        count_rows(locked)
        record_event(locked, kind="reference.row_removed", actor=actor, at=at, old=old, new=None)


def restore_shipped(*, version: TableVersion, actor: Actor, at: datetime) -> TableVersion:
    """Let a draft hold the shipped rows again, all of them and no other."""
    with transaction.atomic():
        locked = lock_editable(version, actor)
        rows = shipped_rows(locked.table.kind)
        locked.rows.all().delete()
        add_rows(locked, rows.items(), first_position=1)
        count_rows(locked)
        new = {"rows": len(rows)}
        record_event(locked, kind="reference.restored", actor=actor, at=at, new=new)
    return locked


def lock_version(version: TableVersion) -> TableVersion:
    """The version, its table locked first: moves and edits of one table wait for each other."""
    ReferenceTable.objects.select_for_update().get(pk=version.table_id)
    rows = TableVersion.objects.select_for_update(of=("self",)).select_related("table", "based_on")
    return rows.get(pk=version.pk)


def lock_editable(version: TableVersion, actor: Actor) -> TableVersion:
    """The locked version, if this actor may change its rows now. Raises Refused."""
    require(actor, Action.REFERENCE_EDIT, Target(version.table.division_id, REFERENCE_DEPARTMENT))
    locked = lock_version(version)
    if not locked.is_editable:
        raise Refused(Refusal("reference.not_open", {"version_state": locked.state}))
    return locked


def add_rows(
    version: TableVersion, rows: Iterable[tuple[str, Cells]], *, first_position: int
) -> None:
    """Write rows one after the other from a position on."""
    kind = version.table.kind
    TableRow.objects.bulk_create(
        [
            TableRow(
                version=version,
                key=key,
                position=position,
                cells=dict(cells),
                words=search_words(kind, cells),
            )
            for position, (key, cells) in enumerate(rows, start=first_position)
        ],
        batch_size=_BATCH,
    )


def search_words(kind: str, cells: Cells) -> str:
    """What a search looks through: every cell as it is written, in lower case."""
    words = (written_cell(column, cells.get(column.name, "")) for column in TABLES[kind].columns)
    return " ".join(word for word in words if word).casefold()


def next_position(version: TableVersion) -> int:
    """The position after the last row's."""
    return int(version.rows.aggregate(last=Max("position"))["last"] or 0) + 1


def count_rows(version: TableVersion) -> None:
    """Keep how many rows a version has."""
    version.row_count = version.rows.count()
    version.save(update_fields=["row_count"])


def row_problems(kind: str, cells: Cells, books: KnownBooks) -> tuple[CellProblem, ...]:
    """What other tables say against a row that is valid by itself."""
    found = week_problem(cells, books) if kind == Kind.WEEKS else None
    return () if found is None else (found,)


def _checked(version: TableVersion, texts: Mapping[str, str], number: int) -> Cells:
    kind = version.table.kind
    read = read_row(TABLES[kind], texts)
    problems: Sequence[CellProblem] = read.problems
    if not problems and kind == Kind.WEEKS:
        problems = row_problems(kind, read.cells, books_for(version.table.division_id))
    if problems:
        raise Refused([row_refusal(number, one) for one in problems])
    return read.cells


def version_label(version: TableVersion) -> str:
    """`教材版本表第3版`: what a version is called in records, in Chinese whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{KIND_LABELS[version.table.kind]}第{version.number}版"


def record_event(
    version: TableVersion,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None,
    old: Mapping[str, Any] | None = None,
    reason: str = "",
    row_count: int = 1,
    digest_of: Sequence[Any] = (),
) -> None:
    """Append an event about a version; `digest_of` are the rows of a batch."""
    table = version.table
    append_event(
        division=table.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, str(version.public_id), version_label(version)),
        old=old,
        new=new,
        reason=reason[:500],
        occurred_at=at,
        row_count=row_count,
        rows_digest=canonical_digest(digest_of) if digest_of else "",
    )
