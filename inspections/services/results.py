"""一公开: results go out together, are withheld by law alone, and corrected in the open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.core.findings.finding_states import FindingState, words_refusals
from inspections.core.findings.publication import (
    CORRECTING,
    PUBLISHING,
    WITHHOLDING,
    correcting_refusals,
    draw_results_refusals,
    publishing_refusals,
    result_kind,
    withholding_refusals,
)
from inspections.models import (
    Draw,
    DrawAssignment,
    InspectionResult,
    ResultCorrection,
    ResultObjection,
    ResultWithholding,
    Visit,
)
from inspections.selectors.publication import VisitStanding, draw_progress, visit_standing
from inspections.selectors.withholding import open_requests
from inspections.services.visit_records import lock_visit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

_BATCH = 200


def refuse_draw_results(draw: Draw, *, stated: datetime | None, at: datetime) -> None:
    """Raise Refused where the results of a draw may not go out yet: nothing before the last."""
    progress = draw_progress(draw, today=timezone.localdate(at))
    reasons = draw_results_refusals(progress.facts(stated))
    if reasons:
        raise Refused(reasons)


def publish_draw_results(draw: Draw, *, actor: Actor, at: datetime) -> list[InspectionResult]:
    """Write the result of every drawn premises inside the reveal's own transaction.

    A premises that was replaced, or that nobody could visit, has a result that says so. A draw
    whose visits were not kept in the system has none: nothing is made up. Appends its event.
    """
    rows = list(
        DrawAssignment.objects.filter(draw_of=draw)
        .select_related("premises", "visit__withholding")
        .prefetch_related("visit__answers", "visit__findings__item")
    )
    if not any(_visit_of(row) for row in rows):
        return []
    made = InspectionResult.objects.bulk_create(
        [_drawn_result(row, draw, actor, at) for row in rows], batch_size=_BATCH
    )
    append_event(
        division=draw.division_id,
        actor=actor,
        kind="result.published",
        subject=Subject("draw", str(draw.public_id), draw.number),
        new={"count": len(made), "withheld": sum(bool(one.withheld_ground) for one in made)},
        basis=PUBLISHING,
        occurred_at=at,
        row_count=len(made),
        rows_digest=canonical_digest([_digested(one) for one in made]),
    )
    return made


def _visit_of(row: DrawAssignment) -> Visit | None:
    visit: Visit | None = getattr(row, "visit", None)
    return visit


def _drawn_result(row: DrawAssignment, draw: Draw, actor: Actor, at: datetime) -> InspectionResult:
    visit = _visit_of(row)
    standing = None if visit is None else visit_standing(visit)
    made = _result(visit, standing, is_replaced=row.replaced, actor=actor, at=at)
    made.division_id = draw.division_id
    made.assignment = row
    made.premises, made.register_id = row.premises, row.register_id
    made.institution_id = row.premises.institution_id
    return made


def _result(
    visit: Visit | None,
    standing: VisitStanding | None,
    *,
    is_replaced: bool,
    actor: Actor,
    at: datetime,
) -> InspectionResult:
    withheld = None if visit is None else getattr(visit, "withholding", None)
    is_visited = visit is not None and visit.is_over
    made = InspectionResult(
        visit=visit,
        kind=result_kind(
            is_replaced=is_replaced,
            is_visited=is_visited,
            hindrance=visit.hindrance if visit is not None else "",
        ).value,
        visit_ended_at=visit.ended_at if visit is not None else None,
        settled_at=standing.settled_at if standing is not None else None,
        published_at=at,
        published_by=actor.name,
    )
    if withheld is not None:
        made.withheld_ground = withheld.ground
    elif visit is not None:
        made.categories = list(visit.categories)
        made.findings = [_published(one) for one in visit.findings.all() if _stands(one)]
    return made


def _stands(finding: Any) -> bool:
    return bool(finding.state != FindingState.WITHDRAWN.value)


def _published(finding: Any) -> dict[str, str]:
    """A finding as it is published: the item, what was found, whose matter it is."""
    return {
        "finding": str(finding.public_id),
        "item_code": finding.item.code,
        "item": finding.item.title,
        "text": finding.text,
        "department": finding.department_id,
        "severity": finding.severity,
        "violation": finding.violation_code,
    }


def _digested(result: InspectionResult) -> list[Any]:
    return [str(result.public_id), result.register_id, result.kind, result.categories]


def publish_result(*, visit: Visit, actor: Actor, at: datetime) -> InspectionResult:
    """公布 the result of one visit outside the draw. Raises Refused with every reason."""
    require(actor, Action.RESULT_PUBLISH, Target(division=visit.division_id))
    with transaction.atomic():
        locked = lock_visit(visit)
        standing = visit_standing(locked)
        reasons = publishing_refusals(
            is_visit_ended=locked.is_over,
            unsettled=standing.unsettled,
            is_published=InspectionResult.objects.filter(visit=locked).exists(),
            is_of_draw=locked.assignment_id is not None,
            undecided=open_requests(locked).count(),
        )
        if reasons:
            raise Refused(reasons)
        made = _result(locked, standing, is_replaced=False, actor=actor, at=at)
        made.division_id = locked.division_id
        made.premises, made.register_id = locked.premises, locked.register_id
        made.institution_id = locked.premises.institution_id
        made.save(force_insert=True)
        _record(made, kind="published", new={"kind": made.kind}, actor=actor, at=at)
    return made


def withhold_result(
    *, visit: Visit, ground: str, words: str, actor: Actor, at: datetime
) -> ResultWithholding:
    """不予公开: before publication, on a ground of the law, by somebody who does not publish."""
    require(actor, Action.RESULT_WITHHOLD, Target(division=visit.division_id))
    with transaction.atomic():
        locked = lock_visit(visit)
        reasons = withholding_refusals(
            ground=ground,
            words=words,
            is_published=InspectionResult.objects.filter(visit=locked).exists(),
            is_withheld=ResultWithholding.objects.filter(visit=locked).exists(),
        )
        if reasons:
            raise Refused(reasons)
        made = ResultWithholding.objects.create(
            visit=locked,
            ground=ground,
            words=words.strip(),
            decided_at=at,
            decided_by_user=actor.user_id,
            decided_by=actor.name,
        )
        open_requests(locked).update(
            is_granted=True, answer=words.strip(), answered_at=at, answered_by=actor.name
        )
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="result.withheld",
            subject=Subject("visit", str(locked.public_id), locked.approval_number),
            new={"ground": ground},
            reason=words.strip(),
            basis=WITHHOLDING,
            occurred_at=at,
        )
    return made


def object_to_result(
    *, result: InspectionResult, text: str, actor: Actor, at: datetime
) -> ResultObjection:
    """异议: the institution says what is wrong with a published result of its own."""
    target = Target(result.division_id, institution=str(result.institution.public_id))
    require(actor, Action.RECTIFICATION_ANSWER, target)
    with transaction.atomic():
        locked = _lock(result)
        reasons = list(words_refusals(text, missing="result.objection_missing"))
        if locked.objections.filter(answered_at__isnull=True).exists():
            reasons.append(Refusal("result.objection_open", {}, CORRECTING))
        if reasons:
            raise Refused(reasons)
        made = ResultObjection.objects.create(
            result=locked, text=text.strip(), made_at=at, made_by=actor.name
        )
        _record(locked, kind="objected", new={}, reason=text.strip(), actor=actor, at=at)
    return made


def answer_objection(
    *, objection: ResultObjection, answer: str, correction: str = "", actor: Actor, at: datetime
) -> ResultObjection:
    """答复异议: with a correction it is upheld, without one it is not; both are said in words."""
    require(actor, Action.RESULT_PUBLISH, Target(division=objection.result.division_id))
    with transaction.atomic():
        result = _lock(objection.result)
        held = ResultObjection.objects.get(pk=objection.pk)
        reasons = list(words_refusals(answer, missing="result.answer_missing"))
        if held.answered_at is not None:
            reasons.append(Refusal("result.objection_answered", {}, CORRECTING))
        if reasons:
            raise Refused(reasons)
        held.answer, held.is_upheld = answer.strip(), bool(correction.strip())
        held.answered_at, held.answered_by = at, actor.name
        held.save(update_fields=["answer", "is_upheld", "answered_at", "answered_by"])
        if held.is_upheld:
            _correct(result, correction, answer, actor, at)
        new = {"upheld": held.is_upheld}
        _record(result, kind="answered", new=new, reason=answer.strip(), actor=actor, at=at)
    return held


def correct_result(
    *, result: InspectionResult, text: str, reason: str, actor: Actor, at: datetime
) -> ResultCorrection:
    """更正: a further entry beside what was published, with its reason; nothing is edited."""
    require(actor, Action.RESULT_PUBLISH, Target(division=result.division_id))
    reasons = correcting_refusals(words=text, reason=reason, is_published=True)
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        locked = _lock(result)
        made = _correct(locked, text, reason, actor, at)
        _record(locked, kind="corrected", new={}, reason=reason.strip(), actor=actor, at=at)
    return made


def _correct(
    result: InspectionResult, text: str, reason: str, actor: Actor, at: datetime
) -> ResultCorrection:
    return ResultCorrection.objects.create(
        result=result,
        text=text.strip(),
        reason=reason.strip(),
        corrected_at=at,
        corrected_by=actor.name,
    )


def _lock(result: InspectionResult) -> InspectionResult:
    InspectionResult.objects.select_for_update().get(pk=result.pk)
    return InspectionResult.objects.select_related("institution").get(pk=result.pk)


def _record(
    result: InspectionResult,
    *,
    kind: str,
    new: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    basis: LegalBasis = PUBLISHING if kind == "published" else CORRECTING
    append_event(
        division=result.division_id,
        actor=actor,
        kind=f"result.{kind}",
        subject=Subject("result", str(result.public_id), result.register_id),
        new=new,
        reason=reason,
        basis=basis,
        occurred_at=at,
    )
