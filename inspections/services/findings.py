"""Findings: confirmed by a person, referred between departments, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.core.findings.finding_states import (
    FINDING_MOVES,
    SETTING_DOWN,
    ConfirmingFacts,
    FindingFacts,
    FindingMove,
    FindingState,
    Side,
    confirming_refusals,
    finding_refusals,
    opening_state,
)
from inspections.models import Finding, FindingReferral, VisitAnswer
from inspections.selectors.violations import violations
from inspections.selectors.visits import standing_of
from inspections.services.visit_records import lock_visit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Department
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refused


def finding_subject(finding: Finding) -> Subject:
    """A finding as an audit event names it: by its item, for the premises may be sealed."""
    return Subject("finding", str(finding.public_id), finding.item.code)


def confirm_finding(
    *, answer: VisitAnswer, text: str, violation: str = "", actor: Actor, at: datetime
) -> Finding:
    """认定: a named person makes a finding of an answer that fails, with the photos of its item.

    It belongs to the item's department; confirmed by another one's officer it is referred to it
    at once. Raises Refused with every reason.
    """
    holder = answer.item.department_id
    require(actor, Action.FINDING_HANDLE, Target(answer.visit.division_id, actor.department))
    with transaction.atomic():
        visit = lock_visit(answer.visit)
        standing = standing_of(visit).get(answer.item_id)
        facts = ConfirmingFacts(
            answer="" if standing is None or standing.pk != answer.pk else answer.answer,
            is_visit_ended=visit.is_over,
            is_confirmed=visit.findings.filter(item=answer.item_id)
            .exclude(state=FindingState.WITHDRAWN.value)
            .exists(),
            text=text,
            violation=violation,
            is_known_violation=violation in violations(),
            is_named_officer=actor.is_person,
        )
        reasons = confirming_refusals(facts)
        if reasons:
            raise Refused(reasons)
        state = opening_state(holder=holder, confirmer=actor.department)
        finding = Finding.objects.create(
            division_id=visit.division_id,
            visit=visit,
            institution_id=visit.premises.institution_id,
            answer=answer,
            item=answer.item,
            department_id=actor.department,
            asked_department_id=None if state is FindingState.OPEN else holder,
            violation_code=violation,
            severity=answer.item.severity,
            text=text.strip(),
            state=state.value,
            confirmed_at=at,
            confirmed_by_user=actor.user_id,
            confirmed_by=actor.name,
            confirmed_department_id=actor.department,
        )
        finding.photos.set(visit.photos.filter(item=answer.item_id))
        if state is FindingState.REFERRED:
            _referral(finding, to=holder, reason=text, actor=actor, at=at)
        new = {"violation": violation, "department": holder}
        record_finding_event(
            finding, kind="confirmed", actor=actor, at=at, new=new, basis=SETTING_DOWN
        )
    return finding


def refer_finding(
    *, finding: Finding, department: str, reason: str, actor: Actor, at: datetime
) -> Finding:
    """移送: hand it to the department in whose powers it lies, which then accepts or declines."""
    move = FINDING_MOVES["refer"]
    require(actor, move.action, _target(finding, move))
    with transaction.atomic():
        locked = lock_finding(finding)
        is_known = Department.objects.filter(code=department).exists()
        refuse_finding(
            move,
            facts_of(locked, actor, words=reason, asked=department, is_known=is_known),
        )
        locked.refer(department=department)
        locked.save(update_fields=["state", "asked_department"])
        _referral(locked, to=department, reason=reason, actor=actor, at=at)
        record_finding_event(
            locked,
            kind="refer",
            actor=actor,
            at=at,
            new={"to": department},
            reason=reason.strip(),
            basis=move.basis,
        )
    return locked


def accept_finding(*, finding: Finding, actor: Actor, at: datetime) -> Finding:
    """接收: the department that was asked holds the finding from now on."""
    return _answer(finding, "accept", "", actor, at)


def decline_finding(*, finding: Finding, reason: str, actor: Actor, at: datetime) -> Finding:
    """退回: the department that was asked says why it is not its matter."""
    return _answer(finding, "decline", reason, actor, at)


def _answer(finding: Finding, name: str, reason: str, actor: Actor, at: datetime) -> Finding:
    move = FINDING_MOVES[name]
    require(actor, move.action, _target(finding, move))
    with transaction.atomic():
        locked = lock_finding(finding)
        refuse_finding(move, facts_of(locked, actor, words=reason))
        referral = locked.referrals.filter(answered_at__isnull=True).last()
        getattr(locked, name)()
        locked.save(update_fields=["state", "department", "asked_department"])
        if referral is not None:
            referral.is_accepted = name == "accept"
            referral.answer, referral.answered_at = reason.strip(), at
            referral.answered_by = actor.name
            referral.save(update_fields=["is_accepted", "answer", "answered_at", "answered_by"])
        record_finding_event(
            locked,
            kind=name,
            actor=actor,
            at=at,
            new={"department": locked.department_id},
            reason=reason.strip(),
            basis=move.basis,
        )
    return locked


def withdraw_finding(*, finding: Finding, reason: str, actor: Actor, at: datetime) -> Finding:
    """撤销认定: it was no problem after all, and why; it stays readable."""
    move = FINDING_MOVES["withdraw"]
    require(actor, move.action, _target(finding, move))
    with transaction.atomic():
        locked = lock_finding(finding)
        refuse_finding(move, facts_of(locked, actor, words=reason))
        locked.withdraw(at=at, by=actor.name, reason=reason.strip())
        locked.save()
        record_finding_event(
            locked,
            kind="withdraw",
            actor=actor,
            at=at,
            new={},
            reason=reason.strip(),
            basis=move.basis,
        )
    return locked


def _target(finding: Finding, move: FindingMove) -> Target:
    """The department that makes the move: who was asked, or who holds it."""
    asked = finding.asked_department_id or "none"
    department = asked if move.side is Side.RECEIVER else finding.department_id
    return Target(finding.division_id, department)


def _referral(finding: Finding, *, to: str, reason: str, actor: Actor, at: datetime) -> None:
    FindingReferral.objects.create(
        finding=finding,
        from_department_id=finding.department_id,
        to_department_id=to,
        reason=reason.strip(),
        referred_at=at,
        referred_by=actor.name,
    )


def lock_finding(finding: Finding) -> Finding:
    """The finding's row, locked until the transaction ends."""
    Finding.objects.select_for_update().get(pk=finding.pk)
    return Finding.objects.select_related("item", "visit", "institution").get(pk=finding.pk)


def lock_findings(keys: list[int]) -> list[Finding]:
    """Several findings, locked in the order of their keys."""
    list(Finding.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    rows = Finding.objects.select_related("item", "visit__premises", "institution")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def facts_of(
    finding: Finding, actor: Actor, *, words: str = "", asked: str = "", is_known: bool = True
) -> FindingFacts:
    """What the guards look at, from the locked row."""
    return FindingFacts(
        state=FindingState(finding.state),
        holder=finding.department_id,
        words=words,
        asked_department=asked,
        is_known_department=is_known,
        is_named_officer=actor.is_person,
    )


def refuse_finding(move: FindingMove, facts: FindingFacts) -> None:
    """Raise Refused with every reason why the move may not be made now."""
    reasons = finding_refusals(move, facts)
    if reasons:
        raise Refused(reasons)


def record_finding_event(
    finding: Finding,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any],
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append a finding's event with its state; it names the item, never the premises."""
    append_event(
        division=finding.division_id,
        actor=actor,
        kind=f"finding.{kind}",
        subject=finding_subject(finding),
        new={"state": finding.state, **new},
        reason=reason,
        basis=basis,
        occurred_at=at,
    )
