"""Entries, and what they do to balances. A posting is one entry: it balances by construction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fees.core.ledger.accounts import Ref
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import InvariantError, Refusal


@dataclass(frozen=True)
class Entry:
    """`amount_fen` > 0 from the credited to the debited account, by a named rule, for a cause.

    `cause` names what it is for: `contract:12`, `lesson:345`, `account:6`, `posting:789`.
    """

    debit: Ref
    credit: Ref
    amount_fen: int
    rule: str
    cause: str

    def __post_init__(self) -> None:
        if self.amount_fen <= 0 or self.debit == self.credit or not self.rule or not self.cause:
            raise InvariantError(f"分录不成立：{self}")


Book = Mapping[Ref, int]


def moved_by(entry: Entry) -> tuple[tuple[Ref, int], tuple[Ref, int]]:
    """How much each of the two balances grows, in fen; negative where it shrinks."""
    return (
        (entry.debit, entry.debit.side * entry.amount_fen),
        (entry.credit, -entry.credit.side * entry.amount_fen),
    )


def posted(book: Book, entries: Iterable[Entry]) -> dict[Ref, int]:
    """The balances after the entries, one after the other. Raises InvariantError below zero."""
    balances = dict(book)
    for entry in entries:
        for ref, change_fen in moved_by(entry):
            balances[ref] = balances.get(ref, 0) + change_fen
            if balances[ref] < 0:
                raise InvariantError(f"余额为负：{ref} {balances[ref]}")
    return balances


def shortages(book: Book, entries: Iterable[Entry]) -> tuple[Refusal, ...]:
    """Every account that the entries would take below zero at any step, with what it lacks."""
    balances = dict(book)
    lowest: dict[Ref, int] = {}
    for entry in entries:
        for ref, change_fen in moved_by(entry):
            balances[ref] = balances.get(ref, 0) + change_fen
            lowest[ref] = min(lowest.get(ref, 0), balances[ref])
    return tuple(
        Refusal(
            "ledger.not_enough",
            {
                "ledger_kind": ref.kind.value,
                "has": format_yuan(book.get(ref, 0)),
                "lacks": format_yuan(-least),
            },
            remedy=f"ledger.remedy_{ref.kind.value}",
        )
        for ref, least in lowest.items()
        if least < 0
    )


def refs_of(entries: Iterable[Entry]) -> tuple[Ref, ...]:
    """Every account that the entries touch, once, sorted."""
    return tuple(sorted({ref for entry in entries for ref in (entry.debit, entry.credit)}))


def is_balanced(book: Book) -> bool:
    """Whether what the bank holds or is owed equals what it is held for."""
    return sum(ref.side * balance_fen for ref, balance_fen in book.items()) == 0
