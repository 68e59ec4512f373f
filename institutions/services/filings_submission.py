"""Handing filings in: rows of an upload, a returned filing corrected, a filing taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.core.filing_states import (
    TRANSITIONS,
    FilingFacts,
    FilingState,
    refusals,
)
from institutions.core.screening.rows import Category, FilingRow
from institutions.models import Filing, FilingUpload, FilingVersion, Institution, UploadRow
from institutions.selectors.filings_register import filed_class, kept_hours, screen_class
from institutions.selectors.filings_screening import (
    Screened,
    local_day,
    read_cells,
    screening_context,
)
from institutions.services.filings_cells import KeptCells, keep_cells, kept_findings, merged_cells
from institutions.services.filings_numbers import take_numbers
from institutions.services.filings_register import judge_rows_again
from institutions.services.filings_upload import wrong_licence_of
from institutions.services.notice_withdrawals import tell_of_withdrawal
from institutions.services.review_clocks import hold_review_clocks, start_review_clocks
from institutions.services.review_ending import end_reviews
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import EventDraft, Subject, append_event, append_events
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import InvariantError, Refusal, Refused

SUBJECT_DEPARTMENT = "education"
_SUBMIT, _WITHDRAW = TRANSITIONS["submit"], TRANSITIONS["withdraw"]
_SEEN_BY_THE_DESK = (FilingState.SUBMITTED, FilingState.APPROVED)
_IN_HAND = (FilingState.SUBMITTED.value, FilingState.RETURNED.value)


@dataclass(frozen=True)
class RefusedRow:
    """A row that could not be submitted, with every reason."""

    row: UploadRow
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Submission:
    """What became of the rows that were handed in together."""

    filings: tuple[Filing, ...]
    refused: tuple[RefusedRow, ...]


def submit_rows(
    *,
    upload: FilingUpload,
    row_ids: Sequence[int] | None,
    statement: str = "",
    actor: Actor,
    at: datetime,
) -> Submission:
    """Hand in the rows that may be, each as a filing with a number; the others come back.

    `row_ids` None takes every row that is not yet a filing and has no breach. `statement` is why
    rows with a breach are handed in all the same. Rows already handed in are left alone, so that
    asking twice doubles nothing. Raises Refused where the upload is another institution's, or
    nothing was selected.
    """
    require(actor, Action.FILING_FILE, _target(upload.institution))
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=upload.institution_id)
        rows = _selected_rows(upload, row_ids)
        if not rows:
            raise Refused(Refusal("filing.nothing_selected"))
        judge_rows_again(upload, rows, institution=institution, actor=actor, at=at)
        digests = {row.pk: canonical_digest(row.cells) for row in rows}
        held = held_digests(institution, set(digests.values()))
        ready: list[UploadRow] = []
        refused: list[RefusedRow] = []
        for row in rows:
            reasons = refusals(_SUBMIT, _row_facts(row, held.get(digests[row.pk], ""), statement))
            if reasons:
                refused.append(RefusedRow(row, reasons))
            else:
                ready.append(row)
                held[digests[row.pk]] = upload.file_name
        filings = _file_rows(institution, upload, ready, statement=statement, at=at)
        _record_submission(upload, filings, actor=actor, at=at)
    return Submission(tuple(filings), tuple(refused))


def _selected_rows(upload: FilingUpload, row_ids: Sequence[int] | None) -> list[UploadRow]:
    rows = upload.rows.select_for_update().filter(filing__isnull=True).order_by("row_number")
    if row_ids is None:
        return list(rows.filter(outcome__in=("clear", "appraise"), wrong_licence=""))
    return list(rows.filter(pk__in=row_ids))


def held_digests(institution: Institution, digests: set[str]) -> dict[str, str]:
    """Numbers of the institution's living filings with the same cells."""
    living = Filing.objects.filter(
        institution=institution,
        digest__in=digests,
        state__in=(FilingState.SUBMITTED.value, FilingState.APPROVED.value),
    )
    return dict(living.values_list("digest", "number"))


def _row_facts(row: UploadRow, already: str, statement: str) -> FilingFacts:
    is_readable = row.outcome != "invalid"
    return FilingFacts(
        state=FilingState.DRAFT,
        is_readable=is_readable,
        breaches=row.rules_with("breach") if is_readable else (),
        reason=statement,
        wrong_licence=row.wrong_licence,
        already_filed_as=already,
    )


