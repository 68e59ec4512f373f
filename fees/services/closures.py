"""An abnormal closure: prepared by one person, signed by another, paid share by share.

It stops where a court has accepted a bankruptcy petition: before signing and before every chunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from fees.core.closures import (
    ORDER,
    Closure,
    plan_closure,
    preparation_refusals,
    refilled,
    signing_refusals,
)
from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.core.insolvency import payment_refusals
from fees.core.ledger.accounts import LedgerKind
from fees.core.ledger.commands import simple_entry
from fees.models import (
    ClosurePlan,
    ClosureShare,
    Contract,
    EscrowAccount,
    LedgerAccount,
)
from fees.selectors.closures import CLOSURE_SUBJECT, closure_facts, open_plan
from fees.selectors.insolvency import acceptance_of
from fees.services.closure_papers import issue_claim_list
from fees.services.contract_entry import contract_subject
from fees.services.movements import account_faults, ledger_subject
from fees.services.posting import Order, Telling, claim_command, post_entries
from fees.services.records import day_of, lock_account
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.jobs.services import enqueue
from regulator.kernel.actors import Actor
from regulator.kernel.canonical import canonical_digest
from regulator.kernel.legal import LegalBasis
from regulator.kernel.outcomes import Refusal, Refused

CLOSING_JOB = "fees.pay_closure"
CHUNK_SHARES = 100
_TITLE = gettext_noop("停业清退付款")
_CUSTODY = (AccountKind.CUSTODY.value,)


def prepare_closure(
    *, escrow: EscrowAccount, reason: str, actor: Actor, at: datetime
) -> ClosurePlan:
    """Fix who would get how much of what is there now; nothing moves. Raises Refused."""
    _require(actor, Action.CLOSURE_PREPARE, escrow.institution)
    with transaction.atomic():
        locked = lock_account(escrow)
        facts = closure_facts(locked)
        faults = [
            *account_faults(locked, allowed=_CUSTODY, states=SUPERVISED),
            *payment_refusals(acceptance_of(locked.institution_id)),
            *preparation_refusals(
                facts, reason=reason, has_open_plan=open_plan(locked) is not None
            ),
        ]
        if faults:
            raise Refused(faults)
        closure = plan_closure(facts)
        plan = _kept(locked, closure, facts.there_fen, reason, actor, at)
        _record(plan, "prepared", actor=actor, at=at, new=_sums(plan), reason=plan.reason)
    return plan


def discard_closure(plan: ClosurePlan, *, actor: Actor, at: datetime) -> ClosurePlan:
    """Put an unsigned plan aside. Raises Refused."""
    _require(actor, Action.CLOSURE_PREPARE, plan.escrow.institution)
    with transaction.atomic():
        locked = _lock_plan(plan)
        if locked.state != "prepared":
            raise Refused(Refusal("closure.wrong_state", {"closure_state": locked.state}))
        locked.discard(at=at)
        locked.save(update_fields=["state", "ended_at"])
        _record(locked, "discarded", actor=actor, at=at)
    return locked


def sign_closure(plan: ClosurePlan, *, actor: Actor, at: datetime) -> ClosurePlan:
    """Another person agrees to exactly what was prepared: contracts end, the job begins to pay.

    Raises Refused where the books have moved since, the same person signs, or a court stands in
    the way.
    """
    institution = plan.escrow.institution
    _require(actor, Action.CLOSURE_SIGN, institution)
    on = day_of(at)
    with transaction.atomic():
        escrow = lock_account(plan.escrow)
        locked = _lock_plan(plan)
        now = plan_closure(closure_facts(escrow))
        faults = [
            *account_faults(escrow, allowed=_CUSTODY, states=SUPERVISED),
            *payment_refusals(acceptance_of(escrow.institution_id)),
            *signing_refusals(
                state=locked.state,
                prepared_by=locked.prepared_by_user,
                actor=actor.user_id,
                is_as_prepared=digest_of(now) == locked.digest,
            ),
        ]
        if faults:
            raise Refused(faults)
        locked.sign(on=on, by_user=actor.user_id, by=actor.name)
        Contract.objects.filter(closure_shares__plan=locked, closed_on=None).update(closed_on=on)
        job = enqueue(
            kind=CLOSING_JOB,
            division=institution.division_id,
            params={"plan": str(locked.public_id)},
            actor=actor,
            at=at,
            total=locked.shares.count(),
            title=_TITLE,
            page=f"/desk/closures/{locked.public_id}/",
        )
        locked.job = job.public_id
        locked.save(update_fields=["state", "signed_on", "signed_by_user", "signed_by", "job"])
        _record(locked, "signed", actor=actor, at=at, new=_sums(locked))
    return locked


def draw_deposits(plan: ClosurePlan, *, actor: Actor, at: datetime) -> None:
    """Bring the deposits in, each under its own keys; a repeated call does nothing again."""
    for drawing in plan.deposits:
        source = EscrowAccount.objects.select_related("institution").get(pk=drawing["escrow"])
        key = f"closure:{plan.public_id}:{source.pk}"
        out = (f"{source.kind}_out", drawing["amount_fen"])
        _book(plan, source, *out, key=f"{key}:o", actor=actor, at=at)
        for rule, amount_fen in drawing["fills"]:
            _book(plan, plan.escrow, rule, amount_fen, key=f"{key}:{rule[:1]}", actor=actor, at=at)


def _book(
    plan: ClosurePlan,
    escrow: EscrowAccount,
    rule: str,
    amount_fen: int,
    *,
    key: str,
    actor: Actor,
    at: datetime,
) -> None:
    """One movement of the plan; that it may was decided when the plan was signed."""
    order = Order(key, rule, escrow, plan.signed_on or day_of(at), {"amount_fen": amount_fen})
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return
        cause = f"account:{escrow.pk}"
        entry = simple_entry(rule, escrow=escrow.pk, amount_fen=amount_fen, cause=cause)
        telling = Telling(ledger_subject(escrow), actor, at, plan.reason)
        post_entries(order, claim, [entry], telling=telling)


def pay_shares(
    plan: ClosurePlan, shares: Sequence[ClosureShare], *, actor: Actor, at: datetime
) -> list[ClosureShare]:
    """Pay some shares and book what is missing as claims; returns those whose books had moved.

    Each under a key of its own, so that a chunk may be repeated. Raises Refused once a court
    accepted a bankruptcy petition.
    """
    stopped = payment_refusals(acceptance_of(plan.escrow.institution_id))
    if stopped:
        raise Refused(stopped)
    return [share for share in shares if not _paid(plan, share, actor, at)]


def finish_closure(plan: ClosurePlan, *, actor: Actor, at: datetime) -> ClosurePlan:
    """Every share was dealt with; what is missing goes out as a list of claims."""
    with transaction.atomic():
        locked = _lock_plan(plan)
        if locked.state != "signed":
            return locked
        locked.finish(at=at)
        locked.save(update_fields=["state", "ended_at"])
        if locked.claim_fen:
            issue_claim_list(locked, actor=actor, at=at)
        _record(locked, "done", actor=actor, at=at, new=_sums(locked))
    return locked


def stop_closure(plan: ClosurePlan, *, actor: Actor, at: datetime) -> ClosurePlan:
    """A court accepted a bankruptcy petition: what is not paid stays for the administrator."""
    with transaction.atomic():
        locked = _lock_plan(plan)
        if locked.state != "signed":
            return locked
        locked.stop(at=at)
        locked.save(update_fields=["state", "ended_at"])
        _record(locked, "stopped", actor=actor, at=at)
    return locked


def digest_of(closure: Closure) -> str:
    """SHA-256 of the shares and drawings: what was seen before signing is what is paid."""
    return canonical_digest(
        {
            "shares": [[one.contract, one.owed_fen, one.share_fen] for one in closure.shares],
            "drawings": [[one.escrow, one.amount_fen] for one in closure.drawings],
            "set_aside_fen": closure.set_aside_fen,
        }
    )


def _paid(plan: ClosurePlan, share: ClosureShare, actor: Actor, at: datetime) -> bool:
    """Pay one share; False where the contract's balance is no longer what the plan says."""
    escrow, contract = plan.escrow, share.contract
    booked_on = plan.signed_on or day_of(at)
    request: dict[str, str | int] = {"contract": contract.pk, "share_fen": share.share_fen}
    order = Order(f"closure:{plan.public_id}:c{contract.pk}", "closure", escrow, booked_on, request)
    with transaction.atomic():
        claim = claim_command(order, at=at)
        if claim.repeated:
            return _marked(share, "paid")
        if _balance_fen(escrow, contract) != share.owed_fen:
            transaction.set_rollback(True)
            return False
        telling = Telling(contract_subject(contract), actor, at, plan.reason)
        parts = (("refund", share.share_fen), ("claim", share.claim_fen))
        entries = [
            simple_entry(
                rule,
                escrow=escrow.pk,
                contract=contract.pk,
                amount_fen=amount_fen,
                cause=f"contract:{contract.pk}",
            )
            for rule, amount_fen in parts
            if amount_fen
        ]
        post_entries(order, claim, entries, telling=telling)
        return _marked(share, "paid")


