"""Annual checks are made once a year; while something is put right, the entry says so."""

from __future__ import annotations

from institutions.models import Journey
from institutions.services.effects.licence_endings import begin_status
from institutions.services.journey_doing import Doing, Effect
from regulator.kernel.outcomes import Refusal, Refused


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
    if doing.institution.status == "operating":
        begin_status(doing, "rectifying", reason=doing.journey.number)


def _end_rectifying(doing: Doing) -> None:
    """Back to normal, unless something else has meanwhile paused or ended it."""
    if doing.institution.status == "rectifying":
        begin_status(doing, "operating", reason=doing.journey.number)


ANNUAL_CHECK_EFFECTS: dict[str, Effect] = {
    "check_year_once": _check_year_once,
    "begin_rectifying": _begin_rectifying,
    "end_rectifying": _end_rectifying,
}
