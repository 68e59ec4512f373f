"""The fictional annual plan, two orders outside the draw, two leads, and a few credit tiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone

from inspections.core.orders import FEWEST_OFFICERS
from inspections.models import InspectionOrder, Inspector, PlanLine, TierProposal
from inspections.selectors.directories import published_items
from inspections.selectors.scope import scope_objects
from inspections.services.credit_events import ComplaintEntry, record_complaint
from inspections.services.credit_tiers import object_to_tier
from inspections.services.leads import answer_lead, report_lead
from inspections.services.orders import (
    OrderDraft,
    approve_order,
    draft_order,
    end_order,
    start_order,
)
from inspections.services.plans import (
    LineDraft,
    approve_plan,
    draft_plan,
    publish_plan,
    save_line,
    submit_plan,
)
from inspections.services.visit_planning import approve_visits, plan_order_visits
from institutions.models import Institution
from institutions.selectors.register import institution_by_public_id
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import SYSTEM
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment
from regulator.processes.credit_points import run_credit_tiers

SEASONS = (
    ("2026年春季校外培训机构双随机检查", 3, 6),
    ("2026年秋季校外培训机构双随机检查", 9, 12),
)
_SHARES = {"A": 5, "B": 10, "C": 20, "D": 40}
_OVERALL_PERCENT = 10
_JOINT = ("market_regulation", "fire_rescue")
_PUBLISHED_ON = date(2026, 1, 20)
_PLACES = 5
_PATROLLED = 2
_A_MONTH = 31
_COMPLAINTS = 3
_OBJECTOR = 9001


def seed_plan(staff: Staff, *, teams: int) -> list[PlanLine]:
    """The year's plan, approved by a second person and published; its lines of the two rounds."""
    coordinator, leader = staff.actor("inspection_coordinator"), staff.actor("district_leader")
    at = moment(_PUBLISHED_ON - timedelta(days=8))
    plan = draft_plan(
        division=staff.division,
        year=_PUBLISHED_ON.year,
        title="2026年度校外培训机构双随机抽查计划",
        basis="国发〔2019〕5号：抽查计划、抽查事项、抽查结果公开；国办发〔2024〕54号",
        reason="",
        actor=coordinator,
        at=at,
    )
    lines = [
        save_line(
            plan=plan,
            line=None,
            draft=_round(staff, campaign, months=(first, last), teams=teams),
            actor=coordinator,
            at=at,
        )
        for campaign, first, last in SEASONS
    ]
    fees = _fee_round(staff)
    save_line(plan=plan, line=None, draft=fees, actor=coordinator, at=at)
    submit_plan(plan=plan, actor=coordinator, at=at + timedelta(days=1))
    approve_plan(plan=plan, actor=leader, at=at + timedelta(days=3))
    publish_plan(plan=plan, actor=coordinator, at=moment(_PUBLISHED_ON))
    keys = [line.pk for line in lines]
    return list(PlanLine.objects.select_related("plan").filter(pk__in=keys))


def _items(staff: Staff, *departments: str) -> list[str]:
    rows = published_items(division=staff.division, departments=departments)
    return [item.code for item in rows]


def _round(staff: Staff, campaign: str, *, months: tuple[int, int], teams: int) -> LineDraft:
    return LineDraft(
        campaign=campaign,
        items=_items(staff, "education", *_JOINT),
        measure="percent",
        shares=_SHARES,
        overall_percent=_OVERALL_PERCENT,
        governing="tiers",
        first_month=months[0],
        last_month=months[1],
        lead_department="education",
        joint_departments=_JOINT,
        team_count=teams,
    )


def _fee_round(staff: Staff) -> LineDraft:
    """One that the education department draws alone: other departments, another draw."""
    return LineDraft(
        campaign="2026年学科类机构预收费资金抽查",
        items=_items(staff, "education"),
        measure="percent",
        shares=_SHARES,
        overall_percent=_OVERALL_PERCENT,
        governing="overall",
        first_month=11,
        last_month=12,
        lead_department="education",
        categories=("subject",),
        team_count=1,
    )


def seed_orders(staff: Staff, *, today: date) -> int:
    """A summer campaign that has ended, a patrol under way, and two leads; how many orders.

    The patrol lasts a month from the day on which it is made, so that whoever tries the phone has
    somewhere to go; who logs in as the inspector is in its team.
    """
    inspectors = Inspector.objects.filter(division=staff.division, department="education")
    people = inspectors.order_by("pk")[:FEWEST_OFFICERS]
    if len(people) < FEWEST_OFFICERS:
        return 0  # a district too small to send two officers sends nobody
    scope = scope_objects(division=staff.division, on=today)
    places = [one.frame.register_id for one in scope]
    summer = _started(
        staff,
        _order("2026年暑期隐形变异培训专项检查", date(2026, 7, 20), places[:_PLACES], people),
    )
    coordinator = staff.actor("inspection_coordinator")
    end_order(order=summer, actor=coordinator, at=moment(date(2026, 7, 24), hour=9))
    patrol = _patrol(staff, max(today, timezone.localdate()), places[-_PATROLLED:], people)
    _leads(staff, patrol, today=today)
    return 2


