"""A slip taken back: an answer is undone on the day it was given, while nothing followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fees.core.ledger.silence import LessonState
from regulator.kernel.outcomes import Refusal

_LED_TO = {"confirm": LessonState.CONFIRMED, "object": LessonState.HELD}


@dataclass(frozen=True)
class AnswerFacts:
    """The parent's latest answer to a lesson (empty: none) and the lesson's state now."""

    answer: str
    answered_on: date | None
    state: LessonState
    on: date


def undo_refusals(facts: AnswerFacts) -> tuple[Refusal, ...]:
    """Why the latest answer may not be taken back now; empty if it may."""
    if facts.answer not in _LED_TO or facts.answered_on != facts.on:
        return (Refusal("guardian.nothing_to_undo"),)
    if facts.state is not _LED_TO[facts.answer]:
        return (Refusal("guardian.moved_on"),)
    return ()
