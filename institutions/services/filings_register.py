"""What the register says of classes when they are handed in and when they are decided.

Facts change between screening, submission and approval: a licence is suspended, another class of
the same teacher is filed. So the rules of the register are asked again, and a breach stands like
any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from institutions.core.filing_states import FilingState
from institutions.core.register_rules.bookings import NEW_CLASS_ORDER
from institutions.core.register_rules.facts import ClassFacts, RegisterFacts
from institutions.core.screening.form import read_row
from institutions.core.screening.rows import FilingRow, RawRow
from institutions.models import (
    Filing,
    FilingUpload,
    FilingVersion,
    FindingDecision,
    Institution,
    UploadRow,
)
from institutions.selectors.filings_register import (
    DivisionFacts,
    FiledClass,
    class_facts,
    division_facts,
    facts_of_filings,
    filed_class,
    judged_again,
    judged_class,
    register_facts,
    span_of,
)
from institutions.selectors.filings_screening import Screened, local_day
from regulator.audit.services import EventDraft, Subject, append_event, append_events
from regulator.calendars.selectors.calendars import workday_table
from regulator.kernel.actors import Actor
from regulator.kernel.workdays import WorkdayTable

_BEFORE_NEW = NEW_CLASS_ORDER - 1
_FIRST_SUBMITTED = Subquery(
    FilingVersion.objects.filter(filing=OuterRef("pk"))
    .order_by("version")
    .values("submitted_at")[:1]
)


def screened_together(
    institution: Institution,
    screened: Sequence[Screened],
    *,
    numbers: Sequence[int],
    certificate_indexes: Sequence[str],
    on: date,
) -> list[Screened]:
    """Rows of one workbook with what the register finds, each beside those above it."""
    facts = register_facts(
        institution,
        on=on,
        span=span_of((one.row for one in screened), on=on),
        certificates=frozenset(certificate_indexes),
    )
    lines = zip(screened, certificate_indexes, numbers, strict=True)
    return [judged_in_line(one, facts, index=index, number=number) for one, index, number in lines]


def judged_in_line(one: Screened, facts: RegisterFacts, *, index: str, number: int) -> Screened:
    """One row judged, then standing in line before the next: `facts` is told of it."""
    if one.row is None:
        return one
    of_class = _class_of_row(one.row, facts, index, number)
    found = judged_class(one, of_class)
    facts.bookings.add(replace(of_class.booking, order=_BEFORE_NEW))
    return found


def stand_in_line(row: FilingRow, facts: RegisterFacts, *, index: str, number: int) -> None:
    """A row that was judged before stands in line before those that are not yet."""
    booking = _class_of_row(row, facts, index, number).booking
    facts.bookings.add(replace(booking, order=_BEFORE_NEW))


def _class_of_row(row: FilingRow, facts: RegisterFacts, index: str, number: int) -> ClassFacts:
    filed = FiledClass(ref=f"row {number}", label=f"{row.class_name[:60]}（第{number}行）")
    return class_facts(row, facts, index, filed)


def judge_rows_again(
    upload: FilingUpload,
    rows: Sequence[UploadRow],
    *,
    institution: Institution,
    actor: Actor,
    at: datetime,
) -> list[UploadRow]:
    """Ask the register again about rows that are to be handed in; those that changed are saved.

    Called inside the submission's transaction, with the institution locked; one event for all.
    """
    workdays = workday_table(institution.division_id)
    read = [_typed(row, workdays) for row in rows]
    kept = [
        Screened(row.outcome, list(row.findings), typed)
        for row, typed in zip(rows, read, strict=True)
    ]
    found = screened_together(
        institution,
        kept,
        numbers=[row.row_number for row in rows],
        certificate_indexes=[row.certificate_index for row in rows],
        on=local_day(at),
    )
    changed = []
    for row, one in zip(rows, found, strict=True):
        if one.findings != row.findings:
            row.findings, row.outcome = one.findings, one.outcome
            changed.append(row)
    if changed:
        UploadRow.objects.bulk_update(changed, ["findings", "outcome"], batch_size=500)
        append_event(
            division=upload.division_id,
            actor=actor,
            kind="filing.rows_judged",
            subject=Subject("filing_upload", str(upload.public_id), upload.file_name),
            new={"rows": {str(row.row_number): row.outcome for row in changed}},
            row_count=len(changed),
            occurred_at=at,
        )
    return changed


def _typed(row: UploadRow, workdays: WorkdayTable) -> FilingRow | None:
    read = read_row(RawRow(row.row_number, row.cells), workdays)
    return read if isinstance(read, FilingRow) else None


def judge_filings_again(
    filings: Iterable[Filing], *, division: str, actor: Actor, at: datetime
) -> None:
    """Ask the register again about filings in review; what it finds anew is kept, with an event.

    In a transaction of its own, so that it stands even where the decision is then refused.
    """
    by_institution: dict[int, list[int]] = {}
    for filing in filings:
        if filing.state == FilingState.SUBMITTED.value:
            by_institution.setdefault(filing.institution_id, []).append(filing.pk)
    if not by_institution:
        return
    with transaction.atomic():
        shared = division_facts(division)
        drafts: list[EventDraft] = []
        for chosen in by_institution.values():
            drafts += _judge_of_one(chosen, shared, local_day(at))
        if drafts:
            append_events(division=division, actor=actor, drafts=drafts, occurred_at=at)


def _judge_of_one(chosen: Sequence[int], shared: DivisionFacts, on: date) -> list[EventDraft]:
    """The filings of one institution judged again; an event for each that changed."""
    locked = list(
        Filing.objects.select_for_update(of=("self",))
        .select_related("institution", "amends")
        .filter(pk__in=chosen, state=FilingState.SUBMITTED.value)
        .annotate(first_submitted_at=_FIRST_SUBMITTED)
        .order_by("pk")
    )
    if not locked:
        return []
    facts = facts_of_filings(locked, on=on, shared=shared)
    drafts = []
    for filing in locked:
        first_at = filing.first_submitted_at or filing.submitted_at
        found = judged_again(filing, facts, filed_class(filing, first_at))
        if found.row is not None and found.findings != filing.findings:
            drafts.append(_keep(filing, found))
    return drafts


def _keep(filing: Filing, found: Screened) -> EventDraft:
    old = _said(filing)
    filing.findings, filing.outcome = found.findings, found.outcome
    undetermined = set(filing.rules_with("undetermined"))
    decided = FindingDecision.objects.filter(filing=filing, version=filing.version)
    filing.breach_count = len(filing.rules_with("breach"))
    filing.undetermined_count = len(undetermined)
    filing.undecided_count = len(undetermined - set(decided.values_list("rule", flat=True)))
    filing.save(
        update_fields=[
            "findings",
            "outcome",
            "breach_count",
            "undetermined_count",
            "undecided_count",
        ]
    )
    return EventDraft(
        kind="filing.register_judged",
        subject=Subject(kind="filing", key=str(filing.public_id), label=filing.number),
        old=old,
        new=_said(filing),
    )


def _said(filing: Filing) -> dict[str, object]:
    return {
        "outcome": filing.outcome,
        "breaches": list(filing.rules_with("breach")),
        "undetermined": list(filing.rules_with("undetermined")),
    }
