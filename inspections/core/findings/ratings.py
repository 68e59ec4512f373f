"""评价: what an institution may say of a visit, and when anybody sees it.

Scores are only counted, so that no row says who gave which. They are shown in steps of five
ratings: after the sixth nobody can take the first five away and read the sixth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulator.kernel.outcomes import Refusal

QUESTIONS = ("showed_papers", "explained", "fair", "undisturbed", "honest")
LEAST, MOST = 1, 5
STEP = 5
LONGEST_REMARK = 500


@dataclass(frozen=True)
class RatingFacts:
    """What is looked at when a rating is given."""

    scores: Mapping[str, int]
    remark: str
    is_visit_ended: bool
    is_rated: bool
    is_own_visit: bool = True


def rating_refusals(facts: RatingFacts) -> tuple[Refusal, ...]:
    """Every reason why a rating may not be given so."""
    found: list[Refusal] = []
    if not facts.is_own_visit:
        found.append(Refusal("rating.other_visit"))
    if not facts.is_visit_ended:
        found.append(Refusal("rating.visit_open"))
    if facts.is_rated:
        found.append(Refusal("rating.given_already"))
    if any(question not in facts.scores for question in QUESTIONS):
        found.append(Refusal("rating.answers_missing"))
    if any(not LEAST <= score <= MOST for score in facts.scores.values()):
        found.append(Refusal("rating.score_out_of_range", {"least": LEAST, "most": MOST}))
    if len(facts.remark) > LONGEST_REMARK:
        params = {"length": len(facts.remark), "most": LONGEST_REMARK}
        found.append(Refusal("rating.remark_too_long", params))
    return tuple(found)


def shown_count(count: int) -> int:
    """Of so many ratings, how many are shown: whole steps of five alone."""
    return count // STEP * STEP


def is_step(count: int) -> bool:
    """Whether the ratings so far fill a step, so that all of them may now be shown."""
    return count > 0 and count % STEP == 0


def mean_tenths(tally: Mapping[int, int]) -> int | None:
    """The mean score in tenths, half up; None where nobody has answered."""
    count = sum(tally.values())
    if count == 0:
        return None
    total = sum(score * times for score, times in tally.items())
    return (total * 20 + count) // (count * 2)
