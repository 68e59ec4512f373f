"""The fictional journeys: a wave that has just run out, and the ordinary life of licences.

Every journey is walked through the services that everyone uses, on days before the demo clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from stdnum.cn import uscc

from institutions.core.journeys.catalogue import JOURNEYS
from institutions.models import Institution, Journey, JourneyProposal
from institutions.services.journey_documents import HandedIn, accept_document, hand_in_document
from institutions.services.journeys import (
    JourneyDraft,
    confirm_proposal,
    start_journey,
    take_move,
)
from institutions.services.wave_proposals import finish_proposing, propose_chunk
from institutions.services.waves import WaveDraft, create_wave, open_wave
from regulator.accounts.core.roles import Role
from regulator.accounts.models import Appointment, User
from regulator.accounts.services import appoint_stand_in
from regulator.kernel.actors import SYSTEM, Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_OPENED, _DEADLINE = date(2026, 7, 1), date(2026, 10, 30)
_UNTOUCHED = 3
_STORIES = 12
_SOON_DAYS = 240
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
_SUCCESSION = {
    "contracts_taken_by": "新登记的民办非企业单位",
    "fees_taken_by": "新登记的民办非企业单位，余额转入新的监管账户",
    "staff_taken_by": "新登记的民办非企业单位，工龄连续计算",
    "account_taken_by": "举办者指定的清算组",
}


@dataclass(frozen=True)
class Bureau:
    """Who acts at the desks."""

    officer: Actor
    leader: Actor
    division: str

    def walk(self, institution: Institution, kind: str, day: date, **stated: Any) -> Walk:
        """Begin a journey at the counter."""
        draft = JourneyDraft(
            kind=kind,
            division=self.division,
            department="education",
            institution=institution,
        )
        journey = start_journey(draft=draft, stated=stated, actor=self.officer, at=moment(day))
        return Walk(self, journey, day)


class Walk:
    """One journey, moved a few days at a time."""

    def __init__(self, bureau: Bureau, journey: Journey, day: date) -> None:
        self.bureau, self.journey, self.day = bureau, journey, day

    def move(self, name: str, *, days: int = 2, actor: Actor | None = None, **stated: Any) -> Walk:
        """Hand in and check what the move needs, make it, and countersign where two must sign."""
        self.day += timedelta(days=days)
        taken = self.propose(name, actor=actor, **stated)
        if taken is not None:
            confirm_proposal(proposal=taken, actor=self.bureau.leader, at=moment(self.day, hour=6))
        self.journey.refresh_from_db()
        return self

    def propose(
        self, name: str, *, actor: Actor | None = None, **stated: Any
    ) -> JourneyProposal | None:
        """The same, but a proposal waits for its countersignature."""
        self.provide(name)
        taken = take_move(
            journey=self.journey,
            move=name,
            stated=stated,
            actor=actor or self.bureau.officer,
            at=moment(self.day, hour=3),
        )
        self.journey.refresh_from_db()
        return taken.proposal

    def provide(self, name: str) -> None:
        """The documents of a move, handed in and, where an officer moves, found in order."""
        at, officer = moment(self.day), self.bureau.officer
        for kind in JOURNEYS[self.journey.kind].by_name[name].documents:
            if self.journey.documents.filter(kind=kind).exclude(state="returned").exists():
                continue
            file = HandedIn(f"{kind}.pdf", _PAGE)
            hand_in_document(journey=self.journey, kind=kind, file=file, actor=officer, at=at)
        if JOURNEYS[self.journey.kind].by_name[name].party != "institution":
            for document in self.journey.documents.filter(state="uploaded"):
                accept_document(document=document, actor=officer, at=at)


def seed_journeys(seeded: Sequence[Seeded], *, staff: Staff, today: date) -> int:
    """The wave and the journeys; returns how many journeys there are."""
    bureau = Bureau(
        staff.actor(Role.LICENSING_OFFICER),
        staff.actor(Role.DISTRICT_LEADER),
        staff.division,
    )
    _stand_ins(staff)
    late = [one for one in seeded if one.plan.is_late]
    _seed_wave(bureau, late[_UNTOUCHED : _UNTOUCHED + _STORIES])
    _seed_life(bureau, [one for one in seeded if not one.plan.is_late], today)
    return Journey.objects.filter(division_id=staff.division).count()


def _stand_ins(staff: Staff) -> None:
    """The receiving departments' desks have a stand-in with a login (AB角)."""
    deputy = User.objects.get(username=Role.COMPLAINTS_CLERK.value)
    for department in ("culture_tourism", "sport", "science"):
        desk = staff.actor(Role.LICENSING_OFFICER, department)
        appoint_stand_in(
            Appointment.objects.get(pk=desk.appointment_id or 0),
            deputy=deputy,
            starts_on=date(2026, 1, 1),
            ends_before=date(2028, 1, 1),
            reason="AB角",
            actor=SYSTEM,
            at=staff.at,
        )


