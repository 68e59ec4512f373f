"""How one bank's CSV is read: columns by their headers, and what its signs mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from fees.core.statements.cells import DATE_FORMATS
from regulator.kernel.outcomes import Refusal


class Amounts(StrEnum):
    """Where the direction stands."""

    TWO_COLUMNS = "two_columns"  # what came in and what went out, each in a column of its own
    SIGNED = "signed"  # one column, below zero goes out
    FLAGGED = "flagged"  # one column, and another that says 借 or 贷


ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Layout:
    """A bank's columns. Empty means the file has none; `header_row` counts from 1."""

    date: str
    amounts: Amounts
    incoming: str = ""
    outgoing: str = ""
    amount: str = ""
    flag: str = ""
    incoming_word: str = "贷"
    reference: str = ""
    counterparty: str = ""
    purpose: str = ""
    balance: str = ""
    date_format: str = "%Y-%m-%d"
    encoding: str = "utf-8-sig"
    header_row: int = 1

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self) | {"amounts": self.amounts.value}


def read_layout(stored: Mapping[str, Any]) -> Layout:
    """A stored layout."""
    return Layout(**{**stored, "amounts": Amounts(stored["amounts"])})


NEEDED: Mapping[Amounts, tuple[str, ...]] = {
    Amounts.TWO_COLUMNS: ("date", "incoming", "outgoing"),
    Amounts.SIGNED: ("date", "amount"),
    Amounts.FLAGGED: ("date", "amount", "flag"),
}


def layout_refusals(layout: Layout) -> tuple[Refusal, ...]:
    """Every column that the layout needs and does not name."""
    found = [
        Refusal("statement.mapping_incomplete", {"statement_field": name})
        for name in NEEDED[layout.amounts]
        if not getattr(layout, name).strip()
    ]
    if layout.date_format not in DATE_FORMATS:
        found.append(Refusal("statement.mapping_incomplete", {"statement_field": "date_format"}))
    if layout.encoding not in ENCODINGS:
        found.append(Refusal("statement.mapping_incomplete", {"statement_field": "encoding"}))
    if layout.header_row < 1:
        found.append(Refusal("statement.mapping_incomplete", {"statement_field": "header_row"}))
    return tuple(found)
