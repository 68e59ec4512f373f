"""What an account's agreement brings: its documents, holds, freezes, another bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from fees.choices.texts import DOCUMENT_LABELS
from fees.core.account_documents import DocumentFile, file_refusals
from fees.core.escrow_states import SUPERVISION, TRANSITIONS, EscrowState, refusals
from fees.models import AccountDocument, AccountFreeze, EscrowAccount
from fees.selectors.accounts import SUBJECT_KIND
from fees.services.accounts import (
    AccountDraft,
    close_account,
    enter_account,
    record_agreement,
)
from fees.services.movements import transfer_ledger
from fees.services.records import (
    day_of,
    facts_of,
    lock_account,
    record_event,
    require_edit,
    snapshot,
)
from institutions.core.uploaded_documents import material_media_type
from regulator.adapters.storage import store_bytes
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class FreezeDraft:
    """What a court's or the police's document says; `amount_fen` 0 is the whole account."""

    authority: str
    document_number: str
    starts_on: date
    ends_before: date | None = None
    amount_fen: int = 0


def keep_document(
    account: EscrowAccount, file: DocumentFile, *, kind: str, actor: Actor, at: datetime
) -> AccountDocument:
    """Keep a paper of the account as it came, by its SHA-256. Raises Refused with every reason."""
    require_edit(actor, account.institution)
    media_type = material_media_type(file.data)
    found = list(file_refusals(file, media_type, limit_bytes=settings.UPLOAD_LIMIT_BYTES))
    if kind not in DOCUMENT_LABELS:
        found.append(Refusal("escrow.document_unknown"))
    if found:
        raise Refused(found)
    digest = store_bytes(file.data)
    with transaction.atomic():
        locked = lock_account(account)
        kept = AccountDocument.objects.create(
            escrow=locked,
            kind=kind,
            file_name=file.name[:200],
            media_type=media_type,
            size_bytes=len(file.data),
            sha256=digest,
            kept_by=actor.name,
            kept_at=at,
        )
        new = {"document": kind, "file": kept.file_name, "sha256": digest}
        _tell(locked, "escrow.document_kept", new, actor=actor, at=at)
    return kept


def sign_agreement(
    account: EscrowAccount,
    file: DocumentFile,
    *,
    agreement_number: str,
    agreed_on: date | None,
    actor: Actor,
    at: datetime,
) -> EscrowAccount:
    """Record the tripartite agreement together with its scan, or neither. Raises Refused."""
    with transaction.atomic():
        keep_document(account, file, kind="tripartite_agreement", actor=actor, at=at)
        return record_agreement(
            account,
            agreement_number=agreement_number,
            agreed_on=agreed_on,
            actor=actor,
            at=at,
        )


def hold_releases(
    account: EscrowAccount, *, clause: str, reason: str, actor: Actor, at: datetime
) -> EscrowAccount:
    """Stop every payment to the institution under a clause of the agreement. Raises Refused.

    Refunds to parents go on. A bureau cannot freeze deposits: that is `record_freeze`.
    """
    require_edit(actor, account.institution)
    move = TRANSITIONS["hold"]
    with transaction.atomic():
        locked = lock_account(account)
        facts = facts_of(
            locked,
            on=day_of(at),
            agreement_number=locked.agreement_number,
            clause=clause,
            reason=reason,
        )
        _refuse(refusals(move, facts))
        old = snapshot(locked)
        locked.hold(on=day_of(at), clause=clause.strip(), reason=reason.strip())
        locked.save(update_fields=["state", "held_on", "hold_clause", "hold_reason"])
        record_event(
            locked,
            kind="escrow.held",
            actor=actor,
            at=at,
            old=old,
            reason=reason,
            basis=move.basis,
        )
    return locked


def lift_hold(account: EscrowAccount, *, reason: str, actor: Actor, at: datetime) -> EscrowAccount:
    """Let the institution be paid again, with a reason. Raises Refused."""
    require_edit(actor, account.institution)
    move = TRANSITIONS["lift"]
    with transaction.atomic():
        locked = lock_account(account)
        _refuse(refusals(move, facts_of(locked, on=day_of(at), reason=reason)))
        old = snapshot(locked)
        locked.lift()
        locked.save(update_fields=["state", "held_on", "hold_clause", "hold_reason"])
        record_event(locked, kind="escrow.lifted", actor=actor, at=at, old=old, reason=reason)
    return locked


def record_freeze(
    account: EscrowAccount, draft: FreezeDraft, file: DocumentFile, *, actor: Actor, at: datetime
) -> AccountFreeze:
    """Record what a court or the police froze, with its document. Raises Refused."""
    require_edit(actor, account.institution)
    _refuse(_freeze_faults(draft))
    with transaction.atomic():
        document = keep_document(account, file, kind="freeze_order", actor=actor, at=at)
        frozen = AccountFreeze.objects.create(
            escrow=document.escrow,
            authority=draft.authority.strip(),
            document_number=draft.document_number.strip(),
            amount_fen=draft.amount_fen,
            starts_on=draft.starts_on,
            ends_before=draft.ends_before,
            document=document,
            recorded_by=actor.name,
            recorded_at=at,
        )
        new = {
            "authority": frozen.authority,
            "document_number": frozen.document_number,
            "amount_fen": frozen.amount_fen,
            "starts_on": frozen.starts_on,
            "ends_before": frozen.ends_before,
        }
        _tell(document.escrow, "escrow.freeze_recorded", new, actor=actor, at=at)
    return frozen


def end_freeze(
    freeze: AccountFreeze, *, document_number: str, ended_on: date, actor: Actor, at: datetime
) -> AccountFreeze:
    """Record that the authority lifted its freeze, by which document. Raises Refused."""
    require_edit(actor, freeze.escrow.institution)
    with transaction.atomic():
        account = lock_account(freeze.escrow)
        locked = AccountFreeze.objects.select_for_update().get(pk=freeze.pk)
        found = []
        if locked.ended_on is not None:
            found.append(Refusal("escrow.freeze_ended_already"))
        if not document_number.strip():
            found.append(Refusal("escrow.order_missing"))
        if ended_on < locked.starts_on:
            found.append(Refusal("escrow.freeze_dates"))
        _refuse(found)
        locked.ended_on, locked.end_document = ended_on, document_number.strip()
        locked.save(update_fields=["ended_on", "end_document"])
        new = {"document_number": locked.end_document, "ended_on": ended_on}
        _tell(account, "escrow.freeze_ended", new, actor=actor, at=at)
    return locked


def begin_bank_change(
    account: EscrowAccount,
    draft: AccountDraft,
    file: DocumentFile,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
) -> EscrowAccount:
    """Register the account at the new bank beside the old one, with the change's document.

    It is agreed and activated as any other; then `complete_bank_change` moves the money and the
    contracts. Raises Refused with every reason.
    """
    require_edit(actor, account.institution)
    with transaction.atomic():
        locked = lock_account(account)
        _refuse(_change_faults(locked, reason))
        incoming = enter_account(
            locked.institution, locked.kind, draft, replaces=locked, actor=actor, at=at
        )
        keep_document(incoming, file, kind="bank_change", actor=actor, at=at)
        new = {"replaces": locked.masked_number}
        _tell(incoming, "escrow.change_begun", new, reason=reason, actor=actor, at=at)
    return incoming


def complete_bank_change(
    account: EscrowAccount, *, reason: str, actor: Actor, at: datetime
) -> EscrowAccount:
    """Move everything from the account that this one replaces, and close that. Raises Refused."""
    require_edit(actor, account.institution)
    old = account.replaces
    if old is None or not account.is_incoming:
        raise Refused(Refusal("escrow.change_not_incoming"))
    with transaction.atomic():
        if EscrowAccount.objects.values_list("state", flat=True).get(pk=old.pk) == "held":
            raise Refused(Refusal("escrow.change_held"))
        transfer_ledger(
            source=old,
            target=account,
            key=f"change:{account.pk}",
            booked_on=day_of(at),
            actor=actor,
            at=at,
        )
        close_account(old, reason=reason, actor=actor, at=at)
        locked = lock_account(account)
        locked.is_incoming = False
        locked.save(update_fields=["is_incoming"])
        new = {"replaces": old.masked_number}
        _tell(locked, "escrow.change_completed", new, reason=reason, actor=actor, at=at)
    return locked


def record_document_read(document: AccountDocument, *, actor: Actor, at: datetime) -> None:
    """Keep who opened a paper of an account; inside a transaction of its own."""
    with transaction.atomic():
        new = {"document": document.kind, "sha256": document.sha256}
        _tell(document.escrow, "escrow.document_read", new, actor=actor, at=at)


def _freeze_faults(draft: FreezeDraft) -> list[Refusal]:
    found = []
    if not draft.authority.strip():
        found.append(Refusal("escrow.authority_missing"))
    if not draft.document_number.strip():
        found.append(Refusal("escrow.order_missing"))
    if draft.amount_fen < 0:
        found.append(Refusal("escrow.freeze_amount"))
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        found.append(Refusal("escrow.freeze_dates"))
    return found


def _change_faults(account: EscrowAccount, reason: str) -> list[Refusal]:
    found = []
    if account.state != EscrowState.ACTIVE.value:
        found.append(Refusal("escrow.change_source", {"escrow_state": account.state}))
    begun = EscrowAccount.objects.filter(replaces=account).exclude(state="closed").first()
    if begun is not None:
        found.append(Refusal("escrow.change_under_way", {"account": str(begun)}))
    if not reason.strip():
        found.append(Refusal("escrow.reason_missing"))
    return found


def _tell(
    account: EscrowAccount,
    kind: str,
    new: Mapping[str, Any],
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    append_event(
        division=account.institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, str(account.public_id), account.institution.name),
        new=dict(new),
        reason=reason.strip(),
        basis=SUPERVISION,
        occurred_at=at,
    )


def _refuse(faults: list[Refusal] | tuple[Refusal, ...]) -> None:
    if faults:
        raise Refused(faults)
