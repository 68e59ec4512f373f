"""Closure and settlement: the institution stops, and is closed when everybody has been paid."""

from __future__ import annotations

from datetime import date

from institutions.models import Institution
from institutions.services.changes import begin_operating_status
from institutions.services.journey_doing import Doing, Effect
from regulator.kernel.outcomes import InvariantError


def _close_institution(doing: Doing) -> None:
    """Closed from the approved day; the licence waits for its 注销."""
    closes_on = doing.journey.details.get("closes_on")
    day = doing.on if not closes_on else date.fromisoformat(closes_on)
    _operate("closed", day, doing)


def _pause_institution(doing: Doing) -> None:
    if _institution(doing).status in ("operating", "rectifying"):
        _operate("paused", doing.on, doing)


def _operate(status: str, day: date, doing: Doing) -> None:
    institution = _institution(doing)
    if institution.status == status:
        return
    begin_operating_status(
        institution=institution,
        status=status,
        on=day,
        reason=doing.journey.number,
        actor=doing.actor,
        at=doing.at,
    )


def _institution(doing: Doing) -> Institution:
    if doing.journey.institution is None:
        raise InvariantError(f"{doing.journey}: 办件没有机构。")
    return doing.journey.institution


CLOSURE_EFFECTS: dict[str, Effect] = {
    "close_institution": _close_institution,
    "pause_institution": _pause_institution,
}
