"""Clocks of a journey that stand still, by written notice, for what the law does not count.

Source: 行政许可法 art. 45: hearing, appraisal and expert review are not counted, and the applicant
is told in writing how long they take.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from institutions.core.journeys.bases import NOT_COUNTED
from institutions.models import Journey
from institutions.selectors.journey_facts import JOURNEY_SUBJECT, clocks_of
from institutions.services.journey_papers import issue_clock_stop_notice
from institutions.services.journey_records import lock_journey, record_journey_event
from institutions.services.journey_telling import tell_of_clock
from institutions.services.register_records import day_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.calendars.models import Deadline
from regulator.calendars.services import resume_deadline, stop_deadline
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

STOP_GROUNDS = ("hearing", "appraisal", "expert_review")


def stop_clock(
    *, journey: Journey, ground: str, expected: str = "", actor: Actor, at: datetime
) -> Journey:
    """Let the stoppable clocks stand still from the day of `at`; a notice is issued.

    `ground` is one of STOP_GROUNDS, `expected` how long it is expected to take, in words.
    """
    _require(journey, actor)
    with transaction.atomic():
        locked = lock_journey(journey)
        running = [clock for clock in _stoppable(locked) if not clock.is_stopped]
        found = []
        if ground not in STOP_GROUNDS:
            found.append(Refusal("journey.stop_ground_unknown", {}, NOT_COUNTED))
        if not running:
            found.append(Refusal("journey.no_clock_to_stop", {}, NOT_COUNTED))
        if found:
            raise Refused(found)
        for clock in running:
            stop_deadline(clock, on=day_of(at))
        issue_clock_stop_notice(locked, ground=ground, expected=expected, actor=actor, at=at)
        record_journey_event(
            locked,
            kind="clock_stopped",
            actor=actor,
            at=at,
            new={"ground": ground, "clocks": [clock.kind for clock in running]},
            reason=expected,
            basis=NOT_COUNTED,
        )
        tell_of_clock(locked, kind="journey_clock_stopped", ground=ground, actor=actor, at=at)
    return locked


def resume_clock(*, journey: Journey, actor: Actor, at: datetime) -> Journey:
    """What the clocks stood still for is done: they run again, the days are added."""
    _require(journey, actor)
    with transaction.atomic():
        locked = lock_journey(journey)
        standing = [clock for clock in _stoppable(locked) if clock.is_stopped]
        if not standing:
            raise Refused(Refusal("journey.no_clock_stopped", {}, NOT_COUNTED))
        for clock in standing:
            resume_deadline(clock, on=day_of(at))
        record_journey_event(
            locked,
            kind="clock_resumed",
            actor=actor,
            at=at,
            new={"due": {clock.kind: clock.due_on.isoformat() for clock in standing}},
            basis=NOT_COUNTED,
        )
        tell_of_clock(locked, kind="journey_clock_resumed", ground="", actor=actor, at=at)
    return locked


def _require(journey: Journey, actor: Actor) -> None:
    target = Target(division=journey.division_id, department=journey.department_id)
    require(actor, Action.JOURNEY_HANDLE, target)


def _stoppable(journey: Journey) -> list[Deadline]:
    kinds = {f"{JOURNEY_SUBJECT}.{clock.code}" for clock in journey.table.clocks if clock.stoppable}
    return [clock for clock in clocks_of(journey) if clock.kind in kinds]
