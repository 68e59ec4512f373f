"""A statement as read: its movements, its balances; and what may be wrong with a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.kernel.canonical import canonical_digest
from regulator.kernel.money import format_yuan


class Direction(StrEnum):
    """Which way the money went, seen from the account."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True)
class BankLine:
    """One movement. `place` is the line of the file, from 1; texts are as the bank wrote them.

    `counterparty` and `purpose` may name people: they are masked before anything is kept.
    """

    place: int
    value_on: date
    direction: Direction
    amount_fen: int
    reference: str = ""
    counterparty: str = ""
    purpose: str = ""

    @property
    def signed_fen(self) -> int:
        """What the movement does to the balance."""
        return self.amount_fen if self.direction is Direction.IN else -self.amount_fen

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what makes it this movement: the bank's reference, or else its texts."""
        told_by = [self.reference] if self.reference else ["", self.counterparty, self.purpose]
        parts: list[str | int] = [self.value_on.isoformat(), self.direction.value, self.amount_fen]
        return canonical_digest([*parts, *told_by])


@dataclass(frozen=True)
class ParsedStatement:
    """Movements in the order of their days; a balance is None where the file does not say."""

    lines: tuple[BankLine, ...]
    opening_fen: int | None = None
    closing_fen: int | None = None
    account: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day with a movement."""
        if not self.lines:
            return None
        return self.lines[0].value_on, self.lines[-1].value_on


@dataclass(frozen=True)
class FileLimits:
    """What one file may hold; an element of XML lies at most `depth` deep."""

    file_bytes: int = 20 * 1024 * 1024
    lines: int = 50_000
    depth: int = 40
    text_characters: int = 4_000


DEFAULT_LIMITS = FileLimits()


class BadStatement(Exception):
    """A file that cannot be read. `code` names the reason; `params` hold line, column and value."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def check_size(data: bytes, limits: FileLimits) -> None:
    """Raise BadStatement for an empty or too large file."""
    if len(data) > limits.file_bytes:
        raise BadStatement("too_large", limit_mb=limits.file_bytes >> 20)
    if not data.strip():
        raise BadStatement("empty")


def check_balances(statement: ParsedStatement) -> ParsedStatement:
    """The same statement. Raises BadStatement where opening and movements do not give the end."""
    if statement.opening_fen is None or statement.closing_fen is None:
        return statement
    computed = statement.opening_fen + sum(line.signed_fen for line in statement.lines)
    if computed != statement.closing_fen:
        raise BadStatement(
            "balance", computed=format_yuan(computed), value=format_yuan(statement.closing_fen)
        )
    return statement


def numbered(lines: Sequence[BankLine]) -> list[tuple[BankLine, int]]:
    """Each movement with its place among equal ones of the file, from 1."""
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        key = line.fingerprint
        seen[key] = seen.get(key, 0) + 1
        found.append((line, seen[key]))
    return found
