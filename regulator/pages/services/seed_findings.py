"""The fictional findings of the rounds: confirmed, ordered, put right, and one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from inspections.core.findings.ratings import QUESTIONS
from inspections.models import Draw, Finding, RectificationOrder, Visit
from inspections.selectors.findings import answers_to_confirm
from inspections.selectors.violations import violations
from inspections.services.cases import escalate_rectification
from inspections.services.findings import confirm_finding
from inspections.services.ratings import rate_visit
from inspections.services.rectification_proofs import (
    ProofFile,
    close_rectification,
    submit_proof,
)
from inspections.services.rectifications import (
    RectificationDraft,
    Service,
    draft_rectification,
    issue_rectification,
    serve_rectification,
)
from inspections.services.safety import SafetyDraft, enter_safety
from institutions.models import Institution, Journey
from regulator.accounts.core.roles import Role
from regulator.kernel.actors import Actor
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import moment

_ORDERS = 6
_PROVED = 4
_CLOSED = 3
_RATED = 6
_TERM = 5
_HOUR = timedelta(hours=1)
# The smallest picture that is one: a proof needs a file, and no photograph is fictional.
_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
    "789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def confirm_findings(staff: Staff, draw: Draw, *, at: datetime) -> int:
    """Every answer of a draw that fails is confirmed by its department's enforcement officer."""
    visits = Visit.objects.filter(assignment__draw_of=draw, state="ended").order_by("pk")
    count = 0
    for visit in visits:
        for one in answers_to_confirm(visit):
            code = one.answer.item.violation_code
            confirm_finding(
                answer=one.answer,
                text=f"{one.answer.item.title}：现场核对与要求不符，已拍照留存。",
                violation=code if code in violations() else "",
                actor=staff.actor(Role.ENFORCEMENT_OFFICER, one.answer.item.department_id),
                at=at,
            )
            count += 1
    return count


def seed_findings(staff: Staff, *, managers: Mapping[int, Actor]) -> int:
    """Orders of the revealed round at every stage, ratings of its visits, and ledgers."""
    orders = _seed_orders(staff, managers)
    _seed_ratings(managers)
    shown = staff.actor(Role.INSTITUTION_MANAGER, "")
    keeping = {manager.institution: manager for manager in list(managers.values())[:_RATED]}
    for manager in (keeping | {shown.institution: shown}).values():
        _seed_ledger(manager)
    return orders + _seed_unserved(staff, shown)


def _seed_orders(staff: Staff, managers: Mapping[int, Actor]) -> int:
    """Of the first institutions with open findings: some only served, some proved, some closed."""
    made = 0
    for finding in _first_findings(managers):
        actor = staff.actor(Role.ENFORCEMENT_OFFICER, finding.department_id)
        order = _served(finding, actor)
        manager = managers[finding.institution_id]
        if made < _PROVED:
            _prove(order, manager)
        if made < _CLOSED and finding.severity != "red_line":
            close_rectification(
                order=order,
                words="报送的照片可见已经改正，电话核实无误",
                actor=actor,
                at=moment(date(2026, 5, 28)),
            )
        if made == _ORDERS - 1:
            _escalate(order, actor)
        made += 1
    return made


def _seed_unserved(staff: Staff, shown: Actor) -> int:
    """An order that the shown institution has yet to receive, where its visit found something."""
    actor, at = staff.actor(Role.ENFORCEMENT_OFFICER), moment(date(2026, 10, 30))
    visit = Visit.objects.filter(
        premises__institution__public_id=shown.institution, state="ended", result__isnull=True
    ).first()
    waiting = [] if visit is None else answers_to_confirm(visit)
    own = [one.answer for one in waiting if one.answer.item.department_id == actor.department]
    if not own:
        return 0
    finding = confirm_finding(
        answer=own[0],
        text=f"{own[0].item.title}：现场核对与要求不符，已拍照留存。",
        actor=actor,
        at=at,
    )
    order = draft_rectification(draft=_draft(finding), actor=actor, at=at)
    issue_rectification(order=order, actor=actor, at=at + _HOUR)
    return 1


