"""Silence: fifteen working days after the last notice that is needed, and an objection holds."""

from __future__ import annotations

from datetime import date

import pytest

from fees.core.ledger.silence import (
    LessonFacts,
    LessonState,
    last_answer_day,
    move_refusals,
    release_refusals,
)
from regulator.kernel.workdays import WorkdayTable

OCTOBER = WorkdayTable(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)),
    makeup_workdays=frozenset({date(2026, 10, 10)}),
    known_years=frozenset({2026}),
)


def refused(state: str, on: date, answer_by: date | None = None) -> list[str]:
    return [one.code for one in release_refusals(LessonFacts(LessonState(state), on, answer_by))]


def test_the_term_counts_working_days_after_the_notice():
    by = last_answer_day(
        notified_on=date(2026, 9, 21), notices=1, needed=1, workdays=15, table=OCTOBER
    )
    # 22-30 September: 7 (25 to 27 are no holiday here: 22, 23, 24, 25, 28, 29, 30), then 8, 9, the
    # make-up Saturday 10, and 12 to 16 October.
    assert by == date(2026, 10, 16)


def test_without_all_notices_no_term_runs():
    day = date(2026, 9, 21)
    assert last_answer_day(notified_on=day, notices=1, needed=2, workdays=15, table=OCTOBER) is None
    assert refused("reserved", date(2027, 1, 1)) == ["lesson.notices_missing"]


def test_silence_counts_from_the_day_after_the_term():
    by = date(2026, 10, 16)
    assert refused("reserved", date(2026, 10, 16), by) == ["lesson.parent_may_answer"]
    assert refused("reserved", date(2026, 10, 17), by) == []


@pytest.mark.parametrize("state", ["held", "released", "void"])
def test_what_is_held_or_settled_is_not_released(state):
    assert refused(state, date(2027, 1, 1), date(2026, 1, 1)) == ["lesson.wrong_state"]


def test_a_confirmed_lesson_needs_no_notice():
    assert refused("confirmed", date(2026, 9, 21)) == []


EXPECTED = {
    ("confirm", "reserved"), ("confirm", "held"),
    ("object", "reserved"), ("object", "confirmed"),
    ("void", "reserved"), ("void", "confirmed"), ("void", "held"),
}  # fmt: skip


@pytest.mark.parametrize("move", ["confirm", "object", "void"])
@pytest.mark.parametrize("state", ["reserved", "confirmed", "held", "released", "void"])
def test_each_move_starts_only_where_the_matrix_says(move, state):
    found = move_refusals(move, LessonFacts(LessonState(state), date(2026, 9, 21)))
    assert [one.code for one in found] == (
        [] if (move, state) in EXPECTED else ["lesson.wrong_state"]
    )
