"""A draft handed in: as a class of its own, or as a change of an approved one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from institutions.core.filing_changes import ChangeFacts, change_number, change_refusals
from institutions.core.filing_states import TRANSITIONS, FilingFacts, FilingState, refusals
from institutions.models import Filing, FilingDraft, Institution
from institutions.selectors.filings_drafts import change_numbers, open_change_of
from institutions.selectors.filings_register import NEW_CLASS, filed_change, screen_class
from institutions.selectors.filings_screening import (
    Screened,
    local_day,
    screening_context,
)
from institutions.services.filings_cells import keep_cells, kept_findings, whole_cells
from institutions.services.filings_drafts import draft_subject, lock_open_draft, require_filing
from institutions.services.filings_numbers import take_numbers
from institutions.services.filings_submission import (
    filing_subject,
    fill_filing,
    held_digests,
    keep_on_filing,
)
from institutions.services.filings_upload import wrong_licence_of
from institutions.services.review_clocks import hold_review_clocks, start_review_clocks
from regulator.audit.services import append_event
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.outcomes import Refusal, Refused

_SUBMIT = TRANSITIONS["submit"]


@dataclass(frozen=True)
class _Ready:
    """A draft as it would be handed in: its whole cells, and what is found in them today."""

    draft: FilingDraft
    institution: Institution
    original: Filing | None
    cells: dict[str, str]
    screened: Screened


def submit_draft(*, draft: FilingDraft, actor: Actor, at: datetime) -> Filing:
    """Hand a draft in, screened under today's law; it becomes a filing with a number.

    A change gets the number of the filing that it amends, with which change of it this is. Raises
    Refused with every reason; the draft then stays as it was.
    """
    require_filing(draft.institution, actor)
    with transaction.atomic():
        ready = _ready(draft, at)
        found = _refusals(ready)
        if found:
            raise Refused(found)
        hold_review_clocks(draft.division_id)
        filing = _file(ready, at)
        start_review_clocks(filings=[filing], division=filing.division_id, at=at)
        ready.draft.filing = filing
        ready.draft.save(update_fields=["filing"])
        append_event(
            division=filing.division_id,
            actor=actor,
            kind="filing.submitted",
            subject=filing_subject(filing),
            old={"state": FilingState.DRAFT.value},
            new={
                "state": filing.state,
                "version": filing.version,
                "digest": filing.digest,
                "outcome": filing.outcome,
                "draft": draft_subject(draft).key,
                **({"amends": str(ready.original.public_id)} if ready.original else {}),
            },
            reason=filing.change_reason or filing.statement,
            basis=_SUBMIT.basis,
            occurred_at=at,
        )
    return filing


def _ready(draft: FilingDraft, at: datetime) -> _Ready:
    """The rows locked in their order: institution, filing, draft."""
    institution = Institution.objects.select_for_update().get(pk=draft.institution_id)
    original = None
    if draft.amends_id is not None:
        original = Filing.objects.select_for_update().get(pk=draft.amends_id)
    locked = lock_open_draft(draft)
    cells = whole_cells(locked)
    context = screening_context(locked.division_id, local_day(at))
    filed = NEW_CLASS if original is None else filed_change(original)
    screened = screen_class(1, cells, context, institution=institution, filed=filed)
    return _Ready(locked, institution, original, cells, screened)


def _refusals(ready: _Ready) -> list[Refusal]:
    draft, original, screened = ready.draft, ready.original, ready.screened
    is_readable = screened.row is not None
    breaches = [one["rule"] for one in screened.findings if one["outcome"] == "breach"]
    digest = canonical_digest(draft.cells)
    held = {} if original else held_digests(ready.institution, {digest})
    facts = FilingFacts(
        state=FilingState.DRAFT,
        is_readable=is_readable,
        breaches=tuple(dict.fromkeys(breaches)) if is_readable else (),
        reason=draft.statement,
        wrong_licence=wrong_licence_of(ready.institution, ready.cells),
        already_filed_as=held.get(digest, ""),
    )
    found = list(refusals(_SUBMIT, facts))
    if original is not None:
        found += change_refusals(
            ChangeFacts(
                state=FilingState(original.state),
                old=whole_cells(original),
                new=ready.cells,
                reason=draft.change_reason,
                open_change=open_change_of(original),
            )
        )
    return found


def _file(ready: _Ready, at: datetime) -> Filing:
    draft, original, screened = ready.draft, ready.original, ready.screened
    filing = Filing(division_id=draft.division_id, institution=ready.institution, amends=original)
    if original is None:
        filing.number = take_numbers(division=draft.division_id, count=1, at=at)[0]
    else:
        filing.number = change_number(original.number, change_numbers(original))
        filing.change_reason = draft.change_reason
    if screened.row is None:
        raise Refused(Refusal("filing.form_incomplete"))
    fill_filing(filing, screened.row, ready.institution)
    kept = keep_cells([ready.cells], subject=ready.institution.public_id)[0]
    findings = kept_findings(screened.findings, ready.cells)
    keep_on_filing(filing, kept, screened.outcome, findings)
    filing.screened_on = local_day(at)
    filing.submit(at=at, statement=draft.statement if filing.breach_count else "")
    filing.save()
    return filing
