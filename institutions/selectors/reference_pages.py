"""The desk pages of reference tables: what binds today, what is coming, rows, changes, history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from institutions.choices.reference_problems import COLUMN_LABELS, WHOLE_ROW
from institutions.choices.reference_tables import (
    CHANGE_LABELS,
    CHANGE_TONES,
    COMING,
    EVENT_OF_VERSION,
    FACT_LABELS,
    FORMER,
    IN_FORCE,
    KIND_LABELS,
    KIND_TEXTS,
    REFERENCE_EVENT_LABELS,
    STATE_LABELS,
)
from institutions.core.reference_tables.changes import RowChange
from institutions.core.reference_tables.columns import (
    TABLES,
    Form,
    TableSpec,
    written_cell,
)
from institutions.core.reference_tables.rows import Cells, row_label
from institutions.models import TableRow, TableVersion
from institutions.selectors.reference_rows import shipped_rows
from institutions.selectors.reference_tables import in_force
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import reach_of
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.web.choices import Badge

_OPEN = ("draft", "returned", "proposed")
_BINDING = ("approved", "ending", "ended")
_NUMBERS = (Form.WHOLE, Form.YUAN)


@dataclass(frozen=True)
class TableLine:
    """A table as the list shows it; `current` None is the shipped one."""

    kind: str
    label: str | Promise
    text: str | Promise
    current: TableVersion | None
    row_count: int
    is_shipped: bool
    coming: tuple[TableVersion, ...]
    open_version: TableVersion | None


@dataclass(frozen=True)
class ListedRow:
    """A row of a list: its cells in the listed columns; `row_id` is None for a shipped row."""

    row_id: int | None
    label: str
    cells: tuple[Mapping[str, Any], ...]


def versions_in(actor: Actor) -> QuerySet[TableVersion]:
    """The versions that an actor's desk may read, the newest first."""
    rows = TableVersion.objects.select_related("table", "based_on").order_by("-number")
    reach = reach_of(actor, Action.REFERENCE_READ)
    if reach is None:
        return rows.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return rows.filter(table__division__code__startswith=actor.division[:4])
    return rows.filter(table__division=actor.division)


def version_for(actor: Actor, public_id: UUID) -> TableVersion | None:
    """A version that the actor's desk may read."""
    return versions_in(actor).filter(public_id=public_id).first()


def row_for(version: TableVersion, row_id: int) -> TableRow | None:
    """A row of a version."""
    return version.rows.filter(pk=row_id).first()


def table_lines(division: str, today: date) -> list[TableLine]:
    """Every table with what binds classes that start today, and what is to come. One query."""
    rows = TableVersion.objects.filter(table__division=division).exclude(state="discarded")
    versions = list(rows.select_related("table").order_by("-number"))
    return [_line(kind, versions, today) for kind in KIND_LABELS]


def table_line(division: str, kind: str, today: date) -> TableLine:
    """One table's line. One query."""
    rows = TableVersion.objects.filter(table__division=division, table__kind=kind)
    return _line(kind, list(rows.exclude(state="discarded").select_related("table")), today)


def _line(kind: str, versions: Sequence[TableVersion], today: date) -> TableLine:
    own = [one for one in versions if one.table.kind == kind]
    binding = [one for one in own if one.state in _BINDING]
    current = in_force(binding, kind, today)
    coming = [one for one in binding if standing(one, binding, today) == COMING]
    return TableLine(
        kind=kind,
        label=KIND_LABELS[kind],
        text=KIND_TEXTS[kind],
        current=current,
        row_count=len(shipped_rows(kind)) if current is None else current.row_count,
        is_shipped=bool(TABLES[kind].shipped),
        coming=tuple(coming),
        open_version=next((one for one in own if one.state in _OPEN), None),
    )


def standing(version: TableVersion, versions: Iterable[TableVersion], today: date) -> Badge:
    """Whether an approved version binds classes that start today, will, or did; else its state."""
    if version.state not in _BINDING or version.effective_from is None:
        return version.badge
    if today < version.effective_from and version.ends_before != version.effective_from:
        return COMING
    same = [one for one in versions if one.table_id == version.table_id]
    if (
        in_force([one for one in same if one.state in _BINDING], version.table.kind, today)
        == version
    ):
        return IN_FORCE
    return version.badge if version.state == "ended" else FORMER


def version_lines(versions: Sequence[TableVersion], today: date) -> list[dict[str, Any]]:
    """Versions of one table with their standing today."""
    return [{"version": one, "badge": standing(one, versions, today)} for one in versions]


def searched_rows(version: TableVersion | None, kind: str, text: str) -> Any:
    """The rows of a version (a query) or the shipped ones (a list) that hold a text."""
    wanted = text.strip().casefold()
    if version is not None:
        rows = version.rows.all()
        return rows.filter(words__contains=wanted) if wanted else rows
    spec = TABLES[kind]
    return [cells for cells in shipped_rows(kind).values() if wanted in _words(spec, cells)]


