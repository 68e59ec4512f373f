"""责令改正: drafted from a department's own findings, issued as a paper, served, and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.findings.finding_states import (
    FINDING_MOVES,
    finding_refusals,
    words_refusals,
)
from inspections.core.findings.rectification_states import (
    ORDERING,
    RECTIFICATION_MOVES,
    RectificationState,
    TermKind,
    term_refusals,
    term_unit,
)
from inspections.models import Finding, RectificationItem, RectificationOrder
from inspections.selectors.violations import known_violation
from inspections.services.findings import facts_of as finding_facts
from inspections.services.findings import lock_findings
from inspections.services.rectification_records import (
    begin_term,
    end_term,
    lock_items,
    lock_rectification,
    move_items,
    note_rectification,
    record_rectification_event,
    rectification_facts,
    rectification_subject,
    refuse_rectification,
    require_rectification,
    take_over_service,
)
from institutions.core.notice_kinds import NoticeKind
from institutions.core.papers.handing import ServiceMeans
from institutions.core.papers.kinds import PaperKind
from institutions.models import Paper
from institutions.services.notices import notify_institution
from institutions.services.papers import issue_paper
from institutions.services.papers_handing import confirm_receipt, serve_paper, void_paper
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.kernel.workdays import Unit

_UNIT_WORDS = {Unit.WORKDAYS.value: "个工作日", Unit.DAYS.value: "日"}


@dataclass(frozen=True)
class RectificationDraft:
    """What an order says. `amount` is the term in 日, 0 on the spot; `measures` a line for each
    thing to be done."""

    findings: Sequence[Finding]
    measures: str
    term_kind: str
    amount: int = 0


def draft_rectification(
    *, draft: RectificationDraft, actor: Actor, at: datetime
) -> RectificationOrder:
    """起草: an order from open findings of one institution and of the actor's own department.

    The findings stay as they are until it is issued. Raises Refused with every reason.
    """
    if not draft.findings:
        raise Refused(Refusal("rectification.no_finding", {}, ORDERING))
    division = draft.findings[0].division_id
    departments = {finding.department_id for finding in draft.findings}
    for department in sorted(departments):
        require(actor, Action.RECTIFICATION_HANDLE, Target(division, department))
    with transaction.atomic():
        findings = lock_findings([finding.pk for finding in draft.findings])
        reasons = _draft_refusals(draft, findings, actor)
        if reasons:
            raise Refused(reasons)
        first = findings[0]
        order = RectificationOrder.objects.create(
            division_id=division,
            department_id=first.department_id,
            institution=first.institution,
            premises=first.visit.premises,
            measures=draft.measures.strip(),
            term_kind=draft.term_kind,
            term_amount=draft.amount,
            term_unit=term_unit(draft.amount).value if draft.amount else "",
            drafted_at=at,
            drafted_by_user=actor.user_id,
            drafted_by=actor.name,
        )
        RectificationItem.objects.bulk_create(
            [
                RectificationItem(rectification=order, finding=finding, position=position)
                for position, finding in enumerate(findings, start=1)
            ]
        )
        new = {"findings": len(findings), "term": draft.term_kind, "amount": draft.amount}
        record_rectification_event(order, kind="drafted", actor=actor, at=at, new=new)
    return order


def _draft_refusals(
    draft: RectificationDraft, findings: Sequence[Finding], actor: Actor
) -> list[Refusal]:
    found: list[Refusal] = []
    move = FINDING_MOVES["order"]
    for finding in findings:
        found.extend(finding_refusals(move, finding_facts(finding, actor)))
    if len({finding.institution_id for finding in findings}) > 1:
        found.append(Refusal("rectification.several_institutions", {}, ORDERING))
    found.extend(term_refusals(kind=TermKind(draft.term_kind), amount=draft.amount))
    found.extend(words_refusals(draft.measures, missing="rectification.measures_missing"))
    return found


def issue_rectification(
    *, order: RectificationOrder, actor: Actor, at: datetime
) -> RectificationOrder:
    """制发: number, frozen facts and a PDF by the house's papers; the findings are ordered."""
    move = RECTIFICATION_MOVES["issue"]
    require_rectification(move, order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        refuse_rectification("issue", rectification_facts(locked, actor=actor, at=at))
        findings = lock_items(locked)
        moved = move_items(locked, "order", actor=actor)
        paper = issue_paper(
            institution=locked.institution,
            kind=PaperKind.RECTIFICATION_ORDER,
            facts=paper_facts(locked, findings),
            issued_on=timezone.localdate(at),
            actor=actor,
            at=at,
            department=locked.department_id,
        )
        locked.paper = paper
        locked.issue(at=at, number=paper.number_text)
        locked.save()
        _tell_institution(locked, paper, count=len(findings), actor=actor, at=at)
        new = {"number": paper.number_text, "finding_states": moved}
        record_rectification_event(locked, kind="issue", actor=actor, at=at, new=new)
    return locked


def _tell_institution(
    order: RectificationOrder, paper: Paper, *, count: int, actor: Actor, at: datetime
) -> None:
    """A notice beside the paper: it serves nothing, but nobody overlooks the order."""
    notify_institution(
        institution=order.institution,
        kind=NoticeKind.RECTIFICATION_ORDERED.value,
        params={"number": paper.number_text, "count": count},
        cause=f"rectification:{order.public_id}:issued",
        page=f"/portal/rectifications/{order.public_id}/",
        about=rectification_subject(order),
        actor=actor,
        at=at,
    )


def paper_facts(order: RectificationOrder, findings: Sequence[Finding]) -> dict[str, Any]:
    """What the paper freezes: when and where, each problem with its article, what to do by when."""
    ended = max(
        (finding.visit.ended_at for finding in findings if finding.visit.ended_at), default=None
    )
    day = timezone.localdate(ended) if ended else timezone.localdate(order.drafted_at)
    return {
        "inspected_on": day.isoformat(),
        "place": order.premises.address,
        "problems": [{"text": one.text, "basis": basis_of(one)} for one in findings],
        "corrections": [line.strip() for line in order.measures.splitlines() if line.strip()],
        "term": term_text(order),
    }


def basis_of(finding: Finding) -> str:
    """The article a finding rests on: the violation's where one is named, else its item's."""
    violation = known_violation(finding.violation_code)
    return violation.cited if violation else finding.item.legal_basis


def term_text(order: RectificationOrder) -> str:
    """The term as the paper states it, in Chinese whatever the reader's language."""
    if order.term_kind == TermKind.ON_SPOT.value:
        return "当场改正"
    return f"收到本通知书之日起{order.term_amount}{_UNIT_WORDS[order.term_unit]}内改正"


@dataclass(frozen=True)
class Service:
    """How an order was served: on which day, by which means, who signed."""

    on: date
    how: ServiceMeans | str
    to: str
    note: str = ""


def serve_rectification(
    *, order: RectificationOrder, service: Service, actor: Actor, at: datetime
) -> RectificationOrder:
    """送达: recorded on the paper, and the term runs from that day."""
    require_rectification(RECTIFICATION_MOVES["serve"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        refuse_rectification("serve", rectification_facts(locked, actor=actor, at=at))
        if locked.paper is not None:
            locked.paper = serve_paper(
                paper=locked.paper,
                on=service.on,
                how=service.how,
                to=service.to,
                note=service.note,
                actor=actor,
                at=at,
            )
        take_over_service(locked, actor=actor, at=at)
    return locked


def receive_rectification(
    *, order: RectificationOrder, actor: Actor, at: datetime
) -> RectificationOrder:
    """The institution confirms in the portal that it has the paper: service by electronic means."""
    target = Target(order.division_id, institution=str(order.institution.public_id))
    require(actor, Action.RECTIFICATION_ANSWER, target)
    with transaction.atomic():
        locked = lock_rectification(order)
        if locked.paper is not None:
            locked.paper = confirm_receipt(paper=locked.paper, actor=actor, at=at)
        take_over_service(locked, actor=actor, at=at)
    return locked


def extend_rectification(
    *, order: RectificationOrder, amount: int, reason: str, actor: Actor, at: datetime
) -> RectificationOrder:
    """延长: another term from the day of service, before the present one has run out."""
    require_rectification(RECTIFICATION_MOVES["extend"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        take_over_service(locked, actor=actor, at=at)
        facts = rectification_facts(locked, actor=actor, at=at, words=reason, stated_amount=amount)
        refuse_rectification("extend", facts)
        end_term(locked, at=at)
        old = locked.term_amount
        locked.extend(amount=amount, unit=term_unit(amount).value)
        begin_term(locked)
        locked.save()
        note_rectification(locked, move="extend", words=reason, actor=actor, at=at)
        record_rectification_event(
            locked,
            kind="extend",
            actor=actor,
            at=at,
            new={"amount": amount, "before": old},
            reason=reason.strip(),
        )
    return locked


def withdraw_rectification(
    *, order: RectificationOrder, reason: str, actor: Actor, at: datetime
) -> RectificationOrder:
    """撤回: its findings are open again, and its paper, if it has one, is void."""
    require_rectification(RECTIFICATION_MOVES["withdraw"], order, actor)
    with transaction.atomic():
        locked = lock_rectification(order)
        facts = rectification_facts(locked, actor=actor, at=at, words=reason)
        refuse_rectification("withdraw", facts)
        new = {}
        if locked.state != RectificationState.DRAFTED.value:
            new["finding_states"] = move_items(locked, "release", actor=actor, words=reason)
        end_term(locked, at=at)
        if locked.paper is not None and not locked.paper.is_void:
            void_paper(paper=locked.paper, reason=reason, actor=actor, at=at)
        locked.withdraw(at=at, by=actor.name, words=reason.strip())
        locked.save()
        record_rectification_event(
            locked, kind="withdraw", actor=actor, at=at, new=new, reason=reason.strip()
        )
    return locked
