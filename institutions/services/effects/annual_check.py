"""Annual checks are made once a year; while something is put right, the entry says so."""

from __future__ import annotations

from institutions.models import Institution, Journey
from institutions.services.changes import begin_operating_status
from institutions.services.journey_doing import Doing, Effect
from regulator.kernel.outcomes import InvariantError, Refusal, Refused


def _check_year_once(doing: Doing) -> None:
    year = doing.stated["check_year"]
    done = Journey.objects.filter(
        institution=doing.journey.institution,
        kind="annual_check",
        outcome__in=("done", "failed"),
        details__check_year=year,
    ).first()
    if done is not None:
        params = {"year": year, "number": done.number}
        raise Refused(Refusal("journey.checked_already", params))


def _begin_rectifying(doing: Doing) -> None:
    institution = _institution(doing)
    if institution.status == "operating":
        _operate(institution, "rectifying", doing)


def _end_rectifying(doing: Doing) -> None:
    """Back to normal, unless something else has meanwhile paused or ended it."""
    institution = _institution(doing)
    if institution.status == "rectifying":
        _operate(institution, "operating", doing)


def _operate(institution: Institution, status: str, doing: Doing) -> None:
    begin_operating_status(
        institution=institution,
        status=status,
        on=doing.on,
        reason=doing.journey.number,
        actor=doing.actor,
        at=doing.at,
    )


def _institution(doing: Doing) -> Institution:
    if doing.journey.institution is None:
        raise InvariantError(f"{doing.journey}: 办件没有机构。")
    return doing.journey.institution


ANNUAL_CHECK_EFFECTS: dict[str, Effect] = {
    "check_year_once": _check_year_once,
    "begin_rectifying": _begin_rectifying,
    "end_rectifying": _end_rectifying,
}
