"""What was known about an institution on a day, from dated rows alone.

Every row carries the day from which it was known; what happened later, or was entered later, does
not count. So a warning of the past can be worked out again as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from regulator.kernel.workdays import WorkdayTable, workdays_between

PREMISES_KINDS = frozenset({"rent_arrears", "lease_ended", "wages_arrears"})
MONTH_DAYS, LEAVING_DAYS, COMPLAINT_DAYS, EVENT_DAYS = 30, 60, 90, 180
_YEAR = timedelta(days=365)
_SHIFT_DAYS = 15


@dataclass(frozen=True)
class Moved:
    """An amount on a day, in fen; negative where it went out."""

    on: date
    amount_fen: int


@dataclass(frozen=True)
class Spell:
    """Something that lasts from a day on; `before` None: until now."""

    starts_on: date
    before: date | None

    def lasts_on(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return self.starts_on <= day and (self.before is None or day < self.before)


@dataclass(frozen=True)
class TaughtDay:
    """Lessons of a day set aside for the institution, and for how many attendance is recorded."""

    on: date
    lessons: int
    attended: int


@dataclass(frozen=True)
class Known:
    """An event of a kind that happened on one day and was known from another."""

    kind: str
    happened_on: date
    known_on: date


@dataclass(frozen=True)
class DatedFacts:
    """Everything about an institution that the indicators look at, as dated rows.

    `bank` and `owed` are what moved in the accounts under supervision and in what parents are owed;
    `receipts` what parents paid; `contracts` and `refunds` last from signing or asking until their
    end; `teachers` while employed.
    """

    bank: tuple[Moved, ...] = ()
    owed: tuple[Moved, ...] = ()
    receipts: tuple[Moved, ...] = ()
    contracts: tuple[Spell, ...] = ()
    refunds: tuple[Spell, ...] = ()
    lessons: tuple[TaughtDay, ...] = ()
    teachers: tuple[Spell, ...] = ()
    events: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The figures of one day. None: nobody can say. Counts beside a share say what it is of."""

    on: date
    bank_fen: int
    owed_fen: int
    sold_fen: int
    sold_before_fen: int | None
    oldest_refund_workdays: int | None
    refunds_asked: int
    running_contracts: int
    lessons: int
    unattended: int
    keeps_attendance: bool
    teachers_before: int
    teachers_left: int
    complaints: int
    premises_events: int
    licence_events: int


def sheet_of(facts: DatedFacts, on: date, table: WorkdayTable) -> Sheet:
    """The figures as they could be known at the end of a day."""
    month_ago = on - timedelta(days=MONTH_DAYS)
    lessons = [row for row in facts.lessons if month_ago < row.on <= on]
    open_refunds = [row for row in facts.refunds if row.lasts_on(on)]
    known = [row for row in facts.events if row.known_on <= on]
    before = on - timedelta(days=LEAVING_DAYS)
    there = [row for row in facts.teachers if row.lasts_on(before)]
    return Sheet(
        on=on,
        bank_fen=_until(facts.bank, on),
        owed_fen=_until(facts.owed, on),
        sold_fen=_between(facts.receipts, month_ago, on),
        sold_before_fen=_year_before(facts.receipts, on),
        oldest_refund_workdays=_oldest(open_refunds, on, table),
        refunds_asked=sum(month_ago < row.starts_on <= on for row in facts.refunds),
        running_contracts=sum(row.lasts_on(month_ago) for row in facts.contracts),
        lessons=sum(row.lessons for row in lessons),
        unattended=sum(row.lessons - row.attended for row in lessons),
        keeps_attendance=any(row.attended and row.on <= on for row in facts.lessons),
        teachers_before=len(there),
        teachers_left=sum(not row.lasts_on(on) for row in there),
        complaints=_count(known, {"complaint_upheld"}, on, COMPLAINT_DAYS),
        premises_events=_count(known, PREMISES_KINDS, on, EVENT_DAYS),
        licence_events=_count(known, {"licence_event"}, on, EVENT_DAYS),
    )


def _until(rows: Iterable[Moved], on: date) -> int:
    return sum(row.amount_fen for row in rows if row.on <= on)


def _between(rows: Iterable[Moved], after: date, on: date) -> int:
    return sum(row.amount_fen for row in rows if after < row.on <= on)


def _year_before(receipts: tuple[Moved, ...], on: date) -> int | None:
    """The best thirty days around the same day a year before: a term's start moves by a fortnight.

    None where the institution sold nothing yet a year and two months ago: it cannot be compared.
    """
    first = min((row.on for row in receipts), default=on)
    if first > on - _YEAR - timedelta(days=MONTH_DAYS + _SHIFT_DAYS):
        return None
    sums = []
    for shift in (-_SHIFT_DAYS, 0, _SHIFT_DAYS):
        end = on - _YEAR + timedelta(days=shift)
        sums.append(_between(receipts, end - timedelta(days=MONTH_DAYS), end))
    return max(sums)


def _oldest(open_refunds: Iterable[Spell], on: date, table: WorkdayTable) -> int | None:
    first = min((row.starts_on for row in open_refunds), default=None)
    return None if first is None else workdays_between(first, on, table)


def _count(known: Iterable[Known], kinds: Iterable[str], on: date, days: int) -> int:
    wanted, after = frozenset(kinds), on - timedelta(days=days)
    return sum(row.kind in wanted and after < row.happened_on <= on for row in known)
