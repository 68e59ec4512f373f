"""The annual plan: two people, what is refused, versions, and draws from a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspections.core.draw.planning import PlannedExclusion
from inspections.models import AnnualPlan, Draw, PlanDraw, PlanLine
from inspections.selectors.directories import published_items
from inspections.selectors.plans import line_views
from inspections.services.draw_preparing import freeze_frame
from inspections.services.items import load_items
from inspections.services.plans import (
    LineDraft,
    approve_plan,
    draft_plan,
    publish_plan,
    remove_line,
    save_line,
    submit_plan,
)
from regulator.audit.models import Event
from regulator.kernel.outcomes import Refused
from tests.inspections.town import AT, Town
from tests.inspections.town import plan as draw_plan

BODIES = ("education", "market_regulation")


@pytest.fixture
def line(town: Town) -> LineDraft:
    load_items(division=town.division, starts_on=date(2026, 1, 1), actor=town.coordinator, at=AT)
    items = published_items(division=town.division, departments=BODIES)
    return LineDraft(
        campaign="春季双随机抽查",
        items=[one.code for one in items],
        measure="percent",
        shares={"A": 5, "B": 30, "C": 0, "D": 0},
        overall_percent=50,
        governing="tiers",
        first_month=3,
        last_month=6,
        lead_department="education",
        joint_departments=("market_regulation",),
    )


def drafted(town: Town, reason: str = "") -> AnnualPlan:
    return draft_plan(
        division=town.division,
        year=2026,
        title="2026年计划",
        basis="国发〔2019〕5号",
        reason=reason,
        actor=town.coordinator,
        at=AT,
    )


def published(town: Town, line: LineDraft, reason: str = "") -> PlanLine:
    plan = drafted(town, reason)
    if plan.version == 1:
        save_line(plan=plan, line=None, draft=line, actor=town.coordinator, at=AT)
    submit_plan(plan=plan, actor=town.coordinator, at=AT)
    approve_plan(plan=plan, actor=town.second, at=AT)
    publish_plan(plan=plan, actor=town.coordinator, at=AT)
    return plan.lines.select_related("plan").get()


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in error.value.refusals]


def test_whoever_submitted_does_not_approve_and_nothing_changes(
    town: Town, line: LineDraft
) -> None:
    plan = drafted(town)
    save_line(plan=plan, line=None, draft=line, actor=town.coordinator, at=AT)
    submit_plan(plan=plan, actor=town.coordinator, at=AT)
    with pytest.raises(Refused) as refused:
        approve_plan(plan=plan, actor=town.coordinator, at=AT)
    assert codes(refused) == ["policy.same_person"]
    assert AnnualPlan.objects.get().state == "submitted"


def test_what_is_wrong_with_every_line_is_said_when_it_is_submitted(
    town: Town, line: LineDraft
) -> None:
    plan = drafted(town)
    wrong = replace(line, items=["G02", line.items[0]], joint_departments=("health",), campaign="")
    save_line(plan=plan, line=None, draft=wrong, actor=town.coordinator, at=AT)
    with pytest.raises(Refused) as refused:
        submit_plan(plan=plan, actor=town.coordinator, at=AT)
    assert codes(refused) == [
        "plan.campaign_missing",
        "plan.item_unpublished",
        "plan.department_uncertified",
    ]


def test_a_published_plan_is_changed_by_a_new_version_with_its_reason(
    town: Town, line: LineDraft
) -> None:
    first = published(town, line)
    with pytest.raises(Refused) as fixed:
        remove_line(line=first, actor=town.coordinator, at=AT)
    assert codes(fixed) == ["plan.wrong_state"]
    with pytest.raises(Refused) as silent:
        drafted(town)
    assert codes(silent) == ["plan.reason_missing"]
    second = published(town, line, reason="增加市场监管部门")
    assert (second.code, second.plan.version) == (first.code, 2)
    states = AnnualPlan.objects.order_by("version").values_list("version", "state")
    assert list(states) == [(1, "superseded"), (2, "published")]
    kinds = Event.objects.filter(kind="plan.supersede").values_list("reason", flat=True)
    assert list(kinds) == ["增加市场监管部门"]


def test_one_version_is_open_at_a_time(town: Town) -> None:
    drafted(town)
    with pytest.raises(Refused) as refused:
        drafted(town, "再改")
    assert codes(refused) == ["plan.version_open"]


def test_the_contradiction_of_tiers_and_whole_is_shown(town: Town, line: LineDraft) -> None:
    published(town, line)
    (view,) = line_views(AnnualPlan.objects.get(), on=date(2026, 3, 2))
    assert view.sizes == {"A": 4, "B": 4}
    assert view.numbers.quotas == {"A": 1, "B": 2}
    assert (view.numbers.tiers_sum, view.numbers.overall) == (3, 4)
    assert view.numbers.is_contradictory


def test_a_draw_keeps_the_line_it_was_prepared_from(town: Town, line: LineDraft) -> None:
    of_plan = published(town, line)
    draw = freeze_frame(
        division=town.division, plan=draw_plan(), line=of_plan, actor=town.coordinator, at=AT
    )
    assert PlanDraw.objects.get(draw=draw).line == of_plan
    (view,) = line_views(of_plan.plan, on=date(2026, 3, 2))
    assert [one.number for one in view.draws] == [draw.number]


def test_a_draw_with_other_bodies_than_its_line_is_refused(town: Town, line: LineDraft) -> None:
    of_plan = published(town, replace(line, joint_departments=(), items=line.items[:1]))
    with pytest.raises(Refused) as refused:
        freeze_frame(
            division=town.division,
            plan=draw_plan(exclusions=[PlannedExclusion(town.register_ids[0], "cap", "已到上限")]),
            line=of_plan,
            actor=town.coordinator,
            at=AT,
        )
    assert codes(refused) == ["plan.department_not_planned"]
    assert Draw.objects.count() == 0
