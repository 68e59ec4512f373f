"""Money of an escrow account that is no single contract's: fees, interest, payouts, deposits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from fees.core.escrow_states import HOLDING, SUPERVISED, AccountKind, EscrowState
from fees.core.ledger.accounts import LedgerKind
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
    post_once,
)
from fees.services.records import require_edit
from regulator.audit.services import Subject
from regulator.kernel.actors import Actor
from regulator.kernel.money import format_yuan
from regulator.kernel.outcomes import Refusal, Refused

LEDGER_SUBJECT = "ledger"
_CUSTODY = (AccountKind.CUSTODY.value,)
ONLY_ACTIVE = (EscrowState.ACTIVE.value,)
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
# Money that leaves the account for the institution: stopped while its payments are held.
TO_THE_INSTITUTION = frozenset({"payout", "performance_deposit_out", "lesson_deposit_out"})
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
    telling = Telling(ledger_subject(escrow), actor, at, "", {"reference": reference})
    done = _moved_at_once(order, amount_fen, reference, telling)
    if done is not None:
        return done
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        _refuse(
            _movement_faults(escrow, rule, amount_fen=amount_fen, reference=reference, on=booked_on)
        )
        post_entries(order, claim, [_movement_entry(order, amount_fen)], telling=telling)
    return claim


def _moved_at_once(order: Order, amount_fen: int, reference: str, telling: Telling) -> Claim | None:
    """The movement in one round trip, where nothing but the account's state has to be looked at."""
    if order.kind in TO_THE_INSTITUTION or not reference.strip() or amount_faults(amount_fen):
        return None
    return post_once(
        order,
        _movement_entry(order, amount_fen),
        states=SUPERVISED,
        kinds=MOVEMENTS[order.kind],
        telling=telling,
    )


def _movement_entry(order: Order, amount_fen: int) -> Entry:
    escrow = order.escrow.pk
    return simple_entry(order.kind, escrow=escrow, amount_fen=amount_fen, cause=f"account:{escrow}")


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


def account_faults(
    escrow: EscrowAccount,
    *,
    allowed: tuple[str, ...],
    states: tuple[str, ...] = ONLY_ACTIVE,
) -> list[Refusal]:
    """Why nothing may be booked on an account now; read after the claim.

    `states` are those in which it may be: SUPERVISED for all that gives nothing to the institution,
    so that refunds go on while its payments are held.
    """
    now = EscrowAccount.objects.only("state", "kind", "held_on", "hold_clause").get(pk=escrow.pk)
    faults = []
    if now.state == EscrowState.HELD.value and now.state not in states:
        params = {"day": now.held_on, "clause": now.hold_clause}
        faults.append(Refusal("escrow.held", params, HOLDING, "escrow.remedy_held"))
    elif now.state not in states:
        faults.append(Refusal("ledger.account_not_active", {"escrow_state": now.state}))
    if now.kind not in allowed:
        faults.append(Refusal("ledger.wrong_account_kind", {"escrow_kind": now.kind}))
    return faults


def freeze_faults(escrow: EscrowAccount, *, amount_fen: int, on: date) -> list[Refusal]:
    """Why the institution may not be paid out of what a court or the police froze."""
    in_force = [one for one in escrow.freezes.all() if one.is_in_force(on)]
    if not in_force:
        return []
    bank = LedgerAccount.objects.filter(escrow=escrow, kind=LedgerKind.BANK.value)
    balance_fen = bank.values_list("balance_fen", flat=True).first() or 0
    whole = any(one.amount_fen == 0 for one in in_force)
    frozen_fen = balance_fen if whole else sum(one.amount_fen for one in in_force)
    free_fen = max(0, balance_fen - frozen_fen)
    if amount_fen <= free_fen:
        return []
    params = {
        "frozen": format_yuan(frozen_fen),
        "balance": format_yuan(balance_fen),
        "free": format_yuan(free_fen),
    }
    return [Refusal("escrow.frozen", params, None, "escrow.remedy_frozen")]


def amount_faults(amount_fen: int) -> list[Refusal]:
    """Why an amount is none."""
    return [] if 0 < amount_fen <= MOST_FEN else [Refusal("ledger.amount_unreadable")]


def _movement_faults(
    escrow: EscrowAccount, rule: str, *, amount_fen: int, reference: str, on: date
) -> list[Refusal]:
    to_institution = rule in TO_THE_INSTITUTION
    states = ONLY_ACTIVE if to_institution else SUPERVISED
    faults = account_faults(escrow, allowed=MOVEMENTS[rule], states=states)
    faults += amount_faults(amount_fen)
    if to_institution:
        faults += freeze_faults(escrow, amount_fen=amount_fen, on=on)
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
