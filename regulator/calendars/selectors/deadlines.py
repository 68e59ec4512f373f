"""Running deadlines."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from regulator.calendars.models import Deadline
from regulator.calendars.selectors.calendars import workday_table
from regulator.kernel.workdays import workdays_between


def open_deadlines(division: str) -> QuerySet[Deadline]:
    """The deadlines of a division that still run, the nearest first."""
    open_ones = Deadline.objects.filter(division=division, closed_on__isnull=True)
    return open_ones.order_by("due_on", "id")


def provisional_deadlines(division: str) -> QuerySet[Deadline]:
    """Those that cross a year nobody entered."""
    return open_deadlines(division).filter(provisional=True)


def deadline_of(*, kind: str, subject_kind: str, subject_key: str) -> Deadline | None:
    """The running deadline of a subject, or None."""
    found = Deadline.objects.filter(
        kind=kind, subject_kind=subject_kind, subject_key=subject_key, closed_on__isnull=True
    )
    return found.order_by("-id").first()


def workdays_left(deadline: Deadline, today: date) -> int:
    """Working days left after `today`, negative when the day has passed."""
    return workdays_between(today, deadline.due_on, workday_table(deadline.division))
