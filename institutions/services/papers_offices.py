"""How a department signs its papers, from a day on; what was issued before stays as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from institutions.core.papers.offices import Office, office_refusals
from institutions.models import PaperOffice
from institutions.selectors.papers import office_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.services.locks import lock_calendar
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


def set_office(
    *,
    division: str,
    department: str,
    office: Office,
    starts_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> PaperOffice:
    """Let an office's entry hold from `starts_on`; the present one ends the day before.

    Raises Refused with every reason, also where it would begin before the present one.
    """
    require(actor, Action.SETTING_EDIT, Target(division=division))
    with transaction.atomic():
        lock_calendar(division)
        rows = PaperOffice.objects.filter(division=division, department=department)
        latest = rows.order_by("-starts_on").first()
        found = list(office_refusals(office))
        if latest is not None and starts_on < latest.starts_on:
            params = {"starts": latest.starts_on.isoformat()}
            found.append(Refusal("paper.office_before_present", params))
        if latest is not None and _columns(office_of(latest)) == _columns(office):
            found.append(Refusal("paper.office_same"))
        if found:
            raise Refused(found)
        row = _row(latest, starts_on)
        row.division_id, row.department_id = division, department
        for name, value in _columns(office).items():
            setattr(row, name, value)
        row.save()
        append_event(
            division=division,
            actor=actor,
            kind="paper_office.set",
            subject=Subject("paper_office", f"{division}:{department}", office.name),
            old=None if latest is None else _columns(office_of(latest)),
            new={**_columns(office), "starts_on": starts_on.isoformat()},
            reason=reason.strip(),
            occurred_at=at,
        )
    return row


def _row(latest: PaperOffice | None, starts_on: date) -> PaperOffice:
    """The row to hold the entry: the one that begins that day, or a new one after it."""
    if latest is None:
        return PaperOffice(starts_on=starts_on)
    if latest.starts_on == starts_on:
        return PaperOffice(pk=latest.pk, public_id=latest.public_id, starts_on=starts_on)
    latest.ends_before = starts_on
    latest.save(update_fields=["ends_before"])
    return PaperOffice(starts_on=starts_on)


def _columns(office: Office) -> dict[str, Any]:
    return {
        "name": office.name,
        "abbreviation": office.abbreviation,
        "words": dict(office.words),
        "has_red_head": office.has_red_head,
        "review_body": office.review_body,
        "court": office.court,
        "address": office.address,
        "phone": office.phone,
        "typefaces": dict(office.typefaces),
        "basis": office.basis,
    }