def mark_changed(shares: Sequence[ClosureShare], *, actor: Actor, at: datetime) -> None:
    """Leave shares unpaid whose contract's balance moved after the signing; a person looks."""
    with transaction.atomic():
        for share in shares:
            _marked(share, "changed")
            _record(share.plan, "paid", actor=actor, at=at, new={"changed": share.contract.number})


def _marked(share: ClosureShare, state: str) -> bool:
    if share.state != state:
        share.state = state
        share.save(update_fields=["state"])
    return True


def _balance_fen(escrow: EscrowAccount, contract: Contract) -> int:
    row = LedgerAccount.objects.select_for_update(no_key=True).get(
        escrow=escrow, contract=contract, kind=LedgerKind.CONTRACT.value
    )
    return row.balance_fen


def _kept(
    escrow: EscrowAccount,
    closure: Closure,
    there_fen: int,
    reason: str,
    actor: Actor,
    at: datetime,
) -> ClosurePlan:
    plan = ClosurePlan.objects.create(
        escrow=escrow,
        reason=reason.strip(),
        there_fen=there_fen,
        deposit_fen=closure.deposit_fen,
        deposits=_fills(escrow, closure),
        owed_fen=closure.owed_fen,
        pay_fen=closure.pay_fen,
        set_aside_fen=closure.set_aside_fen,
        claim_fen=closure.claim_fen,
        digest=digest_of(closure),
        prepared_on=day_of(at),
        prepared_by_user=actor.user_id,
        prepared_by=actor.name,
    )
    ClosureShare.objects.bulk_create(
        [
            ClosureShare(
                plan=plan,
                contract_id=one.contract,
                position=position,
                owed_fen=one.owed_fen,
                share_fen=one.share_fen,
            )
            for position, one in enumerate(closure.shares, start=1)
        ],
        batch_size=500,
    )
    return plan


