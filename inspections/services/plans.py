"""The annual plan: drafting, its lines, submission, a second person's approval, publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.plans.states import MOVES, PlanFacts, PlanState, refusals
from inspections.models import AnnualPlan, PlanLine
from inspections.selectors.plans import line_facts
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.models import Division
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

_OPEN = (PlanState.DRAFT.value, PlanState.SUBMITTED.value, PlanState.APPROVED.value)
_COPIED = (
    *("code", "campaign", "items", "categories", "measure", "shares", "overall_percent"),
    *("governing", "first_month", "last_month", "lead_department_id", "joint_departments"),
    "team_count",
)


@dataclass(frozen=True)
class LineDraft:
    """What a line says; codes as in `PlanLine`, months inclusive."""

    campaign: str
    items: Sequence[str]
    measure: str
    shares: Mapping[str, int]
    overall_percent: int | None
    governing: str
    first_month: int
    last_month: int
    lead_department: str
    joint_departments: Sequence[str] = ()
    categories: Sequence[str] = ()
    team_count: int = 2


def draft_plan(
    *, division: str, year: int, title: str, basis: str, reason: str, actor: Actor, at: datetime
) -> AnnualPlan:
    """Begin the next version of a year's plan, with the lines of the one before.

    Raises Refused with every reason; one version is open at a time.
    """
    require(actor, Action.PLAN_PREPARE, Target(division=division))
    with transaction.atomic():
        # The plans of a division are numbered under its row's lock.
        Division.objects.select_for_update().get(code=division)
        versions = list(AnnualPlan.objects.filter(division=division, year=year))
        reasons = _words(title, basis)
        latest = versions[0] if versions else None
        if latest is not None and latest.state in _OPEN:
            reasons.append(Refusal("plan.version_open", {"version": latest.version}))
        if latest is not None and not reason.strip():
            reasons.append(Refusal("plan.reason_missing"))
        if reasons:
            raise Refused(reasons)
        plan = AnnualPlan.objects.create(
            division_id=division,
            year=year,
            version=latest.version + 1 if latest else 1,
            title=title.strip(),
            basis=basis.strip(),
            reason=reason.strip(),
            drafted_at=at,
            drafted_by=actor.name,
        )
        if latest is not None:
            PlanLine.objects.bulk_create(
                PlanLine(plan=plan, **{name: getattr(line, name) for name in _COPIED})
                for line in latest.lines.all()
            )
        _record(plan, "drafted", actor, at, new={"year": year, "version": plan.version})
    return plan


def _words(title: str, basis: str) -> list[Refusal]:
    found = []
    if not title.strip():
        found.append(Refusal("plan.title_missing"))
    if not basis.strip():
        found.append(Refusal("plan.basis_missing"))
    return found


def revise_plan(
    *, plan: AnnualPlan, title: str, basis: str, reason: str, actor: Actor, at: datetime
) -> AnnualPlan:
    """Change title, basis and reason of a draft. Raises Refused with every reason."""
    require(actor, Action.PLAN_PREPARE, Target(division=plan.division_id))
    with transaction.atomic():
        locked = _lock_draft(plan)
        reasons = _words(title, basis)
        if reasons:
            raise Refused(reasons)
        locked.title, locked.basis = title.strip(), basis.strip()
        locked.reason = reason.strip()
        locked.save(update_fields=["title", "basis", "reason"])
        new = {"title": locked.title, "basis": locked.basis, "reason": locked.reason}
        _record(locked, "revised", actor, at, new=new)
    return locked


def save_line(
    *, plan: AnnualPlan, line: PlanLine | None, draft: LineDraft, actor: Actor, at: datetime
) -> PlanLine:
    """Write a new line of a draft, or change one; what is missing is refused when submitting."""
    require(actor, Action.PLAN_PREPARE, Target(division=plan.division_id))
    with transaction.atomic():
        locked = _lock_draft(plan)
        row = line or PlanLine(plan=locked, code=_next_code(locked))
        row.campaign = draft.campaign.strip()
        row.items, row.categories = list(draft.items), list(draft.categories)
        row.measure, row.shares = draft.measure, dict(draft.shares)
        row.overall_percent, row.governing = draft.overall_percent, draft.governing
        row.first_month, row.last_month = draft.first_month, draft.last_month
        row.lead_department_id = draft.lead_department
        row.joint_departments = list(draft.joint_departments)
        row.team_count = draft.team_count
        row.save()
        _record(locked, "line_saved", actor, at, new={"code": row.code, **asdict(draft)})
    return row


def _next_code(plan: AnnualPlan) -> str:
    """Codes are never used again within a year, so that a draw keeps its line's code."""
    used = PlanLine.objects.filter(plan__division=plan.division_id, plan__year=plan.year)
    last = max((int(code) for code in used.values_list("code", flat=True)), default=0)
    return f"{last + 1:02d}"


