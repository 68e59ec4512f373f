"""What waits for a second person is on their front page, and not on that of the first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import Draw, InspectionOrder, Visit
from inspections.selectors.before_today import BeforeWork, before_work
from inspections.services.draw_ceremony import record_reading
from inspections.services.draw_preparing import publish_commitment
from inspections.services.items import load_items
from inspections.services.order_replacements import ask_replacement
from inspections.services.orders import OrderDraft, approve_order, draft_order
from inspections.services.plans import approve_plan, draft_plan, save_line, submit_plan
from inspections.services.visit_planning import plan_visits
from regulator.pages.selectors.today import duties_of
from tests.district import LoginAs, MakeActor
from tests.inspections.outing import drawn_town
from tests.inspections.services.test_plans import line
from tests.inspections.town import (
    AT,
    COMMITTED_AT,
    DRAWN_AT,
    DUE,
    READING,
    Town,
    coordinator,
    frozen,
    institutions,
    second,
    town,
)

__all__ = ["coordinator", "drawn_town", "institutions", "line", "second", "town"]

pytestmark = pytest.mark.django_db


def test_a_plan_waits_for_whoever_did_not_submit_it(
    town: Town, line: object, make_actor: MakeActor, client: Client, login_as: LoginAs
) -> None:
    plan = draft_plan(
        division=town.division,
        year=2026,
        title="2026年计划",
        basis="国发〔2019〕5号",
        reason="",
        actor=town.coordinator,
        at=AT,
    )
    save_line(plan=plan, line=None, draft=line, actor=town.coordinator, at=AT)  # type: ignore[arg-type]
    assert before_work(town.second) == BeforeWork()
    submit_plan(plan=plan, actor=town.coordinator, at=AT)
    assert before_work(town.coordinator) == BeforeWork()
    assert before_work(make_actor("legal_reviewer")) == BeforeWork()
    assert before_work(town.second) == BeforeWork(plans=1)
    login_as(client, "district_leader")
    page = client.get("/desk/").content.decode()
    assert "等您批准的年度抽查计划" in page
    assert "/desk/inspection-plans/" in page
    approve_plan(plan=plan, actor=town.second, at=AT)
    assert before_work(town.coordinator) == BeforeWork(plans_to_publish=1)


def test_a_frame_and_then_the_drawing_wait_for_the_other_coordinator(town: Town) -> None:
    draw = frozen(town)
    waiting = BeforeWork(frames=1, first_reading_on=timezone.localdate(DUE))
    assert before_work(town.coordinator) == BeforeWork()
    assert before_work(town.second) == waiting
    publish_commitment(draw=draw, actor=town.second, at=COMMITTED_AT)
    assert before_work(town.second) == BeforeWork()
    record_reading(
        draw=Draw.objects.get(),
        reading=READING,
        again=READING,
        witnesses=("公证处 罗静",),
        actor=town.coordinator,
        at=DRAWN_AT,
    )
    assert before_work(town.coordinator) == BeforeWork()
    assert before_work(town.second) == BeforeWork(to_draw=1)


def test_planned_visits_wait_for_whoever_did_not_plan_them(
    drawn_town: tuple[Town, Draw, dict[int, object]],
) -> None:
    town, draw, _actors = drawn_town
    plan_visits(draw=draw, actor=town.coordinator, at=DRAWN_AT)
    assert before_work(town.coordinator) == BeforeWork()
    assert before_work(town.second) == BeforeWork(visits=Visit.objects.count())


def test_an_order_and_its_replacement_wait_for_the_department_and_the_leader(
    town: Town, make_actor: MakeActor
) -> None:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=town.coordinator, at=AT)
    people = [one for one in town.inspectors if one.department_id == "education"]
    draft = OrderDraft(
        kind="patrol",
        title="开学前巡查",
        basis="校外培训行政处罚暂行办法第十七条",
        reference="",
        lead_department="education",
        joint_departments=(),
        starts_on=timezone.localdate(AT),
        ends_before=timezone.localdate(AT) + timedelta(days=3),
        targets=[(town.register_ids[0], "1")],
        members=[(people[0], "1"), (people[1], "1")],
    )
    order = draft_order(division=town.division, draft=draft, actor=town.coordinator, at=AT)
    leader = make_actor("district_leader")
    other = make_actor("inspection_coordinator", department="fire_rescue")
    assert [before_work(one).orders for one in (town.coordinator, town.second, leader, other)] == [
        0,
        1,
        1,
        0,
    ]
    approve_order(order=order, actor=town.second, at=AT)
    ask_replacement(
        order=InspectionOrder.objects.get(),
        out=people[0],
        into=people[2],
        reason="发烧",
        actor=town.coordinator,
        at=AT,
    )
    assert before_work(town.second) == BeforeWork(replacements=1)
    titles = [str(one.title) for one in duties_of(leader, timezone.localdate(AT))]
    assert "等您同意的检查任务换人" in titles
