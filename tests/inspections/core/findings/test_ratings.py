"""Ratings: five at a time, so that the sixth cannot be read by taking the first five away."""

from __future__ import annotations

import pytest

from inspections.core.findings.ratings import (
    QUESTIONS,
    RatingFacts,
    is_step,
    mean_tenths,
    rating_refusals,
    shown_count,
)

FIVES = dict.fromkeys(QUESTIONS, 5)


def codes(**changes: object) -> list[str]:
    values: dict[str, object] = {
        "scores": FIVES,
        "remark": "",
        "is_visit_ended": True,
        "is_rated": False,
    }
    return [one.code for one in rating_refusals(RatingFacts(**{**values, **changes}))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (4, 0), (5, 5), (6, 5), (9, 5), (10, 10), (11, 10)]
)
def test_ratings_are_shown_in_whole_steps_of_five(count: int, shown: int) -> None:
    assert shown_count(count) == shown
    assert is_step(count) is (count > 0 and count == shown)


def test_a_rating_answers_every_question_from_one_to_five() -> None:
    assert codes() == []
    assert codes(scores=FIVES | {"fair": 6}) == ["rating.score_out_of_range"]
    assert codes(scores=FIVES | {"fair": 0}) == ["rating.score_out_of_range"]
    assert codes(scores=dict.fromkeys(QUESTIONS[:4], 3)) == ["rating.answers_missing"]


def test_a_visit_is_rated_once_and_after_it_ended() -> None:
    assert codes(is_rated=True) == ["rating.given_already"]
    assert codes(is_visit_ended=False) == ["rating.visit_open"]
    assert codes(is_own_visit=False) == ["rating.other_visit"]
    assert codes(remark="字" * 500) == []
    assert codes(remark="字" * 501) == ["rating.remark_too_long"]


@pytest.mark.parametrize(
    ("tally", "mean"), [({}, None), ({5: 5}, 50), ({4: 3, 5: 2}, 44), ({3: 1, 4: 1}, 35)]
)
def test_a_mean_is_in_tenths(tally: dict[int, int], mean: int | None) -> None:
    assert mean_tenths(tally) == mean
