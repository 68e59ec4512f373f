"""What the daily job looks for: clocks that ran out or soon will, licences at their end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from institutions.core.journeys.renewing import LEAD_DAYS, LEAD_SETTING, is_timely
from institutions.core.licence_states import LicenceState
from institutions.models import Institution, Journey, Licence
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from institutions.selectors.journey_obligations import obligations_of
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.settings import division_settings

CHUNK_ROWS = 200
LATELY_DAYS = 30
PENDING_RENEWAL = ("applied", "gaps", "accepted")
_STANDING = (LicenceState.IN_FORCE.value, LicenceState.SUSPENDED.value)


def running_clocks(due_from: date, due_before: date) -> Iterator[Deadline]:
    """Clocks of journeys that run and are due in a stretch of days, half-open, chunk by chunk."""
    rows = Deadline.objects.filter(
        subject_kind=JOURNEY_SUBJECT,
        closed_on__isnull=True,
        is_stopped=False,
        due_on__gte=due_from,
        due_on__lt=due_before,
    )
    yield from _in_chunks(rows)


def overdue_clocks(today: date) -> Iterator[Deadline]:
    """Clocks of journeys whose last day has passed."""
    yield from running_clocks(date.min, today)


def journey_of_clock(clock: Deadline) -> Journey | None:
    """The journey that a clock belongs to, while it runs."""
    rows = Journey.objects.select_related("institution", "licence")
    return rows.filter(public_id=clock.subject_key, ended_on__isnull=True).first()


def licences_over(today: date) -> Iterator[Licence]:
    """Licences still standing whose last valid day has passed, chunk by chunk."""
    rows = Licence.objects.filter(state__in=_STANDING, valid_before__lte=today)
    yield from _in_chunks(rows.select_related("institution"))


def licences_lapsed(today: date) -> Iterator[Licence]:
    """Licences that lapsed lately, of institutions that have no other and are not settling yet."""
    settling = Journey.objects.filter(kind__in=("settlement", "closure"), ended_on__isnull=True)
    settled = Journey.objects.filter(kind="settlement", licence=OuterRef("pk"))
    standing = Licence.objects.filter(state__in=_STANDING, institution=OuterRef("institution"))
    rows = Licence.objects.filter(
        ~Exists(settled),
        ~Exists(standing),
        state=LicenceState.EXPIRED.value,
        state_since__gt=today - timedelta(days=LATELY_DAYS),
    )
    rows = rows.exclude(institution__status="closed")
    rows = rows.exclude(institution__in=settling.values("institution"))
    yield from _in_chunks(rows.select_related("institution"))


def licences_ending(today: date, days: int) -> Iterator[Licence]:
    """Licences still standing whose last valid day lies within so many days; no renewal runs."""
    renewing = Journey.objects.filter(kind="renewal", ended_on__isnull=True)
    rows = Licence.objects.filter(
        state__in=_STANDING,
        valid_before__gt=today,
        valid_before__lte=today + timedelta(days=days + 1),
    ).exclude(institution__in=renewing.values("institution"))
    yield from _in_chunks(rows.select_related("institution"))


def pending_renewal(licence: Licence) -> Journey | None:
    """The renewal under way that was applied for in time, so that the licence does not lapse."""
    journey = Journey.objects.filter(
        licence=licence, kind="renewal", ended_on__isnull=True, state__in=PENDING_RENEWAL
    ).first()
    applied = None if journey is None else journey.details.get("submit_on")
    if journey is None or applied is None or licence.valid_before is None:
        return None
    lead = lead_days(journey.division_id, date.fromisoformat(applied))
    timely = is_timely(date.fromisoformat(applied), licence.valid_before, lead)
    return journey if timely else None


def lead_days(division: str, on: date) -> int:
    """Days before expiry by which to apply for renewal, as the division has it on a day."""
    settings = division_settings(division, on)
    return int(settings[LEAD_SETTING].value) if LEAD_SETTING in settings else LEAD_DAYS


def teaches_or_owes(institution: Institution, on: date) -> bool:
    """Whether pupils are still taught, or parents still owed."""
    return any(owed.to_parents for owed in obligations_of(institution, on))


def _in_chunks(rows: QuerySet[Any]) -> Iterator[Any]:
    """Every row, read in chunks by key, so that what a step changes disturbs none after it."""
    last = 0
    while True:
        chunk = list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK_ROWS])
        yield from chunk
        if len(chunk) < CHUNK_ROWS:
            return
        last = chunk[-1].pk