def remove_line(*, line: PlanLine, actor: Actor, at: datetime) -> None:
    """Take a line out of a draft; versions before keep it."""
    require(actor, Action.PLAN_PREPARE, Target(division=line.plan.division_id))
    with transaction.atomic():
        locked = _lock_draft(line.plan)
        old = {name: getattr(line, name) for name in _COPIED}
        line.delete()
        _record(locked, "line_removed", actor, at, old=old)


def submit_plan(*, plan: AnnualPlan, actor: Actor, at: datetime) -> AnnualPlan:
    """Hand a draft to a second person. Raises Refused with every reason."""
    return _move(plan, "submit", actor, at)


def send_back_plan(*, plan: AnnualPlan, note: str, actor: Actor, at: datetime) -> AnnualPlan:
    """Let a submitted plan be changed again, and say what for."""
    return _move(plan, "send_back", actor, at, note=note.strip())


def approve_plan(*, plan: AnnualPlan, actor: Actor, at: datetime) -> AnnualPlan:
    """A second person approves; whoever submitted may not."""
    return _move(plan, "approve", actor, at)


def publish_plan(*, plan: AnnualPlan, actor: Actor, at: datetime) -> AnnualPlan:
    """Make an approved version public; the version before is superseded."""
    return _move(plan, "publish", actor, at)


def _move(plan: AnnualPlan, name: str, actor: Actor, at: datetime, *, note: str = "") -> AnnualPlan:
    move = MOVES[name]
    require(actor, move.action, Target(division=plan.division_id))
    with transaction.atomic():
        locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
        reasons = refusals(move, _facts(locked, actor=actor, at=at, note=note))
        if reasons:
            raise Refused(reasons)
        old = locked.state
        if name == "submit":
            locked.submit(at=at, by_user=actor.user_id, by=actor.name)
        elif name == "send_back":
            locked.send_back(note=note)
        elif name == "approve":
            locked.approve(at=at, by=actor.name)
        else:
            _supersede_before(locked, actor, at)
            locked.publish(at=at)
        locked.save()
        _record(
            locked,
            name,
            actor,
            at,
            old={"state": old},
            new={"state": locked.state},
            reason=note,
            basis=move.basis,
        )
    return locked


def _supersede_before(plan: AnnualPlan, actor: Actor, at: datetime) -> None:
    before = AnnualPlan.objects.select_for_update().filter(
        division=plan.division_id, year=plan.year, state=PlanState.PUBLISHED.value
    )
    for one in before:
        one.supersede(at=at)
        one.save(update_fields=["state", "superseded_at"])
        _record(one, "supersede", actor, at, new={"by_version": plan.version}, reason=plan.reason)


def _facts(plan: AnnualPlan, *, actor: Actor, at: datetime, note: str) -> PlanFacts:
    on = timezone.localdate(at)
    lines = list(plan.lines.select_related("plan"))
    return PlanFacts(
        state=PlanState(plan.state),
        version=plan.version,
        reason=plan.reason,
        lines=tuple(line_facts(line, position=int(line.code), on=on) for line in lines),
        submitted_by_user=plan.submitted_by_user,
        actor_user=actor.user_id,
        note=note,
    )


def _lock_draft(plan: AnnualPlan) -> AnnualPlan:
    locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if not locked.is_draft:
        params = {"plan_state": locked.state, "plan_move": "revise"}
        raise Refused(Refusal("plan.wrong_state", params))
    return locked


def _record(
    plan: AnnualPlan,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    append_event(
        division=plan.division_id,
        actor=actor,
        kind=f"plan.{kind}",
        subject=Subject("annual_plan", str(plan.public_id), f"{plan.year} v{plan.version}"),
        old=old,
        new=new,
        reason=reason,
        basis=basis,
        occurred_at=at,
    )
