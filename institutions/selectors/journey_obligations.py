"""What an institution still owes or runs: every room says its own, journeys wait for it.

A room above (fees, inspections) makes its source known in its app's `ready`, as it does with its
refusals' texts: this room cannot import it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from institutions.core.journeys.facts import Obligation
from institutions.models import Filing, Institution

Source = Callable[[Institution, date], Iterable[Obligation]]
_SOURCES: list[Source] = []


def register_obligations(source: Source) -> None:
    """Make a room's source of obligations known; called by its app's `ready`."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def obligations_of(institution: Institution, on: date) -> tuple[Obligation, ...]:
    """Everything the institution owes or runs on a day, its own room's first."""
    found = list(_classes_running(institution, on))
    for source in _SOURCES:
        found.extend(source(institution, on))
    return tuple(found)


def _classes_running(institution: Institution, on: date) -> Iterable[Obligation]:
    running = Filing.objects.filter(institution=institution, state="approved", ends_on__gte=on)
    for category in ("subject", "non_subject"):
        count = running.filter(category=category).count()
        if count:
            yield Obligation(f"{category}_classes_running", {"count": count}, to_parents=True)