def _fills(escrow: EscrowAccount, closure: Closure) -> list[dict[str, Any]]:
    """Each drawing with what it fills in the custody account."""
    rows = LedgerAccount.objects.filter(escrow=escrow, contract=None)
    holes = dict(rows.values_list("kind", "balance_fen"))
    found = []
    for one in closure.drawings:
        fills = refilled(
            one.amount_fen,
            shortfall_fen=holes.get(LedgerKind.SHORTFALL.value, 0),
            bank_fees_fen=holes.get(LedgerKind.BANK_FEES.value, 0),
        )
        for rule, amount_fen in fills:
            kind = LedgerKind.SHORTFALL if rule == "shortfall_repaid" else LedgerKind.BANK_FEES
            holes[kind.value] -= amount_fen
        found.append(
            {
                "escrow": one.escrow,
                "kind": one.kind.value,
                "amount_fen": one.amount_fen,
                "fills": [list(fill) for fill in fills],
            }
        )
    return found


def _lock_plan(plan: ClosurePlan) -> ClosurePlan:
    rows = ClosurePlan.objects.select_for_update(of=("self",))
    return rows.select_related("escrow__institution").get(pk=plan.pk)


def _require(actor: Actor, action: Action, institution: Institution) -> None:
    require(actor, action, Target(division=institution.division_id))


def _sums(plan: ClosurePlan) -> dict[str, Any]:
    return {
        "owed_fen": plan.owed_fen,
        "pay_fen": plan.pay_fen,
        "deposit_fen": plan.deposit_fen,
        "claim_fen": plan.claim_fen,
        "digest": plan.digest,
    }


def _record(
    plan: ClosurePlan,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis = ORDER,
) -> None:
    institution = plan.escrow.institution
    append_event(
        division=institution.division_id,
        actor=actor,
        kind=f"closure.{kind}",
        subject=Subject(CLOSURE_SUBJECT, str(plan.public_id), institution.name),
        new={"closure_state": plan.state, **(new or {})},
        reason=reason,
        basis=basis,
        occurred_at=at,
    )
