"""A visit that has ended with an answer that fails for each of two departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from inspections.models import Visit, VisitAnswer
from inspections.services.visit_answers import record_answers
from inspections.services.visits import conclude_visit
from regulator.kernel.actors import Actor
from tests.district import MakeActor
from tests.inspections.outing import ARRIVED_AT, Outing, answer_to

ENDED_AT = ARRIVED_AT + timedelta(hours=1)


@dataclass(frozen=True)
class After:
    """The visit, its failing answers and an enforcement officer by department, its institution."""

    outing: Outing
    visit: Visit
    failing: dict[str, VisitAnswer]
    officers: dict[str, Actor]
    manager: Actor
    at: datetime


def answered_visit(outing: Outing, make_actor: MakeActor) -> After:
    """The first visit, ended: one general item of each department fails, all others are met."""
    visit = outing.arrive()
    wanted: dict[str, int] = {}
    for item in outing.items():
        if item.severity != "red_line":
            wanted.setdefault(item.department_id, item.pk)
    drafts = [
        answer_to(item, "fails" if item.pk in wanted.values() else "meets")
        for item in outing.items()
    ]
    record_answers(visit=visit, answers=drafts, source="typed", actor=outing.member, at=ENDED_AT)
    conclude_visit(
        visit=outing.visit,
        categories=["pending"],
        ended_at=ENDED_AT,
        actor=outing.member,
        at=ENDED_AT,
    )
    failing = {row.item.department_id: row for row in VisitAnswer.objects.filter(answer="fails")}
    officers = {
        code: make_actor("enforcement_officer", department=code, name=f"执法{code[:2]}")
        for code in sorted(failing)
    }
    manager = make_actor("institution_manager", institution=visit.premises.institution.public_id)
    return After(outing, outing.visit, failing, officers, manager, ENDED_AT)
