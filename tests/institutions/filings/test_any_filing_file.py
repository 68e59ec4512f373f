"""Whatever bytes come, a file is read or gets one clear answer; nothing else ever happens."""

from __future__ import annotations

import csv
import random
from io import BytesIO, StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.core.screening.rows import HEADERS, BadWorkbook
from institutions.resources.filing_cells import csv_text, serial_date
from institutions.resources.filing_reader import FilingSheet, read_filing_rows
from tests.institutions.filings.workbooks import FIXTURES


def read(data: bytes) -> FilingSheet:
    return read_filing_rows(BytesIO(data), file_name="班级.xlsx")


def answer(data: bytes) -> str:
    """What the person is told: rows, or the reason."""
    try:
        return f"{len(read(data).rows)} 行"
    except BadWorkbook as error:
        return str(error)


def test_a_truncated_or_altered_workbook_is_read_or_refused_and_never_anything_else():
    data = (FIXTURES / "libreoffice.xlsx").read_bytes()
    chance = random.Random(7)
    for _ in range(150):
        altered = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        cut = bytes(altered[: chance.randrange(1, len(altered))])
        for attempt in (bytes(altered), cut):
            assert answer(attempt)


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_no_bytes_whatever_raise_anything_but_a_clear_answer(data: bytes):
    assert answer(data)


@given(
    st.lists(
        st.lists(st.text(max_size=30), min_size=26, max_size=26),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=150)
def test_a_csv_gives_back_every_cell_that_was_written(rows: list[list[str]]):
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    texts = [[csv_text(cell) for cell in row] for row in rows]
    expected = [[shown(n, cell) for n, cell in enumerate(row)] for row in texts if any(row)]
    assert rows_or_none(out.getvalue().encode()) == (expected or None)


def rows_or_none(data: bytes) -> list[list[str]] | None:
    try:
        return [list(row.cells.values()) for row in read(data).rows]
    except BadWorkbook as error:
        return None if error.code == "no-rows" else [[str(error)]]


def shown(column: int, text: str) -> str:
    day = serial_date(text) if column in (8, 9, 24) else None
    return day.isoformat() if day else text
