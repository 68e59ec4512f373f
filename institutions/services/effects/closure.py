"""Closure and settlement: the institution stops, and is closed when everybody has been paid."""

from __future__ import annotations

from datetime import date

from institutions.services.effects.licence_endings import begin_status
from institutions.services.journey_doing import Doing, Effect


def _close_institution(doing: Doing) -> None:
    """Closed from the approved day; the licence waits for its 注销."""
    closes_on = doing.journey.details.get("closes_on")
    day = doing.on if not closes_on else date.fromisoformat(closes_on)
    if doing.institution.status != "closed":
        begin_status(doing, "closed", reason=doing.journey.number, on=day)


def _pause_institution(doing: Doing) -> None:
    if doing.institution.status in ("operating", "rectifying"):
        begin_status(doing, "paused", reason=doing.journey.number)


CLOSURE_EFFECTS: dict[str, Effect] = {
    "close_institution": _close_institution,
    "pause_institution": _pause_institution,
}
