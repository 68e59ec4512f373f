"""Classes that are being written: begun, saved as they stand, discarded and found again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from institutions.core.filing_cells import LICENCE_NUMBER, MOST_CELL_CHARACTERS
from institutions.core.filing_changes import opening_refusals
from institutions.core.filing_copies import copied_cells
from institutions.core.filing_states import FilingState
from institutions.core.screening.rows import HEADERS
from institutions.models import Filing, FilingDraft, Institution
from institutions.selectors.filings_drafts import open_change_of, own_number
from institutions.selectors.filings_said import screen_draft
from institutions.selectors.filings_screening import local_day
from institutions.services.filings_cells import keep_cells, kept_findings, merged_cells, whole_cells
from institutions.services.filings_upload import wrong_licence_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

MOST_DRAFTS = 200
DRAFT_SUBJECT = "filing_draft"


def begin_draft(
    *,
    institution: Institution,
    cells: Mapping[str, str],
    statement: str = "",
    actor: Actor,
    at: datetime,
) -> FilingDraft:
    """A new class with whatever has been typed, whole or not. Raises Refused."""
    require_filing(institution, actor)
    typed = {header: cells.get(header, "").strip() for header in HEADERS}
    draft = FilingDraft(statement=statement.strip())
    return _begin(draft, institution, typed, actor=actor, at=at)


def blank_cells(institution: Institution) -> dict[str, str]:
    """An empty class, but for the institution's own number."""
    return dict.fromkeys(HEADERS, "") | {LICENCE_NUMBER: own_number(institution)}


def copy_filing(*, filing: Filing, actor: Actor, at: datetime) -> FilingDraft:
    """再开一期: a draft of the next term of an earlier class, its dates empty. Raises Refused."""
    require_filing(filing.institution, actor)
    cells = copied_cells(whole_cells(filing))
    draft = FilingDraft(copied_from=filing)
    return _begin(draft, filing.institution, cells, actor=actor, at=at)


def draft_change(*, filing: Filing, actor: Actor, at: datetime) -> FilingDraft:
    """变更: a draft of what an approved class is to become, or the one that is being written.

    The approved filing stands as it is. Raises Refused where it is not approved, or a change of it
    is with the bureau already.
    """
    require_filing(filing.institution, actor)
    with transaction.atomic():
        locked = Filing.objects.select_for_update().get(pk=filing.pk)
        begun = FilingDraft.objects.filter(
            amends=locked, discarded_at__isnull=True, filing__isnull=True
        ).first()
        if begun is not None:
            return begun
        refused = opening_refusals(FilingState(locked.state), open_change_of(locked))
        if refused:
            raise Refused(refused)
        draft = FilingDraft(amends=locked)
        return _begin(draft, filing.institution, whole_cells(locked), actor=actor, at=at)


