"""A drawn town whose teams go out: items published, visits planned and approved, people bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from inspections.core.visits.answers import AnswerDraft
from inspections.models import Draw, InspectionItem, Inspector, Visit
from inspections.selectors.visits import listed_items, team_inspectors
from inspections.services.draw_field import schedule_team
from inspections.services.inspectors import change_inspector
from inspections.services.items import load_items
from inspections.services.visit_planning import approve_visits, plan_visits
from inspections.services.visits import Arrival, record_arrival
from regulator.accounts.models import User
from regulator.kernel.actors import Actor
from tests.district import MakeActor
from tests.inspections.town import AT, DRAWN_AT, Town, drawn

OUT_ON = date(2026, 3, 10)
PLANNED_AT = DRAWN_AT + timedelta(hours=1)
ARRIVED_AT = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(200))


@dataclass(frozen=True)
class Outing:
    """A draw with its visits approved, and one actor for each inspector."""

    town: Town
    draw: Draw
    visits: list[Visit]
    actors: dict[int, Actor]

    @property
    def visit(self) -> Visit:
        """The first visit of the first team, read anew."""
        return Visit.objects.get(pk=self.visits[0].pk)

    @property
    def member(self) -> Actor:
        """Somebody of its team."""
        return self.actors[team_inspectors(self.visit)[0].pk]

    @property
    def stranger(self) -> Actor:
        """An inspector of another team."""
        team = {one.pk for one in team_inspectors(self.visit)}
        return next(actor for key, actor in self.actors.items() if key not in team)

    def arrive(self, *, present: list[Inspector] | None = None) -> Visit:
        """The whole team arrives, or who is named."""
        there = team_inspectors(self.visit) if present is None else present
        arrival = Arrival("hand", there, ARRIVED_AT, reason="没有张贴许可证")
        return record_arrival(visit=self.visit, arrival=arrival, actor=self.member, at=ARRIVED_AT)

    def items(self) -> list[InspectionItem]:
        return listed_items(self.visit)


def answer_to(
    item: InspectionItem, answer: str = "meets", *, minutes: int = 5, corrects: UUID | None = None
) -> AnswerDraft:
    return AnswerDraft(
        client_id=uuid4(),
        item=item.pk,
        item_code=item.code,
        answer=answer,
        entered_at=ARRIVED_AT + timedelta(minutes=minutes),
        corrects=corrects,
    )


def bind(inspector: Inspector, actor: Actor, *, by: Actor) -> None:
    """Let a person log in as an inspector."""
    change_inspector(
        inspector=inspector,
        name=inspector.name,
        department=inspector.department_id,
        certificate_number=inspector.certificate_number,
        valid_from=inspector.valid_from,
        valid_before=inspector.valid_before,
        field=inspector.field,
        user=User.objects.get(pk=actor.user_id or 0),
        is_active=True,
        inactive_reason="",
        actor=by,
        at=AT,
    )


Prepare = Callable[[], Draw]


@pytest.fixture
def drawn_town(town: Town, make_actor: MakeActor) -> tuple[Town, Draw, dict[int, Actor]]:
    """Drawn, its teams' days set, and every inspector a user."""
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=town.coordinator, at=AT)
    actors = {}
    for one in town.inspectors:
        actor = make_actor("inspector", department=one.department_id, name=one.name)
        bind(one, actor, by=town.coordinator)
        actors[one.pk] = actor
    draw = drawn(town)
    for team in draw.teams.all():
        schedule_team(
            draw=draw,
            team=team.number,
            starts_on=OUT_ON,
            ends_on=OUT_ON,
            actor=town.coordinator,
            at=DRAWN_AT,
        )
    return town, draw, actors


@pytest.fixture
def outing(drawn_town: tuple[Town, Draw, dict[int, Actor]]) -> Outing:
    """Every visit of the draw, approved by the second coordinator."""
    town, draw, actors = drawn_town
    planned = plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    visits = approve_visits(visits=planned, actor=town.second, at=PLANNED_AT)
    return Outing(town, draw, visits, actors)
