"""The whole screening of a filed class: what the engine finds, and what the register does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from institutions.core.filing_cells import CERTIFICATE
from institutions.core.filing_states import FilingState
from institutions.core.register_rules.bookings import NEW_CLASS_ORDER
from institutions.core.register_rules.catalogue import REGISTER_RULES_BY_CODE, register_findings
from institutions.core.register_rules.certificates import CERTIFICATE_NUMBER, comparable_number
from institutions.core.register_rules.facts import ClassFacts, RegisterFacts
from institutions.core.screening.catalogue import DISGUISE_CODE
from institutions.core.screening.engine import FindingOutcome, RowOutcome, ScreeningContext
from institutions.core.screening.form import read_row
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.models import Filing, Institution
from institutions.selectors.filings_register_facts import (
    DivisionFacts,
    Span,
    division_facts,
    kept_hours,
    register_facts,
)
from institutions.selectors.filings_screening import (
    Screened,
    finding_as_json,
    local_day,
    screen_cells,
)
from regulator.database.sealing import blind_indexes

__all__ = [
    "NEW_CLASS",
    "DivisionFacts",
    "FiledClass",
    "certificate_indexes",
    "class_facts",
    "division_facts",
    "facts_of_filings",
    "filed_class",
    "full_findings",
    "judged_again",
    "kept_hours",
    "register_facts",
    "screen_class",
    "span_of",
]
_REGISTER_CODES = frozenset(REGISTER_RULES_BY_CODE)


@dataclass(frozen=True)
class FiledClass:
    """Who a class is among the others, and when it came.

    `filed_on` is the day on which it was first handed in, None while it is not; `order` its place
    in line; `stands_for` the approved class that it would change.
    """

    ref: str = ""
    order: int = NEW_CLASS_ORDER
    label: str = ""
    filed_on: date | None = None
    approved_on: date | None = None
    stands_for: str = ""


NEW_CLASS = FiledClass()


def certificate_indexes(printed: Sequence[str]) -> list[str]:
    """The keyed digests of certificate numbers, as the staff list has them; empty for none."""
    numbers = [comparable_number(text) for text in printed]
    if not any(numbers):
        return ["" for _number in numbers]
    indexes = blind_indexes(numbers, purpose=CERTIFICATE_NUMBER)
    return [index if number else "" for number, index in zip(numbers, indexes, strict=True)]


def span_of(rows: Iterable[FilingRow | None], *, on: date) -> Span:
    """The days within which these classes meet; `on` alone where none reads well."""
    read = [row for row in rows if row is not None]
    starts = min((row.starts_on for row in read), default=on)
    return starts, max((row.ends_on for row in read), default=on)


def full_findings(
    screened: Screened,
    facts: RegisterFacts,
    *,
    certificate_index: str,
    filed: FiledClass = NEW_CLASS,
) -> Screened:
    """The screening of a row with what the rules of the register find; pure.

    What they had found before is left out. A row that cannot be read stays as it is.
    """
    if screened.row is None:
        return screened
    return judged_class(screened, class_facts(screened.row, facts, certificate_index, filed))


def judged_class(screened: Screened, of_class: ClassFacts) -> Screened:
    """The screening of a class with what the register finds on it; pure."""
    own = [finding_as_json(finding) for finding in register_findings(of_class)]
    findings = [one for one in screened.findings if one["rule"] not in _REGISTER_CODES] + own
    return Screened(outcome_of(findings), findings, screened.row)


def outcome_of(findings: Iterable[Mapping[str, Any]]) -> str:
    """What becomes of a row with these findings, as the engine says it."""
    found = list(findings)
    if any(one["outcome"] == FindingOutcome.BREACH for one in found):
        return RowOutcome.FLAGGED.value
    if any(one["rule"] == DISGUISE_CODE for one in found):
        return RowOutcome.APPRAISE.value
    return RowOutcome.CLEAR.value


def class_facts(
    row: FilingRow, facts: RegisterFacts, certificate_index: str, filed: FiledClass = NEW_CLASS
) -> ClassFacts:
    """A class before the register."""
    return ClassFacts(
        row=row,
        register=facts,
        certificate_key=certificate_index,
        filed_on=filed.filed_on or facts.judged_on,
        approved_on=filed.approved_on,
        ref=filed.ref,
        order=filed.order,
        label=filed.label,
        stands_for=filed.stands_for,
    )


def screen_class(
    number: int,
    cells: Mapping[str, str],
    context: ScreeningContext,
    *,
    institution: Institution,
    certificate_index: str | None = None,
    filed: FiledClass = NEW_CLASS,
) -> Screened:
    """One row of whole cells screened by every rule, those of the register too.

    `certificate_index` stands for a certificate number that is masked in the cells. For many rows
    build the facts once and use `screen_cells` and `full_findings`.
    """
    screened = screen_cells(number, cells, context)
    if screened.row is None:
        return screened
    index = certificate_index
    if index is None:
        index = certificate_indexes([cells.get(CERTIFICATE, "")])[0]
    facts = register_facts(
        institution,
        on=context.filed_on,
        span=span_of([screened.row], on=context.filed_on),
        certificates=(index,),
    )
    return full_findings(screened, facts, certificate_index=index, filed=filed)


def filed_class(filing: Filing, first_submitted_at: datetime | None = None) -> FiledClass:
    """Who a filing is among the classes; of a change, it came when the approved one came.

    `first_submitted_at` spares the query for the earlier versions.
    """
    original = filing.amends
    if original is not None:
        own = filed_change(original)
        return replace(own, ref=str(filing.pk), order=filing.pk, label=filing.number)
    is_approved = filing.state == FilingState.APPROVED.value
    first = first_submitted_at or _first_submitted(filing)
    return FiledClass(
        ref=str(filing.pk),
        order=0 if is_approved else filing.pk,
        label=filing.number,
        filed_on=local_day(first) if first else None,
        approved_on=local_day(filing.decided_at) if is_approved and filing.decided_at else None,
    )


def filed_change(original: Filing) -> FiledClass:
    """Who a change of an approved filing is: it came, and was approved, when the filing was."""
    came = filed_class(original)
    return replace(came, ref="", order=NEW_CLASS_ORDER, stands_for=str(original.pk))


def _first_submitted(filing: Filing) -> datetime | None:
    earliest = filing.versions.aggregate(first=Min("submitted_at"))["first"]
    return earliest or filing.submitted_at


def judged_again(filing: Filing, facts: RegisterFacts, filed: FiledClass) -> Screened:
    """A filing's kept findings with what the register says of it now; nothing is written."""
    read = read_row(RawRow(1, filing.cells), facts.workdays)
    row = read if isinstance(read, FilingRow) else None
    kept = Screened(filing.outcome, list(filing.findings), row)
    return full_findings(kept, facts, certificate_index=filing.certificate_index, filed=filed)


def facts_of_filings(
    filings: Sequence[Filing], *, on: date, shared: DivisionFacts | None = None
) -> RegisterFacts:
    """The register's facts for filings of one institution, at least one."""
    span = (min(one.starts_on for one in filings), max(one.ends_on for one in filings))
    digests = {one.certificate_index for one in filings}
    institution = filings[0].institution
    return register_facts(institution, on=on, span=span, certificates=digests, shared=shared)
