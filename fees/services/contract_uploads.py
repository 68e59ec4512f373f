"""A list of contracts handed in: sealed, read by a job, handed back, erased."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from fees.core.contract_rows import LAYOUT
from fees.core.contract_tables import ContractTable, table_of
from fees.models import ContractUpload, EscrowAccount
from fees.selectors.contract_uploads import (
    RETURNED_ROWS,
    outcome_counts,
    rows_with,
    uploaded_before,
    uploads_due,
)
from fees.services.contracts import require_keep
from fees.services.records import day_of
from institutions.choices.exchange import CONTRACT_TARGET
from institutions.models import ColumnMapping, Institution
from institutions.services.filings_mappings import FilingMappingDraft, save_filing_mapping
from regulator.adapters.storage import read_stored, store_bytes
from regulator.audit.services import Subject, append_event
from regulator.database.sealing import erase_subject, open_text, seal_text
from regulator.jobs.services import enqueue
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refusal, Refused

IMPORT_JOB = "fees.import_contracts"
KEPT_DAYS = 30
_TITLE = gettext_noop("登记培训合同表")


def upload_contracts(
    *,
    escrow: EscrowAccount,
    file_name: str,
    file_sha256: str,
    table: ContractTable,
    mapping: ColumnMapping | None,
    actor: Actor,
    at: datetime,
) -> tuple[ContractUpload, bool]:
    """Keep a list sealed, and queue its reading where its columns are known.

    Returns the upload and whether it is new: the same file again is the one that is there. Raises
    Refused.
    """
    institution = escrow.institution
    require_keep(actor, institution)
    before = uploaded_before(institution, file_sha256)
    if before is not None:
        return before, False
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        before = uploaded_before(institution, file_sha256)
        if before is not None:
            return before, False
        upload = ContractUpload(
            institution=institution,
            escrow=escrow,
            file_name=file_name[-200:],
            file_sha256=file_sha256,
            row_count=len(table.rows),
            mapping=mapping,
            uploaded_by=actor.name,
            uploaded_at=at,
            erase_on=day_of(at) + timedelta(days=KEPT_DAYS),
        )
        text = json.dumps(table.as_json(), ensure_ascii=False)
        upload.sealed_sha256 = store_bytes(seal_text(text, subject=upload.public_id).encode())
        upload.save()
        if table.is_ours or mapping is not None:
            _queue(upload, actor, at)
        new = {"file_sha256": file_sha256, "rows": upload.row_count}
        _tell(upload, "contracts.uploaded", new, actor, at)
    return upload, True


def choose_columns(
    upload: ContractUpload, *, draft: FilingMappingDraft, actor: Actor, at: datetime
) -> ContractUpload:
    """Save what each column of the list is, and queue its reading. Raises Refused."""
    institution = upload.institution
    require_keep(actor, institution)
    mapping = save_filing_mapping(
        division=institution.division_id,
        institution=institution,
        draft=draft,
        actor=actor,
        at=at,
        target=CONTRACT_TARGET,
        layout=LAYOUT,
    )
    with transaction.atomic():
        locked = _locked(upload)
        if locked.state != "columns":
            raise Refused(Refusal("contract_upload.ended"))
        locked.mapping = mapping
        locked.save(update_fields=["mapping"])
        _queue(locked, actor, at)
        _tell(locked, "contracts.uploaded", {"mapping": str(mapping)}, actor, at)
    return locked


def try_again(upload: ContractUpload, *, actor: Actor, at: datetime) -> ContractUpload:
    """Queue the rows that came back once more, against today's record. Raises Refused."""
    require_keep(actor, upload.institution)
    with transaction.atomic():
        locked = _locked(upload)
        if locked.state != "done":
            raise Refused(Refusal("contract_upload.running"))
        if locked.erased_on is not None:
            raise Refused(Refusal("contract_upload.erased"))
        counts = outcome_counts(locked)
        left = sum(counts.get(outcome, 0) for outcome in RETURNED_ROWS)
        if not left:
            raise Refused(Refusal("contract_upload.nothing_left"))
        locked.attempt += 1
        locked.save(update_fields=["attempt"])
        _queue(locked, actor, at)
        _tell(locked, "contracts.tried_again", {"rows": left}, actor, at)
    return locked


def opened_table(upload: ContractUpload) -> ContractTable:
    """The list as it was read. Raises Refused once it was erased; a view of it is an event."""
    if upload.erased_on is not None:
        raise Refused(Refusal("contract_upload.erased"))
    return table_of(json.loads(open_text(read_stored(upload.sealed_sha256).decode())))


def hand_back_rows(
    upload: ContractUpload, *, actor: Actor, at: datetime
) -> tuple[ContractTable, list[tuple[Sequence[str], list[Refusal]]]]:
    """The rows that came back as the institution wrote them, each with its reasons; told to the
    chain. Raises Refused."""
    require_keep(actor, upload.institution)
    table = opened_table(upload)
    cells = dict(table.rows)
    with transaction.atomic():
        returned: list[tuple[Sequence[str], list[Refusal]]] = [
            (cells[row.row_number], refusals_of(row.reasons))
            for row in rows_with(upload, RETURNED_ROWS)
        ]
        _tell(upload, "contracts.rows_handed_back", {"rows": len(returned)}, actor, at)
    return table, returned


def refusals_of(reasons: Sequence[tuple[str, Mapping[str, Any], str]]) -> list[Refusal]:
    """Reasons as they were kept: code, params, remedy."""
    return [Refusal(code, params, None, remedy) for code, params, remedy in reasons]


def finish_import(*, upload: ContractUpload, actor: Actor, at: datetime) -> None:
    """Mark the list as read; inside the job's last transaction."""
    ContractUpload.objects.filter(pk=upload.pk).update(state="done")
    _tell(upload, "contracts.imported", {"outcomes": outcome_counts(upload)}, actor, at)


def erase_due_uploads(*, at: datetime) -> int:
    """Erase the sealed lists that are due; returns how many. A list under way waits a night."""
    erased = 0
    for upload in uploads_due(day_of(at)).exclude(state="reading"):
        with transaction.atomic():
            locked = _locked(upload)
            if locked.erased_on is not None or locked.state == "reading":
                continue
            erase_subject(locked.public_id)
            locked.erased_on = day_of(at)
            locked.save(update_fields=["erased_on"])
            _tell(locked, "contracts.upload_erased", {}, SYSTEM, at)
            erased += 1
    return erased


def _queue(upload: ContractUpload, actor: Actor, at: datetime) -> None:
    upload.state = "reading"
    upload.job = enqueue(
        kind=IMPORT_JOB,
        division=upload.institution.division_id,
        params={"upload": str(upload.public_id)},
        actor=actor,
        at=at,
        title=_TITLE,
        page=f"/portal/contracts/uploads/{upload.public_id}/",
    )
    upload.save(update_fields=["state", "job"])


def _locked(upload: ContractUpload) -> ContractUpload:
    rows = ContractUpload.objects.select_for_update(of=("self",))
    return rows.select_related("institution", "escrow__institution").get(pk=upload.pk)


def upload_subject(upload: ContractUpload) -> Subject:
    """How the chain names a list: by its day, since a file's name may be somebody's."""
    return Subject("contract_upload", str(upload.public_id), f"{day_of(upload.uploaded_at)}")


def _tell(
    upload: ContractUpload, kind: str, new: Mapping[str, object], actor: Actor, at: datetime
) -> None:
    append_event(
        division=upload.institution.division_id,
        actor=actor,
        kind=kind,
        subject=upload_subject(upload),
        new=new,
        occurred_at=at,
    )
