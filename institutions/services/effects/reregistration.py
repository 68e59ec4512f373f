"""营转非 in the register: enrolment stands still, the licence is swapped, the legal person changes.

One identity throughout: the credit code and the name begin on a day, and what was true before stays
readable.
"""

from __future__ import annotations

from datetime import date

from institutions.core.journeys.engine import steps_done
from institutions.core.journeys.tables.reregistration import DEREGISTRATION
from institutions.core.register.rows import NON_PROFIT
from institutions.core.register.text import clean_text
from institutions.services.changes import (
    begin_credit_code,
    begin_name,
)
from institutions.services.effects.licence_endings import begin_status
from institutions.services.effects.swapping import (
    draft_like,
    old_licence,
    retire_old,
    swap,
)
from institutions.services.effects.swapping import hand_out as hand_out_new
from institutions.services.journey_doing import Doing, Effect
from institutions.services.journey_records import start_clock
from institutions.services.register_records import record_event, settle_entry
from regulator.kernel.outcomes import InvariantError

SUSPENDED = "重新登记期间暂停招生和收费（%s）"
LIFTED = "重新登记已办结（%s）"
PAUSED = "paused"


def _suspend_enrolment(doing: Doing) -> None:
    """Pause the institution for as long as the journey runs, and keep how it operated before."""
    entry, journey = doing.institution, doing.journey
    if entry.status == PAUSED:
        return
    journey.details = {**journey.details, "status_before": entry.status}
    begin_status(doing, PAUSED, reason=SUSPENDED % journey.number)


def _lift_suspension(doing: Doing) -> None:
    """As it operated before; not where its company is gone and no new legal person stands."""
    entry, journey = doing.institution, doing.journey
    before = str(journey.details.get("status_before", ""))
    if not before or entry.status != PAUSED or _is_without_legal_person(doing):
        return
    begin_status(doing, before, reason=LIFTED % journey.number)


def _is_without_legal_person(doing: Doing) -> bool:
    details = doing.journey.details
    return "deregister_enterprise_on" in details and "register_civil_on" not in details


def _swap_for_non_profit(doing: Doing) -> None:
    """The new licence; the old one goes now, or where the division so orders, later by itself."""
    if "old_licence_cancelled" in doing.journey.order:
        hand_out_new(doing, draft_like(old_licence(doing), doing))
        return
    swap(doing)
    _time_deregistration(doing)


def _retire_old_licence(doing: Doing) -> None:
    retire_old(doing)
    _time_deregistration(doing)


def _time_deregistration(doing: Doing) -> None:
    """Seven working days from the old licence's cancellation, where the company still stands."""
    journey = doing.journey
    if "enterprise_deregistered" not in steps_done(journey.state, tuple(journey.order)):
        start_clock(journey, DEREGISTRATION, doing.on)


def _register_non_profit(doing: Doing) -> None:
    """The new legal person: another credit code, another form, the same identity."""
    entry, registered_on = doing.institution, doing.stated["registered_on"]
    if not isinstance(registered_on, date):
        raise InvariantError(f"{doing.journey}: 没有登记日期。")
    name = clean_text(str(doing.stated.get("new_name") or ""))
    if name and name != entry.name:
        begin_name(
            institution=entry,
            name=name,
            on=registered_on,
            reason=doing.journey.number,
            actor=doing.actor,
            at=doing.at,
        )
    begin_credit_code(
        institution=entry,
        credit_code=str(doing.stated["new_credit_code"]),
        on=registered_on,
        reason=doing.journey.number,
        actor=doing.actor,
        at=doing.at,
    )
    old = entry.legal_form
    entry.legal_form = NON_PROFIT
    entry.save(update_fields=["legal_form"])
    settle_entry(entry)
    record_event(
        institution=entry,
        kind="institution.legal_form_changed",
        actor=doing.actor,
        at=doing.at,
        old={"legal_form": old},
        new={"legal_form": NON_PROFIT, "from": registered_on.isoformat()},
        reason=doing.journey.number,
        basis=doing.journey.table.basis,
    )


def _swap_licence(doing: Doing) -> None:
    swap(doing)


REREGISTRATION_EFFECTS: dict[str, Effect] = {
    "suspend_enrolment": _suspend_enrolment,
    "lift_suspension": _lift_suspension,
    "swap_for_non_profit": _swap_for_non_profit,
    "retire_old_licence": _retire_old_licence,
    "register_non_profit": _register_non_profit,
    "swap_licence": _swap_licence,
}
