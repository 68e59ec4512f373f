"""移交 in the register: what the licence prints as its competent department changes with it.

The licence keeps its number, as in a renewal: only what it prints changes, and it is printed anew.
"""

from __future__ import annotations

from datetime import date

from institutions.services.effects.swapping import old_licence
from institutions.services.journey_doing import Doing, Effect
from institutions.services.register_records import record_event, settle_entry
from regulator.accounts.models import Department
from regulator.kernel.outcomes import InvariantError


def department_name(code: str) -> str:
    """A department's name as papers print it; empty for none."""
    return Department.objects.filter(code=code).values_list("name", flat=True).first() or ""


def printed_department(doing: Doing) -> str:
    """The receiving department as the licence prints it: its full name where one was stated."""
    known = {**doing.journey.details, **doing.stated}
    stated = str(known.get("department_printed") or "").strip()
    return stated or department_name(doing.journey.receiving_department_id or "")


def hand_over_facts(doing: Doing) -> tuple[date, date, str]:
    """The day of the hand-over, the day of taking charge, and the basis, stated now or before."""
    known = {**doing.journey.details, **doing.stated}
    return (
        _day(known, "handed_over_on", doing),
        _day(known, "acting_from", doing),
        str(known.get("basis") or doing.journey.number)[:200],
    )


def _day(known: dict[str, object], code: str, doing: Doing) -> date:
    value = known.get(code)
    if isinstance(value, str) and value:
        return date.fromisoformat(value)
    if isinstance(value, date):
        return value
    raise InvariantError(f"{doing.journey}: 没有写“{code}”。")


def _reprint_department(doing: Doing) -> None:
    """The licence in force is issued again with the new department printed on it."""
    licence, entry = old_licence(doing), doing.institution
    old = licence.competent_department_printed
    licence.competent_department_printed = printed_department(doing)
    licence.save(update_fields=["competent_department_printed"])
    settle_entry(entry)
    record_event(
        institution=entry,
        kind="licence.reissued",
        actor=doing.actor,
        at=doing.at,
        old={"competent_department_printed": old},
        new={
            "competent_department_printed": licence.competent_department_printed,
            "journey": doing.journey.number,
        },
        subject=licence,
        basis=doing.journey.table.basis,
    )


TRANSFER_EFFECTS: dict[str, Effect] = {"reprint_department": _reprint_department}
