"""Which other institution's class has the same teacher at the same hours: for officers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from institutions.core.filing_states import FilingState
from institutions.core.register_rules.bookings import days_of_both
from institutions.models import Filing
from institutions.selectors.filings import visible_filings
from institutions.selectors.filings_register_facts import hours_by_day
from regulator.kernel.actors import Actor

_LIVING = (FilingState.SUBMITTED.value, FilingState.APPROVED.value)
_MOST_SHOWN = 20


@dataclass(frozen=True)
class ForeignClash:
    """A class of another institution, and the days on which both meet."""

    filing: Filing
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first of the days."""
        return self.days[0]


def foreign_clashes(actor: Actor, filing: Filing) -> list[ForeignClash]:
    """Living classes elsewhere with the same certificate at the same hours, as far as the actor
    may read them; the institution itself is never told whose they are. One query, where the
    screening has found such a thing.
    """
    if not filing.certificate_index or "STAFF-DOUBLE" not in {
        one["rule"] for one in filing.findings
    }:
        return []
    others = (
        visible_filings(actor)
        .filter(
            certificate_index=filing.certificate_index,
            state__in=_LIVING,
            ends_on__gte=filing.starts_on,
            starts_on__lte=filing.ends_on,
        )
        .exclude(institution_id=filing.institution_id)
        .order_by("starts_on", "pk")[:_MOST_SHOWN]
    )
    own = hours_by_day(filing.hours)
    found = []
    for other in others:
        days = tuple(sorted(days_of_both(own, hours_by_day(other.hours))))
        if days:
            found.append(ForeignClash(other, days))
    return found
