"""Who reads, sends back and signs the changes of calendars and settings."""

from __future__ import annotations

from typing import Any

from regulator.calendars.models import CalendarChange

_MANAGING = frozenset({"administrator", "filing_reviewer"})
_SIGNING = frozenset({"filing_reviewer", "district_leader"})
_READING = frozenset(
    {
        "licensing_officer",
        "filing_reviewer",
        "expert",
        "fee_supervisor",
        "inspection_coordinator",
        "inspector",
        "enforcement_officer",
        "legal_reviewer",
        "complaints_clerk",
        "district_leader",
        "city_supervisor",
        "administrator",
    }
)

CHANGE_WHO: dict[str, frozenset[str]] = {
    "calendars:changes": _READING,
    "calendars:change": _READING,
    "calendars:change_send_back": _SIGNING,
    "calendars:change_withdraw": _MANAGING,
    "pages:sign_change": _SIGNING,
    # the rows that an import of a reference table sent back
    "reference:returned": _MANAGING,
}


def change_kwargs() -> dict[str, dict[str, Any]]:
    """The parts of the addresses, by name."""
    waiting = {"public_id": CalendarChange.objects.get(state="proposed").public_id}
    named = ("change", "change_send_back", "change_withdraw")
    return {"pages:sign_change": waiting} | {f"calendars:{name}": waiting for name in named}
