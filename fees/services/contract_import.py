"""The rows of a list of contracts: each entered as a single contract is, or handed back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from fees.core.contract_rows import CLASS, ContractRow, read_contract_row, term_differences
from fees.models import Contract, ContractUpload, ContractUploadRow
from fees.selectors.contract_uploads import NamedClasses
from fees.services.contract_entry import (
    ContextOn,
    ContractDraft,
    entry_faults,
    keep_contract,
    pupil_key,
)
from fees.services.contract_uploads import upload_subject
from fees.services.contracts import open_personal_part, require_keep
from fees.services.records import day_of
from fees.services.sales import is_judged, keep_refused_sale
from institutions.models import Filing, Institution
from institutions.selectors.filings_screening import screening_context
from regulator.audit.services import EventDraft, append_events
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_row_bytes, sha256_hex
from regulator.kernel.outcomes import Refusal

Outcome = tuple[str, Contract | None, Sequence[Refusal]]
NumberedCells = tuple[int, Mapping[str, str]]
_REMEDY = "contract_row.remedy_differs"


@dataclass
class _Chunk:
    """What one transaction works with, and what it will tell the chain in the end."""

    upload: ContractUpload
    institution: Institution
    classes: NamedClasses
    context_on: ContextOn
    actor: Actor
    at: datetime
    drafts: list[EventDraft] = field(default_factory=list)


def import_rows(
    *, upload: ContractUpload, rows: Sequence[NumberedCells], actor: Actor, at: datetime
) -> None:
    """Enter the rows that may be entered and keep why the others may not; inside the job's chunk.

    A contract that is there already is never changed: the same again is told so, another is a
    conflict. Every event is appended at the end, when all other locks are held.
    """
    require_keep(actor, upload.institution)
    institution = Institution.objects.select_for_update().get(pk=upload.institution_id)
    read = [(number, read_contract_row(cells)) for number, cells in rows]
    classes = NamedClasses(institution, [cells[CLASS] for _number, cells in rows])
    chunk = _Chunk(upload, institution, classes, _contexts(), actor, at)
    kept = []
    for (number, one), (_number, cells) in zip(read, rows, strict=True):
        outcome, contract, refusals = _entered(chunk, one, cells)
        reasons = [[refusal.code, _as_json(refusal), refusal.remedy] for refusal in refusals]
        row, _made = ContractUploadRow.objects.update_or_create(
            upload=upload,
            row_number=number,
            defaults={
                "outcome": outcome,
                "contract": contract,
                "reasons": reasons,
                "attempt": upload.attempt,
            },
        )
        kept.append(row)
    chunk.drafts.append(_told(upload, kept))
    append_events(
        division=institution.division_id, actor=actor, drafts=chunk.drafts, occurred_at=at
    )


def _contexts() -> ContextOn:
    """The division's law by day, read once for the chunk."""
    return cache(screening_context)


def _entered(
    chunk: _Chunk, row: ContractRow | tuple[Refusal, ...], cells: Mapping[str, str]
) -> Outcome:
    found = chunk.classes.named(cells[CLASS])
    unnamed = _class_faults(found)
    if not isinstance(row, ContractRow):
        return "refused", None, [*row, *(unnamed if cells[CLASS].strip() else ())]
    held = Contract.objects.filter(institution=chunk.institution, number=row.number)
    contract = held.select_related("filing", "institution").first()
    if contract is not None:
        return _compared(contract, row, found)
    if unnamed:
        return "refused", None, unnamed
    return _sold(chunk, _draft(row, found[0]))


def _class_faults(found: Sequence[Filing]) -> list[Refusal]:
    """Why a cell names no class, or more than one."""
    if not found:
        return [Refusal("contract_row.class_unknown")]
    return [Refusal("contract_row.class_ambiguous", {"count": len(found)})] if found[1:] else []


def _sold(chunk: _Chunk, draft: ContractDraft) -> Outcome:
    escrow = chunk.upload.escrow
    faults = entry_faults(
        institution=chunk.institution,
        escrow=escrow,
        draft=draft,
        on=day_of(chunk.at),
        context_on=chunk.context_on,
    )
    if not faults:
        contract, told = keep_contract(institution=chunk.institution, escrow=escrow, draft=draft)
        chunk.drafts.append(told)
        return "added", contract, ()
    if is_judged(faults):
        refused = keep_refused_sale(
            escrow=escrow, draft=draft, refusals=faults, actor=chunk.actor, at=chunk.at
        )
        chunk.drafts += [] if refused is None else [refused]
    return "refused", None, faults


def _draft(row: ContractRow, filing: Filing) -> ContractDraft:
    return ContractDraft(**(asdict(row) | {"filing": filing}))


def _compared(contract: Contract, row: ContractRow, found: Sequence[Filing]) -> Outcome:
    """A contract with this number is there: the same again, or a conflict. Nothing is changed."""
    stated = asdict(row)
    stated["filing"] = found[0].number if len(found) == 1 else row.filing
    ours: dict[str, object] = {name: getattr(contract, name) for name in stated if name != "filing"}
    ours["filing"] = contract.filing.number
    refusals = []
    differences = term_differences(ours, stated)
    if differences:
        params = {"number": contract.number, "differences": "；".join(differences)}
        refusals.append(Refusal("contract_row.differs", params, None, _REMEDY))
    if contract.erased_on is None and not _same_people(contract, row):
        params = {"number": contract.number}
        refusals.append(Refusal("contract_row.other_people", params, None, _REMEDY))
    return ("conflict" if refusals else "kept"), contract, refusals


def _same_people(contract: Contract, row: ContractRow) -> bool:
    """Compared in memory; what differs is never said."""
    key = pupil_key(contract.institution, row.pupil_name, row.guardian_phone)
    guardian = open_personal_part(contract).guardian_name
    return contract.pupil_index == key and guardian == row.guardian_name


def _as_json(refusal: Refusal) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in refusal.params.items()
    }


def _told(upload: ContractUpload, rows: Sequence[ContractUploadRow]) -> EventDraft:
    said: list[list[Any]] = [[row.row_number, row.outcome, row.contract_id or 0] for row in rows]
    return EventDraft(
        "contracts.rows_imported",
        upload_subject(upload),
        new={"outcomes": dict(Counter(row.outcome for row in rows))},
        row_count=len(rows),
        rows_digest=sha256_hex(canonical_row_bytes(said)),
    )
