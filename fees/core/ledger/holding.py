"""What a release run does with a lesson: it is released, or it stays, and for which reason."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from fees.core.ledger.silence import LessonState


class Outcome(StrEnum):
    """What became of a lesson in a run. All but RELEASED leave its money where it is."""

    RELEASED = "released"
    OBJECTION = "objection"
    ACCOUNT_HELD = "account_held"
    ACCOUNT_NOT_ACTIVE = "account_not_active"
    SHORTAGE = "shortage"
    NOTICES_MISSING = "notices_missing"
    PARENT_MAY_ANSWER = "parent_may_answer"


def staying_because(
    state: LessonState, *, answer_by: date | None, on: date, account: Outcome | None
) -> Outcome | None:
    """Why a lesson that was not released stays; None for one that is settled.

    `account` is why nothing of the whole account moves: it explains a lesson that is due.
    """
    if state is LessonState.HELD:
        return Outcome.OBJECTION
    if state is LessonState.CONFIRMED:
        return account
    if state is not LessonState.RESERVED:
        return None
    if answer_by is None:
        return Outcome.NOTICES_MISSING
    return Outcome.PARENT_MAY_ANSWER if on <= answer_by else account


def account_outcome(codes: tuple[str, ...], *, is_held: bool) -> Outcome:
    """The outcome that stands for the refusals of a whole account."""
    if is_held:
        return Outcome.ACCOUNT_HELD
    if "ledger.not_enough" in codes:
        return Outcome.SHORTAGE
    return Outcome.ACCOUNT_NOT_ACTIVE