def _first_findings(managers: Mapping[int, Actor]) -> list[Finding]:
    """One open finding of each of the first institutions that have a manager."""
    rows = Finding.objects.filter(
        state="open", institution__in=list(managers), visit__assignment__draw_of__state="revealed"
    ).select_related("item", "visit__premises", "institution")
    first: dict[int, Finding] = {}
    for row in rows.order_by("pk"):
        first.setdefault(row.institution_id, row)
    return list(first.values())[:_ORDERS]


def _served(finding: Finding, actor: Actor) -> RectificationOrder:
    drafted, served = moment(date(2026, 5, 18)), moment(date(2026, 5, 19))
    order = draft_rectification(draft=_draft(finding), actor=actor, at=drafted)
    order = issue_rectification(order=order, actor=actor, at=drafted + _HOUR)
    service = Service(on=served.date(), how="direct", to="负责人")
    return serve_rectification(order=order, service=service, actor=actor, at=served)


def _draft(finding: Finding) -> RectificationDraft:
    return RectificationDraft(
        findings=[finding],
        measures=f"对照“{finding.item.title}”的要求逐项整改\n整改后拍照，连同书面说明报送",
        term_kind="within",
        amount=_TERM,
    )


def _prove(order: RectificationOrder, manager: Actor) -> None:
    submit_proof(
        order=order,
        text="已按通知书逐项整改，照片附后。",
        files=[ProofFile("整改后.png", _PICTURE)],
        actor=manager,
        at=moment(date(2026, 5, 22)),
    )


def _escalate(order: RectificationOrder, actor: Actor) -> None:
    """Overdue: a case, unless the institution has a matter of its own that would bar it."""
    busy = Journey.objects.filter(institution=order.institution, ended_on__isnull=True).exists()
    if not busy:
        escalate_rectification(
            order=order,
            ground="责令改正期满没有改正",
            evidence="责令改正通知书、送达回证、现场照片",
            actor=actor,
            at=moment(date(2026, 6, 8)),
        )


def _seed_ratings(managers: Mapping[int, Actor]) -> None:
    rows = Visit.objects.filter(
        state="ended",
        premises__institution__in=list(managers),
        assignment__draw_of__state="revealed",
    ).select_related("premises__institution")
    for number, visit in enumerate(rows.order_by("pk")[:_RATED]):
        rate_visit(
            visit=visit,
            scores={question: 5 - (number + place) % 3 for place, question in enumerate(QUESTIONS)},
            remark="检查人员很专业，时间安排在没有课的时候更好。" if number == 0 else "",
            actor=managers[visit.premises.institution_id],
            at=moment(date(2026, 5, 29)),
        )


def _seed_ledger(manager: Actor) -> None:
    """A patrol, a hazard and its removal, a drill, and what the cameras keep."""
    institution = Institution.objects.get(public_id=manager.institution)
    premises = institution.premises.filter(ends_before__isnull=True).first()
    if premises is None:
        return
    hazard = None
    for day, kind, note in (
        (date(2026, 10, 8), "hazard", "二楼走廊一具灭火器压力不足"),
        (date(2026, 10, 9), "hazard_removed", "已更换并重新检查全部灭火器"),
        (date(2026, 10, 15), "drill", "全体教职工和在校学员疏散演练"),
        (date(2026, 10, 20), "camera", "抽查录像可回看的最早日期"),
        (date(2026, 10, 30), "patrol", "开课前和课间巡查教室、通道和配电间，没有异常"),
    ):
        draft = SafetyDraft(
            kind=kind,
            on=day,
            note=note,
            hazard=hazard if kind == "hazard_removed" else None,
            people=36 if kind == "drill" else None,
            camera_days=92 if kind == "camera" else None,
        )
        entry = enter_safety(premises=premises, draft=draft, actor=manager, at=moment(day))
        hazard = entry if kind == "hazard" else hazard
