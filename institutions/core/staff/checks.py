"""The yearly re-check: when it falls due, and on which day a check is too old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from institutions.core.staff.bases import CHECKING
from institutions.core.staff.facts import CheckFacts, CheckKind, CheckResult, StaffFacts
from regulator.kernel.workdays import add_months

BOUND_FROM = CHECKING.in_force_from or date.min
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Recheck:
    """When the next enquiry is due; `last_on` is None where there never was a clear one."""

    last_on: date | None
    due_on: date
    is_overdue: bool


def latest_check(checks: tuple[CheckFacts, ...], kind: CheckKind) -> CheckFacts | None:
    """The newest check of a kind; the later entered counts where two are of one day."""
    found: CheckFacts | None = None
    for check in checks:
        if check.kind == kind and (found is None or check.checked_on >= found.checked_on):
            found = check
    return found


def bars(facts: StaffFacts) -> bool:
    """Whether the newest check of any kind found what bars a person from such work."""
    newest = [latest_check(facts.checks, kind) for kind in CheckKind]
    return any(check is not None and check.result == CheckResult.FOUND for check in newest)


def recheck_of(facts: StaffFacts, on: date, *, months: int) -> Recheck | None:
    """The next yearly enquiry of somebody who works here on a day; None for others.

    It runs from the last clear enquiry, or from the first day of work where there is none, but
    never from before the law bound.
    """
    if facts.starts_on is None or not facts.is_employed_on(on) or on < BOUND_FROM:
        return None
    clear = tuple(check for check in facts.checks if check.result == CheckResult.CLEAR)
    last = latest_check(clear, CheckKind.ENQUIRY)
    runs_from = last.checked_on if last is not None else max(facts.starts_on, BOUND_FROM)
    due_on = add_months(runs_from, months)
    return Recheck(last.checked_on if last is not None else None, due_on, on > due_on)


def oldest_in_time(on: date, *, months: int) -> date:
    """The earliest day from which a yearly enquiry that runs is not overdue on `on`."""
    day = add_months(on, -months) - 4 * _ONE_DAY
    while add_months(day, months) < on:
        day += _ONE_DAY
    return day
