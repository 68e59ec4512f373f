"""Proposed credit tiers: computed or by hand, notified, objected to, answered, in effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.core.credit.points import Assessment
from inspections.core.credit.states import CREDIT, MOVES, TierFacts, TierState, refusals
from inspections.models import TierProposal
from institutions.models import Institution
from institutions.services.credit_tier import set_credit_tier
from institutions.services.notices import notify_desk, notify_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.calendars.selectors.calendars import workday_table
from regulator.calendars.selectors.settings import division_settings
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused
from regulator.kernel.workdays import add_workdays

_SUPERSEDED = "记分有变化，另行拟定。"


def propose_tier(
    *, institution: Institution, assessment: Assessment, on: date, actor: Actor, at: datetime
) -> TierProposal | None:
    """Notify a computed tier that differs from the one in effect; None where there is no change.

    An open computed proposal of another tier is withdrawn first. One that a person proposed, or
    that was objected to, is theirs to end: then nothing is proposed.
    """
    require(actor, Action.TIER_HANDLE, Target(division=institution.division_id))
    with transaction.atomic():
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        current = _open_proposal(locked)
        if current is not None:
            if current.state != TierState.NOTIFIED.value or current.by_hand_reason:
                return None
            if current.tier == assessment.tier:
                return None
            _withdraw(current, _SUPERSEDED, actor, at)
        if assessment.tier in ("", locked.credit_tier):
            return None
        proposal = _new(locked, assessment, on=on, reason="", actor=actor, at=at)
        return _let_out(proposal, actor, at)


def propose_by_hand(
    *,
    institution: Institution,
    tier: str,
    reason: str,
    assessment: Assessment,
    actor: Actor,
    at: datetime,
) -> TierProposal:
    """Propose another tier than the points give; a second person must let it out.

    Raises Refused with every reason.
    """
    require(actor, Action.TIER_HANDLE, Target(division=institution.division_id))
    with transaction.atomic():
        locked = Institution.objects.select_for_update().get(pk=institution.pk)
        reasons = []
        if not reason.strip():
            reasons.append(Refusal("tier.reason_missing", {}, CREDIT))
        if _open_proposal(locked) is not None:
            reasons.append(Refusal("tier.open_already"))
        if tier == locked.credit_tier:
            reasons.append(Refusal("tier.unchanged", {"tier": tier}))
        if reasons:
            raise Refused(reasons)
        chosen = Assessment(tier, assessment.total, assessment.points)
        on = timezone.localdate(at)
        return _new(locked, chosen, on=on, reason=reason.strip(), actor=actor, at=at)


def approve_by_hand(*, proposal: TierProposal, actor: Actor, at: datetime) -> TierProposal:
    """The second person lets a tier proposed by hand out to the institution."""
    require(actor, Action.TIER_APPROVE, Target(division=proposal.division_id))
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse("notify", locked, actor, at)
        return _let_out(locked, actor, at)


def object_to_tier(
    *, proposal: TierProposal, text: str, actor: Actor, at: datetime
) -> TierProposal:
    """The institution objects, within its period, once. Raises Refused with every reason."""
    institution = proposal.institution
    require(
        actor,
        Action.TIER_OBJECT,
        Target(division=proposal.division_id, institution=str(institution.public_id)),
    )
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse("object", locked, actor, at, text=text)
        locked.take_objection(at=at, text=text.strip())
        locked.save()
        _record(locked, "object", actor, at)
        notify_desk(
            division=locked.division_id,
            role=Role.INSPECTION_COORDINATOR,
            kind="tier_objected",
            params={"name": institution.name, "tier": locked.tier},
            cause=f"tier:{locked.public_id}:objected",
            institution=institution,
            page=reverse("inspections:tier", args=[locked.public_id]),
            actor=actor,
            at=at,
        )
    return locked


def reject_objection(
    *, proposal: TierProposal, answer: str, actor: Actor, at: datetime
) -> TierProposal:
    """A person answers that the tier stands; it takes effect when its period is over."""
    require(actor, Action.TIER_HANDLE, Target(division=proposal.division_id))
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse("reject", locked, actor, at, text=answer)
        locked.reject_objection(at=at, by=actor.name, answer=answer.strip())
        return _answered(locked, "reject", actor, at)


def uphold_objection(
    *, proposal: TierProposal, answer: str, actor: Actor, at: datetime
) -> TierProposal:
    """A person answers that the objection is right; the tier before stays."""
    require(actor, Action.TIER_HANDLE, Target(division=proposal.division_id))
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse("uphold", locked, actor, at, text=answer)
        locked.uphold_objection(at=at, by=actor.name, answer=answer.strip())
        return _answered(locked, "uphold", actor, at)


def withdraw_tier(
    *, proposal: TierProposal, reason: str, actor: Actor, at: datetime
) -> TierProposal:
    """A person takes a proposal back, and says why."""
    require(actor, Action.TIER_HANDLE, Target(division=proposal.division_id))
    with transaction.atomic():
        locked = _lock(proposal)
        _refuse("withdraw", locked, actor, at, text=reason)
        _withdraw(locked, reason.strip(), actor, at)
    return locked


def settle_tier(*, proposal: TierProposal, actor: Actor, at: datetime) -> TierProposal:
    """Let a tier take effect whose objection period is over. Raises Refused before that."""
    require(actor, Action.TIER_HANDLE, Target(division=proposal.division_id))
    with transaction.atomic():
        # The register's row first, as everywhere.
        institution = Institution.objects.select_for_update().get(pk=proposal.institution_id)
        locked = _lock(proposal)
        _refuse("take_effect", locked, actor, at)
        locked.take_effect(at=at)
        locked.save()
        _record(locked, "take_effect", actor, at)
        set_credit_tier(
            institution=institution,
            tier=locked.tier,
            reason=str(locked.public_id),
            actor=actor,
            at=at,
        )
        notify_institution(
            institution=institution,
            kind="tier_in_effect",
            params={"tier": locked.tier, "starts_on": timezone.localdate(at).isoformat()},
            cause=f"tier:{locked.public_id}:in_effect",
            page=reverse("inspections:own_tier"),
            actor=actor,
            at=at,
        )
    return locked


def _open_proposal(institution: Institution) -> TierProposal | None:
    return (
        TierProposal.objects.select_for_update()
        .filter(institution=institution, state__in=("drafted", "notified", "objected"))
        .first()
    )


def _new(
    institution: Institution,
    assessment: Assessment,
    *,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> TierProposal:
    proposal = TierProposal.objects.create(
        division_id=institution.division_id,
        institution=institution,
        tier_before=institution.credit_tier,
        tier=assessment.tier,
        total=assessment.total,
        points=frozen_points(assessment),
        assessed_on=on,
        by_hand_reason=reason,
        drafted_at=at,
        drafted_by_user=actor.user_id,
        drafted_by=actor.name,
    )
    _record(proposal, "proposed", actor, at, new=_stated(proposal), reason=reason)
    return proposal


def frozen_points(assessment: Assessment) -> list[dict[str, Any]]:
    """Points as a proposal keeps them."""
    return [
        {
            "kind": point.fact.kind.value,
            "reference": point.fact.reference,
            "happened_on": point.fact.happened_on.isoformat(),
            "expires_on": point.expires_on.isoformat(),
            "points": point.points,
            "basis": point.fact.basis,
            "text": point.fact.text,
        }
        for point in assessment.points
    ]


def _stated(proposal: TierProposal) -> dict[str, Any]:
    return {
        "institution": str(proposal.institution.public_id),
        "tier": proposal.tier,
        "tier_before": proposal.tier_before,
        "total": proposal.total,
        "references": [one["reference"] for one in proposal.points],
    }


def _let_out(proposal: TierProposal, actor: Actor, at: datetime) -> TierProposal:
    on = timezone.localdate(at)
    workdays = division_settings(proposal.division_id, on).credit_objection_workdays
    until = add_workdays(on, workdays, workday_table(proposal.division_id)).due_on
    proposal.notify(at=at, by=actor.name, until=until)
    proposal.save()
    _record(proposal, "notify", actor, at, new={"object_until": until.isoformat()})
    notify_institution(
        institution=proposal.institution,
        kind="tier_proposed",
        params={
            "tier": proposal.tier,
            "total": proposal.total,
            "until_on": until.isoformat(),
        },
        cause=f"tier:{proposal.public_id}:notified",
        page=reverse("inspections:own_tier"),
        actor=actor,
        at=at,
    )
    return proposal


def _answered(proposal: TierProposal, kind: str, actor: Actor, at: datetime) -> TierProposal:
    proposal.save()
    _record(proposal, kind, actor, at, reason=proposal.answer)
    notify_institution(
        institution=proposal.institution,
        kind="tier_answered",
        params={"tier": proposal.tier, "answer": proposal.answer},
        cause=f"tier:{proposal.public_id}:answered",
        page=reverse("inspections:own_tier"),
        actor=actor,
        at=at,
    )
    return proposal


def _withdraw(proposal: TierProposal, reason: str, actor: Actor, at: datetime) -> None:
    proposal.withdraw(at=at, by=actor.name, reason=reason)
    proposal.save()
    _record(proposal, "withdraw", actor, at, reason=reason)


def _lock(proposal: TierProposal) -> TierProposal:
    return (
        TierProposal.objects.select_for_update(of=("self",))
        .select_related("institution")
        .get(pk=proposal.pk)
    )


def _refuse(
    name: str, proposal: TierProposal, actor: Actor, at: datetime, *, text: str = ""
) -> None:
    reasons = refusals(
        MOVES[name],
        TierFacts(
            state=TierState(proposal.state),
            today=timezone.localdate(at),
            object_until=proposal.object_until,
            drafted_by_user=proposal.drafted_by_user,
            actor_user=actor.user_id,
            has_objection=bool(proposal.objection),
            text=text,
        ),
    )
    if reasons:
        raise Refused(reasons)


def _record(
    proposal: TierProposal,
    kind: str,
    actor: Actor,
    at: datetime,
    *,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    append_event(
        division=proposal.division_id,
        actor=actor,
        kind=f"tier.{kind}",
        subject=Subject("tier_proposal", str(proposal.public_id), proposal.institution.name),
        new={"state": proposal.state, **(new or {})},
        reason=reason[:500],
        basis=CREDIT,
        occurred_at=at,
    )
