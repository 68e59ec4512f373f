"""学转非 in the register: another department in charge, another licence, another category."""

from __future__ import annotations

from dataclasses import replace

from institutions.core.register.rows import NON_SUBJECT
from institutions.models import Licence
from institutions.services.changes import HandOver, begin_competent_department
from institutions.services.effects.swapping import draft_like, old_licence, swap
from institutions.services.effects.transfer import (
    department_name,
    hand_over_facts,
    printed_department,
)
from institutions.services.journey_doing import Doing, Effect
from institutions.services.licences import LicenceDraft
from institutions.services.register_records import record_event, settle_entry


def _hand_over_to_receiving(doing: Doing) -> None:
    """The receiving department takes charge; the issuing authority is not touched by it."""
    handed_over_on, acting_from, basis = hand_over_facts(doing)
    begin_competent_department(
        institution=doing.institution,
        hand_over=HandOver(
            department=doing.journey.receiving_department_id or "",
            on=acting_from,
            handed_over_on=handed_over_on,
            basis=basis,
        ),
        reason=doing.journey.number,
        actor=doing.actor,
        at=doing.at,
    )


def _reissue_non_subject(doing: Doing) -> None:
    """The new paper, of the kind and from the authority stated; then the entry's own category."""
    swap(doing, _non_subject_draft(doing, old_licence(doing)))
    entry = doing.institution
    old = {"category": entry.category, "activity": entry.activity}
    entry.category, entry.activity = NON_SUBJECT, str(doing.journey.details["activity"])
    entry.save(update_fields=["category", "activity"])
    settle_entry(entry)
    record_event(
        institution=entry,
        kind="institution.category_changed",
        actor=doing.actor,
        at=doing.at,
        old=old,
        new={
            "category": entry.category,
            "activity": entry.activity,
            "from": doing.on.isoformat(),
        },
        reason=doing.journey.number,
        basis=doing.journey.table.basis,
    )


def _non_subject_draft(doing: Doing, old: Licence) -> LicenceDraft:
    department = str(doing.stated["issuing_department"])
    same_authority = department == (old.issuing_department_id or "")
    return replace(
        draft_like(old, doing),
        document_type=str(doing.stated["document_type"]),
        category=NON_SUBJECT,
        activity=str(doing.journey.details["activity"]),
        content=str(doing.stated.get("content") or ""),
        subjects=(),
        competent_department_printed=printed_department(doing),
        issuing_department=department,
        issuing_authority=str(doing.stated.get("authority_printed") or "")
        or (old.issuing_authority if same_authority else department_name(department)),
    )


CONVERSION_EFFECTS: dict[str, Effect] = {
    "hand_over_to_receiving": _hand_over_to_receiving,
    "reissue_non_subject": _reissue_non_subject,
}
