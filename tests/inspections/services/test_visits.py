"""Visits: planned from a draw, approved by another, made by two, ended with a result."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from inspections.models import (
    AnnualPlan,
    Draw,
    InspectionItem,
    PlanDraw,
    PlanLine,
    Visit,
    VisitAnswer,
    VisitMember,
)
from inspections.selectors.checklist_facts import checklist_facts
from inspections.selectors.directories import published_items
from inspections.selectors.visits import (
    checklist_of,
    route_visits,
    standing_of,
    team_inspectors,
    visit_for,
    visits_in,
)
from inspections.services.visit_answers import record_answers
from inspections.services.visit_planning import approve_visits, plan_visits
from inspections.services.visits import (
    Arrival,
    Place,
    conclude_visit,
    give_notice,
    record_arrival,
    record_hindrance,
)
from institutions.models import Paper
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.outing import (
    ARRIVED_AT,
    OUT_ON,
    PLANNED_AT,
    Outing,
    answer_to,
)
from tests.inspections.town import AT, Town

Drawn = tuple[Town, Draw, dict[int, Actor]]
LATER = ARRIVED_AT + timedelta(hours=1)


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def test_every_drawn_premises_gets_one_visit_with_its_checklist(drawn_town: Drawn) -> None:
    town, draw, _ = drawn_town
    visits = plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    assert sorted(one.register_id for one in visits) == sorted(
        draw.assignments.values_list("register_id", flat=True)
    )
    first = visits[0]
    codes_listed = list(first.items.values_list("item__code", flat=True))
    assert codes_listed == [one.code for one in checklist_of(first, on=OUT_ON)]
    assert set(first.items.values_list("item__department", flat=True)) == {
        "education",
        "market_regulation",
    }
    with pytest.raises(Refused) as again:
        plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    assert codes(again) == ["visit.none_to_plan"]
    assert Visit.objects.count() == len(visits)


def test_a_draw_of_the_plan_asks_for_its_lines_items_alone(drawn_town: Drawn) -> None:
    town, draw, _ = drawn_town
    every = published_items(division=town.division, departments=["education"])
    wanted = [one.code for one in every if one.applies_to == "all"][:2]
    plan = AnnualPlan.objects.create(
        division_id=town.division, year=2026, title="计划", basis="国发〔2019〕5号", drafted_at=AT
    )
    line = PlanLine.objects.create(
        plan=plan,
        code="L1",
        items=wanted,
        first_month=3,
        last_month=6,
        lead_department_id="education",
    )
    PlanDraw.objects.create(line=line, draw=draw, prepared_at=PLANNED_AT)
    visits = plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    for visit in visits:
        assert sorted(visit.items.values_list("item__code", flat=True)) == sorted(wanted)
    papers, _covers = checklist_facts(draw, on=OUT_ON)
    blocks = [block for paper in papers for block in paper["departments"]]
    printed = {item["code"] for block in blocks for item in block["items"]}
    assert printed == set(wanted)


def test_who_planned_does_not_approve_and_nothing_is_approved(drawn_town: Drawn) -> None:
    town, draw, _ = drawn_town
    visits = plan_visits(draw=draw, actor=town.coordinator, at=PLANNED_AT)
    with pytest.raises(Refused) as error:
        approve_visits(visits=visits, actor=town.coordinator, at=PLANNED_AT)
    assert codes(error) == ["policy.same_person"]
    assert set(Visit.objects.values_list("state", "approval_number")) == {("planned", "")}


def test_each_visit_is_approved_under_a_number_of_its_own_without_gaps(outing: Outing) -> None:
    numbers = sorted(outing.visits, key=lambda one: one.pk)
    assert [one.approval_number for one in numbers] == [
        f"检批〔2026〕{number}号" for number in range(1, len(numbers) + 1)
    ]
    assert Event.objects.filter(kind="visit.approved").count() == len(numbers)


def test_the_team_arrives_by_the_code_of_a_paper_of_that_institution(
    outing: Outing, district: object
) -> None:
    visit = outing.visit
    arrival = Arrival("code", team_inspectors(visit), ARRIVED_AT, code="K7QXW2M4TD")
    with pytest.raises(Refused) as error:
        record_arrival(visit=visit, arrival=arrival, actor=outing.member, at=ARRIVED_AT)
    assert codes(error) == ["visit.code_of_another"]
    assert outing.visit.state == "approved"
    Paper.objects.create(
        division_id=visit.division_id,
        department_id="education",
        institution=visit.premises.institution,
        kind="licence",
        year=2026,
        code="K7QXW2M4TD",
        issued_on=OUT_ON,
        issued_at=ARRIVED_AT,
        issued_by="甲",
    )
    arrival = Arrival("code", team_inspectors(visit), ARRIVED_AT, code=" k7qxw2m4td ")
    record_arrival(visit=visit, arrival=arrival, actor=outing.member, at=ARRIVED_AT)
    assert outing.visit.state == "arrived"


def test_the_certificates_of_those_present_are_kept_as_they_were(outing: Outing) -> None:
    arrival = Arrival(
        "position", team_inspectors(outing.visit), ARRIVED_AT, place=Place(30.57, 103.92, 12)
    )
    record_arrival(visit=outing.visit, arrival=arrival, actor=outing.member, at=ARRIVED_AT)
    there = VisitMember.objects.filter(visit=outing.visit)
    assert sorted(there.values_list("certificate_number", flat=True)) == sorted(
        one.certificate_number for one in team_inspectors(outing.visit)
    )
    assert (outing.visit.latitude, outing.visit.accuracy_m) == (30.57, 12)


def test_one_person_or_a_stranger_starts_nothing(outing: Outing) -> None:
    with pytest.raises(Refused) as alone:
        outing.arrive(present=team_inspectors(outing.visit)[:1])
    assert codes(alone) == ["visit.officers_few"]
    team = {one.pk for one in team_inspectors(outing.visit)}
    other = next(one for one in outing.town.inspectors if one.pk not in team)
    with pytest.raises(Refused) as strange:
        outing.arrive(present=[*team_inspectors(outing.visit), other])
    assert codes(strange) == ["visit.stranger"]
    with pytest.raises(Refused) as outside:
        give_notice(
            visit=outing.visit,
            receiver="前台",
            given_at=ARRIVED_AT,
            actor=outing.stranger,
            at=ARRIVED_AT,
        )
    assert codes(outside) == ["visit.not_in_team"]
    assert (outing.visit.state, VisitMember.objects.count()) == ("approved", 0)


def test_the_notice_is_given_once_to_somebody_with_a_name(outing: Outing) -> None:
    def give(receiver: str) -> None:
        give_notice(
            visit=outing.visit,
            receiver=receiver,
            given_at=ARRIVED_AT,
            actor=outing.member,
            at=ARRIVED_AT,
        )

    with pytest.raises(Refused) as nobody:
        give(" ")
    assert codes(nobody) == ["visit.receiver_missing"]
    give("教务主任")
    with pytest.raises(Refused) as again:
        give("前台")
    assert codes(again) == ["visit.notice_given"]
    assert outing.visit.notice_receiver == "教务主任"


def test_answers_are_recorded_once_and_a_correction_stands(outing: Outing) -> None:
    outing.arrive()
    item = outing.items()[0]
    first = answer_to(item)
    again = answer_to(item, "fails", minutes=6, corrects=first.client_id)
    for answers in ([first], [first], [again, first]):
        record_answers(
            visit=outing.visit, answers=answers, source="phone", actor=outing.member, at=LATER
        )
    assert VisitAnswer.objects.count() == 2
    assert {key: row.answer for key, row in standing_of(outing.visit).items()} == {item.pk: "fails"}
    assert Event.objects.filter(kind="visit.answers_recorded").count() == 2


def test_one_bad_answer_refuses_the_whole_hand_in(outing: Outing) -> None:
    outing.arrive()
    listed = {one.pk for one in outing.items()}
    item = outing.items()[0]
    stray = InspectionItem.objects.exclude(pk__in=listed).first()
    assert stray is not None
    wrong = answer_to(stray)
    with pytest.raises(Refused) as error:
        record_answers(
            visit=outing.visit,
            answers=[answer_to(item), wrong],
            source="typed",
            actor=outing.town.coordinator,
            at=LATER,
        )
    assert codes(error) == ["answer.item_not_listed"]
    assert VisitAnswer.objects.count() == 0


def test_a_visit_ends_when_every_item_is_answered(outing: Outing) -> None:
    outing.arrive()
    with pytest.raises(Refused) as early:
        conclude_visit(visit=outing.visit, categories=["no_problem"], actor=outing.member, at=LATER)
    assert codes(early) == ["visit.unanswered"]
    answers = [answer_to(item) for item in outing.items()]
    record_answers(
        visit=outing.visit, answers=answers, source="phone", actor=outing.member, at=LATER
    )
    conclude_visit(visit=outing.visit, categories=["no_problem"], actor=outing.member, at=LATER)
    ended = outing.visit
    assert (ended.state, ended.categories, ended.ended_at) == ("ended", ["no_problem"], LATER)


def test_a_refusal_to_cooperate_keeps_what_was_found_before(outing: Outing) -> None:
    outing.arrive()
    item = outing.items()[0]
    record_answers(
        visit=outing.visit,
        answers=[answer_to(item, "fails")],
        source="phone",
        actor=outing.member,
        at=LATER,
    )
    record_hindrance(
        visit=outing.visit,
        hindrance="refused",
        reason="负责人拒绝开门并离开",
        ended_at=LATER,
        actor=outing.member,
        at=LATER,
    )
    visit = outing.visit
    assert (visit.state, visit.categories) == ("not_possible", ["uncooperative"])
    assert visit.answers.count() == 1


def test_a_sealed_visit_is_known_to_coordinators_and_to_its_team_alone(
    outing: Outing, make_actor: MakeActor
) -> None:
    leader = make_actor("district_leader")
    outing.arrive()
    visit = outing.visit
    assert visits_in(outing.town.coordinator).count() == len(outing.visits)
    assert visit_for(outing.member, visit.public_id) == visit
    assert visit_for(outing.stranger, visit.public_id) is None
    assert visits_in(leader).count() == 0
    assert route_visits(outing.member, on=OUT_ON) != []
    assert route_visits(outing.member, on=OUT_ON + timedelta(days=1)) == []
    assert visit not in route_visits(outing.stranger, on=OUT_ON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inspections_visitanswer SET answer = 'fails'",
        "DELETE FROM inspections_visitanswer",
    ],
)
def test_an_answer_is_never_changed_past_the_services(outing: Outing, statement: str) -> None:
    outing.arrive()
    record_answers(
        visit=outing.visit,
        answers=[answer_to(outing.items()[0])],
        source="phone",
        actor=outing.member,
        at=LATER,
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert VisitAnswer.objects.get().answer == "meets"
