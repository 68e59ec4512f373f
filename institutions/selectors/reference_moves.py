"""What a move of a reference table's version depends on: days, and versions beside it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from institutions.models import TableVersion
from regulator.calendars.selectors import workday_table
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import add_workdays

# Whose tables they are: its reviewers edit and approve them, another department's read them.
REFERENCE_DEPARTMENT = "education"


def earliest_day(division: str, today: date, lead_workdays: int) -> date:
    """The first day from which a table approved today may bind.

    Who files in time for a class of that day files today or later, and sees the table.
    """
    return add_workdays(today, lead_workdays, workday_table(division)).due_on


def newest_first_day(version: TableVersion) -> date | None:
    """The latest first day among the table's other approved versions that were not ended."""
    others = TableVersion.objects.filter(table=version.table_id, state__in=["approved", "ending"])
    days = others.exclude(pk=version.pk).values_list("effective_from", flat=True)
    return max((day for day in days if day is not None), default=None)


def first_day_offered(version: TableVersion, today: date) -> date:
    """The first day on which a proposal, or an end, may take effect: what a form begins with."""
    division = version.table.division_id
    lead = division_settings(division, today).filing_lead_workdays
    earliest = earliest_day(division, today, lead)
    newest = newest_first_day(version)
    own = version.effective_from if version.state == "approved" else None
    return max(filter(None, (earliest, newest and newest + timedelta(days=1), own)))


def moves_of_another(version: TableVersion, user: int | None) -> frozenset[str]:
    """The moves that are for another person: approving one's own, taking back somebody else's."""
    is_own = user is not None and version.proposed_by_user == user
    asked_end = user is not None and version.end_asked_by_user == user
    moves = {"approve", "send_back"} if is_own else {"take_back"}
    return frozenset(moves | ({"end"} if asked_end else set()))


def waiting_versions(actor: Actor) -> QuerySet[TableVersion]:
    """The versions of a division, proposed or to be ended, that wait for this actor's approval."""
    rows = TableVersion.objects.filter(table__division=actor.division)
    proposed = Q(state="proposed") & ~Q(proposed_by_user=actor.user_id)
    ending = Q(state="ending") & ~Q(end_asked_by_user=actor.user_id)
    return rows.filter(proposed | ending)
