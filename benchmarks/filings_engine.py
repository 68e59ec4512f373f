"""filings.engine: filings screened per second on one core, every rule, no database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.measuring import Entry, median
from institutions.core.screening.engine import screen_row
from institutions.core.screening.rows import RawRow
from institutions.resources.filing_reader import read_filing_rows
from institutions.selectors.shipped_tables import shipped_context

SAMPLE = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "filings_sample.csv"
DIVISION = "510116"


def sample_rows() -> tuple[RawRow, ...]:
    with SAMPLE.open("rb") as file:
        return read_filing_rows(file, file_name=SAMPLE.name).rows


def entries() -> list[Entry]:
    rows = sample_rows()
    context = shipped_context(division=DIVISION, filed_on=date(2026, 11, 1))
    taken = median(lambda: [screen_row(row, context) for row in rows])
    return [Entry("filings.engine", len(rows) / taken, "filings/s on one core")]
