"""filings.engine: filings screened per second on one core, every rule, no database.

The rows differ from each other (the sample and the labelled cases), and each run has tables of its
own, so that nothing that an earlier run read with them is at hand. Counted are the seconds of the
processor: it is pure work of one process, and the machine may be shared.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.measuring import RUNS, Entry
from institutions.core.screening.engine import ScreeningContext, screen_row
from institutions.core.screening.rows import RawRow
from institutions.core.screening.topics import TopicIndex
from institutions.resources.filing_reader import read_filing_rows
from institutions.selectors.shipped_tables import shipped_context, shipped_tables

FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures"
FILES = (
    FIXTURES / "filings_sample.csv",
    FIXTURES / "screening_cases" / "open.csv",
    FIXTURES / "screening_cases" / "held_out.csv",
)
DIVISION = "510116"
FILED_ON = date(2026, 11, 1)


def rows_of(path: Path) -> tuple[RawRow, ...]:
    with path.open("rb") as file:
        return read_filing_rows(file, file_name=path.name).rows


def screen_all(rows: Iterable[RawRow], context: ScreeningContext) -> None:
    for row in rows:
        screen_row(row, context)


def entries() -> list[Entry]:
    rows = [row for path in FILES for row in rows_of(path)]
    taken = []
    for _ in range(RUNS):
        shipped = shipped_context(division=DIVISION, filed_on=FILED_ON)
        context = replace(shipped, index=TopicIndex(shipped_tables()))
        screen_row(rows[0], context)
        started = time.process_time()
        screen_all(rows, context)
        taken.append(time.process_time() - started)
    return [Entry("filings.engine", len(rows) / sorted(taken)[RUNS // 2], "filings/s on one core")]
