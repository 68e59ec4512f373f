"""An escrow account's way: opened, agreed, active, published, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fees.core.account_numbers import last_four, read_account_number
from fees.core.escrow_states import (
    PUBLICATION,
    SUPERVISION,
    TRANSITIONS,
    EscrowState,
    publication_refusals,
    refusals,
)
from fees.core.ledger.accounts import LedgerKind
from fees.models import EscrowAccount, LedgerAccount
from fees.services.records import (
    day_of,
    facts_of,
    lock_account,
    record_event,
    require_edit,
    snapshot,
)
from institutions.models import Institution
from regulator.database.sealing import blind_index, open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_CLOSED_INSTITUTION = "closed"
_NUMBER_PURPOSE = "fees.escrow_account"


@dataclass(frozen=True)
class AccountDraft:
    """What is entered of an account; `account_number` as written, or empty until the bank says."""

    bank_name: str
    branch_name: str = ""
    account_number: str = ""


def open_account(
    *,
    institution: Institution,
    kind: str,
    draft: AccountDraft,
    actor: Actor,
    at: datetime,
) -> EscrowAccount:
    """Register an account of an institution; `kind` is a code of `AccountKind`.

    Raises Refused with every reason: the kind is open already, the number is taken or none.
    """
    require_edit(actor, institution)
    with transaction.atomic():
        return enter_account(institution, kind, draft, replaces=None, actor=actor, at=at)


def enter_account(
    institution: Institution,
    kind: str,
    draft: AccountDraft,
    *,
    replaces: EscrowAccount | None,
    actor: Actor,
    at: datetime,
) -> EscrowAccount:
    """Write a new account inside the caller's transaction; one that `replaces` stands beside it.

    Raises Refused with every reason.
    """
    locked = Institution.objects.select_for_update().get(pk=institution.pk)
    _refuse(_opening_faults(locked, kind, replaces=replaces) + _draft_faults(draft, besides=None))
    account = EscrowAccount(
        institution=locked,
        kind=kind,
        opened_on=day_of(at),
        replaces=replaces,
        is_incoming=replaces is not None,
    )
    _fill(account, draft)
    account.save()
    record_event(account, kind="escrow.opened", actor=actor, at=at, basis=SUPERVISION)
    return account


def correct_account(
    account: EscrowAccount, draft: AccountDraft, *, reason: str, actor: Actor, at: datetime
) -> EscrowAccount:
    """Correct bank, branch or number; an empty number leaves the registered one. Raises Refused."""
    require_edit(actor, account.institution)
    with transaction.atomic():
        locked = lock_account(account)
        faults = _draft_faults(draft, besides=locked)
        if locked.state == EscrowState.CLOSED.value:
            faults.append(Refusal("escrow.closed_account"))
        if not reason.strip():
            faults.append(Refusal("escrow.reason_missing"))
        _refuse(faults)
        old = snapshot(locked)
        _fill(locked, draft)
        if snapshot(locked) == old:
            raise Refused(Refusal("escrow.no_change"))
        locked.save(
            update_fields=[
                "bank_name",
                "branch_name",
                "account_number",
                "number_index",
                "last_four",
            ]
        )
        record_event(locked, kind="escrow.corrected", actor=actor, at=at, old=old, reason=reason)
    return locked


def record_agreement(
    account: EscrowAccount,
    *,
    agreement_number: str,
    agreed_on: date | None,
    actor: Actor,
    at: datetime,
) -> EscrowAccount:
    """Record the tripartite agreement of institution, education authority and bank."""
    require_edit(actor, account.institution)
    move = TRANSITIONS["agree"]
    with transaction.atomic():
        locked = lock_account(account)
        facts = facts_of(
            locked, on=day_of(at), agreement_number=agreement_number, agreed_on=agreed_on
        )
        _refuse(refusals(move, facts))
        old = snapshot(locked)
        locked.agree(number=agreement_number.strip(), on=agreed_on)
        locked.save(update_fields=["state", "agreement_number", "agreed_on"])
        record_event(locked, kind="escrow.agreed", actor=actor, at=at, old=old, basis=move.basis)
    return locked


def activate_account(account: EscrowAccount, *, actor: Actor, at: datetime) -> EscrowAccount:
    """Put the account under supervision: fees go through it from that day."""
    require_edit(actor, account.institution)
    move = TRANSITIONS["activate"]
    with transaction.atomic():
        locked = lock_account(account)
        _refuse(refusals(move, facts_of(locked, on=day_of(at))))
        old = snapshot(locked)
        locked.activate(on=day_of(at))
        locked.save(update_fields=["state", "active_on"])
        record_event(locked, kind="escrow.activated", actor=actor, at=at, old=old, basis=move.basis)
    return locked


def publish_account(account: EscrowAccount, *, actor: Actor, at: datetime) -> EscrowAccount:
    """Show the account, its number masked, on the institution's public page."""
    require_edit(actor, account.institution)
    with transaction.atomic():
        locked = lock_account(account)
        _refuse(publication_refusals(facts_of(locked, on=day_of(at))))
        old = snapshot(locked)
        locked.published_on = day_of(at)
        locked.save(update_fields=["published_on"])
        record_event(
            locked, kind="escrow.published", actor=actor, at=at, old=old, basis=PUBLICATION
        )
    return locked


