"""Results of annual checks, for the entry and the licence's duplicate; and what they hint at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from institutions.choices.journey_tones import state_badge
from institutions.core.journeys.bases import ANNUAL_CHECK, RECTIFYING
from institutions.models import Institution, Journey
from regulator.kernel.outcomes import Refusal
from regulator.web.choices import Badge


@dataclass(frozen=True)
class AnnualResult:
    """The result of one year's check, and the day on which it was given."""

    year: int
    passed: bool
    on: date
    journey: Journey

    @property
    def badge(self) -> Badge:
        """Passed or failed, in a word."""
        return state_badge(self.journey.kind, self.journey.state, self.journey.outcome)


def annual_results(institution: Institution) -> tuple[AnnualResult, ...]:
    """The results on record, the latest year first."""
    rows = Journey.objects.filter(
        institution=institution, kind="annual_check", outcome__in=("done", "failed")
    ).select_related("institution")
    found = [
        AnnualResult(int(row.details["check_year"]), row.outcome == "done", row.ended_on, row)
        for row in rows
        if row.ended_on is not None and "check_year" in row.details
    ]
    return tuple(sorted(found, key=lambda one: one.year, reverse=True))


def journey_hints(journey: Journey) -> tuple[Refusal, ...]:
    """What the end of a check or a rectification suggests to the desk; it decides nothing.

    Two failed checks in a row are a matter for a penalty, and so is what was not put right.
    """
    if journey.kind == "rectification" and journey.state == "not_done":
        return (Refusal("journey.hint_not_put_right", {}, RECTIFYING),)
    if journey.kind != "annual_check" or journey.institution is None:
        return ()
    latest = annual_results(journey.institution)[:2]
    in_a_row = len(latest) > 1 and latest[0].year == latest[1].year + 1
    if in_a_row and not any(one.passed for one in latest):
        params = {"first": latest[1].year, "last": latest[0].year}
        return (Refusal("journey.hint_two_failures", params, ANNUAL_CHECK),)
    return ()
