"""The safety ledger: what it says of a premises on a day, and its entries as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from inspections.core.findings.safety import (
    EntryKind,
    Hazard,
    SafetyFacts,
    SafetyLine,
    hazards_of,
    safety_facts_of,
    standing_lines,
)
from inspections.models import SafetyEntry
from institutions.models import Institution, Premises


def safety_facts(premises: Premises, on: date) -> SafetyFacts:
    """What a premises' ledger says on a day, that day included; a None is unknown. One query."""
    return safety_facts_of(_lines(SafetyEntry.objects.filter(premises=premises)), on=on)


def open_hazards(premises: Premises) -> tuple[Hazard, ...]:
    """The hazards that nobody has said were removed."""
    standing = standing_lines(_lines(SafetyEntry.objects.filter(premises=premises)))
    return tuple(one for one in hazards_of(standing) if one.removed_on is None)


def _lines(rows: Iterable[SafetyEntry]) -> list[SafetyLine]:
    return [safety_line(row) for row in rows]


def safety_line(row: SafetyEntry) -> SafetyLine:
    """An entry as the pure ledger reads it; keys are the rows' own."""
    return SafetyLine(
        key=str(row.pk or ""),
        kind=EntryKind(row.kind),
        on=row.on,
        note=row.note,
        corrects=str(row.corrects_id or ""),
        hazard=str(row.hazard_id or ""),
        camera_days=row.camera_days,
        people=row.people,
        is_void=row.is_void,
    )


@dataclass(frozen=True)
class EntryView:
    """An entry as the page shows it: whether it stands, or what took its place."""

    entry: SafetyEntry
    is_standing: bool


def entries_of(institution: Institution) -> list[EntryView]:
    """Every entry of an institution, the latest first, corrected ones too."""
    rows = list(
        SafetyEntry.objects.filter(premises__institution=institution).select_related(
            "premises", "hazard", "corrects"
        )
    )
    standing = {line.key for line in standing_lines(_lines(rows))}
    return [EntryView(row, str(row.pk) in standing) for row in rows]


def places_of(institution: Institution) -> QuerySet[Premises]:
    """The premises at which an institution now teaches."""
    return institution.premises.filter(ends_before__isnull=True)


def hazard_rows(institution: Institution) -> QuerySet[SafetyEntry]:
    """The hazards of an institution that no entry corrects, for the choice of one."""
    return SafetyEntry.objects.filter(
        premises__institution=institution,
        kind=EntryKind.HAZARD.value,
        correction__isnull=True,
        is_void=False,
    )


def own_entry(institution: Institution, public_id: str) -> SafetyEntry | None:
    """An entry of an institution by its public id, or None; also for words that are no id."""
    try:
        key = UUID(public_id)
    except ValueError:
        return None
    return SafetyEntry.objects.filter(premises__institution=institution, public_id=key).first()
