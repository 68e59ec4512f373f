"""Reviews of training material, inside and outside, its filing, its return and its end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from institutions.core.material_states import (
    BANNED_CONTENT,
    MOVES,
    AuthorFacts,
    MaterialFacts,
    MaterialKind,
    MaterialMove,
    MaterialState,
    material_refusals,
    review_refusals,
)
from institutions.models import MaterialReview, TrainingMaterial
from institutions.selectors.filings_screening import local_day
from institutions.selectors.materials import awaits_external
from institutions.services.materials import (
    lock_material,
    material_subject,
    record_material,
    require_keeping,
)
from institutions.services.notices import notify_institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused

_INTERNAL, _EXTERNAL = MOVES["pass_internal"], MOVES["pass_external"]
_FILE, _REVISE, _RETURN = MOVES["file"], MOVES["revise"], MOVES["send_back"]
_WITHDRAW = MOVES["withdraw"]


@dataclass(frozen=True)
class ReviewDraft:
    """A review as stated: the twelve items answered, those of them that were found, and remarks."""

    reviewer: str
    reviewed_on: date | None
    answered: Collection[str]
    findings: Collection[str]
    remarks: str = ""


def record_internal_review(
    *, material: TrainingMaterial, draft: ReviewDraft, actor: Actor, at: datetime
) -> MaterialReview:
    """The institution's own review: with findings it is recorded as not passed, else it passes.

    Raises Refused with every reason: who reviewed, when, all twelve items, files and authors.
    """
    require_keeping(material.institution, actor)
    with transaction.atomic():
        locked = lock_material(material)
        facts = _review_facts(locked, draft, today=local_day(at))
        passed = not facts.findings
        refused = material_refusals(_INTERNAL, facts) if passed else review_refusals(facts)
        if refused:
            raise Refused(refused)
        old = locked.state
        if passed:
            locked.pass_internal()
            locked.save(update_fields=["state"])
        review = _keep(locked, "internal", draft, actor=actor, at=at)
        _record_review(locked, review, old, _INTERNAL, actor=actor, at=at)
    return review


def record_desk_review(
    *, material: TrainingMaterial, draft: ReviewDraft, actor: Actor, at: datetime
) -> MaterialReview:
    """The department's review: the outside one of subject material, else a check of a filed one.

    With findings the material goes back with the remarks as reasons; without, it passes, or stays
    filed. The reviewer is the officer, the day today. Raises Refused.
    """
    require(actor, Action.MATERIAL_CHECK, Target(material.division_id, material.department_id))
    today = local_day(at)
    stated = replace(draft, reviewer=actor.name, reviewed_on=today)
    with transaction.atomic():
        locked = lock_material(material)
        is_external = awaits_external(locked)
        facts = _review_facts(locked, stated, today=today)
        move = _RETURN if facts.findings else _EXTERNAL
        refused = list(review_refusals(facts))
        if facts.findings or is_external:
            refused += [one for one in material_refusals(move, facts) if one not in refused]
        if refused:
            raise Refused(refused)
        old = locked.state
        review = _keep(locked, "external" if is_external else "check", stated, actor=actor, at=at)
        if facts.findings:
            _send_back(locked, stated.remarks, actor=actor, at=at)
        elif is_external:
            _pass_external(locked, actor=actor, at=at)
        _record_review(locked, review, old, move, actor=actor, at=at)
    return review


def _pass_external(material: TrainingMaterial, *, actor: Actor, at: datetime) -> None:
    material.pass_external()
    material.save(update_fields=["state"])
    _tell(material, "material_passed", {"title": material.title}, actor=actor, at=at)


def _send_back(material: TrainingMaterial, reason: str, *, actor: Actor, at: datetime) -> None:
    material.send_back(reason=reason.strip())
    material.save(update_fields=["state", "return_reason"])
    params = {"title": material.title, "reason": reason.strip()}
    _tell(material, "material_returned", params, actor=actor, at=at)


def return_material(
    *, material: TrainingMaterial, reason: str, actor: Actor, at: datetime
) -> TrainingMaterial:
    """Send a material back with reasons, without a review of all items. Raises Refused."""
    require(actor, Action.MATERIAL_CHECK, Target(material.division_id, material.department_id))
    with transaction.atomic():
        locked = lock_material(material)
        _refuse(_RETURN, replace(_facts(locked), reason=reason))
        old = {"state": locked.state}
        _send_back(locked, reason, actor=actor, at=at)
        record_material(
            locked,
            "material.returned",
            actor=actor,
            at=at,
            old=old,
            new={"state": locked.state},
            reason=reason.strip(),
            basis=_RETURN.basis,
        )
    return locked


def file_material(*, material: TrainingMaterial, actor: Actor, at: datetime) -> TrainingMaterial:
    """备案: hand title, authors and reviews to the bureau. Raises Refused before both reviews."""
    require_keeping(material.institution, actor)
    with transaction.atomic():
        locked = lock_material(material)
        _refuse(_FILE, _facts(locked))
        old = {"state": locked.state}
        locked.file(at=at)
        locked.save(update_fields=["state", "filed_at", "return_reason"])
        new = {"state": locked.state, "version": locked.version}
        record_material(
            locked, "material.filed", actor=actor, at=at, old=old, new=new, basis=_FILE.basis
        )
    return locked


def revise_material(*, material: TrainingMaterial, actor: Actor, at: datetime) -> TrainingMaterial:
    """Take it up again: it is a new version, and its reviews no longer hold. Raises Refused."""
    require_keeping(material.institution, actor)
    with transaction.atomic():
        locked = lock_material(material)
        _refuse(_REVISE, _facts(locked))
        old = {"state": locked.state, "version": locked.version}
        locked.revise()
        locked.save(update_fields=["state", "version"])
        new = {"state": locked.state, "version": locked.version}
        record_material(locked, "material.revised", actor=actor, at=at, old=old, new=new)
    return locked


def withdraw_material(
    *, material: TrainingMaterial, reason: str, actor: Actor, at: datetime
) -> TrainingMaterial:
    """停用: it is used no longer; files and reviews are kept. Raises Refused."""
    require_keeping(material.institution, actor)
    with transaction.atomic():
        locked = lock_material(material)
        _refuse(_WITHDRAW, replace(_facts(locked), reason=reason))
        old = {"state": locked.state}
        locked.withdraw(on=local_day(at))
        locked.save(update_fields=["state", "stopped_on"])
        record_material(
            locked,
            "material.withdrawn",
            actor=actor,
            at=at,
            old=old,
            new={"state": locked.state},
            reason=reason.strip(),
        )
    return locked


def _refuse(move: MaterialMove, facts: MaterialFacts) -> None:
    refused = material_refusals(move, facts)
    if refused:
        raise Refused(refused)


def _facts(material: TrainingMaterial) -> MaterialFacts:
    return MaterialFacts(
        state=MaterialState(material.state),
        kind=MaterialKind(material.kind),
        is_subject=material.category == "subject",
        file_count=material.files.filter(removed_at__isnull=True).count(),
        authors=tuple(
            AuthorFacts(one.name, one.experience_years, one.certificate_kind)
            for one in material.authors.filter(removed_at__isnull=True)
        ),
    )


def _review_facts(material: TrainingMaterial, draft: ReviewDraft, *, today: date) -> MaterialFacts:
    return replace(
        _facts(material),
        reviewer=draft.reviewer,
        reviewed_on=draft.reviewed_on,
        today=today,
        answered=tuple(one for one in BANNED_CONTENT if one in draft.answered),
        findings=tuple(one for one in BANNED_CONTENT if one in draft.findings),
        reason=draft.remarks,
    )


def _keep(
    material: TrainingMaterial, kind: str, draft: ReviewDraft, *, actor: Actor, at: datetime
) -> MaterialReview:
    findings = [one for one in BANNED_CONTENT if one in draft.findings]
    return MaterialReview.objects.create(
        material=material,
        version=material.version,
        kind=kind,
        reviewer=draft.reviewer.strip()[:60],
        reviewed_on=draft.reviewed_on or local_day(at),
        result="failed" if findings else "passed",
        findings=findings,
        remarks=draft.remarks.strip()[:2000],
        recorded_by=actor.name,
        recorded_at=at,
    )


def _record_review(
    material: TrainingMaterial,
    review: MaterialReview,
    old: str,
    move: MaterialMove,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    record_material(
        material,
        "material.reviewed",
        actor=actor,
        at=at,
        old={"state": old},
        new={
            "state": material.state,
            "review": review.kind,
            "result": review.result,
            "findings": review.findings,
            "version": review.version,
        },
        reason=review.remarks,
        basis=move.basis,
    )


def _tell(
    material: TrainingMaterial, kind: str, params: dict[str, str], *, actor: Actor, at: datetime
) -> None:
    notify_institution(
        institution=material.institution,
        kind=kind,
        params=params,
        cause=f"material:{material.public_id}:{material.version}:{kind}:{at.isoformat()}",
        page=f"/portal/materials/{material.public_id}/",
        about=material_subject(material),
        actor=actor,
        at=at,
    )


def checks(actor: Actor, material: TrainingMaterial) -> bool:
    """Whether this material is the actor's to review or send back."""
    return may(actor, Action.MATERIAL_CHECK, Target(material.division_id, material.department_id))