def _seed_wave(bureau: Bureau, stories: Sequence[Seeded]) -> None:
    draft = WaveDraft(
        name="学科类机构统一登记为非营利性机构",
        criteria={"category": ["subject"], "legal_form": ["for_profit"]},
        ways_out=("reregistration", "conversion", "closure"),
        deadline_on=_DEADLINE,
        consequence="failed_check_no_training",
        basis="《成都市进一步减轻义务教育阶段学生作业负担和校外培训负担实施方案》第19项",
    )
    wave = create_wave(
        division=bureau.division, draft=draft, actor=bureau.officer, at=moment(_OPENED)
    )
    wave = open_wave(wave=wave, actor=bureau.officer, at=moment(_OPENED, hour=3))
    for number, one in enumerate(stories):
        _WAYS[number % len(_WAYS)](bureau, one)
    day = _DEADLINE + timedelta(days=1)
    with transaction.atomic():
        propose_chunk(wave=wave, offset=0, size=500, on=day, actor=SYSTEM, at=moment(day))
        finish_proposing(wave=wave, actor=SYSTEM, at=moment(day))


def _reregistered(bureau: Bureau, one: Seeded, *, until: str = "conclude") -> Walk:
    walk = bureau.walk(one.institution, "reregistration", date(2026, 7, 13))
    for name, stated in _reregistration_moves(one):
        walk.move(name, **stated)
        if name == until:
            break
    return walk


def _reregistration_moves(one: Seeded) -> list[tuple[str, dict[str, Any]]]:
    plan = one.plan
    number = plan.licence_number.removeprefix("教民").removesuffix("号")
    body = f"52{plan.credit_code[2:17]}"
    return [
        ("submit", {}),
        ("accept", {}),
        ("revise_charter", {}),
        ("liquidate_assets", {}),
        ("resolve_board", {"board_for": 5, "board_all": 5}),
        ("deregister_enterprise", {"deregistered_on": date(2026, 7, 24), **_SUCCESSION}),
        ("verify_capital", {"capital_fen": 30_000_000}),
        (
            "swap_licence",
            {"new_number": f"{number[:7]}8{int(number[8:]) + 5000:07d}",
             "valid_until": date(2029, 8, 31)},
        ),
        (
            "register_civil",
            {"new_credit_code": body + uscc.calc_check_digit(body),
             "registered_on": date(2026, 7, 28)},
        ),
        ("conclude", {}),
    ]  # fmt: skip


def _under_way(bureau: Bureau, one: Seeded) -> None:
    _reregistered(bureau, one, until="liquidate_assets")


def _finished(bureau: Bureau, one: Seeded) -> None:
    _reregistered(bureau, one)


def _converting(bureau: Bureau, one: Seeded) -> None:
    walk = bureau.walk(
        one.institution, "conversion", date(2026, 10, 12), receiving="sport", activity="sport"
    )
    walk.move("resolve_board", board_for=4, board_all=5).move("submit").move("accept")


def _idle(bureau: Bureau, one: Seeded) -> None:
    """Does nothing, and lets the deadline pass."""


_WAYS = (_finished, _under_way, _converting, _idle)


def _seed_life(bureau: Bureau, others: Sequence[Seeded], today: date) -> None:
    """A few ordinary journeys of licences that end soon, and one that puts something right."""
    standing = [
        one for one in others if one.plan.state == "in_force" and one.plan.category == "subject"
    ]
    ending = sorted(standing, key=lambda one: one.plan.licence_ends_before)[1:5]
    day = today - timedelta(days=20)
    for number, one in enumerate(ending):
        walk = bureau.walk(one.institution, "renewal", day)
        if number == 0:
            continue
        walk.move("submit")
        if number == 1:
            walk.move("request_gaps", gaps="租赁合同缺最后一页\n年检报告没有盖章")
        elif number == 2:
            walk.move("accept")
        else:
            walk.move("accept")
            walk.propose(
                "grant", valid_until=one.plan.licence_ends_before + timedelta(days=3 * 365)
            )
