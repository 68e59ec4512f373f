"""An institution's list of contracts as it was read, and as it is sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fees.core.contract_rows import HEADERS, LAYOUT


@dataclass(frozen=True)
class ContractTable:
    """A list as it was read: headers in the institution's order, rows by their number in the sheet.

    `is_ours` tells our template, whose headers need no mapping.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_ours: bool

    def cells(
        self, cells: Sequence[str], pairs: Sequence[Sequence[str]], fixed: Mapping[str, str]
    ) -> dict[str, str]:
        """A row under our headers, by a mapping's pairs and fixed values."""
        own = [(header, header) for header in HEADERS] if self.is_ours else pairs
        return LAYOUT.own_cells(self.headers, cells, own, {} if self.is_ours else fixed)

    def as_json(self) -> dict[str, Any]:
        """The table as it is sealed."""
        return {"headers": self.headers, "rows": self.rows, "is_ours": self.is_ours}


def table_of(kept: Mapping[str, Any]) -> ContractTable:
    """The table that `as_json` wrote."""
    rows = tuple((int(number), tuple(cells)) for number, cells in kept["rows"])
    return ContractTable(tuple(kept["headers"]), rows, bool(kept["is_ours"]))
