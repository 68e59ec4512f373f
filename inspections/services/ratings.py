"""评价: counted without saying who gave which, and shown in steps of five."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from inspections.core.findings.ratings import (
    LEAST,
    MOST,
    QUESTIONS,
    RatingFacts,
    is_step,
    rating_refusals,
)
from inspections.models import RatingRemark, RatingSlip, RatingTally, Visit
from inspections.selectors.ratings import rating_scope, slip_token
from inspections.services.visit_records import lock_visit
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services.access import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refused


def rate_visit(
    *, visit: Visit, scores: Mapping[str, int], remark: str = "", actor: Actor, at: datetime
) -> None:
    """Count a rating. No row and no event says whose it is; only that some visit was rated.

    Raises Refused with every reason.
    """
    institution = visit.premises.institution
    target = Target(visit.division_id, institution=str(institution.public_id))
    require(actor, Action.RECTIFICATION_ANSWER, target)
    with transaction.atomic():
        locked = lock_visit(visit)
        token = slip_token(locked)
        facts = RatingFacts(
            scores={one: int(scores[one]) for one in QUESTIONS if one in scores},
            remark=remark.strip(),
            is_visit_ended=locked.is_over,
            is_rated=RatingSlip.objects.filter(token=token).exists(),
        )
        reasons = rating_refusals(facts)
        if reasons:
            raise Refused(reasons)
        scope = rating_scope(locked)
        RatingSlip.objects.create(token=token, division_id=locked.division_id)
        total = _count(locked.division_id, scope, facts.scores)
        if facts.remark:
            RatingRemark.objects.create(
                division_id=locked.division_id, scope=scope, text=facts.remark
            )
        if is_step(total):
            _show(locked.division_id, scope)
        append_event(
            division=locked.division_id,
            actor=_nobody(actor),
            kind="rating.given",
            subject=Subject("rating", scope, scope),
            new={"shown": is_step(total)},
            occurred_at=at,
        )


def _count(division: str, scope: str, scores: Mapping[str, int]) -> int:
    """Add one to every answer's tally; how many ratings the scope has now."""
    for question in QUESTIONS:
        for score in range(LEAST, MOST + 1):
            RatingTally.objects.get_or_create(
                division_id=division, scope=scope, question=question, score=score
            )
    rows = RatingTally.objects.select_for_update().filter(division=division, scope=scope)
    for question, score in scores.items():
        rows.filter(question=question, score=score).update(count=F("count") + 1)
    counts = rows.filter(question=QUESTIONS[0]).values_list("count", flat=True)
    return sum(counts)


def _show(division: str, scope: str) -> None:
    """Let everything counted so far be shown, whole steps at once."""
    RatingTally.objects.filter(division=division, scope=scope).update(shown=F("count"))
    RatingRemark.objects.filter(division=division, scope=scope).update(is_shown=True)


def _nobody(actor: Actor) -> Actor:
    """The role alone: the chain is read by people who must not learn who rated."""
    return Actor(user_id=None, name="被检查机构", role=actor.role, division=actor.division)
