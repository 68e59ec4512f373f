"""Rows of a workbook before they are stored: what hangs on no other row is worked out ahead.

A row is made ready by pure work, in whatever process is free: screened, judged by the register as
far as no other class matters, and written as JSON without its certificate number. What is left for
the worker goes in the workbook's order: the rules that look at the classes above, and the seals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.conf import settings

from institutions.core.filing_cells import (
    CERTIFICATE,
    LICENCE_NUMBER,
    masked_cells,
    wrong_licence,
)
from institutions.core.register_rules.bookings import NEW_CLASS_ORDER
from institutions.core.register_rules.catalogue import (
    RULES_IN_LINE,
    RULES_OF_CLASS,
    register_findings,
)
from institutions.core.register_rules.facts import ClassFacts, RegisterFacts
from institutions.core.screening.cells import read_date
from institutions.core.screening.engine import (
    Finding,
    FindingOutcome,
    RowOutcome,
    ScreeningContext,
    screen_row,
)
from institutions.core.screening.rows import HEADERS, FilingRow, RawRow
from institutions.models import FilingUpload
from institutions.selectors.filings_register import (
    FiledClass,
    certificate_indexes,
    class_facts,
    register_facts,
)
from institutions.selectors.filings_register_facts import Span
from institutions.selectors.filings_screening import (
    OwnNumbers,
    findings_text,
    known_numbers,
    local_day,
    read_cells,
    screening_context,
)
from institutions.services.filings_cells import findings_without
from regulator.adapters.forks import in_copies
from regulator.database.fields import json_text
from regulator.database.sealing import seal_texts
from regulator.kernel.canonical import canonical_row_bytes

_DAYS = ("开班日期", "结课日期")
_ROWS_AT_ONCE = 50
_WORTH_COPIES = 500
# Behind every filing, and one behind the other as in the sheet.
_FIRST_ORDER = NEW_CLASS_ORDER - 2**32


class ReadyRow(NamedTuple):
    """A row as far as it hangs on no other: `findings` and `cells` are JSON as it is stored.

    `said` is the canonical JSON of the cells; the certificate number is masked in all of them.
    """

    outcome: str
    findings: str
    cells: str
    said: str
    wrong_licence: str


class KeptRow(NamedTuple):
    """A row as it will be stored."""

    number: int
    ready: ReadyRow
    outcome: str
    findings: str
    certificate: str
    certificate_index: str


@dataclass(frozen=True)
class Screening:
    """What the rows of one upload are held against; prepared once for the whole job.

    `indexes` are the digests of the certificate numbers by the sheet's row. `facts` are the
    register's, and know of every row that was judged so far.
    """

    upload: FilingUpload
    context: ScreeningContext
    numbers: OwnNumbers
    facts: RegisterFacts
    indexes: Mapping[int, str]


def prepare_screening(upload: FilingUpload, rows: Sequence[RawRow], *, done: int) -> Screening:
    """The law and the tables of the upload's day, the institution's numbers, and the register.

    `rows` are the whole workbook's; the first `done` were judged before the job was interrupted,
    and stand in line before the others.
    """
    context = screening_context(upload.division_id, local_day(upload.uploaded_at))
    indexes = certificate_indexes([text_of(row, CERTIFICATE) for row in rows])
    facts = register_facts(
        upload.institution,
        on=context.filed_on,
        span=_span_of(rows, on=context.filed_on),
        certificates=frozenset(indexes),
    )
    by_row = {row.number: index for row, index in zip(rows, indexes, strict=True)}
    screening = Screening(upload, context, known_numbers(upload.institution), facts, by_row)
    for row in rows[:done]:
        typed = read_cells(row.number, texts_of(row), context)
        if typed is not None:
            facts.bookings.add(_of_class(typed, screening).booking)
    return screening


def _span_of(rows: Sequence[RawRow], *, on: date) -> Span:
    """The days within which the classes of a workbook meet, as far as they can be read."""
    days = {read_date(row.cells.get(header)) for row in rows for header in _DAYS}
    read = {on, *(day for day in days if day is not None)}
    return min(read), max(read)


@contextmanager
def ready_ahead(
    *, screening: Screening, rows: Sequence[RawRow], chunk_rows: int
) -> Iterator[Iterator[list[ReadyRow]]]:
    """Each chunk of rows made ready, in order, worked out on every core meanwhile.

    Pure: neither the database nor a file is touched. A short workbook is screened here.
    """
    chunks = [rows[at : at + chunk_rows] for at in range(0, len(rows), chunk_rows)]
    parts = [part for chunk in chunks for part in _parts(chunk)]
    copies = settings.SCREENING_COPIES if len(rows) >= _WORTH_COPIES else 0

    def ready(part: Sequence[RawRow]) -> list[tuple[str, ...]]:
        return [tuple(_ready(row, screening)) for row in part]

    with in_copies(ready, parts, copies=copies) as answers:
        yield (
            [ReadyRow(*one) for _part in _parts(chunk) for one in next(answers)] for chunk in chunks
        )


def _parts(chunk: Sequence[RawRow]) -> list[Sequence[RawRow]]:
    return [chunk[at : at + _ROWS_AT_ONCE] for at in range(0, len(chunk), _ROWS_AT_ONCE)]


def text_of(row: RawRow, header: str) -> str:
    """One of a row's cells as text."""
    return str(row.cells.get(header) or "")


