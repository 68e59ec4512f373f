"""What can happen to money under supervision, each as the entries it makes.

A command does not ask whether it may: `shortages` says whether the balances allow it, the service
whether the person may. Amounts are fen, above zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fees.core.ledger.accounts import LedgerKind, Ref
from fees.core.ledger.entries import Entry

Entries = tuple[Entry, ...]

# The simple commands: rule → (debited kind, credited kind), all within one escrow account.
SIMPLE: Mapping[str, tuple[LedgerKind, LedgerKind]] = {
    "payment": (LedgerKind.BANK, LedgerKind.CONTRACT),
    "irregular_receipt": (LedgerKind.BANK, LedgerKind.IRREGULAR),
    "irregular_refund": (LedgerKind.IRREGULAR, LedgerKind.BANK),
    "lesson_reserve": (LedgerKind.CONTRACT, LedgerKind.PENDING),
    "lesson_void": (LedgerKind.PENDING, LedgerKind.CONTRACT),
    "lesson_release": (LedgerKind.PENDING, LedgerKind.PAYABLE),
    "payout": (LedgerKind.PAYABLE, LedgerKind.BANK),
    "refund": (LedgerKind.CONTRACT, LedgerKind.BANK),
    "forfeit": (LedgerKind.CONTRACT, LedgerKind.PAYABLE),
    "bank_fee": (LedgerKind.BANK_FEES, LedgerKind.BANK),
    "bank_fee_repaid": (LedgerKind.BANK, LedgerKind.BANK_FEES),
    "bank_fee_from_payable": (LedgerKind.PAYABLE, LedgerKind.BANK_FEES),
    "interest": (LedgerKind.BANK, LedgerKind.INTEREST),
    "interest_paid": (LedgerKind.INTEREST, LedgerKind.BANK),
    "seizure": (LedgerKind.SHORTFALL, LedgerKind.BANK),
    "shortfall_repaid": (LedgerKind.BANK, LedgerKind.SHORTFALL),
    "performance_deposit_in": (LedgerKind.BANK, LedgerKind.PERFORMANCE_DEPOSIT),
    "performance_deposit_out": (LedgerKind.PERFORMANCE_DEPOSIT, LedgerKind.BANK),
    "lesson_deposit_in": (LedgerKind.BANK, LedgerKind.LESSON_DEPOSIT),
    "lesson_deposit_out": (LedgerKind.LESSON_DEPOSIT, LedgerKind.BANK),
    "claim": (LedgerKind.CONTRACT, LedgerKind.CLAIMS),
    "claim_paid": (LedgerKind.CLAIMS, LedgerKind.BANK),
}


def simple_entry(
    rule: str, *, escrow: int, amount_fen: int, cause: str, contract: int = 0
) -> Entry:
    """The one entry of a simple command; `contract` where one of the two accounts is a parent's."""
    debit, credit = SIMPLE[rule]
    return Entry(
        _ref(escrow, debit, contract), _ref(escrow, credit, contract), amount_fen, rule, cause
    )


def refund_entries(
    *, escrow: int, contract: int, forfeit_fen: int, refund_fen: int, cause: str
) -> Entries:
    """What the institution keeps beyond what was released, then what the parent gets back."""
    parts = (("forfeit", forfeit_fen), ("refund", refund_fen))
    return tuple(
        simple_entry(rule, escrow=escrow, contract=contract, amount_fen=amount_fen, cause=cause)
        for rule, amount_fen in parts
        if amount_fen
    )


def transfer_entries(book: Mapping[Ref, int], *, source: int, target: int) -> Entries:
    """Everything one escrow account holds, moved to another of the institution (换行、销户).

    Each balance moves between the two accounts of its own kind, so both books stay balanced. What
    grows on the debit side goes first: the new bank account holds the money before it owes it.
    """
    held = sorted(
        ((ref, fen) for ref, fen in book.items() if ref.escrow == source and fen),
        key=lambda pair: (-pair[0].side, pair[0]),
    )
    return tuple(_moved(ref, Ref(target, ref.kind, ref.contract), fen) for ref, fen in held)


def correction_entry(wrong: Entry, *, posting: int) -> Entry:
    """The opposite of a posting that was a mistake; its cause names the first."""
    return Entry(wrong.credit, wrong.debit, wrong.amount_fen, "correction", f"posting:{posting}")


def pro_rata(available_fen: int, owed: Sequence[int]) -> tuple[int, ...]:
    """An exact split of what is there by what each is owed, never more than that.

    Whole fen; what rounding leaves goes, one fen each, to the largest remainders, the earlier
    first. Their sum is the lesser of what is there and what is owed.
    """
    total_fen = sum(owed)
    if available_fen >= total_fen:
        return tuple(owed)
    shares = [available_fen * each // total_fen for each in owed]
    remainders = [available_fen * each % total_fen for each in owed]
    left = available_fen - sum(shares)
    for place in sorted(range(len(owed)), key=lambda n: (-remainders[n], n))[:left]:
        shares[place] += 1
    return tuple(shares)


def lesson_share_fen(total_fen: int, *, number: int, count: int) -> int:
    """What lesson `number` of `count` (from 1) costs, so that all of them cost exactly the total.

    The first k lessons cost the total × k / count, rounded down.
    """
    return total_fen * number // count - total_fen * (number - 1) // count


def _ref(escrow: int, kind: LedgerKind, contract: int) -> Ref:
    return Ref(escrow, kind, contract if kind is LedgerKind.CONTRACT else 0)


def _moved(old: Ref, new: Ref, amount_fen: int) -> Entry:
    debit, credit = (new, old) if old.side > 0 else (old, new)
    return Entry(debit, credit, amount_fen, "transfer", f"account:{old.escrow}")
