"""The divisions the product ships with, read from its own file; no database."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_DIVISIONS_CSV = Path(__file__).resolve().parents[1] / "data" / "divisions.csv"


@lru_cache(maxsize=1)
def shipped_division_rows() -> tuple[Mapping[str, str], ...]:
    """The rows of `divisions.csv` as texts by header."""
    with _DIVISIONS_CSV.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))
