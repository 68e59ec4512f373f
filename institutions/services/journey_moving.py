"""A beginning and a move as they are carried out: clocks, papers, the register, the event, notice.

Inside the caller's transaction and after its guards. Order of locks: institution and journey (the
caller), calendar, number counters, and the audit head, which the first event locks, last.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from institutions.core.journeys.shape import JourneyTable, Move
from institutions.models import Journey
from institutions.selectors.journey_facts import JOURNEY_SUBJECT, clocks_of
from institutions.services.effects import EFFECTS
from institutions.services.journey_doing import Doing
from institutions.services.journey_papers import hold_paper_counters, issue_move_papers
from institutions.services.journey_records import (
    as_kept,
    digest_of,
    held_digest,
    record_journey_event,
    start_clock,
    take_journey_numbers,
)
from institutions.services.journey_telling import tell_of_move, tell_of_start
from regulator.calendars.services import close_deadline
from regulator.calendars.services.locks import lock_calendar

_FIELDS = ["state", "state_since", "revision", "details", "ended_on", "outcome"]
_REGISTER_FIELDS = ["licence", "new_licence", "institution"]


def open_journey(table: JourneyTable, doing: Doing) -> None:
    """Write a journey that nothing stands against: number, row, clocks, effect, event, notice."""
    journey = doing.journey
    lock_calendar(journey.division_id)
    numbers = take_journey_numbers(division=journey.division_id, count=1, at=doing.at)
    journey.number = numbers[0]
    journey.save()
    _start_clocks(table, journey, table.opening_clocks, doing.on)
    if table.opening_effect:
        EFFECTS[table.opening_effect](doing)
        journey.save(update_fields=["details", *_REGISTER_FIELDS])
    record_journey_event(
        journey,
        kind="started",
        actor=doing.actor,
        at=doing.at,
        new={
            "state": journey.state,
            "stated": digest_of(journey.details),
            "held": held_digest(journey, journey.details),
        },
        basis=table.basis,
    )
    tell_of_start(table, doing)


def carry_out(table: JourneyTable, move: Move, doing: Doing, *, proposed_by: str = "") -> None:
    """Make a move that nothing stands against."""
    journey, old_state, since = doing.journey, doing.journey.state, doing.journey.state_since
    kept = as_kept(move.asks, doing.stated)
    journey.details = {**journey.details, **kept, f"{move.name}_on": doing.on.isoformat()}
    getattr(journey, f"{table.kind}_{move.name}")(on=doing.on)
    lock_calendar(journey.division_id)
    _end_clocks(journey, move, doing.on, everything=journey.is_over)
    _start_clocks(table, journey, move.starts, _counted_from(move, doing, since))
    hold_paper_counters(move, doing)
    if move.effect:
        EFFECTS[move.effect](doing)
    issue_move_papers(move, doing)
    journey.save(update_fields=[*_FIELDS, *_REGISTER_FIELDS])
    new: dict[str, Any] = {
        "state": journey.state,
        "stated": digest_of(kept),
        "held": held_digest(journey, kept),
    }
    if proposed_by:
        new["proposed_by"] = proposed_by
    record_journey_event(
        journey,
        kind=move.name,
        actor=doing.actor,
        at=doing.at,
        old={"state": old_state},
        new=new,
        reason=str(doing.stated.get("reason", "")),
        basis=move.basis,
    )
    tell_of_move(move, doing)


def _start_clocks(
    table: JourneyTable, journey: Journey, codes: tuple[str, ...], starts_on: date
) -> None:
    for code in codes:
        start_clock(journey, table.clock[code], starts_on)


def _counted_from(move: Move, doing: Doing, since: date) -> date:
    stated = doing.stated.get(move.counted_from)
    if isinstance(stated, date):
        return stated
    return since if move.backdated else doing.on


def _end_clocks(journey: Journey, move: Move, on: date, *, everything: bool) -> None:
    kinds = {f"{JOURNEY_SUBJECT}.{code}" for code in move.ends}
    for deadline in clocks_of(journey):
        if everything or deadline.kind in kinds:
            close_deadline(deadline, closed_on=max(on, deadline.starts_on))