def listed(kind: str, rows: Iterable[TableRow | Cells]) -> list[ListedRow]:
    """Rows as a list shows them."""
    spec = TABLES[kind]
    return [
        ListedRow(row.pk, row_label(spec, row.cells), shown_cells(spec, row.cells))
        if isinstance(row, TableRow)
        else ListedRow(None, row_label(spec, row), shown_cells(spec, row))
        for row in rows
    ]


def shown_cells(spec: TableSpec, cells: Cells) -> tuple[Mapping[str, Any], ...]:
    """The listed columns' cells: label, value, and whether it is a number."""
    columns = [spec.column(name) for name in spec.listed]
    return tuple(
        {
            "label": COLUMN_LABELS[column.name],
            "value": written_cell(column, cells.get(column.name, "")),
            "is_number": column.form in _NUMBERS,
        }
        for column in columns
    )


def listed_columns(kind: str) -> list[dict[str, Any]]:
    """The headers of a list."""
    spec = TABLES[kind]
    return [
        {"label": COLUMN_LABELS[name], "is_number": spec.column(name).form in _NUMBERS}
        for name in spec.listed
    ]


def chosen_changes(
    kind: str, changes: Iterable[RowChange], *, change: str, text: str
) -> list[RowChange]:
    """The changes of a kind that hold a text in what was or what is."""
    spec = TABLES[kind]
    return [
        one
        for one in changes
        if change in ("", one.kind.value)
        and (not text or text in _words(spec, one.old) or text in _words(spec, one.new))
    ]


def told_changes(kind: str, changes: Iterable[RowChange]) -> list[dict[str, Any]]:
    """Changes row by row and cell by cell, as a page shows them."""
    spec = TABLES[kind]
    return [
        {
            "badge": Badge(CHANGE_TONES[one.kind], CHANGE_LABELS[one.kind]),
            "label": row_label(spec, one.new or one.old),
            "cells": [
                {
                    "name": COLUMN_LABELS[name],
                    "old": written_cell(spec.column(name), one.old.get(name, "")),
                    "new": written_cell(spec.column(name), one.new.get(name, "")),
                }
                for name in one.names
                if one.old or one.new
            ],
        }
        for one in changes
    ]


def change_counts(changes: Iterable[RowChange]) -> dict[str, int]:
    """How many rows were added, changed and removed."""
    counts = {"added": 0, "changed": 0, "removed": 0}
    for one in changes:
        counts[one.kind.value] += 1
    return counts


def table_events(actor: Actor, kind: str) -> QuerySet[Event]:
    """Everything that happened to a table's versions, newest first."""
    keys = [
        str(key)
        for key in versions_in(actor)
        .filter(table__kind=kind)
        .order_by()
        .values_list("public_id", flat=True)
    ]
    return Event.objects.filter(subject_kind="reference_table", subject_key__in=keys).order_by(
        "-id"
    )


def told_events(kind: str, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events with the version they are about and what they changed. One query."""
    shown = list(events)
    versions = TableVersion.objects.filter(public_id__in={one.subject_key for one in shown})
    numbers = {str(key): number for key, number in versions.values_list("public_id", "number")}
    return [
        {
            "event": event,
            "label": EVENT_OF_VERSION
            % {"what": REFERENCE_EVENT_LABELS[event.kind], "number": numbers[event.subject_key]},
            "changes": _event_changes(kind, event),
        }
        for event in shown
    ]


def _event_changes(kind: str, event: Event) -> list[dict[str, Any]]:
    old, new = event.old or {}, event.new or {}
    about: list[dict[str, Any]] = []
    if event.kind in ("reference.row_set", "reference.row_removed"):
        about = [{"name": WHOLE_ROW, "old": "", "new": row_label(TABLES[kind], new or old)}]
        names: Mapping[str, Any] = {
            column.name: COLUMN_LABELS[column.name] for column in TABLES[kind].columns
        }
    else:
        names = FACT_LABELS
    return about + [
        {"name": label, "old": _told(kind, name, old), "new": _told(kind, name, new)}
        for name, label in names.items()
        if old.get(name) != new.get(name) and (old.get(name) or new.get(name))
    ]


def _told(kind: str, name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value in (None, ""):
        return ""
    if name == "state":
        return str(STATE_LABELS.get(str(value), value))
    column = next((one for one in TABLES[kind].columns if one.name == name), None)
    return str(value) if column is None else written_cell(column, str(value))


def _words(spec: TableSpec, cells: Cells) -> str:
    words = (written_cell(column, cells.get(column.name, "")) for column in spec.columns)
    return " ".join(word for word in words if word).casefold()
