"""Ratings: where a visit's is counted, under which digest it is known, and what may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from inspections.choices.results import RATING_QUESTION_LABELS
from inspections.core.findings.ratings import QUESTIONS, mean_tenths
from inspections.models import RatingRemark, RatingTally, Visit
from regulator.database.sealing import blind_index

PURPOSE = "rating"


def rating_scope(visit: Visit) -> str:
    """Where a visit's rating is counted: its draw, or the year of the orders outside the draw."""
    if visit.assignment is not None:
        return str(visit.assignment.draw_of.number)
    return f"orders-{timezone.localdate(visit.planned_at).year}"


def slip_token(visit: Visit) -> str:
    """The keyed digest under which it is known that a visit was rated."""
    return blind_index(str(visit.public_id), purpose=PURPOSE)


@dataclass(frozen=True)
class ShownRating:
    """One question of one scope: how many ratings are shown, and their mean as `4.5`."""

    scope: str
    label: Any
    count: int
    mean: str


def shown_ratings(division: str) -> list[ShownRating]:
    """Every scope with at least one whole step of ratings; what is less is not shown at all."""
    held: dict[tuple[str, str], dict[int, int]] = {}
    rows = RatingTally.objects.filter(division=division, shown__gt=0)
    for row in rows:
        held.setdefault((row.scope, row.question), {})[row.score] = row.shown
    return [
        _shown(scope, question, held[(scope, question)])
        for scope in sorted({scope for scope, _question in held}, reverse=True)
        for question in QUESTIONS
        if (scope, question) in held
    ]


def _shown(scope: str, question: str, tally: dict[int, int]) -> ShownRating:
    tenths = mean_tenths(tally) or 0
    return ShownRating(
        scope=scope,
        label=RATING_QUESTION_LABELS[question],
        count=sum(tally.values()),
        mean=f"{tenths // 10}.{tenths % 10}",
    )


def shown_remarks(division: str) -> Sequence[RatingRemark]:
    """The words that came with ratings, in no order that says when or with which score."""
    return list(RatingRemark.objects.filter(division=division, is_shown=True).order_by("id"))
