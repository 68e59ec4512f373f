"""安全台账: entered by the institution alone, never changed, corrected by a further entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from inspections.core.findings.safety import (
    KEEPING,
    EntryFacts,
    EntryKind,
    entry_refusals,
)
from inspections.models import SafetyEntry
from inspections.selectors.safety import open_hazards, safety_line
from institutions.models import Institution, Premises
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused


@dataclass(frozen=True)
class SafetyDraft:
    """What an entry says. `hazard` is the one removed, `corrects` the entry whose place it takes;
    `is_void` says that there was nothing of the kind at all."""

    kind: str
    on: date
    note: str
    hazard: SafetyEntry | None = None
    corrects: SafetyEntry | None = None
    camera_days: int | None = None
    people: int | None = None
    is_void: bool = False


def enter_safety(
    *, premises: Premises, draft: SafetyDraft, actor: Actor, at: datetime
) -> SafetyEntry:
    """登记台账, or correct an entry of the same kind. Raises Refused with every reason."""
    institution = premises.institution
    target = Target(institution.division_id, institution=str(institution.public_id))
    require(actor, Action.SAFETY_KEEP, target)
    with transaction.atomic():
        # One ledger at a time: whether a hazard is open is asked of what stands now.
        Institution.objects.select_for_update().get(pk=institution.pk)
        entry = SafetyEntry(
            premises=premises,
            kind=draft.kind,
            on=draft.on,
            note=draft.note.strip(),
            hazard=draft.hazard,
            corrects=draft.corrects,
            camera_days=draft.camera_days,
            people=draft.people,
            is_void=draft.is_void,
            entered_at=at,
            entered_by=actor.name,
        )
        reasons = entry_refusals(_facts(entry, draft, premises, at))
        if reasons:
            raise Refused(reasons)
        entry.save(force_insert=True)
        append_event(
            division=institution.division_id,
            actor=actor,
            kind="safety.corrected" if draft.corrects else "safety.entered",
            subject=Subject("safety", str(entry.public_id), premises.register_id),
            new={"kind": entry.kind, "on": entry.on.isoformat(), "void": entry.is_void},
            basis=KEEPING,
            occurred_at=at,
        )
    return entry


def _facts(entry: SafetyEntry, draft: SafetyDraft, premises: Premises, at: datetime) -> EntryFacts:
    hazard = draft.hazard if _is_here(draft.hazard, premises) else None
    corrected = draft.corrects if _is_here(draft.corrects, premises) else None
    is_hazard = hazard is not None and hazard.kind == EntryKind.HAZARD.value
    return EntryFacts(
        line=safety_line(entry),
        today=timezone.localdate(at),
        hazard_found_on=hazard.on if hazard is not None and is_hazard else None,
        is_hazard_open=hazard is not None
        and str(hazard.pk) in {one.key for one in open_hazards(premises)},
        corrected_kind=None if corrected is None else EntryKind(corrected.kind),
        is_corrected_already=corrected is not None
        and SafetyEntry.objects.filter(corrects=corrected).exists(),
    )


def _is_here(entry: SafetyEntry | None, premises: Premises) -> bool:
    return entry is not None and entry.premises_id == premises.pk
