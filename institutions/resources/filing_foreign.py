"""Another system's list of classes as our own table: read raw, then written under our headers."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from institutions.core.exchange.filings import own_cells
from institutions.core.screening.rows import HEADERS
from institutions.resources.exchange_reader import RawTable, read_raw
from institutions.resources.filing_problem import DEFAULT_LIMITS

_BOM = "\ufeff"


def read_foreign(data: bytes, *, file_name: str, wanted: Sequence[str] = ()) -> RawTable:
    """The first sheet with a row of headers, whatever they are called.

    Columns of resident ID numbers are dropped before anything is kept. Raises UnreadableRegister,
    whose text says what is wrong.
    """
    return read_raw(data, file_name=file_name, wanted=wanted, limits=DEFAULT_LIMITS)


def as_filing_table(
    table: RawTable, pairs: Sequence[Sequence[str]], fixed: Mapping[str, str]
) -> bytes:
    """The table as a CSV of ours. A class keeps the number of its row, so that what is said of it
    is found in the file that the institution has before it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    reached = 1
    for number, cells in table.rows:
        while reached < number - 1:
            writer.writerow([""] * len(HEADERS))
            reached += 1
        row = own_cells(table.headers, cells, pairs, fixed)
        writer.writerow([row[header] for header in HEADERS])
        reached += 1
    return f"{_BOM}{out.getvalue()}".encode()