def _file_rows(
    institution: Institution,
    upload: FilingUpload,
    rows: Sequence[UploadRow],
    *,
    statement: str,
    at: datetime,
) -> list[Filing]:
    if not rows:
        return []
    hold_review_clocks(upload.division_id)
    numbers = take_numbers(division=upload.division_id, count=len(rows), at=at)
    context = screening_context(upload.division_id, local_day(upload.uploaded_at))
    filings = []
    for row, number in zip(rows, numbers, strict=True):
        typed = read_cells(row.row_number, row.cells, context)
        if typed is None:
            raise InvariantError(f"{upload}: 第 {row.row_number} 行核对时可读，提交时读不出。")
        filing = Filing(division_id=upload.division_id, institution=institution, number=number)
        fill_filing(filing, typed, institution)
        keep_on_filing(filing, row, row.outcome, row.findings)
        filing.screened_on = local_day(row.corrected_at or upload.uploaded_at)
        has_breach = filing.breach_count > 0
        filing.submit(at=at, statement=statement.strip() if has_breach else "")
        filings.append(filing)
    Filing.objects.bulk_create(filings, batch_size=500)
    start_review_clocks(filings=filings, division=upload.division_id, at=at)
    for row, filing in zip(rows, filings, strict=True):
        row.filing = filing
    UploadRow.objects.bulk_update(rows, ["filing"], batch_size=500)
    return filings


def fill_filing(filing: Filing, typed: FilingRow, institution: Institution) -> None:
    """The columns that lists and the public page read."""
    filing.class_name = typed.class_name[:200]
    filing.class_term = typed.cells["班次"][:60]
    filing.category = typed.category.value
    filing.activity = (typed.subject or typed.activity)[:120]
    filing.grades = list(typed.grades)
    filing.delivery = typed.delivery.value
    filing.place = typed.cells["授课地点"][:300]
    filing.starts_on, filing.ends_on = typed.starts_on, typed.ends_on
    filing.lesson_count, filing.class_size = typed.lesson_count, typed.class_size
    filing.fee_fen, filing.hours = typed.fee_fen, kept_hours(typed)
    is_subject = typed.category is Category.SUBJECT
    competent = institution.competent_department_id
    filing.department_id = SUBJECT_DEPARTMENT if is_subject else competent or SUBJECT_DEPARTMENT


def keep_on_filing(
    filing: Filing,
    kept: KeptCells | UploadRow,
    outcome: str,
    findings: list[dict[str, object]],
) -> None:
    """The cells, and what the screening said of them, with the counts that lists read."""
    filing.cells, filing.certificate = kept.cells, kept.certificate
    filing.certificate_index = kept.certificate_index
    filing.outcome, filing.findings = outcome, findings
    filing.digest = canonical_digest(kept.cells)
    filing.breach_count = len(filing.rules_with("breach"))
    filing.undetermined_count = len(filing.rules_with("undetermined"))
    filing.undecided_count = filing.undetermined_count


def _record_submission(
    upload: FilingUpload, filings: Sequence[Filing], *, actor: Actor, at: datetime
) -> None:
    drafts = [
        EventDraft(
            kind="filing.submitted",
            subject=filing_subject(filing),
            old={"state": FilingState.DRAFT.value},
            new={
                "state": filing.state,
                "version": filing.version,
                "digest": filing.digest,
                "outcome": filing.outcome,
                "upload": str(upload.public_id),
            },
            reason=filing.statement,
            basis=_SUBMIT.basis,
        )
        for filing in filings
    ]
    append_events(division=upload.division_id, actor=actor, drafts=drafts, occurred_at=at)


