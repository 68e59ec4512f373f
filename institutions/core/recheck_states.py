"""An approved class that is looked at again: its states, and one table of every move.

The machine only opens. A person tells the institution, hears it, and decides in their own name;
an approval is taken back only after the notice was delivered and the institution answered, or the
time for an answer ran out (行政许可法 art. 7, 8 and 69; the term is the division's setting for
statements before a decision).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

HEARING = LegalBasis("中华人民共和国行政许可法", "", "第七条")
TAKING_BACK = LegalBasis("中华人民共和国行政许可法", "", "第八条、第六十九条")
LONGEST_WORDS = 2000
_SOME_WORDS = "…"


class RecheckState(StrEnum):
    """Where a recheck stands."""

    OPEN = "open"
    NOTICED = "noticed"
    ANSWERED = "answered"
    CLOSED_KEPT = "closed_kept"
    CLOSED_WITHDRAWN = "closed_withdrawn"


RUNNING = (RecheckState.OPEN, RecheckState.NOTICED, RecheckState.ANSWERED)


class CauseKind(StrEnum):
    """Why approved classes are screened again."""

    TABLE = "table"
    LICENCE = "licence"
    CALENDAR = "calendar"
    WAIVER = "waiver"


@dataclass(frozen=True)
class Move:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[RecheckState, ...]
    target: RecheckState
    action: Action
    basis: LegalBasis


# `record_service` leaves the state as it is: it says when the notice reached the institution by
# another way than the portal.
MOVES: Mapping[str, Move] = {
    move.name: move
    for move in (
        Move(
            "notify",
            (RecheckState.OPEN,),
            RecheckState.NOTICED,
            Action.FILING_REVIEW,
            HEARING,
        ),
        Move(
            "record_service",
            (RecheckState.NOTICED,),
            RecheckState.NOTICED,
            Action.FILING_REVIEW,
            HEARING,
        ),
        Move(
            "answer",
            (RecheckState.NOTICED,),
            RecheckState.ANSWERED,
            Action.FILING_FILE,
            HEARING,
        ),
        Move("keep", RUNNING, RecheckState.CLOSED_KEPT, Action.FILING_REVIEW, TAKING_BACK),
        Move(
            "take_back",
            (RecheckState.NOTICED, RecheckState.ANSWERED),
            RecheckState.CLOSED_WITHDRAWN,
            Action.FILING_REVIEW,
            TAKING_BACK,
        ),
    )
}


@dataclass(frozen=True)
class RecheckFacts:
    """What the guards look at.

    `delivered_on` is the day the notice reached the institution: opened in the portal, or served
    otherwise; `answer_due_on` the last day for an answer, None while it cannot be counted.
    `words` is what the actor wrote: the notice's text, the answer, the decision's reasons.
    `served_on` is the day of service that is being recorded.
    """

    state: RecheckState
    today: date
    words: str = ""
    noticed_on: date | None = None
    delivered_on: date | None = None
    answer_due_on: date | None = None
    served_on: date | None = None
    is_named_officer: bool = True
    is_approved: bool = True


def was_heard(facts: RecheckFacts) -> bool:
    """Whether the institution answered, or was told and let the time pass."""
    if facts.state is RecheckState.ANSWERED:
        return True
    due = facts.answer_due_on
    return facts.delivered_on is not None and due is not None and facts.today > due


def refusals(move: Move, facts: RecheckFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"recheck_state": facts.state.value, "recheck_move": move.name}
        found.append(Refusal("recheck.wrong_state", params))
    if not facts.is_named_officer:
        found.append(Refusal("recheck.person_only", {"recheck_move": move.name}, move.basis))
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def _needs_words(code: str, basis: LegalBasis) -> Callable[[RecheckFacts], Iterable[Refusal]]:
    def guard(facts: RecheckFacts) -> Iterable[Refusal]:
        if not facts.words.strip():
            yield Refusal(code, {}, basis)
        if len(facts.words) > LONGEST_WORDS:
            params = {"length": len(facts.words), "most": LONGEST_WORDS}
            yield Refusal("recheck.words_too_long", params)

    return guard


def _serving(facts: RecheckFacts) -> Iterable[Refusal]:
    served_on = facts.served_on
    if served_on is None:
        yield Refusal("recheck.service_day_missing", {}, HEARING)
    elif served_on > facts.today:
        yield Refusal("recheck.service_day_ahead", {"served_on": served_on}, HEARING)
    elif facts.noticed_on is not None and served_on < facts.noticed_on:
        params = {"served_on": served_on, "noticed_on": facts.noticed_on}
        yield Refusal("recheck.service_before_notice", params, HEARING)
    if facts.delivered_on is not None:
        params = {"delivered_on": facts.delivered_on}
        yield Refusal("recheck.delivered_already", params, HEARING)


_REASONED = _needs_words("recheck.reason_missing", TAKING_BACK)


def _taking_back(facts: RecheckFacts) -> Iterable[Refusal]:
    yield from _REASONED(facts)
    if not facts.is_approved:
        yield Refusal("recheck.not_approved_any_more", {}, TAKING_BACK, "recheck.remedy_keep")
    if was_heard(facts):
        return
    if facts.noticed_on is None:
        yield Refusal("recheck.not_noticed", {}, HEARING, "recheck.remedy_notify")
    elif facts.delivered_on is None:
        yield Refusal("recheck.not_delivered", {}, HEARING, "recheck.remedy_serve")
    else:
        params = {"due_on": facts.answer_due_on}
        yield Refusal("recheck.answer_awaited", params, HEARING, "recheck.remedy_wait")


_GUARDS: Mapping[str, Callable[[RecheckFacts], Iterable[Refusal]]] = {
    "notify": _needs_words("recheck.notice_text_missing", HEARING),
    "record_service": _serving,
    "answer": _needs_words("recheck.answer_missing", HEARING),
    "keep": _REASONED,
    "take_back": _taking_back,
}


def standing_against(move: Move, facts: RecheckFacts) -> tuple[Refusal, ...]:
    """What stands against a move before anybody has written a word for it."""
    return refusals(move, replace(facts, words=_SOME_WORDS, served_on=facts.today))


def moves_now(facts: RecheckFacts) -> frozenset[str]:
    """The moves that lack nothing but what the actor still has to write."""
    return frozenset(name for name, move in MOVES.items() if not standing_against(move, facts))
