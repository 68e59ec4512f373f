"""Escrow accounts, contracts with their lessons, and the ledger."""

from fees.models.contracts import Contract, Lesson
from fees.models.escrow import EscrowAccount
from fees.models.ledger import LedgerAccount, LedgerCommand, MonthTurnover, Posting

__all__ = [
    "Contract",
    "EscrowAccount",
    "LedgerAccount",
    "LedgerCommand",
    "Lesson",
    "MonthTurnover",
    "Posting",
]
