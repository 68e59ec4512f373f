"""A new licence in the place of an old one: linked to it, the old one's number retired for good."""

from __future__ import annotations

from datetime import date

from institutions.models import Licence
from institutions.services.journey_doing import Doing
from institutions.services.licences import (
    LicenceDraft,
    create_licence,
    move_licence,
    rescreen_after_licence_change,
)
from institutions.services.register_records import begin_period, record_event, settle_entry
from regulator.kernel.outcomes import InvariantError


def old_licence(doing: Doing) -> Licence:
    """The licence that the journey began with, locked."""
    if doing.journey.licence_id is None:
        raise InvariantError(f"{doing.journey}: 办件没有许可证。")
    return Licence.objects.select_for_update().get(pk=doing.journey.licence_id)


def draft_like(old: Licence, doing: Doing) -> LicenceDraft:
    """What the new paper prints: as the old one, with the entry's present name and new dates."""
    until = doing.stated.get("valid_until")
    if not isinstance(until, date):
        raise InvariantError(f"{doing.journey}: 换发许可证没有写有效期。")
    entry = doing.institution
    return LicenceDraft(
        document_type=old.document_type,
        number=str(doing.stated.get("new_number") or ""),
        name=entry.name,
        address=old.address,
        principal=old.principal or entry.principal,
        sponsors=old.sponsors or entry.sponsors,
        school_type=old.school_type,
        content=old.content or entry.content,
        category=old.category or entry.category,
        activity=old.activity or entry.activity,
        stages=tuple(old.stages),
        subjects=tuple(old.subjects),
        ways=tuple(old.ways),
        competent_department_printed=old.competent_department_printed,
        issuing_authority=old.issuing_authority,
        issuing_department=old.issuing_department_id or "",
        issued_on=doing.on,
        valid_from=doing.on,
        valid_until=until,
    )


def hand_out(doing: Doing, draft: LicenceDraft) -> Licence:
    """The new licence, in force from today, linked to the old one."""
    entry, old = doing.institution, old_licence(doing)
    licence = create_licence(institution=entry, draft=draft, on=doing.on, replaces=old)
    licence.grant(on=doing.on, reason="", decision_number="")
    licence.save(update_fields=["state", "state_since", "state_reason", "decision_number"])
    begin_period(licence.periods, key="state", value=licence.state, starts_on=doing.on)
    doing.journey.new_licence = licence
    settle_entry(entry)
    record_event(
        institution=entry,
        kind="licence.in_force",
        actor=doing.actor,
        at=doing.at,
        old={"number": old.number_printed},
        new={
            "state": licence.state,
            "number": licence.number_printed,
            "journey": doing.journey.number,
        },
        subject=licence,
        basis=doing.journey.table.basis,
    )
    rescreen_after_licence_change(
        licence=licence, what=licence.state, actor=doing.actor, at=doing.at
    )
    return licence


def retire_old(doing: Doing) -> None:
    """The old licence is replaced; its number stands on it for ever and is given to nobody."""
    move_licence(
        licence=old_licence(doing),
        move="replace",
        reason=doing.journey.number,
        actor=doing.actor,
        at=doing.at,
    )


def swap(doing: Doing, draft: LicenceDraft | None = None) -> Licence:
    """The old licence goes and the new one comes, on the same day."""
    wanted = draft or draft_like(old_licence(doing), doing)
    retire_old(doing)
    return hand_out(doing, wanted)
