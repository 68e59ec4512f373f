"""The fictional inspections: sixty inspectors, the published items, one round revealed, one out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from inspections.core.draw.planning import DrawPlan
from inspections.models import Draw, PlanLine
from inspections.selectors.plans import planned_draw
from inspections.selectors.scope import scope_objects, tier_sizes
from inspections.services.draw_ceremony import record_reading, reveal_draw, run_draw
from inspections.services.draw_field import schedule_team
from inspections.services.draw_preparing import freeze_frame, publish_commitment
from inspections.services.inspectors import record_inspector
from inspections.services.items import load_items
from inspections.services.key_copies import CopyDraft, add_key_copy, print_key_sheet
from regulator.accounts.core.roles import Role
from regulator.accounts.selectors.people import user_by_id
from regulator.pages.core.demo_institutions import person_name
from regulator.pages.services.seed_findings import confirm_findings
from regulator.pages.services.seed_people import INSPECTING, Staff
from regulator.pages.services.seed_plans import seed_plan
from regulator.pages.services.seed_register import moment
from regulator.pages.services.seed_visits import seed_visits

_DICE = "[1-6]{20}"
_WITNESSES = ("区公证处 罗静", "家长代表 宋文")
_CUSTODIANS = (
    ("邓敏", "区教育局档案室", "二号保险柜"),
    ("罗静", "区公证处", "公证处档案库"),
)
_ALL = 1000
_MADE_OF_AUTUMN = 3
_SEATS = {"education": 2, "market_regulation": 2, "fire_rescue": 2}


def seed_directories(staff: Staff, *, inspectors: int, at: datetime, random: Random) -> None:
    """The published items, and inspectors of six departments with their certificates."""
    coordinator = staff.actor("inspection_coordinator")
    load_items(division=staff.division, starts_on=at.date(), actor=coordinator, at=at)
    login = staff.actor(Role.INSPECTOR)
    for number in range(inspectors):
        department = INSPECTING[number % len(INSPECTING)]
        user = user_by_id(login.user_id) if number == 0 and login.user_id else None
        record_inspector(
            division=staff.division,
            name=user.name if user else person_name(random),
            department=department,
            certificate_number=f"川A{number + 1:03d}{random.randint(10_000, 99_999)}",
            valid_from=date(2023, 1, 1),
            valid_before=date(2028, 1, 1),
            user=user,
            actor=coordinator,
            at=at,
        )


def seed_draws(staff: Staff, *, inspectors: int, today: date, random: Random) -> None:
    """A spring round that was revealed, and an autumn round whose teams are out now."""
    teams = max(1, min(4, inspectors // len(INSPECTING) // 2))
    spring_line, autumn_line = seed_plan(staff, teams=teams)
    spring = _drawn(staff, spring_line, date(2026, 4, 20), teams=teams, random=random)
    coordinator = staff.actor("inspection_coordinator")
    seed_visits(staff, spring, on=date(2026, 4, 23), made_of=_ALL, random=random)
    confirm_findings(staff, spring, at=moment(date(2026, 5, 16)))
    reveal_draw(
        draw=spring,
        last_visit_ended_at=moment(date(2026, 5, 15), hour=9),
        actor=coordinator,
        at=moment(date(2026, 5, 25)),
    )
    autumn_on = today - timedelta(days=6)
    autumn = _drawn(staff, autumn_line, autumn_on, teams=teams, random=random)
    for team in autumn.teams.all():
        schedule_team(
            draw=autumn,
            team=team.number,
            starts_on=today,
            ends_on=today + timedelta(days=30),
            actor=coordinator,
            at=moment(autumn_on + timedelta(days=1)),
        )
    visited_on = autumn_on + timedelta(days=2)
    seed_visits(staff, autumn, on=visited_on, made_of=_MADE_OF_AUTUMN, random=random)


def _drawn(staff: Staff, line: PlanLine, on: date, *, teams: int, random: Random) -> Draw:
    """Frame, commitment, a reading twice typed, and the draw itself."""
    coordinator, second = staff.actor("inspection_coordinator"), staff.actor("district_leader")
    scope = scope_objects(division=staff.division, on=on)
    due = moment(on, hour=2)
    plan = DrawPlan(
        campaign=line.campaign,
        scope_on=on,
        seats=_SEATS,
        team_count=teams,
        quotas=planned_draw(line, tier_sizes(scope)).quotas,
        entropy_kind="dice",
        entropy_source="区政务服务大厅，公证员掷二十枚六面骰，从左到右读数",
        entropy_format=_DICE,
        entropy_fallback="由区纪委监委代表重新掷一次",
        due=due,
        reveal_by=due + timedelta(days=60),
    )
    before = due - timedelta(days=3)
    draw = freeze_frame(division=staff.division, plan=plan, line=line, actor=coordinator, at=before)
    draw = publish_commitment(draw=draw, actor=second, at=before + timedelta(hours=3))
    for number, (who, organisation, place) in enumerate(_CUSTODIANS, start=1):
        draft = CopyDraft(
            f"{draw.number}-{number}", who, organisation, place, is_outside=number == 2
        )
        copy = add_key_copy(draw=draw, draft=draft, actor=coordinator, at=due - timedelta(days=1))
        print_key_sheet(copy=copy, actor=coordinator, at=due - timedelta(days=1))
    reading = "".join(random.choice("123456") for _ in range(20))
    record_reading(
        draw=draw,
        reading=reading,
        again=reading,
        witnesses=_WITNESSES,
        actor=coordinator,
        at=due + timedelta(minutes=5),
    )
    return run_draw(draw=draw, actor=second, at=due + timedelta(minutes=8))
