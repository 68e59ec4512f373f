"""A change (变更) adopted: the approved filing takes over its content as its next version."""

from __future__ import annotations

from datetime import datetime

from institutions.models import Filing, FilingReview, FindingDecision
from institutions.services.filings_submission import filing_subject, keep_version
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import InvariantError

_TAKEN_OVER = (
    "cells",
    "certificate",
    "certificate_index",
    "outcome",
    "findings",
    "department_id",
    "digest",
    "class_name",
    "class_term",
    "category",
    "activity",
    "grades",
    "delivery",
    "place",
    "starts_on",
    "ends_on",
    "lesson_count",
    "class_size",
    "fee_fen",
    "hours",
    "breach_count",
    "undetermined_count",
    "undecided_count",
    "statement",
    "screened_on",
    "submitted_at",
)


def adopt_change(change: Filing, *, actor: Actor, at: datetime) -> Filing:
    """The approved filing as its changed next version; called inside the review's transaction.

    It keeps its number, its address and its state, so that it never ceases to be published. The
    version before is kept with its findings; decisions and the review go with the new one.
    """
    if change.amends_id is None:
        raise InvariantError(f"{change}: 不是变更，没有原备案。")
    original = Filing.objects.select_for_update().get(pk=change.amends_id)
    keep_version(original)
    before = original.version
    for name in _TAKEN_OVER:
        setattr(original, name, getattr(change, name))
    original.version += 1
    original.decided_at = at
    original.save()
    _carry_over(change, original)
    append_event(
        division=original.division_id,
        actor=actor,
        kind="filing.amended",
        subject=filing_subject(original),
        old={"version": before},
        new={
            "version": original.version,
            "digest": original.digest,
            "change": str(change.public_id),
        },
        reason=change.change_reason,
        occurred_at=at,
    )
    return original


def _carry_over(change: Filing, original: Filing) -> None:
    """The decisions and the review of the change's last version, as the new version's own."""
    decisions = list(change.decisions.filter(version=change.version).order_by("pk"))
    for decision in decisions:
        decision.pk, decision.filing, decision.version = None, original, original.version
    FindingDecision.objects.bulk_create(decisions)
    review = change.reviews.first()
    if review is None:
        raise InvariantError(f"{change}: 没有审核记录，不能并入原备案。")
    review.pk, review.filing, review.version = None, original, original.version
    FilingReview.objects.bulk_create([review])
