"""A 责令改正通知书 rectification order: its states, one table of every move, and its term.

Source: 行政处罚法 art. 28 (whoever breached the law is ordered to put it right, at once or within
a term). The law sets no term, so the officer states one; 行政处罚法 art. 85 counts two, three, five
and seven days as working days, and everything else by the calendar. The term runs from service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.core.findings.finding_states import LONGEST_WORDS
from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal
from regulator.kernel.workdays import Unit

ORDERING = LegalBasis("中华人民共和国行政处罚法", "", "第二十八条")
COUNTING = LegalBasis("中华人民共和国行政处罚法", "", "第八十五条")
SERVING = LegalBasis("中华人民共和国行政处罚法", "", "第六十一条")
FILING_CASES = LegalBasis("中华人民共和国行政处罚法", "", "第五十四条")
MOST_TERM = 180
_WORKDAY_TERMS = frozenset({2, 3, 5, 7})


class RectificationState(StrEnum):
    """Where an order stands."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    SERVED = "served"
    PROVED = "proved"
    RECHECKING = "rechecking"
    CLOSED = "closed"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


RUNNING = (RectificationState.SERVED, RectificationState.PROVED, RectificationState.RECHECKING)


class TermKind(StrEnum):
    """By when: on the spot, or within a stated term."""

    ON_SPOT = "on_spot"
    WITHIN = "within"


class RecheckResult(StrEnum):
    """What a re-check found; empty while nobody has said."""

    NONE = ""
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class RectificationMove:
    """One move; `action` is what the policy is asked."""

    name: str
    sources: tuple[RectificationState, ...]
    target: RectificationState
    action: Action
    basis: LegalBasis
    is_reasoned: bool = False


RECTIFICATION_MOVES: Mapping[str, RectificationMove] = {
    move.name: move
    for move in (
        RectificationMove(
            "issue",
            (RectificationState.DRAFTED,),
            RectificationState.ISSUED,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
        ),
        RectificationMove(
            "serve",
            (RectificationState.ISSUED,),
            RectificationState.SERVED,
            Action.RECTIFICATION_HANDLE,
            SERVING,
        ),
        RectificationMove(
            "submit_proof",
            (RectificationState.SERVED, RectificationState.PROVED),
            RectificationState.PROVED,
            Action.RECTIFICATION_ANSWER,
            ORDERING,
        ),
        RectificationMove(
            "return_proof",
            (RectificationState.PROVED,),
            RectificationState.SERVED,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
            is_reasoned=True,
        ),
        RectificationMove(
            "extend",
            (RectificationState.SERVED,),
            RectificationState.SERVED,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
            is_reasoned=True,
        ),
        RectificationMove(
            "order_recheck",
            (RectificationState.SERVED, RectificationState.PROVED),
            RectificationState.RECHECKING,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
        ),
        RectificationMove(
            "record_recheck",
            (RectificationState.RECHECKING,),
            RectificationState.RECHECKING,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
            is_reasoned=True,
        ),
        RectificationMove(
            "close",
            (RectificationState.SERVED, RectificationState.PROVED, RectificationState.RECHECKING),
            RectificationState.CLOSED,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
            is_reasoned=True,
        ),
        RectificationMove(
            "escalate",
            (RectificationState.SERVED, RectificationState.PROVED, RectificationState.RECHECKING),
            RectificationState.ESCALATED,
            Action.PENALTY_HANDLE,
            FILING_CASES,
            is_reasoned=True,
        ),
        RectificationMove(
            "withdraw",
            (
                RectificationState.DRAFTED,
                RectificationState.ISSUED,
                RectificationState.SERVED,
                RectificationState.PROVED,
                RectificationState.RECHECKING,
            ),
            RectificationState.WITHDRAWN,
            Action.RECTIFICATION_HANDLE,
            ORDERING,
            is_reasoned=True,
        ),
    )
}


@dataclass(frozen=True)
class RectificationFacts:
    """What the guards look at. `due_on` is the last day of the term, None while none runs.

    `proof_count` counts what the institution handed in, `has_red_line` whether one of the findings
    is a red line, `proof_files` the files of the proof that is being handed in.
    """

    state: RectificationState
    today: date
    term_kind: TermKind = TermKind.WITHIN
    words: str = ""
    due_on: date | None = None
    served_on: date | None = None
    is_paper_void: bool = False
    has_red_line: bool = False
    recheck_result: RecheckResult = RecheckResult.NONE
    stated_result: RecheckResult = RecheckResult.NONE
    proof_count: int = 0
    proof_files: int = 0
    stated_amount: int = 0
    is_named_officer: bool = True


