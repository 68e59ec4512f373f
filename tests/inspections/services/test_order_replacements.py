"""Somebody of an approved order falls ill: who steps in, who agrees, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inspections.models import InspectionOrder, Inspector, OrderReplacement, Visit
from inspections.selectors.orders import may_step_in
from inspections.services.inspectors import declare_recusal
from inspections.services.items import load_items
from inspections.services.order_replacements import (
    approve_replacement,
    ask_replacement,
    decline_replacement,
)
from inspections.services.orders import (
    OrderDraft,
    approve_order,
    draft_order,
    end_order,
    start_order,
)
from inspections.services.visit_planning import approve_visits, plan_order_visits
from inspections.services.visits import Arrival, record_arrival
from regulator.audit.models import Event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused
from tests.audited import unaudited
from tests.district import LoginAs, MakeActor
from tests.inspections.outing import bind
from tests.inspections.town import AT, Town

FIRST = date(2026, 3, 10)
MORNING = datetime.combine(FIRST, AT.timetz())


def people(town: Town, department: str = "education") -> list[Inspector]:
    return [one for one in town.inspectors if one.department_id == department]


@pytest.fixture
def order(town: Town) -> InspectionOrder:
    """Approved: two of education in one team, at one premises, for three days."""
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=town.coordinator, at=AT)
    one, other = people(town)[:2]
    draft = OrderDraft(
        kind="patrol",
        title="开学前巡查",
        basis="校外培训行政处罚暂行办法第十七条",
        reference="",
        lead_department="education",
        joint_departments=(),
        starts_on=FIRST,
        ends_before=FIRST + timedelta(days=3),
        targets=[(town.register_ids[0], "1")],
        members=[(one, "1"), (other, "1")],
    )
    made = draft_order(division=town.division, draft=draft, actor=town.coordinator, at=AT)
    return approve_order(order=made, actor=town.second, at=AT)


def seated(order: InspectionOrder) -> set[str]:
    return set(order.members.values_list("inspector__name", flat=True))


def ask(town: Town, order: InspectionOrder, into: Inspector, *, reason: str = "发烧") -> object:
    return ask_replacement(
        order=order,
        out=people(town)[0],
        into=into,
        reason=reason,
        actor=town.coordinator,
        at=MORNING,
    )


def refused(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [one.code for one in caught.value.refusals]


def test_one_person_proposes_and_a_second_one_puts_the_other_into_the_seat(
    town: Town, order: InspectionOrder
) -> None:
    out, stays, into = people(town)[:3]
    row = ask(town, order, into)
    assert isinstance(row, OrderReplacement)
    assert seated(order) == {out.name, stays.name}
    same = lambda: approve_replacement(  # noqa: E731
        replacement=row, actor=town.coordinator, at=MORNING
    )
    assert refused(same) == ["policy.same_person"]
    assert seated(order) == {out.name, stays.name}
    done = approve_replacement(replacement=row, actor=town.second, at=MORNING)
    assert (done.is_approved, done.decided_by) == (True, "统筹乙")
    assert seated(order) == {into.name, stays.name}
    again = lambda: approve_replacement(  # noqa: E731
        replacement=row, actor=town.second, at=MORNING
    )
    assert "order.replacement_decided" in refused(again)
    kinds = Event.objects.filter(subject_key=str(order.public_id)).order_by("sequence")
    assert [one.kind for one in kinds][-2:] == ["order.replacement_asked", "order.member_replaced"]


def test_what_is_declined_leaves_the_team_and_keeps_the_reason(
    town: Town, order: InspectionOrder
) -> None:
    row = ask(town, order, people(town)[2])
    assert isinstance(row, OrderReplacement)
    silent = lambda: decline_replacement(  # noqa: E731
        replacement=row, answer=" ", actor=town.second, at=MORNING
    )
    assert refused(silent) == ["order.replacement_answer_missing"]
    done = decline_replacement(replacement=row, answer="改期再查", actor=town.second, at=MORNING)
    assert (done.is_approved, done.answer) == (False, "改期再查")
    assert seated(order) == {one.name for one in people(town)[:2]}
    # Declined is not open: somebody else may be proposed.
    assert ask(town, order, people(town)[3])


def test_every_reason_against_who_steps_in_is_said(town: Town, order: InspectionOrder) -> None:
    stranger = people(town, "market_regulation")[0]
    assert refused(lambda: ask(town, order, stranger, reason=" ")) == [
        "order.replacement_reason_missing",
        "order.replacement_other_department",
    ]
    assert refused(lambda: ask(town, order, people(town)[1])) == ["order.replacement_sits_already"]
    recused = people(town)[2]
    declare_recusal(
        inspector=recused,
        institution=order.targets.get().premises.institution,
        reason="配偶在该机构任教",
        actor=town.coordinator,
        at=AT,
    )
    assert refused(lambda: ask(town, order, recused)) == ["order.member_recused"]
    expired = people(town)[3]
    Inspector.objects.filter(pk=expired.pk).update(valid_before=FIRST + timedelta(days=2))
    expired.refresh_from_db()
    assert refused(lambda: ask(town, order, expired)) == ["order.member_uncertified"]
    ask(town, order, people(town)[4])
    assert refused(lambda: ask(town, order, people(town)[4])) == ["order.replacement_open"]
    assert OrderReplacement.objects.count() == 1
    offered = may_step_in(order, people(town)[0], FIRST)
    assert {one.pk for one in offered} == {one.pk for one in people(town)[2:]}


def test_nobody_is_replaced_in_a_visit_in_a_draft_or_after_the_end(
    town: Town, order: InspectionOrder, make_actor: MakeActor
) -> None:
    team, into = people(town)[:2], people(town)[2]
    member: Actor = make_actor("inspector", name=team[0].name)
    bind(team[0], member, by=town.coordinator)
    running = start_order(order=order, actor=town.coordinator, at=MORNING)
    planned = plan_order_visits(order=running, actor=town.coordinator, at=MORNING)
    visit = approve_visits(visits=planned, actor=town.second, at=MORNING)[0]
    arrival = Arrival("hand", team, MORNING, reason="没有张贴许可证")
    record_arrival(visit=visit, arrival=arrival, actor=member, at=MORNING)
    assert refused(lambda: ask(town, running, into)) == ["order.replacement_at_visit"]
    end_order(order=running, actor=town.coordinator, at=MORNING)
    running.refresh_from_db()
    assert refused(lambda: ask(town, running, into))[0] == "order.wrong_state"
    assert OrderReplacement.objects.count() == 0
    assert Visit.objects.get().members.count() == 2


def test_the_pages_offer_propose_agree_and_print(
    town: Town, order: InspectionOrder, client: Client, login_as: LoginAs
) -> None:
    out, _stays, into = people(town)[:3]
    today = timezone.localdate()
    with unaudited():
        # The pages look at the clock on the wall.
        InspectionOrder.objects.update(starts_on=today, ends_before=today + timedelta(days=2))
    login_as(client, "inspection_coordinator")
    page = client.get(reverse("inspections:order", args=[order.number])).content.decode()
    assert f"/desk/checklists/{order.number}/" in page
    assert f"/desk/visits/?task={order.number}" in page
    address = reverse("inspections:replace_order_member", args=[order.number, out.public_id])
    assert address in page
    assert into.certificate_number in client.get(address).content.decode()
    sent = client.post(address, {"into": into.pk, "reason": "发烧"})
    assert sent.status_code == 302
    row = OrderReplacement.objects.get()
    own = client.get(reverse("inspections:order", args=[order.number])).content.decode()
    assert "换人是您提出的，同意要由另一个人来做。" in own
    login_as(client, "district_leader")
    other = client.get(reverse("inspections:order", args=[order.number])).content.decode()
    assert "同意换人" in other
    assert "/desk/checklists/" not in other
    agreed = reverse("inspections:approve_order_member", args=[order.number, row.public_id])
    assert client.post(agreed).status_code == 302
    assert into.name in seated(order)
