"""Renewal: the licence's validity is extended; the paper keeps its number."""

from __future__ import annotations

from datetime import date, timedelta

from institutions.core.journeys.renewing import renewed_before
from institutions.models import Licence
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from institutions.services.journey_doing import Doing, Effect
from institutions.services.journey_records import journey_subject
from institutions.services.notices import notify_desk
from institutions.services.register_records import record_event, settle_entry
from regulator.calendars.selectors.calendars import workday_table
from regulator.calendars.services import start_deadline
from regulator.kernel.outcomes import InvariantError
from regulator.kernel.workdays import workdays_between


def _begin_before_expiry(doing: Doing) -> None:
    """The decision is due on the last working day on which the licence is valid."""
    before = _licence(doing).valid_before
    if before is None:
        return
    division = doing.journey.division_id
    left = workdays_between(doing.on, before - timedelta(days=1), workday_table(division))
    if left > 0:
        start_deadline(
            division=division,
            kind=f"{JOURNEY_SUBJECT}.before_expiry",
            subject=journey_subject(doing.journey),
            starts_on=doing.on,
            amount=left,
        )


def _renew_licence(doing: Doing) -> None:
    until = doing.stated["valid_until"]
    if not isinstance(until, date):
        raise InvariantError(f"{doing.journey}: 新的有效期止不是日期。")
    _extend(doing, until + timedelta(days=1), by_silence=False)


def _renew_by_silence(doing: Doing) -> None:
    """Undecided at expiry: it counts as renewed, and the desk is told what it left undone."""
    licence = _licence(doing)
    if licence.valid_before is None:
        raise InvariantError(f"{doing.journey}: 许可证没有有效期。")
    before = renewed_before(licence.valid_from, licence.valid_before)
    _extend(doing, before, by_silence=True)
    journey = doing.journey
    notify_desk(
        division=journey.division_id,
        role="licensing_officer",
        department=journey.department_id,
        kind="renewed_by_silence",
        params={
            "name": journey.applicant_name,
            "number": licence.number_printed,
            "ends_on": (before - timedelta(days=1)).isoformat(),
        },
        cause=f"journey:{journey.public_id}:renewed_by_silence",
        institution=journey.institution,
        page=f"/desk/journeys/{journey.public_id}/",
        about=journey_subject(journey),
        actor=doing.actor,
        at=doing.at,
    )


def _extend(doing: Doing, before: date, *, by_silence: bool) -> None:
    journey, licence = doing.journey, _licence(doing)
    old = licence.valid_before
    licence.valid_before = before
    licence.save(update_fields=["valid_before"])
    settle_entry(doing.institution)
    record_event(
        institution=doing.institution,
        kind="licence.renewed",
        actor=doing.actor,
        at=doing.at,
        old={"valid_before": None if old is None else old.isoformat()},
        new={
            "valid_before": before.isoformat(),
            "journey": journey.number,
            "by_silence": by_silence,
        },
        subject=licence,
        basis=journey.table.basis,
    )


def _licence(doing: Doing) -> Licence:
    if doing.journey.licence_id is None:
        raise InvariantError(f"{doing.journey}: 延续的办件没有许可证。")
    return Licence.objects.select_for_update().get(pk=doing.journey.licence_id)


RENEWAL_EFFECTS: dict[str, Effect] = {
    "begin_before_expiry": _begin_before_expiry,
    "renew_licence": _renew_licence,
    "renew_by_silence": _renew_by_silence,
}