def _begin(
    draft: FilingDraft,
    institution: Institution,
    cells: Mapping[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> FilingDraft:
    _refuse_too_long(cells)
    with transaction.atomic():
        # The institution's row is the lock of how many drafts it has.
        Institution.objects.select_for_update().get(pk=institution.pk)
        held = institution.filing_drafts.filter(discarded_at__isnull=True, filing__isnull=True)
        if held.count() >= MOST_DRAFTS:
            raise Refused(Refusal("filing.too_many_drafts", {"limit": MOST_DRAFTS}))
        draft.division_id, draft.institution = institution.division_id, institution
        draft.begun_at = at
        _write(draft, cells, actor=actor, at=at)
        draft.save()
        _record(draft, "filing.draft_begun", actor=actor, at=at)
    return draft


def save_draft(
    *,
    draft: FilingDraft,
    cells: Mapping[str, str],
    statement: str = "",
    change_reason: str = "",
    actor: Actor,
    at: datetime,
) -> FilingDraft:
    """Keep a draft as it stands, even incomplete or in breach; it is screened under today's law.

    Raises Refused where it is another institution's, was handed in or discarded, or a cell is
    longer than a sheet's own.
    """
    require_filing(draft.institution, actor)
    _refuse_too_long(cells)
    with transaction.atomic():
        locked = lock_open_draft(draft)
        old = locked.cells
        _write(locked, merged_cells(locked, cells), actor=actor, at=at)
        locked.statement, locked.change_reason = statement.strip(), change_reason.strip()[:500]
        locked.save()
        changed = [name for name in HEADERS if old.get(name) != locked.cells.get(name)]
        _record(locked, "filing.draft_saved", actor=actor, at=at, changed=changed)
    return locked


def discard_draft(*, draft: FilingDraft, actor: Actor, at: datetime) -> FilingDraft:
    """Put a draft away; it can be found again. Raises Refused."""
    require_filing(draft.institution, actor)
    with transaction.atomic():
        locked = lock_open_draft(draft)
        locked.discarded_at = at
        locked.save(update_fields=["discarded_at"])
        _record(locked, "filing.draft_discarded", actor=actor, at=at)
    return locked


def restore_draft(*, draft: FilingDraft, actor: Actor, at: datetime) -> FilingDraft:
    """Take a discarded draft up again, as it was. Raises Refused."""
    require_filing(draft.institution, actor)
    with transaction.atomic():
        locked = FilingDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.discarded_at is None or locked.filing_id is not None:
            raise Refused(Refusal("filing.draft_not_discarded"))
        locked.discarded_at = None
        locked.save(update_fields=["discarded_at"])
        _record(locked, "filing.draft_restored", actor=actor, at=at)
    return locked


def lock_open_draft(draft: FilingDraft) -> FilingDraft:
    """The draft's row locked. Raises Refused once it was handed in or discarded."""
    locked = FilingDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not locked.is_open:
        raise Refused(Refusal("filing.draft_closed"))
    return locked


def require_filing(institution: Institution, actor: Actor) -> None:
    """Raises Refused unless the actor files for this very institution."""
    target = Target(division=institution.division_id, institution=str(institution.public_id))
    require(actor, Action.FILING_FILE, target)


def draft_subject(draft: FilingDraft) -> Subject:
    """The draft as events name it."""
    return Subject(DRAFT_SUBJECT, str(draft.public_id), draft.cells.get("班级名称", "")[:120])


def _write(draft: FilingDraft, cells: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """The draft's cells and what the screening says of them; not saved."""
    institution = draft.institution
    kept = keep_cells([cells], subject=institution.public_id)[0]
    screened = screen_draft(
        institution,
        cells,
        certificate_index=kept.certificate_index,
        amends=draft.amends,
        on=local_day(at),
    )
    draft.cells, draft.certificate = kept.cells, kept.certificate
    draft.certificate_index = kept.certificate_index
    draft.outcome = screened.outcome
    draft.findings = kept_findings(screened.findings, cells)
    draft.wrong_licence = wrong_licence_of(institution, cells)
    draft.saved_by, draft.saved_at = actor.name, at


def _refuse_too_long(cells: Mapping[str, str]) -> None:
    found = [
        Refusal(
            "filing.cell_too_long",
            {"header": header, "length": len(text), "limit": MOST_CELL_CHARACTERS},
        )
        for header, text in cells.items()
        if len(text) > MOST_CELL_CHARACTERS
    ]
    if found:
        raise Refused(found)


def _record(
    draft: FilingDraft,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    changed: list[str] | None = None,
) -> None:
    new: dict[str, Any] = {"outcome": draft.outcome}
    if changed is not None:
        new["changed"] = changed
    if draft.amends_id is not None:
        new["amends"] = str(draft.amends.public_id) if draft.amends else ""
    append_event(
        division=draft.division_id,
        actor=actor,
        kind=kind,
        subject=draft_subject(draft),
        new=new,
        occurred_at=at,
    )
