"""A small town for draws: eight licensed premises in two tiers, inspectors of two departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from inspections.core.draw.planning import DrawPlan
from inspections.models import Draw, Inspector
from inspections.services.draw_ceremony import record_reading, run_draw
from inspections.services.draw_preparing import freeze_frame, publish_commitment
from inspections.services.inspectors import record_inspector
from inspections.services.key_copies import CopyDraft, add_key_copy, print_key_sheet
from institutions.models import Institution
from institutions.services.register import (
    InstitutionDraft,
    LicenceDraft,
    add_premises,
    grant_licence,
    register_institution,
)
from regulator.kernel.actors import SYSTEM, Actor
from tests.district import DIVISION, District, MakeActor

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMITTED_AT = AT + timedelta(hours=1)
DUE = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
DRAWN_AT = DUE + timedelta(minutes=5)
REVEAL_BY = datetime(2026, 4, 30, 10, 0, tzinfo=UTC)
READING = "3141592653"
TIERS = ("A", "A", "A", "A", "B", "B", "B", "B")


@dataclass(frozen=True)
class Town:
    """What a test of draws stands on."""

    division: str
    institutions: list[Institution]
    inspectors: list[Inspector]
    coordinator: Actor
    second: Actor

    @property
    def register_ids(self) -> list[str]:
        return sorted(one.premises.get().register_id for one in self.institutions)


@pytest.fixture
def coordinator(make_actor: MakeActor) -> Actor:
    return make_actor("inspection_coordinator", name="统筹甲")


@pytest.fixture
def second(make_actor: MakeActor) -> Actor:
    return make_actor("inspection_coordinator", name="统筹乙")


@pytest.fixture
def institutions(district: District) -> list[Institution]:
    made = []
    for number, tier in enumerate(TIERS, start=1):
        institution = register_institution(
            division=DIVISION,
            draft=InstitutionDraft(
                name=f"第{number}培训学校", category="non_subject", credit_tier=tier
            ),
            competent_department="education",
            on=date(2024, 1, 8),
            actor=SYSTEM,
            at=AT,
        )
        add_premises(
            institution=institution,
            address=f"东升街道第{number}街 {number} 号",
            area=f"51011600{number % 3 + 1}",
            on=date(2024, 1, 8),
            actor=SYSTEM,
            at=AT,
        )
        paper = LicenceDraft(
            number="",
            category="non_subject",
            issuing_authority="教育局",
            issuing_department="education",
            valid_from=date(2024, 1, 8),
            valid_until=date(2027, 1, 7),
        )
        grant_licence(institution=institution, draft=paper, actor=SYSTEM, at=AT)
        made.append(institution)
    return made


@pytest.fixture
def town(institutions: list[Institution], coordinator: Actor, second: Actor) -> Town:
    inspectors = [
        record_inspector(
            division=DIVISION,
            name=f"检查员{department[:1]}{number}",
            department=department,
            certificate_number=f"川A{department[:2]}{number:04d}",
            valid_from=date(2024, 1, 1),
            valid_before=date(2028, 1, 1),
            actor=coordinator,
            at=AT,
        )
        for department, count in (("education", 5), ("market_regulation", 5))
        for number in range(1, count + 1)
    ]
    return Town(DIVISION, institutions, inspectors, coordinator, second)


def plan(**changes: Any) -> DrawPlan:
    values: dict[str, Any] = {
        "campaign": "春季双随机抽查",
        "scope_on": date(2026, 3, 2),
        "seats": {"education": 2, "market_regulation": 2},
        "team_count": 2,
        "quotas": {"A": 1, "B": 2},
        "entropy_kind": "dice",
        "entropy_source": "十个十面骰，在大厅当众掷出，从左到右读",
        "entropy_format": "[0-9]{10}",
        "entropy_fallback": "次日十时再掷",
        "due": DUE,
        "reveal_by": REVEAL_BY,
    }
    return DrawPlan(**{**values, **changes})


def frozen(town: Town, **changes: Any) -> Draw:
    return freeze_frame(division=town.division, plan=plan(**changes), actor=town.coordinator, at=AT)


def committed(town: Town, **changes: Any) -> Draw:
    return publish_commitment(draw=frozen(town, **changes), actor=town.second, at=COMMITTED_AT)


def read(town: Town, draw: Draw, reading: str = READING) -> Draw:
    record_reading(
        draw=draw,
        reading=reading,
        again=reading,
        witnesses=["公证员王某", "家长代表李某"],
        actor=town.coordinator,
        at=DUE,
    )
    return Draw.objects.get(pk=draw.pk)


def keys_sealed(town: Town, draw: Draw) -> Draw:
    """Two copies of the key with two custodians, one outside the bureau."""
    for number, organisation in enumerate(("区教育局", "区公证处"), start=1):
        draft = CopyDraft(f"封{number}", f"保管人{number}", organisation, "保险柜", number == 2)
        copy = add_key_copy(draw=draw, draft=draft, actor=town.coordinator, at=COMMITTED_AT)
        print_key_sheet(copy=copy, actor=town.coordinator, at=COMMITTED_AT)
    return draw


def drawn(town: Town, **changes: Any) -> Draw:
    draw = keys_sealed(town, committed(town, **changes))
    return run_draw(draw=read(town, draw), actor=town.second, at=DRAWN_AT)
