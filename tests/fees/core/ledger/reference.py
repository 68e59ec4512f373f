"""The ledger in ten lines: pots of money, and what each command adds to which."""

from __future__ import annotations

EFFECTS = {
    "payment": {"bank": 1, "contract": 1},
    "irregular_receipt": {"bank": 1, "irregular": 1},
    "irregular_refund": {"bank": -1, "irregular": -1},
    "lesson_reserve": {"contract": -1, "pending": 1},
    "lesson_void": {"contract": 1, "pending": -1},
    "lesson_release": {"pending": -1, "payable": 1},
    "payout": {"bank": -1, "payable": -1},
    "refund": {"bank": -1, "contract": -1},
    "forfeit": {"contract": -1, "payable": 1},
    "bank_fee": {"bank": -1, "bank_fees": 1},
    "bank_fee_repaid": {"bank": 1, "bank_fees": -1},
    "bank_fee_from_payable": {"bank_fees": -1, "payable": -1},
    "interest": {"bank": 1, "interest": 1},
    "interest_paid": {"bank": -1, "interest": -1},
    "seizure": {"bank": -1, "shortfall": 1},
    "shortfall_repaid": {"bank": 1, "shortfall": -1},
    "performance_deposit_in": {"bank": 1, "performance_deposit": 1},
    "performance_deposit_out": {"bank": -1, "performance_deposit": -1},
    "lesson_deposit_in": {"bank": 1, "lesson_deposit": 1},
    "lesson_deposit_out": {"bank": -1, "lesson_deposit": -1},
    "claim": {"contract": -1, "claims": 1},
    "claim_paid": {"bank": -1, "claims": -1},
}


class Pots:
    """The reference model: a refused command changes nothing."""

    def __init__(self) -> None:
        self.fen: dict[str, int] = {}

    def do(self, rule: str, amount_fen: int, *, contract: int = 0) -> bool:
        names = {
            f"contract{contract}" if p == "contract" else p: s for p, s in EFFECTS[rule].items()
        }
        after = {name: self.fen.get(name, 0) + sign * amount_fen for name, sign in names.items()}
        if any(fen < 0 for fen in after.values()):
            return False
        self.fen.update(after)
        return True
