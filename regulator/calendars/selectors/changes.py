"""Changes that wait for a second person, and what became of the others."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.calendars.core.changes import CALENDAR_DEPARTMENT, ChangeState
from regulator.calendars.models import CalendarChange, CalendarYear
from regulator.kernel.actors import Actor


def changes_in(division: str) -> QuerySet[CalendarChange]:
    """Every change ever proposed in a division, newest first."""
    return CalendarChange.objects.filter(division=division)


def waiting_changes(division: str) -> QuerySet[CalendarChange]:
    """What is proposed and neither signed nor sent back."""
    return changes_in(division).filter(state=ChangeState.PROPOSED.value)


def changes_to_sign(actor: Actor) -> QuerySet[CalendarChange]:
    """What waits for this person: proposed by somebody else, and theirs to sign."""
    if not may(actor, Action.CALENDAR_APPROVE, Target(actor.division, CALENDAR_DEPARTMENT)):
        return CalendarChange.objects.none()
    return waiting_changes(actor.division).exclude(proposed_by_user=actor.user_id)


def waiting_for_year(entry: CalendarYear | None) -> QuerySet[CalendarChange]:
    """What waits of one year."""
    if entry is None:
        return CalendarChange.objects.none()
    return waiting_changes(entry.calendar.division).filter(
        subject_kind="calendar_year", subject_key=str(entry.public_id)
    )


def waiting_for_setting(division: str, code: str) -> QuerySet[CalendarChange]:
    """What waits of one setting."""
    return waiting_changes(division).filter(
        subject_kind="division_setting", subject_key=f"{division}:{code}"
    )


def change_in(division: str, public_id: UUID | str) -> CalendarChange | None:
    """A change of a division by its public id."""
    return changes_in(division).filter(public_id=public_id).first()
