"""When a parent's silence lets a lesson's money go.

Source: 全国校外教育培训监管与服务综合平台: a confirmation that the parent leaves unanswered for 15
working days counts as given. How many notices must have gone out first is the division's setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import WorkdayTable, add_workdays

SILENCE = LegalBasis("全国校外教育培训监管与服务综合平台消课确认规则", "", "默认确认的规定")


class LessonState(StrEnum):
    """Where a lesson's money stands."""

    RESERVED = "reserved"  # taught; the parent is asked
    CONFIRMED = "confirmed"  # the parent said yes
    HELD = "held"  # the parent objected: this lesson's money stays
    RELEASED = "released"  # the institution may have it
    VOID = "void"  # it did not take place, or not for this pupil


SETTLED = frozenset({LessonState.RELEASED, LessonState.VOID})


@dataclass(frozen=True)
class LessonFacts:
    """A lesson as a move looks at it; `answer_by` is the last day on which silence is no yes."""

    state: LessonState
    on: date
    answer_by: date | None = None


def last_answer_day(
    *, notified_on: date, notices: int, needed: int, workdays: int, table: WorkdayTable
) -> date | None:
    """The last day of the term that the latest notice began; None while notices are missing."""
    if notices < needed:
        return None
    return add_workdays(notified_on, workdays, table).due_on


def release_refusals(facts: LessonFacts) -> tuple[Refusal, ...]:
    """Why a lesson's money may not go to the institution now; empty if it may."""
    if facts.state is LessonState.CONFIRMED:
        return ()
    if facts.state is not LessonState.RESERVED:
        return (Refusal("lesson.wrong_state", {"lesson_state": facts.state.value}),)
    if facts.answer_by is None:
        return (Refusal("lesson.notices_missing", {}, SILENCE, "lesson.remedy_notify"),)
    if facts.on <= facts.answer_by:
        params = {"day": facts.answer_by.isoformat()}
        return (Refusal("lesson.parent_may_answer", params, SILENCE),)
    return ()


# move → (states it starts from, state it leads to)
MOVES: dict[str, tuple[frozenset[LessonState], LessonState]] = {
    "confirm": (frozenset({LessonState.RESERVED, LessonState.HELD}), LessonState.CONFIRMED),
    "object": (frozenset({LessonState.RESERVED, LessonState.CONFIRMED}), LessonState.HELD),
    "void": (
        frozenset({LessonState.RESERVED, LessonState.CONFIRMED, LessonState.HELD}),
        LessonState.VOID,
    ),
}


def move_refusals(move: str, facts: LessonFacts) -> tuple[Refusal, ...]:
    """Why a lesson may not be confirmed, objected to or voided now."""
    if facts.state in MOVES[move][0]:
        return ()
    return (Refusal("lesson.wrong_state", {"lesson_state": facts.state.value}),)
