"""Deadlines: started, stopped, closed, and counted anew when a calendar changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import EventDraft, Subject, append_events
from regulator.calendars.models import Deadline
from regulator.calendars.selectors.calendars import read_calendar, workday_table
from regulator.calendars.services.locks import lock_calendar
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import InvariantError
from regulator.kernel.workdays import Deadline as Term
from regulator.kernel.workdays import Unit, WorkdayTable, term_end

_BATCH_ROWS = 500


def start_deadline(
    *,
    division: str,
    kind: str,
    subject: Subject,
    starts_on: date,
    amount: int,
    unit: Unit = Unit.WORKDAYS,
) -> Deadline:
    """Start a deadline of `amount` units after `starts_on` inside the caller's command.

    The caller's transaction and event are the record: this appends none. `kind` names the clock,
    e.g. `filing.review`. Raises InvariantError outside a transaction.
    """
    return start_deadlines(
        division=division,
        kind=kind,
        subjects=[subject],
        starts_on=starts_on,
        amount=amount,
        unit=unit,
    )[0]


def start_deadlines(
    *,
    division: str,
    kind: str,
    subjects: Sequence[Subject],
    starts_on: date,
    amount: int,
    unit: Unit = Unit.WORKDAYS,
) -> list[Deadline]:
    """The same deadline for many subjects, counted once; otherwise as `start_deadline`."""
    lock_calendar(division)
    counted = term_end(starts_on, amount, unit, workday_table(division))
    started = [
        Deadline(
            division=division,
            kind=kind,
            subject_kind=subject.kind,
            subject_key=subject.key,
            starts_on=starts_on,
            amount=amount,
            unit=unit.value,
            due_on=counted.due_on,
            provisional=counted.provisional,
            unknown_years=list(counted.unknown_years),
        )
        for subject in subjects
    ]
    return Deadline.objects.bulk_create(started, batch_size=_BATCH_ROWS)


def close_deadlines(ids: Sequence[int], *, division: str, closed_on: date) -> None:
    """Close those of these deadlines that still run, inside the caller's command."""
    lock_calendar(division)
    running = Deadline.objects.filter(pk__in=ids, division=division, closed_on__isnull=True)
    running.update(closed_on=closed_on)


def close_deadline(deadline: Deadline, *, closed_on: date) -> None:
    """Stop a running deadline inside the caller's command; closing it twice changes nothing."""
    lock_calendar(deadline.division)
    current = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if closed_on < current.starts_on:
        raise InvariantError("期限的办结日不能早于起算日。")
    if current.closed_on is None:
        current.closed_on = closed_on
        current.save(update_fields=["closed_on"])
    deadline.refresh_from_db()


def stop_deadline(deadline: Deadline, *, on: date) -> None:
    """Let a running deadline stand still from `on`; it keeps standing if it does already."""
    current = _open_one(deadline, on)
    if current is not None and not current.is_stopped:
        current.stops = [*current.stops, [on.isoformat(), None]]
        current.is_stopped = True
        current.save(update_fields=["stops", "is_stopped"])
    deadline.refresh_from_db()


def resume_deadline(deadline: Deadline, *, on: date) -> None:
    """Let it run again from `on`: the days it stood still are added."""
    current = _open_one(deadline, on)
    if current is not None and current.is_stopped:
        first = current.stops[-1][0]
        current.stops = [*current.stops[:-1], [first, max(first, on.isoformat())]]
        current.is_stopped = False
        counted = _counted(current, workday_table(current.division))
        current.due_on, current.provisional = counted.due_on, counted.provisional
        current.unknown_years = list(counted.unknown_years)
        current.save(
            update_fields=["stops", "is_stopped", "due_on", "provisional", "unknown_years"]
        )
    deadline.refresh_from_db()


def _open_one(deadline: Deadline, on: date) -> Deadline | None:
    lock_calendar(deadline.division)
    current = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if on < current.starts_on:
        raise InvariantError("期限不能在起算日以前中止或者恢复。")
    return current if current.closed_on is None else None


def _counted(deadline: Deadline, table: WorkdayTable) -> Term:
    return term_end(
        deadline.starts_on, deadline.amount, Unit(deadline.unit), table, deadline.stretches
    )


def recompute_deadlines(*, division: str, actor: Actor, at: datetime) -> int:
    """Count every open deadline of a division anew; returns how many changed.

    Safe to run twice. A nightly run catches what a change of calendar could not see.
    """
    require(actor, Action.CALENDAR_EDIT, Target(division=division))
    with transaction.atomic():
        calendar = lock_calendar(division)
        drafts = recounted(division, read_calendar(calendar.pk).workdays)
        append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)
    return sum(draft.row_count for draft in drafts)


def recounted(division: str, table: WorkdayTable) -> list[EventDraft]:
    """Write every open deadline that comes out otherwise by `table`; the event to append, if any.

    For a caller that holds the division's calendar lock.
    """
    open_ones = Deadline.objects.select_for_update().filter(
        division=division, closed_on__isnull=True
    )
    changed: list[Deadline] = []
    rows: list[list[str]] = []
    for deadline in open_ones.order_by("id"):
        before = deadline.due_on
        if _count_again(deadline, table):
            changed.append(deadline)
            rows.append([str(deadline.public_id), before.isoformat(), deadline.due_on.isoformat()])
    if not changed:
        return []
    fields = ["due_on", "provisional", "unknown_years"]
    Deadline.objects.bulk_update(changed, fields, batch_size=_BATCH_ROWS)
    return [_recount_event(division, changed, rows)]


def _count_again(deadline: Deadline, table: WorkdayTable) -> bool:
    counted = _counted(deadline, table)
    unknown_years = list(counted.unknown_years)
    before = (deadline.due_on, deadline.provisional, deadline.unknown_years)
    if before == (counted.due_on, counted.provisional, unknown_years):
        return False
    deadline.due_on = counted.due_on
    deadline.provisional = counted.provisional
    deadline.unknown_years = unknown_years
    return True


def _recount_event(division: str, changed: list[Deadline], rows: list[list[str]]) -> EventDraft:
    moved = sum(before != after for _, before, after in rows)
    return EventDraft(
        kind="calendar.deadlines_recomputed",
        subject=Subject("division_deadlines", division, division),
        new={
            "changed": len(changed),
            "moved": moved,
            "provisional": sum(deadline.provisional for deadline in changed),
        },
        row_count=len(rows),
        rows_digest=canonical_digest(rows),
    )
