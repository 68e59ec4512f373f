"""Reminders: a step that is due soon or overdue, a licence whose end comes near. Each once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from institutions.core.journeys.renewing import apply_by
from institutions.core.journeys.shape import Clock, Party
from institutions.models import Journey, Licence
from institutions.selectors.journey_due import (
    journey_of_clock,
    lead_days,
    licences_ending,
    overdue_clocks,
    running_clocks,
)
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from institutions.services.journey_records import journey_subject
from institutions.services.notices import notify_desk, notify_institution
from institutions.services.register_records import day_of
from regulator.audit.services import Subject
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.calendars import workday_table
from regulator.kernel.actors import SYSTEM
from regulator.kernel.workdays import WorkdayTable, workdays_between

SOON_WORKDAYS = 3
LONGEST_REST_DAYS = 21
EXPIRING_DAYS = (90, 60, 30)
_ROLES = {
    Party.ENFORCER: "enforcement_officer",
    Party.LEGAL: "legal_reviewer",
    Party.LEADER: "district_leader",
}


def remind(*, at: datetime) -> int:
    """Tell whoever must act what is due soon, overdue or ending; returns how many were named.

    A notice has its cause, so that nobody is told twice however often this runs.
    """
    today = day_of(at)
    return _due_soon(today, at) + _overdue(today, at) + _ending(today, at)


def _due_soon(today: date, at: datetime) -> int:
    count, tables = 0, dict[str, WorkdayTable]()
    for clock in running_clocks(today, today + timedelta(days=LONGEST_REST_DAYS)):
        table = tables.get(clock.division) or workday_table(clock.division)
        tables[clock.division] = table
        if workdays_between(today, clock.due_on, table) <= SOON_WORKDAYS:
            count += _tell(clock, "journey_due_soon", at)
    return count


def _overdue(today: date, at: datetime) -> int:
    return sum(_tell(clock, "journey_overdue", at) for clock in overdue_clocks(today))


def _tell(clock: Deadline, kind: str, at: datetime) -> int:
    """Tell whoever the clock runs for; of an overdue one the desk hears in any case."""
    journey = journey_of_clock(clock)
    known = None if journey is None else journey.table.clock.get(_code(clock))
    if journey is None or known is None:
        return 0
    told: dict[str, Any] = {
        "kind": kind,
        "params": {
            "journey": journey.kind,
            "step": known.code,
            "due_on": clock.due_on.isoformat(),
        },
        "cause": f"clock:{clock.public_id}:{kind}:{clock.due_on.isoformat()}",
        "about": journey_subject(journey),
        "actor": SYSTEM,
        "at": at,
    }
    by_institution = known.party is Party.INSTITUTION and journey.institution is not None
    if by_institution and journey.institution is not None:
        page = f"/portal/journeys/{journey.public_id}/"
        notify_institution(institution=journey.institution, page=page, **told)
    if not by_institution or kind == "journey_overdue":
        _tell_desk(journey, known, told)
    return 1


def _tell_desk(journey: Journey, clock: Clock, told: dict[str, Any]) -> None:
    role = _ROLES.get(clock.party, "licensing_officer")
    department = journey.department_id
    if clock.party is Party.RECEIVING:
        department = journey.receiving_department_id or department
    if clock.party in (Party.LEGAL, Party.LEADER):
        department = ""
    notify_desk(
        division=journey.division_id,
        role=role,
        department=department,
        institution=journey.institution,
        page=f"/desk/journeys/{journey.public_id}/",
        **told,
    )


def _ending(today: date, at: datetime) -> int:
    """90, 60 and 30 days before the last valid day; a day that was missed is made up for once."""
    count = 0
    for licence in licences_ending(today, max(EXPIRING_DAYS)):
        if licence.valid_before is None or licence.institution.status == "closed":
            continue
        last = licence.valid_before - timedelta(days=1)
        mark = min(days for days in EXPIRING_DAYS if (last - today).days <= days)
        _tell_of_end(licence, last, mark, at)
        count += 1
    return count


def _tell_of_end(licence: Licence, last: date, mark: int, at: datetime) -> None:
    institution = licence.institution
    before = last + timedelta(days=1)
    lead = lead_days(institution.division_id, day_of(at))
    notify_institution(
        institution=institution,
        kind="licence_expiring",
        params={
            "number": licence.number_printed,
            "ends_on": last.isoformat(),
            "apply_by_on": apply_by(before, lead).isoformat(),
        },
        cause=f"licence:{licence.public_id}:expiring:{before.isoformat()}:{mark}",
        page="/portal/journeys/",
        about=Subject("institution", str(institution.public_id), institution.name),
        actor=SYSTEM,
        at=at,
    )


def _code(clock: Deadline) -> str:
    return clock.kind.removeprefix(f"{JOURNEY_SUBJECT}.")
