"""The fictional visits: a round that is over, and one of which a part has been made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from inspections.core.visits.answers import AnswerDraft
from inspections.models import Draw, InspectionItem, Visit
from inspections.selectors.visits import listed_items, team_inspectors
from inspections.services.visit_answers import record_answers
from inspections.services.visit_planning import approve_visits, plan_visits
from inspections.services.visits import (
    Arrival,
    conclude_visit,
    give_notice,
    record_arrival,
    record_hindrance,
)
from regulator.kernel.actors import Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_FAILING_OF_ONE_VISIT = 3
_EVERY_SOUND = 3
_EVERY_HINDERED = 9
_A_VISIT = timedelta(minutes=70)
_RECEIVER = "前台"
_RECEIVED = timedelta(minutes=2)
_REMARK = "现场与要求不符，已拍照。"


def seed_visits(staff: Staff, draw: Draw, *, on: date, made_of: int, random: Random) -> None:
    """Plan and approve a draw's visits; of every team make the first `made_of` of its route.

    Every third finds nothing, the others a few items not met; some find the door closed.
    """
    coordinator, leader = staff.actor("inspection_coordinator"), staff.actor("district_leader")
    planned = plan_visits(draw=draw, actor=coordinator, at=moment(on, hour=0))
    visits = approve_visits(visits=planned, actor=leader, at=moment(on, hour=1))
    made: dict[str, int] = {}
    for number, visit in enumerate(sorted(visits, key=lambda one: one.position), start=1):
        before = made.get(visit.team, 0)
        if before >= made_of:
            continue
        made[visit.team] = before + 1
        at = moment(on + timedelta(days=before // 4), hour=1) + (before % 4) * 2 * _A_VISIT
        _visit(visit, number, actor=coordinator, at=at, random=random)


def _visit(visit: Visit, number: int, *, actor: Actor, at: datetime, random: Random) -> None:
    arrival = Arrival("hand", team_inspectors(visit), at, reason="补录纸质笔录")
    if number % _EVERY_HINDERED == 0:
        record_hindrance(
            visit=visit,
            hindrance="closed_door",
            reason="大门紧锁，物业称已一周无人",
            ended_at=at,
            actor=actor,
            at=at,
        )
        return
    give_notice(visit=visit, receiver=_RECEIVER, given_at=at, actor=actor, at=at)
    record_arrival(visit=visit, arrival=arrival, actor=actor, at=at)
    items = listed_items(visit)
    failing = set()
    if number % _EVERY_SOUND:
        failing = {item.pk for item in random.sample(items, min(_FAILING_OF_ONE_VISIT, len(items)))}
    answers = _answers(items, failing, at=at + _RECEIVED, random=random)
    ended_at = at + _A_VISIT
    record_answers(visit=visit, answers=answers, source="typed", actor=actor, at=ended_at)
    conclude_visit(
        visit=visit,
        categories=["pending"] if failing else ["no_problem"],
        ended_at=ended_at,
        actor=actor,
        at=ended_at,
    )


def _answers(
    items: Sequence[InspectionItem], failing: set[int], *, at: datetime, random: Random
) -> list[AnswerDraft]:
    return [
        AnswerDraft(
            client_id=UUID(int=random.getrandbits(128)),
            item=item.pk,
            item_code=item.code,
            answer="fails" if item.pk in failing else "meets",
            entered_at=at + timedelta(seconds=20 * number),
            remark=_REMARK if item.pk in failing else "",
        )
        for number, item in enumerate(items)
    ]