def rectification_refusals(
    move: RectificationMove, facts: RectificationFacts
) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"rectification_state": facts.state.value, "rectification_move": move.name}
        found.append(Refusal("rectification.wrong_state", params, move.basis))
    if not facts.is_named_officer:
        found.append(
            Refusal("rectification.person_only", {"rectification_move": move.name}, move.basis)
        )
    if facts.is_paper_void and move.name != "withdraw":
        found.append(
            Refusal("rectification.paper_void", {}, move.basis, "rectification.remedy_withdraw")
        )
    if move.is_reasoned and not facts.words.strip():
        found.append(
            Refusal("rectification.reason_missing", {"rectification_move": move.name}, move.basis)
        )
    if len(facts.words) > LONGEST_WORDS:
        lengths = {"length": len(facts.words), "most": LONGEST_WORDS}
        found.append(Refusal("finding.words_too_long", lengths))
    guard = _GUARDS.get(move.name)
    if guard is not None:
        found.extend(guard(facts))
    return tuple(found)


def term_refusals(*, kind: TermKind, amount: int) -> tuple[Refusal, ...]:
    """Why a term may not be stated so: on the spot has no days, any other has 1 to 180."""
    if kind is TermKind.ON_SPOT:
        return (Refusal("rectification.spot_has_no_term", {}, ORDERING),) if amount else ()
    if not 1 <= amount <= MOST_TERM:
        return (Refusal("rectification.term_out_of_range", {"most": MOST_TERM}, ORDERING),)
    return ()


def term_unit(amount: int) -> Unit:
    """What a term of so many 日 is counted in: art. 85 makes 二三五七日 working days."""
    return Unit.WORKDAYS if amount in _WORKDAY_TERMS else Unit.DAYS


def is_overdue(facts: RectificationFacts) -> bool:
    """Whether the term has run out; the last day itself is still in time."""
    return facts.due_on is not None and facts.today > facts.due_on


def _proving(facts: RectificationFacts) -> Iterable[Refusal]:
    if not facts.words.strip():
        yield Refusal("rectification.proof_text_missing", {}, ORDERING)
    if facts.proof_files == 0:
        yield Refusal("rectification.proof_file_missing", {}, ORDERING)


def _extending(facts: RectificationFacts) -> Iterable[Refusal]:
    yield from term_refusals(kind=TermKind.WITHIN, amount=facts.stated_amount)
    if facts.term_kind is TermKind.ON_SPOT:
        yield Refusal("rectification.spot_not_extended", {}, ORDERING)
    if is_overdue(facts):
        yield Refusal("rectification.extended_too_late", {"due_on": facts.due_on}, ORDERING)


def _recording(facts: RectificationFacts) -> Iterable[Refusal]:
    if facts.recheck_result is not RecheckResult.NONE:
        yield Refusal("rectification.recheck_recorded", {}, ORDERING)
    if facts.stated_result is RecheckResult.NONE:
        yield Refusal("rectification.recheck_result_missing", {}, ORDERING)


def _closing(facts: RectificationFacts) -> Iterable[Refusal]:
    is_checked = facts.recheck_result is RecheckResult.PASSED
    if facts.recheck_result is RecheckResult.FAILED:
        yield Refusal("rectification.recheck_failed", {}, ORDERING, "rectification.remedy_escalate")
    elif facts.has_red_line and not is_checked and facts.term_kind is TermKind.WITHIN:
        yield Refusal(
            "rectification.red_line_unchecked", {}, ORDERING, "rectification.remedy_recheck"
        )
    elif facts.state is RectificationState.RECHECKING and not is_checked:
        yield Refusal("rectification.recheck_open", {}, ORDERING)
    if facts.state is RectificationState.SERVED and facts.term_kind is TermKind.WITHIN:
        yield Refusal("rectification.nothing_proved", {}, ORDERING, "rectification.remedy_recheck")


def _escalating(facts: RectificationFacts) -> Iterable[Refusal]:
    if facts.recheck_result is RecheckResult.FAILED or is_overdue(facts):
        return
    if facts.term_kind is TermKind.ON_SPOT:
        return
    yield Refusal("rectification.not_due", {"due_on": facts.due_on}, FILING_CASES)


_GUARDS: Mapping[str, Callable[[RectificationFacts], Iterable[Refusal]]] = {
    "submit_proof": _proving,
    "extend": _extending,
    "record_recheck": _recording,
    "close": _closing,
    "escalate": _escalating,
}
_SOME_WORDS = "…"


def rectification_moves_now(facts: RectificationFacts) -> frozenset[str]:
    """The moves that lack nothing but what the actor still has to write."""
    return frozenset(
        name
        for name, move in RECTIFICATION_MOVES.items()
        if not rectification_refusals(move, _as_if_stated(facts))
    )


def _as_if_stated(facts: RectificationFacts) -> RectificationFacts:
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    stated = {
        "words": _SOME_WORDS,
        "proof_files": 1,
        "stated_amount": 1,
        "stated_result": RecheckResult.PASSED,
    }
    return RectificationFacts(**{**values, **stated})
