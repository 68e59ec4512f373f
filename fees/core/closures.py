"""An abnormal closure: who gets how much of what is there, in the legal order.

Sources: 民办教育促进法 art. 59: of what an institution has, fees that are to be returned to pupils
come first, wages second, other debts third. So nothing is kept back for the institution while a
parent is owed. Who is owed alike is paid alike: by shares of the debt. What is disputed, or came in
although its sale was refused, ranks alike and its share is set aside (cf. 企业破产法 art. 117).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fees.core.escrow_states import AccountKind
from fees.core.ledger.commands import pro_rata
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal

ORDER = LegalBasis("中华人民共和国民办教育促进法", "", "第五十九条")
# The deposit for lessons that were not taught is what they are for; the other one follows.
DRAWING_ORDER = (AccountKind.LESSON_DEPOSIT, AccountKind.PERFORMANCE_DEPOSIT)


@dataclass(frozen=True)
class Debt:
    """What one contract is owed: its balance in fen."""

    contract: int
    owed_fen: int


@dataclass(frozen=True)
class Deposit:
    """A deposit on another account of the institution: what may be drawn, in fen."""

    escrow: int
    kind: AccountKind
    there_fen: int


@dataclass(frozen=True)
class ClosureFacts:
    """What is there and who is owed, on one day.

    `pending_fen` is set aside for lessons that parents have not answered or object to,
    `irregular_fen` came in although its sale was refused: both are parents' and rank alike.
    `hole_fen` is what the account itself lacks (taken by a court, or the bank's fees): no more can
    be brought in from deposits than fills it.
    """

    there_fen: int
    debts: tuple[Debt, ...]
    deposits: tuple[Deposit, ...] = ()
    pending_fen: int = 0
    irregular_fen: int = 0
    hole_fen: int = 0


@dataclass(frozen=True)
class Share:
    """What one contract gets; the rest is a claim."""

    contract: int
    owed_fen: int
    share_fen: int


@dataclass(frozen=True)
class Drawing:
    """What is taken from a deposit."""

    escrow: int
    kind: AccountKind
    amount_fen: int


@dataclass(frozen=True)
class Closure:
    """The plan: shares in the order of the debts, drawings, and what stays in the account."""

    shares: tuple[Share, ...]
    drawings: tuple[Drawing, ...]
    set_aside_fen: int

    @property
    def owed_fen(self) -> int:
        """What all contracts are owed."""
        return sum(share.owed_fen for share in self.shares)

    @property
    def pay_fen(self) -> int:
        """What is paid to all of them."""
        return sum(share.share_fen for share in self.shares)

    @property
    def deposit_fen(self) -> int:
        """What the deposits add."""
        return sum(drawing.amount_fen for drawing in self.drawings)

    @property
    def claim_fen(self) -> int:
        """What stays owed."""
        return self.owed_fen - self.pay_fen


def plan_closure(facts: ClosureFacts) -> Closure:
    """Who gets how much; the sum is exact and nobody gets above what they are owed."""
    owed = [debt.owed_fen for debt in facts.debts]
    asides = [facts.pending_fen, facts.irregular_fen]
    drawings = _drawn(facts, sum(owed) + sum(asides))
    available_fen = facts.there_fen + sum(each.amount_fen for each in drawings)
    parts = pro_rata(available_fen, [*owed, *asides])
    shares = tuple(
        Share(debt.contract, debt.owed_fen, part)
        for debt, part in zip(facts.debts, parts, strict=False)
    )
    return Closure(shares, drawings, sum(parts[len(owed) :]))


def _drawn(facts: ClosureFacts, needed_fen: int) -> tuple[Drawing, ...]:
    lacking_fen = min(max(0, needed_fen - facts.there_fen), facts.hole_fen)
    found = []
    for deposit in sorted(facts.deposits, key=lambda one: DRAWING_ORDER.index(one.kind)):
        amount_fen = min(lacking_fen, deposit.there_fen)
        if amount_fen:
            found.append(Drawing(deposit.escrow, deposit.kind, amount_fen))
            lacking_fen -= amount_fen
    return tuple(found)


def refilled(
    amount_fen: int, *, shortfall_fen: int, bank_fees_fen: int
) -> Sequence[tuple[str, int]]:
    """How a deposit comes into the account: it fills the shortfall first, then the bank's fees."""
    parts = (("shortfall_repaid", shortfall_fen), ("bank_fee_repaid", bank_fees_fen))
    found = []
    for rule, hole_fen in parts:
        part_fen = min(amount_fen, hole_fen)
        if part_fen:
            found.append((rule, part_fen))
            amount_fen -= part_fen
    return found


def preparation_refusals(
    facts: ClosureFacts, *, reason: str, has_open_plan: bool
) -> tuple[Refusal, ...]:
    """Why no plan may be prepared now."""
    found = []
    if not reason.strip():
        found.append(Refusal("escrow.reason_missing"))
    if not any(debt.owed_fen for debt in facts.debts):
        found.append(Refusal("closure.nobody_owed", {}, ORDER))
    if has_open_plan:
        found.append(Refusal("closure.open_already"))
    return tuple(found)


def signing_refusals(
    *, state: str, prepared_by: int | None, actor: int | None, is_as_prepared: bool
) -> tuple[Refusal, ...]:
    """Why a plan may not be signed: another person signs, and only what still holds."""
    found = []
    if state != "prepared":
        found.append(Refusal("closure.wrong_state", {"closure_state": state}))
    if prepared_by is not None and prepared_by == actor:
        found.append(Refusal("closure.same_person"))
    if not is_as_prepared:
        found.append(Refusal("closure.changed_since", {}, ORDER, "closure.remedy_changed_since"))
    return tuple(found)
