"""A proposed change carried out, or carried out and undone to see what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from regulator.audit.core.chain import plain
from regulator.calendars.core.changes import ChangeKind
from regulator.calendars.core.school import SchoolCalendar
from regulator.calendars.core.settings import SettingEntry
from regulator.calendars.models import CalendarYear, HolidaySpan, SchoolPeriod
from regulator.calendars.selectors.calendars import (
    holiday_in,
    holidays_of,
    period_in,
    read_calendar,
    year_in,
)
from regulator.calendars.selectors.settings import entered_settings, entries_of
from regulator.calendars.services.change_drafts import holiday_drafts, period_draft
from regulator.calendars.services.dated_rows import row_holding
from regulator.calendars.services.holidays import put_in_holidays, take_out_holiday
from regulator.calendars.services.locks import lock_calendar
from regulator.calendars.services.periods import change_period, enter_period, remove_period
from regulator.calendars.services.settings import set_setting
from regulator.calendars.services.shipped import load_shipped_calendars, missing_shipped_years
from regulator.calendars.services.snapshots import (
    holiday_snapshot,
    period_snapshot,
    setting_snapshot,
)
from regulator.calendars.services.years import complete_year
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

Row = TypeVar("Row", CalendarYear, SchoolPeriod, HolidaySpan)


@dataclass(frozen=True)
class Order:
    """What is to be carried out in which division, for which reason; `content` as it is kept."""

    division: str
    kind: ChangeKind
    content: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Effect:
    """What stands when a change is signed; `deadlines` is how many running ones it moves."""

    deadlines: int
    calendar: SchoolCalendar
    settings: tuple[SettingEntry, ...]


@dataclass(frozen=True)
class Carrier:
    """How a kind of change is carried out, and what stands where it would write.

    A room above brings those of its own tables: `institutions/services/standard_changes.py`.
    """

    apply: Callable[[Order, Actor, datetime], int]
    base: Callable[[Order], Any]


Carriers = Mapping[ChangeKind, Carrier]


def apply_order(order: Order, carriers: Carriers, *, actor: Actor, at: datetime) -> int:
    """Carry it out as the person who signs; returns how many open deadlines changed."""
    return carriers[order.kind].apply(order, actor, at)


def effect_of(order: Order, carriers: Carriers, *, at: datetime) -> Effect:
    """What would stand after it: carried out and undone at once, so that nothing is written.

    Raises Refused with every reason that a signature would meet today.
    """
    with transaction.atomic():
        calendar = lock_calendar(order.division)
        deadlines = apply_order(order, carriers, actor=SYSTEM, at=at)
        effect = Effect(deadlines, read_calendar(calendar.pk), entered_settings(order.division))
        transaction.set_rollback(True)
    return effect


def base_digest(order: Order, carriers: Carriers) -> str:
    """The digest of what stands where the change would write; other than kept, it has moved."""
    return canonical_digest(plain(carriers[order.kind].base(order)))


def _set(order: Order, actor: Actor, at: datetime) -> int:
    set_setting(
        division=order.division,
        code=order.content["code"],
        text=order.content["text"],
        starts_on=date.fromisoformat(order.content["starts_on"]),
        basis=order.content["basis"],
        reason=order.reason,
        actor=actor,
        at=at,
    )
    return 0


def _enter_period(order: Order, actor: Actor, at: datetime) -> int:
    draft = period_draft(order.content["values"])
    enter_period(_entry(order), draft, reason=order.reason, actor=actor, at=at)
    return 0


def _change_period(order: Order, actor: Actor, at: datetime) -> int:
    draft = period_draft(order.content["values"])
    change_period(_period(order), draft, reason=order.reason, actor=actor, at=at)
    return 0


def _remove_period(order: Order, actor: Actor, at: datetime) -> int:
    remove_period(_period(order), reason=order.reason, actor=actor, at=at)
    return 0


def _put_in(order: Order, actor: Actor, at: datetime) -> int:
    drafts = holiday_drafts(order.content["holidays"])
    return put_in_holidays(_entry(order), drafts, reason=order.reason, actor=actor, at=at)


def _take_out(order: Order, actor: Actor, at: datetime) -> int:
    return take_out_holiday(_holiday(order), reason=order.reason, actor=actor, at=at)


def _complete(order: Order, actor: Actor, at: datetime) -> int:
    return complete_year(_entry(order), actor=actor, at=at)


def _load(order: Order, actor: Actor, at: datetime) -> int:
    if not load_shipped_calendars(actor=actor, at=at, divisions=[order.division]):
        raise Refused(Refusal("change.nothing_missing"))
    return 0


def _entry(order: Order) -> CalendarYear:
    return _still_there(year_in(order.division, order.content["entry"]))


def _period(order: Order) -> SchoolPeriod:
    return _still_there(period_in(order.division, order.content["period"]))


def _holiday(order: Order) -> HolidaySpan:
    return _still_there(holiday_in(order.division, order.content["holiday"]))


def _still_there(row: Row | None) -> Row:
    if row is None:
        raise Refused(Refusal("change.base_moved", remedy="change.remedy_again"))
    return row


def _nothing(order: Order) -> None:
    """A further entry replaces nothing; the entries beside it are looked at by its own rules."""


def _setting_base(order: Order) -> Any:
    day = date.fromisoformat(order.content["starts_on"])
    return setting_snapshot(row_holding(entries_of(order.division, order.content["code"]), day))


def _period_base(order: Order) -> Any:
    period = period_in(order.division, order.content["period"])
    return None if period is None else period_snapshot(period)


def _holiday_base(order: Order) -> Any:
    span = holiday_in(order.division, order.content["holiday"])
    return None if span is None else holiday_snapshot(span)


def _year_base(order: Order) -> Any:
    """Who signs a year signs just the days that were proposed."""
    entry = year_in(order.division, order.content["entry"])
    return None if entry is None else [holiday_snapshot(span) for span in holidays_of(entry)]


def _shipped_base(order: Order) -> Any:
    return [list(one) for one in missing_shipped_years(order.division)]


CALENDAR_CARRIERS: Carriers = {
    ChangeKind.SETTING: Carrier(_set, _setting_base),
    ChangeKind.PERIOD_ENTERED: Carrier(_enter_period, _nothing),
    ChangeKind.PERIOD_CHANGED: Carrier(_change_period, _period_base),
    ChangeKind.PERIOD_REMOVED: Carrier(_remove_period, _period_base),
    ChangeKind.HOLIDAY_ENTERED: Carrier(_put_in, _nothing),
    ChangeKind.HOLIDAY_REMOVED: Carrier(_take_out, _holiday_base),
    ChangeKind.YEAR_COMPLETED: Carrier(_complete, _year_base),
    ChangeKind.SHIPPED_LOADED: Carrier(_load, _shipped_base),
}