def unpublish_account(
    account: EscrowAccount, *, reason: str, actor: Actor, at: datetime
) -> EscrowAccount:
    """Take the account off the public page, with a reason. Raises Refused."""
    require_edit(actor, account.institution)
    with transaction.atomic():
        locked = lock_account(account)
        faults = [] if reason.strip() else [Refusal("escrow.reason_missing")]
        if not locked.is_published:
            faults.append(Refusal("escrow.not_published"))
        _refuse(faults)
        old = snapshot(locked)
        locked.published_on = None
        locked.save(update_fields=["published_on"])
        record_event(locked, kind="escrow.unpublished", actor=actor, at=at, old=old, reason=reason)
    return locked


def close_account(
    account: EscrowAccount, *, reason: str, actor: Actor, at: datetime
) -> EscrowAccount:
    """Close the account with a reason; it leaves the public page too."""
    require_edit(actor, account.institution)
    move = TRANSITIONS["close"]
    with transaction.atomic():
        locked = lock_account(account)
        bank = LedgerAccount.objects.filter(escrow=locked, kind=LedgerKind.BANK.value)
        balance_fen = bank.values_list("balance_fen", flat=True).first() or 0
        facts = facts_of(locked, on=day_of(at), reason=reason, balance_fen=balance_fen)
        _refuse(refusals(move, facts))
        old = snapshot(locked)
        locked.close(on=day_of(at), reason=reason.strip())
        locked.save(update_fields=["state", "closed_on", "closing_reason", "published_on"])
        record_event(
            locked,
            kind="escrow.closed",
            actor=actor,
            at=at,
            old=old,
            reason=reason,
            basis=move.basis,
        )
    return locked


def read_number(account: EscrowAccount, *, reason: str, actor: Actor, at: datetime) -> str:
    """The whole account number, for a named purpose that the chain keeps. Raises Refused."""
    require_edit(actor, account.institution)
    if not reason.strip():
        raise Refused(Refusal("escrow.reason_missing"))
    with transaction.atomic():
        locked = lock_account(account)
        record_event(
            locked,
            kind="escrow.number_read",
            actor=actor,
            at=at,
            old=snapshot(locked),
            reason=reason,
        )
    return open_text(locked.account_number)


def _opening_faults(
    institution: Institution, kind: str, *, replaces: EscrowAccount | None
) -> list[Refusal]:
    faults: list[Refusal] = []
    if institution.status == _CLOSED_INSTITUTION:
        faults.append(Refusal("escrow.institution_closed"))
    open_ones = EscrowAccount.objects.filter(institution=institution, kind=kind)
    if replaces is not None:
        open_ones = open_ones.exclude(pk=replaces.pk)
    if open_ones.exclude(state=EscrowState.CLOSED.value).exists():
        faults.append(Refusal("escrow.kind_open", {"escrow_kind": kind}))
    return faults


def _draft_faults(draft: AccountDraft, *, besides: EscrowAccount | None) -> list[Refusal]:
    faults: list[Refusal] = []
    if not draft.bank_name.strip():
        faults.append(Refusal("escrow.bank_missing"))
    if not draft.account_number.strip():
        return faults
    number = read_account_number(draft.account_number)
    if number is None:
        faults.append(Refusal("escrow.number_unreadable"))
    elif _is_taken(number, besides):
        faults.append(Refusal("escrow.number_taken", {}, SUPERVISION))
    return faults


def _is_taken(number: str, besides: EscrowAccount | None) -> bool:
    index = blind_index(number, purpose=_NUMBER_PURPOSE)
    others = EscrowAccount.objects.filter(number_index=index)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    return others.exclude(state=EscrowState.CLOSED.value).exists()


def _fill(account: EscrowAccount, draft: AccountDraft) -> None:
    account.bank_name = draft.bank_name.strip()
    account.branch_name = draft.branch_name.strip()
    number = read_account_number(draft.account_number)
    if number is None:
        return
    index = blind_index(number, purpose=_NUMBER_PURPOSE)
    if index != account.number_index:
        account.account_number = seal_text(number, subject=account.public_id)
        account.number_index = index
        account.last_four = last_four(number)


def _refuse(faults: list[Refusal] | tuple[Refusal, ...]) -> None:
    if faults:
        raise Refused(faults)