def _patrol(
    staff: Staff, on: date, places: Sequence[str], people: Iterable[Inspector]
) -> InspectionOrder:
    title = f"{on.year}年{on.month}月日常巡查"
    draft = _order(title, on - timedelta(days=1), places, people, kind="patrol", days=_A_MONTH)
    patrol = _started(staff, draft)
    coordinator, leader = staff.actor("inspection_coordinator"), staff.actor("district_leader")
    visits = plan_order_visits(order=patrol, actor=coordinator, at=moment(draft.starts_on, hour=1))
    approve_visits(visits=visits, actor=leader, at=moment(draft.starts_on, hour=2))
    return patrol


def _order(
    title: str,
    first: date,
    places: Sequence[str],
    people: Iterable[Inspector],
    *,
    kind: str = "special",
    days: int = 5,
) -> OrderDraft:
    return OrderDraft(
        kind=kind,
        title=title,
        basis="校外培训行政处罚暂行办法（教育部令第53号）第十七条",
        reference="",
        lead_department="education",
        joint_departments=(),
        starts_on=first,
        ends_before=first + timedelta(days=days),
        targets=[(one, "1") for one in places],
        members=[(one, "1") for one in people],
    )


def _started(staff: Staff, draft: OrderDraft) -> InspectionOrder:
    coordinator, leader = staff.actor("inspection_coordinator"), staff.actor("district_leader")
    at = moment(draft.starts_on - timedelta(days=5))
    order = draft_order(division=staff.division, draft=draft, actor=coordinator, at=at)
    order = approve_order(order=order, actor=leader, at=at + timedelta(days=1))
    return start_order(order=order, actor=coordinator, at=moment(draft.starts_on))


def _leads(staff: Staff, patrol: InspectionOrder, *, today: date) -> None:
    """One lead that the patrol looks into, one that still waits."""
    reporter = staff.actor("complaints_clerk")
    at = moment(today - timedelta(days=9))
    first = report_lead(
        division=staff.division,
        source="grid_worker",
        source_name="街道第三网格",
        text="周六上午临街二楼有学生排队进入，门口没有公示牌。",
        to_department="education",
        actor=reporter,
        at=at,
    )
    answer_lead(
        lead=first,
        answer="列入日常巡查，一并核实公示。",
        order=patrol,
        actor=staff.actor("inspection_coordinator"),
        at=at + timedelta(days=2),
    )
    report_lead(
        division=staff.division,
        source="third_party",
        source_name="消防设施检测单位",
        text="检测时看到疏散通道堆放教具，已当面提醒。",
        to_department="fire_rescue",
        actor=reporter,
        at=moment(today - timedelta(days=2)),
    )


def seed_tiers(staff: Staff, *, today: date) -> int:
    """Upheld complaints about two institutions and the tiers of one night; how many proposals."""
    manager = staff.actor(Role.INSTITUTION_MANAGER, "")
    shown = institution_by_public_id(manager.institution)
    others = Institution.objects.filter(division=staff.division, place="", status="operating")
    if shown is None:
        return 0
    complained = [shown, others.exclude(pk=shown.pk).order_by("pk")[0]]
    for number, institution in enumerate(complained, start=1):
        for place in range(1, _COMPLAINTS + 1):
            _complaint(staff, institution, f"TS2026-{number}{place:02d}", today=today)
    run = run_credit_tiers(
        division=staff.division, actor=SYSTEM, at=moment(today - timedelta(days=5), hour=19)
    )
    proposal = TierProposal.objects.filter(institution=complained[1], state="notified").first()
    if proposal is not None:
        object_to_tier(
            proposal=proposal,
            text="其中一件投诉已经和家长协商退费，请核减。",
            actor=staff.manager_of(
                complained[1].public_id, name=complained[1].name, number=_OBJECTOR
            ),
            at=moment(today - timedelta(days=2)),
        )
    return run.proposed


def _complaint(staff: Staff, institution: Institution, reference: str, *, today: date) -> None:
    entry = ComplaintEntry(
        reference=reference,
        upheld_on=today - timedelta(days=40),
        text="超过约定期限没有退还未消课的费用，已责成退还。",
        document_name=f"{reference}答复意见.txt",
        document=f"{reference}：经核实，投诉属实，已责成机构退费。".encode(),
    )
    record_complaint(
        institution=institution,
        entry=entry,
        actor=staff.actor("complaints_clerk"),
        at=moment(today - timedelta(days=39)),
    )
