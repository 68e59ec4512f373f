"""The states of a 退费申请, and one table that names every transition between them.

Sources: 全国校外教育培训监管与服务综合平台: a request that the institution leaves unanswered for
five working days counts as agreed, and the money goes back the way it came. 法释〔2025〕4号: who is
the cause decides at which price delivered lessons count; that is a finding of fact, so a person
makes it. Two officers: whoever decided does not decide on the appeal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fees.core.refunds import DELIVERED, NOTICE_2023, Cause
from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal


class RefundState(StrEnum):
    """Where a request for a refund stands."""

    ASKED = "asked"  # the institution has to answer
    AGREED = "agreed"  # it agreed, or stayed silent: the bureau fixes the amount
    DISPUTED = "disputed"  # it does not agree: the bureau decides
    DECIDED = "decided"  # an officer fixed cause and amount: it has to be paid
    APPEALED = "appealed"  # parent or institution does not accept that: another officer decides
    PAID = "paid"  # booked out of the account under supervision
    CLOSED = "closed"  # the parent has it, or nothing is due
    WITHDRAWN = "withdrawn"  # the parent took it back


class Answer(StrEnum):
    """What the institution said; silence is an answer by rule."""

    AGREED = "agreed"
    DISPUTED = "disputed"
    SILENT = "silent"


OPEN = frozenset(RefundState) - {RefundState.CLOSED, RefundState.WITHDRAWN}
UNPAID = OPEN - {RefundState.PAID}
ANSWER_WORKDAYS = 5
SILENCE = LegalBasis("全国校外教育培训监管与服务综合平台退费申请规则", "", "机构逾期不答复的规定")


@dataclass(frozen=True)
class Transition:
    """One move. `who` acts: the parent, the institution, the bureau, or the clock."""

    name: str
    sources: tuple[RefundState, ...]
    target: RefundState
    action: Action
    basis: LegalBasis
    who: str


_S = RefundState
TRANSITIONS: Mapping[str, Transition] = {
    move.name: move
    for move in (
        Transition("agree", (_S.ASKED,), _S.AGREED, Action.REFUND_ANSWER, SILENCE, "institution"),
        Transition(
            "dispute", (_S.ASKED,), _S.DISPUTED, Action.REFUND_ANSWER, SILENCE, "institution"
        ),
        Transition("lapse", (_S.ASKED,), _S.AGREED, Action.REFUND_HANDLE, SILENCE, "clock"),
        Transition(
            "decide",
            (_S.AGREED, _S.DISPUTED, _S.DECIDED, _S.APPEALED),
            _S.DECIDED,
            Action.REFUND_HANDLE,
            DELIVERED,
            "bureau",
        ),
        Transition(
            "appeal", (_S.DECIDED,), _S.APPEALED, Action.REFUND_ASK, DELIVERED, "either_side"
        ),
        Transition("pay", (_S.DECIDED,), _S.PAID, Action.REFUND_HANDLE, NOTICE_2023, "bureau"),
        Transition(
            "close", (_S.DECIDED, _S.PAID), _S.CLOSED, Action.REFUND_HANDLE, NOTICE_2023, "bureau"
        ),
        Transition(
            "withdraw",
            (_S.ASKED, _S.AGREED, _S.DISPUTED, _S.DECIDED, _S.APPEALED),
            _S.WITHDRAWN,
            Action.REFUND_WITHDRAW,
            DELIVERED,
            "parent",
        ),
    )
}


@dataclass(frozen=True)
class MoveFacts:
    """What the guards look at; `on` is today.

    `answer_by` is the last day on which the institution may still answer, `cause` what the officer
    found, `due_fen` what the calculation gives parent and institution together (None before a
    decision), `is_same_calculation` whether it still comes out as decided, `decided_by` and `actor`
    are user ids.
    """

    state: RefundState
    on: date
    reason: str = ""
    answer_by: date | None = None
    cause: Cause | None = None
    due_fen: int | None = None
    is_same_calculation: bool = True
    decided_by: int | None = None
    actor: int | None = None
    reference: str = ""


def refusals(move: Transition, facts: MoveFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        params = {"refund_state": facts.state.value, "refund_move": move.name}
        found.append(Refusal("refund.wrong_state", params, move.basis))
    guard = _GUARDS.get(move.name)
    if guard is not None:
        found.extend(guard(facts))
    return tuple(found)


def moves_from(state: RefundState) -> tuple[Transition, ...]:
    """The transitions that the table knows from a state."""
    return tuple(move for move in TRANSITIONS.values() if state in move.sources)


def _reasoned(facts: MoveFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("refund.reason_missing")


def _lapsing(facts: MoveFacts) -> Iterable[Refusal]:
    if facts.answer_by is not None and facts.on <= facts.answer_by:
        yield Refusal("refund.may_answer", {"day": facts.answer_by.isoformat()}, SILENCE)


def _deciding(facts: MoveFacts) -> Iterable[Refusal]:
    yield from _reasoned(facts)
    if facts.cause is None:
        yield Refusal("refund.cause_missing", {}, DELIVERED)
    if facts.due_fen is None:
        yield Refusal("refund.never_paid", {}, DELIVERED, "refund.remedy_never_paid")
    is_appeal = facts.state is RefundState.APPEALED
    if is_appeal and facts.actor is not None and facts.actor == facts.decided_by:
        yield Refusal("refund.same_person", {}, None, "refund.remedy_same_person")


def _paying(facts: MoveFacts) -> Iterable[Refusal]:
    if not facts.is_same_calculation:
        yield Refusal("refund.changed_since", {}, DELIVERED, "refund.remedy_changed_since")
    if facts.due_fen == 0:
        yield Refusal("refund.nothing_due", {}, None, "refund.remedy_nothing_due")


def _closing(facts: MoveFacts) -> Iterable[Refusal]:
    """Paid needs the bank's receipt; a decision may be closed unpaid where nothing is due."""
    if facts.state is RefundState.DECIDED and facts.due_fen:
        yield Refusal("refund.not_paid", {}, NOTICE_2023)
    if facts.state is RefundState.PAID and not facts.reference.strip():
        yield Refusal("refund.receipt_missing", {}, NOTICE_2023)


_GUARDS: Mapping[str, Callable[[MoveFacts], Iterable[Refusal]]] = {
    "dispute": _reasoned,
    "lapse": _lapsing,
    "decide": _deciding,
    "appeal": _reasoned,
    "pay": _paying,
    "close": _closing,
}
