"""The states of a 监管账户, and one table that names every transition between them.

Sources: 教监管函〔2021〕2号 (prepaid fees go into an account under supervision: bank custody or a
risk deposit); 成都市 2022-02-18, seven departments (a tripartite agreement of institution, local
education authority and bank; three accounts of their own; fees collected outside them are not
allowed; the account is published).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.accounts.core.actions import Action
from regulator.kernel.legal import LegalBasis
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal


class EscrowState(StrEnum):
    """Where an escrow account stands."""

    APPLIED = "applied"
    AGREED = "agreed"
    ACTIVE = "active"
    HELD = "held"  # nothing goes to the institution; refunds to parents go on
    CLOSED = "closed"


SUPERVISED = (EscrowState.ACTIVE.value, EscrowState.HELD.value)
"""Money moves and is under supervision; what may move out differs."""


class AccountKind(StrEnum):
    """The three accounts of their own, each for one purpose."""

    CUSTODY = "custody"
    PERFORMANCE_DEPOSIT = "performance_deposit"
    LESSON_DEPOSIT = "lesson_deposit"


SUPERVISION = LegalBasis(
    "关于加强校外培训机构预收费监管工作的通知",
    "教监管函〔2021〕2号",
    "关于预收费资金监管方式的规定",
)
HOLDING = LegalBasis(
    "关于加强校外培训机构预收费监管工作的通知",
    "教监管函〔2021〕2号",
    "三方监管协议的约定",
)
PUBLICATION = LegalBasis(
    "关于加强校外培训机构预收费监管工作的通知", "教监管函〔2021〕2号", "关于公示监管账户的规定"
)


@dataclass(frozen=True)
class Transition:
    """One move; `documents` are what has to be at hand, by code."""

    name: str
    sources: tuple[EscrowState, ...]
    target: EscrowState
    action: Action
    basis: LegalBasis
    documents: tuple[str, ...] = ()


TRANSITIONS: dict[str, Transition] = {
    move.name: move
    for move in (
        Transition(
            "agree",
            (EscrowState.APPLIED,),
            EscrowState.AGREED,
            Action.ESCROW_EDIT,
            SUPERVISION,
            ("tripartite_agreement",),
        ),
        Transition(
            "activate",
            (EscrowState.AGREED,),
            EscrowState.ACTIVE,
            Action.ESCROW_EDIT,
            SUPERVISION,
            ("bank_confirmation",),
        ),
        Transition(
            "hold",
            (EscrowState.ACTIVE,),
            EscrowState.HELD,
            Action.ESCROW_EDIT,
            HOLDING,
            ("hold_notice",),
        ),
        Transition("lift", (EscrowState.HELD,), EscrowState.ACTIVE, Action.ESCROW_EDIT, HOLDING),
        Transition(
            "close",
            (EscrowState.APPLIED, EscrowState.AGREED, EscrowState.ACTIVE, EscrowState.HELD),
            EscrowState.CLOSED,
            Action.ESCROW_EDIT,
            SUPERVISION,
        ),
    )
}


@dataclass(frozen=True)
class EscrowFacts:
    """What the guards look at. `agreed_on` is when the agreement was signed, `on` is today.

    `clause` is the agreement's clause on which payments are held; `balance_fen` is what lies at the
    bank by the ledger.
    """

    state: EscrowState
    on: date
    has_number: bool = True
    agreement_number: str = ""
    agreed_on: date | None = None
    reason: str = ""
    is_published: bool = False
    clause: str = ""
    balance_fen: int = 0


def refusals(move: Transition, facts: EscrowFacts) -> tuple[Refusal, ...]:
    """Every reason why the move may not be made now, empty if it may."""
    found: list[Refusal] = []
    if facts.state not in move.sources:
        found.append(
            Refusal(
                "escrow.wrong_state", {"escrow_state": facts.state.value, "escrow_move": move.name}
            )
        )
    found.extend(_GUARDS[move.name](facts))
    return tuple(found)


def publication_refusals(facts: EscrowFacts) -> tuple[Refusal, ...]:
    """Every reason why the account may not be published now."""
    found: list[Refusal] = []
    if facts.state.value not in SUPERVISED:
        found.append(Refusal("escrow.not_active", {"escrow_state": facts.state.value}, PUBLICATION))
    if facts.is_published:
        found.append(Refusal("escrow.published_already"))
    return tuple(found)


def moves_from(state: EscrowState) -> tuple[Transition, ...]:
    """The transitions that the table knows from a state."""
    return tuple(move for move in TRANSITIONS.values() if state in move.sources)


def _agreeing(facts: EscrowFacts) -> Iterable[Refusal]:
    if not facts.has_number:
        yield Refusal("escrow.number_missing", {}, SUPERVISION, "escrow.remedy_number")
    if not facts.agreement_number.strip():
        yield Refusal("escrow.agreement_number_missing", {}, SUPERVISION)
    if facts.agreed_on is None:
        yield Refusal("escrow.agreement_day_missing", {}, SUPERVISION)
    elif facts.agreed_on > facts.on:
        yield Refusal("escrow.agreement_in_future", {"day": facts.agreed_on.isoformat()})


def _activating(facts: EscrowFacts) -> Iterable[Refusal]:
    if not facts.has_number:
        yield Refusal("escrow.number_missing", {}, SUPERVISION, "escrow.remedy_number")


def _holding(facts: EscrowFacts) -> Iterable[Refusal]:
    """A bureau cannot freeze deposits: what it has is the clause that the institution signed."""
    if not facts.agreement_number.strip():
        yield Refusal("escrow.hold_without_agreement", {}, HOLDING)
    if not facts.clause.strip():
        yield Refusal("escrow.clause_missing", {}, HOLDING, "escrow.remedy_clause")
    if not facts.reason.strip():
        yield Refusal("escrow.reason_missing")


def _lifting(facts: EscrowFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("escrow.reason_missing")


def _closing(facts: EscrowFacts) -> Iterable[Refusal]:
    if not facts.reason.strip():
        yield Refusal("escrow.reason_missing")
    if facts.balance_fen:
        params = {"amount": format_yuan(facts.balance_fen)}
        yield Refusal("escrow.money_left", params, SUPERVISION, "escrow.remedy_money_left")


_GUARDS = {
    "agree": _agreeing,
    "activate": _activating,
    "hold": _holding,
    "lift": _lifting,
    "close": _closing,
}
