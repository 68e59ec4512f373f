"""Orders outside the draw: numbers, two people, who may not go out, and what leads do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from inspections.models import DrawCounter, InspectionOrder, Lead, OrderCounter
from inspections.selectors.orders import orders_in
from inspections.services.inspectors import declare_recusal
from inspections.services.items import load_items
from inspections.services.leads import answer_lead, report_lead
from inspections.services.orders import (
    OrderDraft,
    approve_order,
    draft_order,
    end_order,
    revise_order,
    start_order,
    withdraw_order,
)
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.district import MakeActor
from tests.inspections.town import AT, Town

FIRST = date(2026, 3, 10)


@pytest.fixture
def campaign(town: Town) -> OrderDraft:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=town.coordinator, at=AT)
    education = [one for one in town.inspectors if one.department_id == "education"]
    return OrderDraft(
        kind="special",
        title="寒假无证办学专项检查",
        basis="校外培训行政处罚暂行办法第十七条",
        reference="",
        lead_department="education",
        joint_departments=(),
        starts_on=FIRST,
        ends_before=FIRST + timedelta(days=5),
        targets=[(town.register_ids[0], "1"), (town.register_ids[1], "1")],
        members=[(education[0], "1"), (education[1], "1")],
    )


def drafted(town: Town, draft: OrderDraft, at: datetime = AT) -> InspectionOrder:
    return draft_order(division=town.division, draft=draft, actor=town.coordinator, at=at)


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def test_each_kind_counts_for_itself_and_never_touches_the_numbers_of_draws(
    town: Town, campaign: OrderDraft
) -> None:
    first = drafted(town, campaign)
    patrol = drafted(town, replace(campaign, kind="patrol"))
    second = drafted(town, campaign)
    recheck = drafted(town, replace(campaign, kind="recheck", reference="责改〔2026〕3号"))
    complaint = drafted(town, replace(campaign, kind="complaint", reference="12345-20260301"))
    assert [one.number for one in (first, patrol, second, recheck, complaint)] == [
        "510116-2026-S001",
        "510116-2026-P001",
        "510116-2026-S002",
        "510116-2026-R001",
        "510116-2026-C001",
    ]
    assert DrawCounter.objects.count() == 0


def test_a_refused_draft_uses_up_no_number(town: Town, campaign: OrderDraft) -> None:
    with pytest.raises(Refused) as refused:
        drafted(town, replace(campaign, title=" ", basis="", ends_before=FIRST))
    assert codes(refused) == [
        "order.title_missing",
        "order.basis_missing",
        "order.days_reversed",
    ]
    assert OrderCounter.objects.count() == 0
    assert drafted(town, campaign).number == "510116-2026-S001"


@pytest.mark.parametrize("kind", ["complaint", "recheck"])
def test_a_check_that_follows_something_names_it(
    town: Town, campaign: OrderDraft, kind: str
) -> None:
    with pytest.raises(Refused) as refused:
        drafted(town, replace(campaign, kind=kind))
    assert codes(refused) == ["order.reference_missing"]


def test_a_body_without_certified_people_cannot_start_or_join(
    town: Town, campaign: OrderDraft
) -> None:
    with pytest.raises(Refused) as refused:
        drafted(town, replace(campaign, joint_departments=("development_reform",)))
    assert codes(refused) == ["order.department_uncertified", "order.nothing_published"]
    assert InspectionOrder.objects.count() == 0


def test_another_department_does_not_draft_in_the_lead_departments_name(
    town: Town, campaign: OrderDraft, make_actor: MakeActor
) -> None:
    fire = make_actor("inspection_coordinator", department="fire_rescue")
    with pytest.raises(Refused) as refused:
        draft_order(division=town.division, draft=campaign, actor=fire, at=AT)
    assert codes(refused) == ["policy.other_department"]
    assert InspectionOrder.objects.count() == 0


def test_who_is_recused_from_a_place_does_not_go_there(town: Town, campaign: OrderDraft) -> None:
    inspector = campaign.members[0][0]
    institution = next(
        one for one in town.institutions if one.premises.get().register_id == town.register_ids[0]
    )
    declare_recusal(
        inspector=inspector, institution=institution, reason="近亲属", actor=town.second, at=AT
    )
    with pytest.raises(Refused) as refused:
        drafted(town, campaign)
    assert codes(refused) == ["order.member_recused"]
    apart = replace(campaign, targets=[(town.register_ids[0], "2"), (town.register_ids[1], "1")])
    assert drafted(town, apart).targets.count() == 2


def test_the_one_who_drafted_does_not_approve(town: Town, campaign: OrderDraft) -> None:
    order = drafted(town, campaign)
    with pytest.raises(Refused) as refused:
        approve_order(order=order, actor=town.coordinator, at=AT)
    assert codes(refused) == ["policy.same_person"]
    order.refresh_from_db()
    assert order.state == "drafted"
    assert approve_order(order=order, actor=town.second, at=AT).approved_by == "统筹乙"


def test_whoever_changed_it_last_does_not_approve(town: Town, campaign: OrderDraft) -> None:
    order = drafted(town, campaign)
    changed = revise_order(
        order=order, draft=replace(campaign, title="改名"), actor=town.second, at=AT
    )
    assert changed.number == order.number
    with pytest.raises(Refused) as refused:
        approve_order(order=changed, actor=town.second, at=AT)
    assert codes(refused) == ["policy.same_person"]
    assert approve_order(order=changed, actor=town.coordinator, at=AT).state == "approved"


def test_one_officer_is_too_few(town: Town, campaign: OrderDraft) -> None:
    order = drafted(town, replace(campaign, members=campaign.members[:1]))
    with pytest.raises(Refused) as refused:
        approve_order(order=order, actor=town.second, at=AT)
    assert codes(refused) == ["order.too_few_officers"]
    assert refused.value.refusals[0].params == {"team": "1", "department": "education", "count": 1}


def test_nobody_goes_out_before_the_first_day_or_after_the_last(
    town: Town, campaign: OrderDraft
) -> None:
    order = approve_order(order=drafted(town, campaign), actor=town.second, at=AT)
    day_before = datetime.combine(FIRST - timedelta(days=1), AT.timetz())
    with pytest.raises(Refused) as early:
        start_order(order=order, actor=town.coordinator, at=day_before)
    assert codes(early) == ["order.early"]
    with pytest.raises(Refused) as late:
        start_order(order=order, actor=town.coordinator, at=day_before + timedelta(days=6))
    assert codes(late) == ["order.days_past"]
    running = start_order(order=order, actor=town.coordinator, at=day_before + timedelta(days=1))
    assert running.is_out_on(FIRST)
    assert running.is_out_on(FIRST + timedelta(days=4))
    assert not running.is_out_on(FIRST + timedelta(days=5))
    ended = end_order(order=running, actor=town.coordinator, at=day_before + timedelta(days=3))
    assert ended.state == "ended"
    kinds = Event.objects.filter(subject_key=str(order.public_id)).order_by("sequence")
    assert [one.kind for one in kinds] == [
        "order.drafted",
        "order.approve",
        "order.start",
        "order.end",
    ]


def test_a_withdrawn_order_keeps_its_number_and_its_reason(
    town: Town, campaign: OrderDraft
) -> None:
    order = drafted(town, campaign)
    with pytest.raises(Refused) as refused:
        withdraw_order(order=order, reason=" ", actor=town.coordinator, at=AT)
    assert codes(refused) == ["order.reason_missing"]
    withdrawn = withdraw_order(order=order, reason="已由市局办理", actor=town.coordinator, at=AT)
    assert (withdrawn.state, withdrawn.withdrawn_reason) == ("withdrawn", "已由市局办理")
    assert drafted(town, campaign).number == "510116-2026-S002"


def test_lists_ask_as_often_for_three_orders_as_for_one(
    town: Town, campaign: OrderDraft, django_assert_num_queries: object
) -> None:
    drafted(town, campaign)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [one.places for one in orders_in(town.coordinator)] == [2]
    drafted(town, campaign)
    drafted(town, campaign)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [one.lead_department.code for one in orders_in(town.coordinator)] == [
            "education"
        ] * 3


def test_a_lead_is_answered_once_by_the_department_it_went_to(
    town: Town, make_actor: MakeActor
) -> None:
    lead = report_lead(
        division=town.division,
        source="grid_worker",
        source_name="东升街道第三网格",
        text="周末有人在居民楼里上课",
        to_department="education",
        actor=make_actor("expert"),
        at=AT,
    )
    fire = make_actor("enforcement_officer", department="fire_rescue")
    with pytest.raises(Refused) as other:
        answer_lead(lead=lead, answer="不属实", order=None, actor=fire, at=AT)
    assert codes(other) == ["policy.other_department"]
    assert Lead.objects.get().state == "open"
    answer_lead(lead=lead, answer="已列入巡查", order=None, actor=town.coordinator, at=AT)
    with pytest.raises(Refused) as again:
        answer_lead(lead=lead, answer="再答", order=None, actor=town.coordinator, at=AT)
    assert codes(again) == ["lead.answered"]
    assert Lead.objects.get().answer == "已列入巡查"
    event = Event.objects.get(kind="lead.reported")
    assert "居民楼" not in str(event.new)
