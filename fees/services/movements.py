"""Money of an escrow account that is no single contract's: fees, interest, payouts, deposits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from fees.core.escrow_states import AccountKind, EscrowState
from fees.core.ledger.commands import correction_entry, simple_entry, transfer_entries
from fees.core.ledger.entries import Entry
from fees.models import Contract, EscrowAccount, LedgerAccount, Posting
from fees.services.posting import (
    MOST_FEN,
    Claim,
    Order,
    Telling,
    claim_command,
    open_ledger,
    post_entries,
)
from fees.services.records import require_edit
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

LEDGER_SUBJECT = "ledger"
_CUSTODY = (AccountKind.CUSTODY.value,)
_ANY = tuple(kind.value for kind in AccountKind)
# Rule → the kinds of bank account on which it makes sense.
MOVEMENTS: Mapping[str, tuple[str, ...]] = {
    "irregular_receipt": _CUSTODY,
    "irregular_refund": _CUSTODY,
    "payout": _CUSTODY,
    "bank_fee": _ANY,
    "bank_fee_repaid": _ANY,
    "bank_fee_from_payable": _CUSTODY,
    "interest": _ANY,
    "interest_paid": _ANY,
    "seizure": _ANY,
    "shortfall_repaid": _ANY,
    "performance_deposit_in": (AccountKind.PERFORMANCE_DEPOSIT.value,),
    "performance_deposit_out": (AccountKind.PERFORMANCE_DEPOSIT.value,),
    "lesson_deposit_in": (AccountKind.LESSON_DEPOSIT.value,),
    "lesson_deposit_out": (AccountKind.LESSON_DEPOSIT.value,),
    "claim_paid": _CUSTODY,
}
# What has a move of its own that undoes it is not corrected by hand.
_NOT_CORRECTED = (
    "correction",
    "transfer",
    "lesson_reserve",
    "lesson_release",
    "lesson_void",
    "refund",
    "forfeit",
    "claim",
)


def record_movement(
    *,
    escrow: EscrowAccount,
    rule: str,
    amount_fen: int,
    reference: str,
    key: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> Claim:
    """Book a movement of the whole account; `rule` is a key of MOVEMENTS.

    `reference` is the bank's receipt, the court's document or the parents' payment it is about.
    The same key with the same values does nothing again. Raises Refused with every reason.
    """
    require_edit(actor, escrow.institution)
    order = Order(key, rule, escrow, booked_on, {"amount_fen": amount_fen, "reference": reference})
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        _refuse(_movement_faults(escrow, rule, amount_fen, reference))
        entry = simple_entry(
            rule, escrow=escrow.pk, amount_fen=amount_fen, cause=f"account:{escrow.pk}"
        )
        values = {"reference": reference}
        post_entries(
            order, claim, [entry], telling=Telling(ledger_subject(escrow), actor, at, "", values)
        )
    return claim


def correct_posting(
    *, posting: Posting, reason: str, key: str, booked_on: date, actor: Actor, at: datetime
) -> Claim:
    """Undo a posting that was a mistake by its opposite, which names it. Raises Refused."""
    escrow = posting.command.escrow
    require_edit(actor, escrow.institution)
    order = Order(key, "correction", escrow, booked_on, {"posting": posting.pk})
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        _refuse(_correction_faults(posting, reason))
        wrong = Entry(
            posting.debit.ref, posting.credit.ref, posting.amount_fen, posting.rule, posting.cause
        )
        post_entries(
            order,
            claim,
            [correction_entry(wrong, posting=posting.pk)],
            telling=Telling(ledger_subject(escrow), actor, at, reason.strip()),
            corrects=posting.pk,
        )
    return claim


def transfer_ledger(
    *,
    source: EscrowAccount,
    target: EscrowAccount,
    key: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> Claim:
    """Move everything one account holds to another of the same institution and kind.

    Contracts go along. Used before an account is closed because the bank changes. Raises Refused.
    """
    require_edit(actor, source.institution)
    order = Order(key, "transfer", source, booked_on, {"target": target.pk})
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        _refuse(_transfer_faults(source, target))
        open_ledger(target)
        rows = LedgerAccount.objects.select_for_update(no_key=True).filter(escrow=source)
        book = {row.ref: row.balance_fen for row in rows.order_by("pk")}
        for ref in sorted(book):
            if ref.contract:
                LedgerAccount.objects.get_or_create(
                    escrow=target,
                    contract_id=ref.contract,
                    kind=ref.kind.value,
                    defaults={"side": ref.side},
                )
        entries = transfer_entries(book, source=source.pk, target=target.pk)
        Contract.objects.filter(escrow=source).update(escrow=target)
        values = {"target": str(target.public_id)}
        post_entries(
            order, claim, entries, telling=Telling(ledger_subject(source), actor, at, "", values)
        )
    return claim


def ledger_subject(escrow: EscrowAccount) -> Subject:
    """How the chain names the ledger of an escrow account."""
    return Subject(LEDGER_SUBJECT, str(escrow.public_id), escrow.institution.name)


def account_faults(escrow: EscrowAccount, *, allowed: tuple[str, ...]) -> list[Refusal]:
    """Why nothing may be booked on an account now; read after the claim."""
    state, kind = EscrowAccount.objects.values_list("state", "kind").get(pk=escrow.pk)
    faults = []
    if state != EscrowState.ACTIVE.value:
        faults.append(Refusal("ledger.account_not_active", {"escrow_state": state}))
    if kind not in allowed:
        faults.append(Refusal("ledger.wrong_account_kind", {"escrow_kind": kind}))
    return faults


def amount_faults(amount_fen: int) -> list[Refusal]:
    """Why an amount is none."""
    return [] if 0 < amount_fen <= MOST_FEN else [Refusal("ledger.amount_unreadable")]


def _movement_faults(
    escrow: EscrowAccount, rule: str, amount_fen: int, reference: str
) -> list[Refusal]:
    faults = account_faults(escrow, allowed=MOVEMENTS[rule]) + amount_faults(amount_fen)
    if not reference.strip():
        faults.append(Refusal("ledger.reference_missing"))
    return faults


def _correction_faults(posting: Posting, reason: str) -> list[Refusal]:
    faults = []
    if posting.rule in _NOT_CORRECTED:
        faults.append(Refusal("ledger.not_corrected", {"ledger_rule": posting.rule}))
    if Posting.objects.filter(corrects=posting).exists():
        faults.append(Refusal("ledger.corrected_already"))
    if not reason.strip():
        faults.append(Refusal("escrow.reason_missing"))
    return faults


def _transfer_faults(source: EscrowAccount, target: EscrowAccount) -> list[Refusal]:
    faults = account_faults(target, allowed=(source.kind,))
    if source.pk == target.pk or source.institution_id != target.institution_id:
        faults.append(Refusal("ledger.transfer_elsewhere"))
    return faults


def _refuse(faults: list[Refusal]) -> None:
    if faults:
        raise Refused(faults)
