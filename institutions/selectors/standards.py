"""The setting standards of a division: what it entered, what was shipped, and others' to copy."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from institutions.core.standards.limits import (
    LimitStanding,
    StandardKey,
    StandardLimit,
    Standards,
    limits_of_rows,
    read_value,
)
from institutions.models import SettingStandard
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import InvariantError, Refusal

SUBJECT_KIND = "setting_standard"
_DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Elsewhere:
    """Another place's standard as it is published, to copy from; never a default of one's own."""

    code: str
    place: str
    standard: str
    kind: str
    stage: str
    room_use: str
    value: str
    is_soft: bool
    instrument: str
    confidence: str
    note: str


@cache
def shipped_standards(division: str) -> tuple[StandardLimit, ...]:
    """The shipped limits that concern a division; those without figure say why."""
    return tuple(limits_of_rows(_rows("setting_standards.csv"), division=division))


@cache
def standards_elsewhere() -> tuple[Elsewhere, ...]:
    """Every standard of another place, in the table's order."""
    return tuple(
        Elsewhere(**(dict(row) | {"is_soft": row["is_soft"] == "yes"}))  # type: ignore[arg-type]
        for row in _rows("standards_elsewhere.csv")
    )


def standard_elsewhere(code: str) -> Elsewhere | None:
    """One of them by its code."""
    return next((each for each in standards_elsewhere() if each.code == code), None)


def standards_of(division: str) -> Standards:
    """Everything that may bind a place of a division, past and coming: one query."""
    entered = tuple(limit_of(row) for row in SettingStandard.objects.filter(division=division))
    return Standards(entered=entered, shipped=shipped_standards(division))


def limit_of(row: SettingStandard) -> StandardLimit:
    """An entered row as the rules know it."""
    key = StandardKey(row.standard)
    value = read_value(key, row.value)
    if isinstance(value, Refusal):
        raise InvariantError(f"{row.standard}：“{row.value}”不是这项标准的数。")
    basis = LegalBasis(
        row.instrument, row.document_number, row.article, row.starts_on, row.ends_before
    )
    return StandardLimit(
        key, value, row.kind, row.stage, row.room_use, row.is_soft, basis, LimitStanding.ENTERED
    )


def entered_standards(division: str) -> QuerySet[SettingStandard]:
    """What the division entered, by standard and kind, the latest first."""
    return SettingStandard.objects.filter(division=division)


def standard_for(division: str, public_id: UUID) -> SettingStandard | None:
    """An entered standard of the division."""
    return entered_standards(division).filter(public_id=public_id).first()


def standards_history(division: str) -> QuerySet[Event]:
    """Who entered or ended a standard, when and why, newest first."""
    return history_of(kind=SUBJECT_KIND, key=division)


def shipped_on(division: str, on: date) -> Sequence[StandardLimit]:
    """The shipped limits in force on a day, for the page."""
    return [limit for limit in shipped_standards(division) if limit.basis.in_force_on(on)]


def _rows(name: str) -> list[Mapping[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
