"""What the journeys' services share: locks, numbers, clocks, events, and values as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from institutions.core.journeys.held import details_digest
from institutions.core.journeys.shape import Ask, AskKind, Clock
from institutions.models import Institution, Journey
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from institutions.services.running_numbers import take_running
from regulator.audit.services import Subject, append_event
from regulator.calendars.selectors.settings import division_settings
from regulator.calendars.services import start_deadline
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.legal import LegalBasis


def lock_journey(journey: Journey) -> Journey:
    """The journey's row locked, after its institution's: the order of every change."""
    if journey.institution_id is not None:
        Institution.objects.select_for_update().get(pk=journey.institution_id)
    rows = Journey.objects.select_for_update(of=("self",)).select_related(
        "institution", "licence", "wave"
    )
    return rows.get(pk=journey.pk)


def take_journey_numbers(*, division: str, count: int, at: datetime) -> list[str]:
    """`count` fresh numbers such as `BJ510116-2026-00001`, under the counter's lock."""
    year = timezone.localtime(at).year
    name = f"BJ{division}-{year}"
    return [f"{name}-{number:05d}" for number in take_running(name, count)]


def journey_subject(journey: Journey) -> Subject:
    """How an event names a journey."""
    return Subject(JOURNEY_SUBJECT, str(journey.public_id), journey.number)


def record_journey_event(
    journey: Journey,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append the event `journey.<kind>`; it names the institution, so that its history has it."""
    institution = journey.institution
    about = {
        "journey_kind": journey.kind,
        "institution": "" if institution is None else str(institution.public_id),
    }
    append_event(
        division=journey.division_id,
        actor=actor,
        kind=f"journey.{kind}",
        subject=journey_subject(journey),
        old=old,
        new={**(new or {}), **about},
        reason=reason[:500],
        basis=basis,
        occurred_at=at,
    )


def as_kept(asks: tuple[Ask, ...], stated: Mapping[str, Any]) -> dict[str, Any]:
    """What was stated, of what was asked, as JSON: dates as ISO 8601."""
    kept: dict[str, Any] = {}
    for ask in asks:
        value = stated.get(ask.code)
        if isinstance(value, date):
            kept[ask.code] = value.isoformat()
        elif isinstance(value, tuple):
            kept[ask.code] = list(value)
        elif value not in (None, ""):
            kept[ask.code] = value
    return kept


def as_stated(asks: tuple[Ask, ...], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The reverse: kept JSON as guards and effects read it."""
    stated = dict(kept)
    for ask in asks:
        value = kept.get(ask.code)
        if ask.kind is AskKind.DATE and isinstance(value, str) and value:
            stated[ask.code] = date.fromisoformat(value)
    return stated


def digest_of(kept: Mapping[str, Any]) -> str:
    """The digest by which an event holds what was stated: it may name persons."""
    return canonical_digest(dict(kept)) if kept else ""


def held_digest(journey: Journey, codes: Iterable[str]) -> dict[str, Any]:
    """What a step left in the journey's details: which codes, and one digest over their values.

    Read after the step's effects, which may mask a value; the nightly check computes it again.
    """
    names = sorted(code for code in codes if code in journey.details)
    digest = details_digest(journey=str(journey.public_id), details=journey.details, codes=names)
    return {"codes": names, "digest": digest}


def start_clock(journey: Journey, clock: Clock, starts_on: date) -> None:
    """Begin a clock of the journey; an officer, or the division's setting, may set its amount."""
    stated = journey.details.get(clock.stated_by) if clock.stated_by else None
    if stated is None and clock.setting:
        stated = division_settings(journey.division_id, starts_on)[clock.setting].value
    start_deadline(
        division=journey.division_id,
        kind=f"{JOURNEY_SUBJECT}.{clock.code}",
        subject=journey_subject(journey),
        starts_on=starts_on,
        amount=clock.amount if stated is None else int(stated),
        unit=clock.unit,
    )
