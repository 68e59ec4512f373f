"""The daily job of journeys and licences: silence speaks, licences lapse, people are reminded.

For every division, once a day and safe to run again: each journey and each licence is one
transaction of its own with its own events, and one that refuses is counted and left for a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from institutions.models import Institution, Journey, Licence
from institutions.selectors.journey_due import (
    journey_of_clock,
    licences_lapsed,
    licences_over,
    overdue_clocks,
    pending_renewal,
    teaches_or_owes,
)
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from institutions.selectors.journeys import waiting_proposal
from institutions.services.journey_reminders import remind
from institutions.services.journeys import (
    JourneyDraft,
    return_proposal,
    start_journey,
    take_move,
)
from institutions.services.licences import move_licence
from institutions.services.notices import notify_desk, notify_institution
from institutions.services.register_records import day_of
from regulator.audit.services import Subject
from regulator.kernel.actors import SYSTEM
from regulator.kernel.outcomes import InvariantError, Refused

UNDECIDED = "有效期届满前没有作出决定，依法视为准予延续。"
SETTLING = "办学许可证到期，仍有学员在读或者监管账户没有销户。"


@dataclass
class DailyReport:
    """How many journeys moved by silence, licences lapsed, settlements began, notices went out.

    `refused` names what could not be done and why, by codes, for a person to look at.
    """

    lapsed: int = 0
    renewed: int = 0
    expired: int = 0
    settlements: int = 0
    reminders: int = 0
    refused: list[str] = field(default_factory=list)


def run_daily(*, at: datetime) -> DailyReport:
    """Everything that is due on the day of `at`, in every division."""
    report = DailyReport()
    _let_clocks_lapse(report, at)
    _end_licences(report, at)
    _begin_settlements(report, at)
    report.reminders = remind(at=at)
    return report


def _let_clocks_lapse(report: DailyReport, at: datetime) -> None:
    """Take the move that a clock's silence means, the day after its last day."""
    for clock in overdue_clocks(day_of(at)):
        journey = journey_of_clock(clock)
        if journey is None:
            continue
        code = clock.kind.removeprefix(f"{JOURNEY_SUBJECT}.")
        known = journey.table.clock.get(code)
        if known is None or not known.lapse:
            continue
        if _tried(report, journey.number, partial(_lapse, journey, known.lapse, at)):
            report.lapsed += 1


def _lapse(journey: Journey, move: str, at: datetime) -> None:
    take_move(journey=journey, move=move, actor=SYSTEM, at=at)


def _end_licences(report: DailyReport, at: datetime) -> None:
    for licence in licences_over(day_of(at)):
        renewal = pending_renewal(licence)
        if renewal is not None:
            step = partial(_deem_renewed, renewal, at)
            if renewal.state != "gaps" and _tried(report, renewal.number, step):
                report.renewed += 1
        elif _tried(report, str(licence), partial(_expire, licence, at)):
            report.expired += 1


def _deem_renewed(journey: Journey, at: datetime) -> None:
    """Undecided at expiry: a decision that still awaits its countersignature came too late."""
    with transaction.atomic():
        proposal = waiting_proposal(journey)
        if proposal is not None:
            return_proposal(proposal=proposal, reason=UNDECIDED, actor=SYSTEM, at=at)
        take_move(journey=journey, move="deem_renewed", actor=SYSTEM, at=at)


def _expire(licence: Licence, at: datetime) -> None:
    with transaction.atomic():
        held = move_licence(licence=licence, move="expire", actor=SYSTEM, at=at)
        _tell_of_expiry(held, at)


def _tell_of_expiry(licence: Licence, at: datetime) -> None:
    """Tell the institution and the desk, once for this end of validity."""
    institution = licence.institution
    before = licence.valid_before
    if before is None:
        raise InvariantError(f"{licence}: 到期的许可证没有有效期。")
    params = {"number": licence.number_printed, "ends_on": _last(before).isoformat()}
    cause = f"licence:{licence.public_id}:expired:{before.isoformat()}"
    about = Subject("institution", str(institution.public_id), institution.name)
    notify_institution(
        institution=institution,
        kind="licence_expired",
        params=params,
        cause=cause,
        about=about,
        actor=SYSTEM,
        at=at,
    )
    notify_desk(
        division=institution.division_id,
        role="licensing_officer",
        department=_desk_of(licence),
        kind="licence_expired",
        params=params,
        cause=cause,
        institution=institution,
        page=f"/desk/register/{institution.public_id}/",
        about=about,
        actor=SYSTEM,
        at=at,
    )


def _begin_settlements(report: DailyReport, at: datetime) -> None:
    """Pupils are still taught, or parents owed, after a lapse: a settlement begins.

    Found by what the register holds, so that a night that broke off is made up for.
    """
    for licence in licences_lapsed(day_of(at)):
        institution = licence.institution
        if teaches_or_owes(institution, day_of(at)) and _tried(
            report, institution.name, partial(_settle, licence, at)
        ):
            report.settlements += 1


def _settle(licence: Licence, at: datetime) -> None:
    institution = Institution.objects.get(pk=licence.institution_id)
    draft = JourneyDraft(
        kind="settlement",
        division=institution.division_id,
        department=_desk_of(licence) or "education",
        institution=institution,
        licence=Licence.objects.get(pk=licence.pk),
    )
    start_journey(draft=draft, stated={"settlement_reason": SETTLING}, actor=SYSTEM, at=at)


def _tried(report: DailyReport, name: str, step: Callable[[], None]) -> bool:
    """Take a step in its own transaction; what refuses is reported and stops nobody else."""
    try:
        step()
    except Refused as refused:
        report.refused.append(f"{name}: {refused}")
        return False
    return True


def _desk_of(licence: Licence) -> str:
    """The department that issued it, else the one in charge of the institution."""
    institution = licence.institution
    return licence.issuing_department_id or institution.competent_department_id or ""


def _last(before: date) -> date:
    return before - timedelta(days=1)
