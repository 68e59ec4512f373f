"""The states of a 双随机抽查 draw, and one table that names every move between them.

Preparing, its frame is fixed but secret; committed, frame and commitment are public; drawn, the
lists exist and are sealed; revealed or void, the whole bundle is public for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import two_persons
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class DrawState(StrEnum):
    """Where a draw stands."""

    PREPARING = "preparing"
    COMMITTED = "committed"
    DRAWN = "drawn"
    REVEALED = "revealed"
    VOID = "void"


RANDOM = LegalBasis("关于推广随机抽查规范事中事后监管的通知", "国办发〔2015〕58号", "")
PUBLIC = LegalBasis(
    "关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见", "国发〔2019〕5号", ""
)
LEAST_KEY_COPIES = 2  # one of them outside the bureau
LONGEST_READING = 400  # characters, as the column holds


@dataclass(frozen=True)
class Move:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[DrawState, ...]
    target: DrawState
    action: Action
    basis: LegalBasis


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move(
            "commit", (DrawState.PREPARING,), DrawState.COMMITTED, Action.DRAW_APPROVE, RANDOM
        ),
        Move("draw", (DrawState.COMMITTED,), DrawState.DRAWN, Action.DRAW_APPROVE, RANDOM),
        Move("reveal", (DrawState.DRAWN,), DrawState.REVEALED, Action.DRAW_REVEAL, PUBLIC),
        Move(
            "void",
            (DrawState.PREPARING, DrawState.COMMITTED, DrawState.DRAWN),
            DrawState.VOID,
            Action.DRAW_VOID,
            PUBLIC,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class DrawFacts:
    """What the guards look at. Users are ids, times aware; what does not apply is left out.

    `read_by_user` typed the reading that matched; `key_copies` are printed and in custody.
    """

    state: DrawState
    at: datetime
    actor_user: int | None = None
    actor_department: str = ""
    prepared_by_user: int | None = None
    unapproved_exclusions: int = 0
    due: datetime | None = None
    has_randomness: bool = False
    read_by_user: int | None = None
    key_copies: int = LEAST_KEY_COPIES
    key_copies_outside: int = 1
    drawn_at: datetime | None = None
    last_visit_ended_at: datetime | None = None
    reason: str = ""
    void_requested_by_user: int | None = None
    void_requested_department: str = ""


def refusals(move: Move, facts: DrawFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"draw_state": facts.state.value, "draw_move": move.name}
        found.append(Refusal("draw.wrong_state", params, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _committing(facts: DrawFacts) -> Iterator[Refusal]:
    yield from two_persons(first=facts.prepared_by_user, second=facts.actor_user)
    if facts.unapproved_exclusions:
        yield Refusal("draw.exclusions_open", {"count": facts.unapproved_exclusions})
    if facts.due is not None and facts.at >= facts.due:
        yield Refusal("draw.commitment_late", {"due": _words(facts.due)})


def _drawing(facts: DrawFacts) -> Iterator[Refusal]:
    if not facts.has_randomness:
        yield Refusal("draw.no_randomness", {}, RANDOM)
    if facts.due is not None and facts.at < facts.due:
        yield Refusal("draw.early", {"due": _words(facts.due)})
    if facts.has_randomness:
        yield from two_persons(first=facts.read_by_user, second=facts.actor_user)
    if facts.key_copies < LEAST_KEY_COPIES or not facts.key_copies_outside:
        params = {
            "copies": facts.key_copies,
            "outside": facts.key_copies_outside,
            "least": LEAST_KEY_COPIES,
        }
        yield Refusal("draw.key_copies_missing", params, RANDOM)


def _revealing(facts: DrawFacts) -> Iterator[Refusal]:
    ended = facts.last_visit_ended_at
    if ended is None:
        yield Refusal("draw.visits_open", {}, PUBLIC)
    elif facts.drawn_at is not None and ended < facts.drawn_at:
        yield Refusal("draw.visits_before_draw", {"drawn_at": _words(facts.drawn_at)})
    elif ended > facts.at:
        yield Refusal("draw.visits_ahead", {"ended_at": _words(ended)})


def _voiding(facts: DrawFacts) -> Iterator[Refusal]:
    if not facts.reason.strip():
        yield Refusal("draw.void_reason_missing")
    if not facts.has_randomness:
        return
    if facts.void_requested_by_user is None:
        yield Refusal("draw.void_unsigned")
        return
    yield from two_persons(first=facts.void_requested_by_user, second=facts.actor_user)
    if facts.void_requested_department == facts.actor_department:
        yield Refusal("draw.void_same_department", {"department": facts.actor_department})


_GUARDS = {
    "commit": _committing,
    "draw": _drawing,
    "reveal": _revealing,
    "void": _voiding,
}


def reading_refusals(
    facts: DrawFacts, *, reading: str, again: str, witnesses: tuple[str, ...]
) -> tuple[Refusal, ...]:
    """Every reason why a reading of the public source cannot be recorded now."""
    found: list[Refusal] = []
    if facts.state is not DrawState.COMMITTED:
        params = {"draw_state": facts.state.value, "draw_move": "reading"}
        found.append(Refusal("draw.wrong_state", params))
    if facts.due is not None and facts.at < facts.due:
        found.append(Refusal("draw.early", {"due": _words(facts.due)}))
    if facts.has_randomness:
        found.append(Refusal("draw.randomness_known"))
    if not reading:
        found.append(Refusal("draw.reading_missing"))
    elif reading != again:
        found.append(Refusal("draw.reading_differs", {"first": reading, "second": again}))
    elif len(reading) > LONGEST_READING:
        found.append(Refusal("draw.reading_long", {"limit": LONGEST_READING}))
    if not witnesses:
        found.append(Refusal("draw.witness_missing"))
    return tuple(found)


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
