"""An answer is taken back on its own day, while nothing has followed from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fees.core.ledger.answers import AnswerFacts, undo_refusals
from fees.core.ledger.silence import LessonState

DAY = date(2026, 11, 1)
SAID_YES = AnswerFacts("confirm", DAY, LessonState.CONFIRMED, DAY)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"answer": "object", "state": LessonState.HELD}, []),
        ({"on": date(2026, 11, 2)}, ["guardian.nothing_to_undo"]),
        ({"answered_on": date(2026, 10, 31)}, ["guardian.nothing_to_undo"]),
        ({"answer": "", "answered_on": None}, ["guardian.nothing_to_undo"]),
        ({"answer": "undo"}, ["guardian.nothing_to_undo"]),
        ({"state": LessonState.RELEASED}, ["guardian.moved_on"]),
        ({"state": LessonState.VOID}, ["guardian.moved_on"]),
        ({"state": LessonState.HELD}, ["guardian.moved_on"]),
        ({"answer": "object"}, ["guardian.moved_on"]),
    ],
)
def test_an_answer_is_taken_back_only_today_and_only_while_it_stands(change, codes):
    assert [one.code for one in undo_refusals(replace(SAID_YES, **change))] == codes
