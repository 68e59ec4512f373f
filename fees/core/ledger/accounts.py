"""The kinds of account that the ledger keeps for one bank account under supervision.

Every kind has a side, the one on which it grows, and no balance is ever below zero on it: not the
bank's, not a parent's, not the institution's. That is the rule that makes a shortfall visible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LedgerKind(StrEnum):
    """What a ledger account is for."""

    BANK = "bank"  # 专户银行存款: what lies at the bank
    SHORTFALL = "shortfall"  # 专户短款: taken by a court or lost; the institution makes it good
    BANK_FEES = "bank_fees"  # 银行手续费: charged to the account; the institution makes it good
    CONTRACT = "contract"  # 家长预付款: paid under one contract and not yet taught
    PENDING = "pending"  # 待拨付: a lesson that was taught and waits for the parent
    PAYABLE = "payable"  # 应付机构: released, not yet paid out by the bank
    INTEREST = "interest"  # 专户利息: belongs to those whose money earned it
    IRREGULAR = "irregular"  # 违规进账待退: came in although the sale was refused
    PERFORMANCE_DEPOSIT = "performance_deposit"  # 协议履行风险保证金
    LESSON_DEPOSIT = "lesson_deposit"  # 未消课风险保证金
    CLAIMS = "claims"  # 未受偿债权: what a closure could not pay


DEBIT_SIDE, CREDIT_SIDE = 1, -1
SIDES: Mapping[LedgerKind, int] = {
    kind: DEBIT_SIDE
    if kind in (LedgerKind.BANK, LedgerKind.SHORTFALL, LedgerKind.BANK_FEES)
    else CREDIT_SIDE
    for kind in LedgerKind
}
# Every escrow account has these from the day its ledger is opened; contracts come one by one.
SHARED_KINDS: tuple[LedgerKind, ...] = tuple(
    kind for kind in LedgerKind if kind is not LedgerKind.CONTRACT
)


@dataclass(frozen=True, order=True)
class Ref:
    """Which ledger account: of which escrow account, which kind, and for which contract.

    `escrow` and `contract` are the rows' keys; `contract` is 0 unless the kind is CONTRACT.
    """

    escrow: int
    kind: LedgerKind
    contract: int = 0

    @property
    def side(self) -> int:
        """+1 where a debit makes it grow, -1 where a credit does."""
        return SIDES[self.kind]
