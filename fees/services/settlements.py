"""Settling contracts: a refund as it is calculated, and a closure that pays what is there."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.core.insolvency import payment_refusals
from fees.core.ledger.accounts import LedgerKind
from fees.core.ledger.commands import pro_rata, refund_entries, simple_entry
from fees.core.ledger.entries import Entry
from fees.core.refunds import Cause, Refund
from fees.models import Contract, EscrowAccount, LedgerAccount
from fees.selectors.insolvency import acceptance_of
from fees.selectors.proposals import propose_refund
from fees.services.contract_entry import contract_subject
from fees.services.movements import account_faults, ledger_subject
from fees.services.posting import Claim, Order, Telling, claim_command, post_entries
from fees.services.records import require_edit
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_CUSTODY = (AccountKind.CUSTODY.value,)


def settle_contract(
    *,
    contract: Contract,
    cause: Cause,
    had_service_before: bool,
    requested_on: date,
    key: str,
    booked_on: date,
    actor: Actor,
    at: datetime,
) -> Refund | None:
    """Pay the parent what the calculation gives and leave the institution its part; ends the sale.

    What lessons have set aside stays where it is: a lesson voided later is settled by a further
    call. The same key again gives None. Raises Refused when nothing is left or the bank lacks it.
    """
    escrow = contract.escrow
    require_edit(actor, escrow.institution)
    request: dict[str, str | int] = {
        "contract": contract.pk,
        "cause": cause.value,
        "had_service_before": int(had_service_before),
        "requested_on": requested_on.isoformat(),
    }
    order = Order(key, "settlement", escrow, booked_on, request)
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return None
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        faults = account_faults(escrow, allowed=_CUSTODY, states=SUPERVISED)
        faults += payment_refusals(acceptance_of(escrow.institution_id))
        refund = propose_refund(
            locked,
            cause=cause,
            had_service_before=had_service_before,
            requested_on=requested_on,
        )
        if refund is None or refund.refund_fen + refund.forfeit_fen == 0:
            faults.append(Refusal("refund.nothing_left"))
        if faults or refund is None:
            raise Refused(faults)
        entries = [
            *refund_entries(
                escrow=escrow.pk,
                contract=locked.pk,
                forfeit_fen=refund.forfeit_fen,
                refund_fen=refund.refund_fen - refund.interest_fen,
                cause=f"contract:{locked.pk}",
            ),
            *_interest_entries(escrow, locked, refund.interest_fen),
        ]
        if locked.closed_on is None:
            locked.closed_on = booked_on
            locked.save(update_fields=["closed_on"])
        telling = Telling(
            contract_subject(locked), actor, at, "", {"cause": cause.value, "ground": refund.ground}
        )
        post_entries(order, claim, entries, telling=telling)
    return refund


def _interest_entries(escrow: EscrowAccount, contract: Contract, interest_fen: int) -> list[Entry]:
    """The parent's interest, out of the account's; it is not the contract's money."""
    if not interest_fen:
        return []
    cause = f"contract:{contract.pk}"
    return [simple_entry("interest_paid", escrow=escrow.pk, amount_fen=interest_fen, cause=cause)]


def settle_closure(
    *, escrow: EscrowAccount, reason: str, key: str, booked_on: date, actor: Actor, at: datetime
) -> Claim:
    """Pay every parent of a closed-down institution pro rata from what lies at the bank.

    Parents come before the institution, so nothing is kept back for it. What is not there becomes
    claims. Lessons that still wait for a parent's answer are settled one by one before or after.
    Raises Refused with every reason.
    """
    require_edit(actor, escrow.institution)
    order = Order(key, "closure", escrow, booked_on)
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return claim
        faults = account_faults(escrow, allowed=_CUSTODY, states=SUPERVISED)
        faults += payment_refusals(acceptance_of(escrow.institution_id))
        if not reason.strip():
            faults.append(Refusal("escrow.reason_missing"))
        entries = _closure_entries(escrow)
        if not entries:
            faults.append(Refusal("refund.nothing_left"))
        if faults:
            raise Refused(faults)
        Contract.objects.filter(escrow=escrow, closed_on=None).update(closed_on=booked_on)
        telling = Telling(ledger_subject(escrow), actor, at, reason.strip())
        post_entries(order, claim, entries, telling=telling)
    return claim


def _closure_entries(escrow: EscrowAccount) -> list[Entry]:
    rows = list(
        LedgerAccount.objects.select_for_update(no_key=True)
        .filter(escrow=escrow, kind__in=(LedgerKind.BANK.value, LedgerKind.CONTRACT.value))
        .order_by("pk")
    )
    there_fen = sum(row.balance_fen for row in rows if row.kind == LedgerKind.BANK.value)
    owed = [row for row in rows if row.contract_id and row.balance_fen]
    shares = pro_rata(there_fen, [row.balance_fen for row in owed])
    entries = []
    for row, share_fen in zip(owed, shares, strict=True):
        parts = (("refund", share_fen), ("claim", row.balance_fen - share_fen))
        entries += [
            simple_entry(
                rule,
                escrow=escrow.pk,
                contract=row.contract_id or 0,
                amount_fen=amount_fen,
                cause=f"contract:{row.contract_id}",
            )
            for rule, amount_fen in parts
            if amount_fen
        ]
    return entries
