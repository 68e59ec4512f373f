"""The one lock of a division's calendar, settings and deadlines.

Order: after institution, licence, filing, account and job; before the number counter and the
audit head. Whoever writes a period, a holiday, a setting or a deadline holds it first, so that a
deadline is never counted by a calendar that changes meanwhile.
"""

from __future__ import annotations

from django.db import transaction

from regulator.calendars.models import DivisionCalendar
from regulator.kernel.ids import new_public_id
from regulator.kernel.outcomes import InvariantError


def lock_calendar(division: str) -> DivisionCalendar:
    """The division's calendar row, locked; made when it is not there yet."""
    if not transaction.get_connection().in_atomic_block:
        raise InvariantError("校历只能在事务里加锁。")
    locked = DivisionCalendar.objects.select_for_update().filter(division=division).first()
    if locked is not None:
        return locked
    DivisionCalendar.objects.get_or_create(division=division)
    return DivisionCalendar.objects.select_for_update().get(division=division)


def renew_stamp(calendar: DivisionCalendar) -> None:
    """Say that the calendar's contents changed; what was kept of it is read anew."""
    calendar.stamp = new_public_id()
    calendar.save(update_fields=["stamp"])