def resubmit_filing(
    *,
    filing: Filing,
    cells: Mapping[str, str],
    statement: str = "",
    actor: Actor,
    at: datetime,
) -> Filing:
    """Correct a returned filing and hand it in again as its next version, screened anew.

    The earlier version is kept with its findings and decisions. Raises Refused with every reason.
    """
    require(actor, Action.FILING_FILE, _target(filing.institution))
    with transaction.atomic():
        institution = Institution.objects.select_for_update().get(pk=filing.institution_id)
        locked = lock_with_original(filing)
        merged = merged_cells(locked, cells)
        context = screening_context(locked.division_id, local_day(at))
        filed = filed_class(locked)
        screened = screen_class(1, merged, context, institution=institution, filed=filed)
        reasons = refusals(
            _SUBMIT, _resubmission_facts(locked, institution, merged, screened, statement)
        )
        if reasons or screened.row is None:
            raise Refused(reasons)
        keep_version(locked)
        kept = keep_cells([merged], subject=institution.public_id)[0]
        findings = kept_findings(screened.findings, merged)
        fill_filing(locked, screened.row, institution)
        keep_on_filing(locked, kept, screened.outcome, findings)
        locked.version += 1
        locked.screened_on = local_day(at)
        locked.submit(at=at, statement=statement.strip())
        locked.save()
        start_review_clocks(filings=[locked], division=locked.division_id, at=at)
        append_event(
            division=locked.division_id,
            actor=actor,
            kind="filing.resubmitted",
            subject=filing_subject(locked),
            old={"state": FilingState.RETURNED.value, "version": locked.version - 1},
            new={"state": locked.state, "version": locked.version, "digest": locked.digest},
            reason=locked.statement,
            basis=_SUBMIT.basis,
            occurred_at=at,
        )
    return locked


def _resubmission_facts(
    filing: Filing,
    institution: Institution,
    cells: Mapping[str, str],
    screened: Screened,
    statement: str,
) -> FilingFacts:
    found = (one["rule"] for one in screened.findings if one["outcome"] == "breach")
    breaches = tuple(dict.fromkeys(found))
    return FilingFacts(
        state=FilingState(filing.state),
        is_readable=screened.row is not None,
        breaches=breaches if screened.row is not None else (),
        reason=statement,
        wrong_licence=wrong_licence_of(institution, cells),
        amends_state=FilingState(filing.amends.state) if filing.amends else None,
    )


def keep_version(filing: Filing) -> None:
    """Keep the filing as it stands, before its next version takes its place."""
    if filing.submitted_at is None:
        raise InvariantError(f"{filing}: 备案没有提交时间，不能留存旧版。")
    FilingVersion.objects.create(
        filing=filing,
        version=filing.version,
        cells=filing.cells,
        certificate=filing.certificate,
        certificate_index=filing.certificate_index,
        outcome=filing.outcome,
        findings=filing.findings,
        statement=filing.statement,
        submitted_at=filing.submitted_at,
    )


def withdraw_filing(*, filing: Filing, reason: str, actor: Actor, at: datetime) -> Filing:
    """Take a filing back; an approved class is no longer published. Raises Refused.

    Changes of it that are with the bureau are taken back with it: there is nothing left to change.
    The desk that reviews it is told.
    """
    require(actor, Action.FILING_FILE, _target(filing.institution))
    with transaction.atomic():
        locked = lock_with_original(filing)
        facts = FilingFacts(state=FilingState(locked.state), reason=reason)
        reasons = refusals(_WITHDRAW, facts)
        if reasons:
            raise Refused(reasons)
        changes = locked.amendments.select_for_update().filter(state__in=_IN_HAND)
        gone = [(one, one.state) for one in (locked, *changes)]
        for one, _state in gone:
            one.withdraw(at=at)
            one.save(update_fields=["state", "decided_at"])
        end_reviews([one for one, _state in gone], reason=reason.strip(), actor=actor, at=at)
        if facts.state in _SEEN_BY_THE_DESK:
            about = filing_subject(locked)
            tell_of_withdrawal(filing=locked, about=about, reason=reason, actor=actor, at=at)
        append_events(
            division=locked.division_id,
            actor=actor,
            drafts=[_withdrawal_of(one, state, reason) for one, state in gone],
            occurred_at=at,
        )
    return locked


def _withdrawal_of(filing: Filing, old: str, reason: str) -> EventDraft:
    return EventDraft(
        kind="filing.withdrawn",
        subject=filing_subject(filing),
        old={"state": old},
        new={"state": filing.state},
        reason=reason.strip(),
        basis=_WITHDRAW.basis,
    )


def lock_with_original(filing: Filing) -> Filing:
    """The filing locked; of a change its original first, which every change of it locks first."""
    if filing.amends_id is not None:
        Filing.objects.select_for_update().get(pk=filing.amends_id)
    return Filing.objects.select_for_update(of=("self",)).select_related("amends").get(pk=filing.pk)


def filing_subject(filing: Filing) -> Subject:
    """The filing as events name it."""
    return Subject(kind="filing", key=str(filing.public_id), label=filing.number)


def _target(institution: Institution) -> Target:
    return Target(division=institution.division_id, institution=str(institution.public_id))