def texts_of(row: RawRow) -> dict[str, str]:
    """A row's cells as texts, every column in its place."""
    get = row.cells.get
    return {
        header: cell if type(cell := get(header)) is str else str(cell or "") for header in HEADERS
    }


def _ready(row: RawRow, screening: Screening) -> ReadyRow:
    cells = texts_of(row)
    result = screen_row(RawRow(row.number, cells), screening.context)
    findings, outcome = result.findings, result.outcome
    if result.row is not None:
        more = tuple(register_findings(_of_class(result.row, screening), RULES_OF_CLASS))
        findings, outcome = (*findings, *more), _with(outcome, more)
    masked = masked_cells(cells)
    return ReadyRow(
        outcome=outcome,
        findings=findings_without(findings_text(findings), cells),
        cells=json_text(masked),
        said=canonical_row_bytes(masked).decode(),
        wrong_licence=stated_wrongly(screening.numbers, cells),
    )


def _of_class(row: FilingRow, screening: Screening) -> ClassFacts:
    """A row of the sheet before the register, behind every filing and the rows above it."""
    number = row.number
    label = f"{row.class_name[:60]}（第{number}行）"
    filed = FiledClass(ref=f"row {number}", label=label, order=_FIRST_ORDER + number)
    return class_facts(row, screening.facts, screening.indexes[number], filed)


def _with(outcome: str, findings: Sequence[Finding]) -> str:
    """What becomes of a row with further findings of the register."""
    breached = any(one.outcome == FindingOutcome.BREACH for one in findings)
    return RowOutcome.FLAGGED.value if breached else outcome


def stated_wrongly(numbers: OwnNumbers, cells: Mapping[str, str]) -> str:
    """The licence number these cells state, if it is surely not one of the institution's own."""
    return wrong_licence(
        cells[LICENCE_NUMBER],
        licence_keys=numbers.licence_keys,
        credit_codes=numbers.credit_codes,
    )[:120]


def rows_in_line(
    *, screening: Screening, rows: Sequence[RawRow], ready: Sequence[ReadyRow]
) -> list[KeptRow]:
    """The rows as they will be kept: held against those above them, their numbers sealed.

    Work between two chunks of the job: no transaction is open, nothing is written but the
    institution's data key.
    """
    numbers = [text_of(row, CERTIFICATE) for row in rows]
    sealed = seal_texts(numbers, subject=screening.upload.institution.public_id)
    return [
        _in_line(row, one, certificate, screening)
        for row, one, certificate in zip(rows, ready, sealed, strict=True)
    ]


def _in_line(row: RawRow, one: ReadyRow, certificate: str, screening: Screening) -> KeptRow:
    findings, outcome = one.findings, one.outcome
    index = screening.indexes[row.number]
    cells = texts_of(row)
    is_readable = outcome != RowOutcome.INVALID
    typed = read_cells(row.number, cells, screening.context) if is_readable else None
    if typed is not None:
        of_class = _of_class(typed, screening)
        more = tuple(register_findings(of_class, RULES_IN_LINE))
        if more:
            added = findings_without(findings_text(more), cells)
            findings = f"{findings[:-1]},{added[1:]}" if len(findings) > 2 else added
            outcome = _with(outcome, more)
        screening.facts.bookings.add(of_class.booking)
    return KeptRow(row.number, one, outcome, findings, certificate, index)
