"""What an abnormal closure would pay now, and the plans that were made."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Sum

from fees.core.closures import DRAWING_ORDER, ClosureFacts, Debt, Deposit
from fees.core.escrow_states import AccountKind, EscrowState
from fees.core.ledger.accounts import LedgerKind
from fees.models import ClosurePlan, ClosureShare, EscrowAccount, LedgerAccount
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor

CLOSURE_SUBJECT = "closure_plan"


def closure_facts(escrow: EscrowAccount) -> ClosureFacts:
    """What is there and who is owed, in the order of the contracts' keys. Three queries."""
    kinds = dict(
        LedgerAccount.objects.filter(escrow=escrow, contract=None).values_list(
            "kind", "balance_fen"
        )
    )
    owed = LedgerAccount.objects.filter(escrow=escrow, balance_fen__gt=0).exclude(contract=None)
    return ClosureFacts(
        there_fen=kinds.get(LedgerKind.BANK.value, 0),
        debts=tuple(
            Debt(contract, fen)
            for contract, fen in owed.order_by("contract_id").values_list(
                "contract_id", "balance_fen"
            )
        ),
        deposits=_deposits(escrow),
        pending_fen=kinds.get(LedgerKind.PENDING.value, 0),
        irregular_fen=kinds.get(LedgerKind.IRREGULAR.value, 0),
        hole_fen=kinds.get(LedgerKind.SHORTFALL.value, 0)
        + kinds.get(LedgerKind.BANK_FEES.value, 0),
    )


def _deposits(escrow: EscrowAccount) -> tuple[Deposit, ...]:
    """The institution's other accounts under supervision, with what lies in them."""
    rows = LedgerAccount.objects.filter(
        escrow__institution=escrow.institution_id,
        escrow__kind__in=[kind.value for kind in DRAWING_ORDER],
        kind=LedgerKind.BANK.value,
        balance_fen__gt=0,
    ).exclude(escrow__state=EscrowState.CLOSED.value)
    found = rows.order_by("escrow").values_list("escrow_id", "escrow__kind", "balance_fen")
    return tuple(Deposit(escrow_id, AccountKind(kind), fen) for escrow_id, kind, fen in found)


def plans_in(actor: Actor) -> QuerySet[ClosurePlan]:
    """The plans that an actor's desk reaches, the latest first."""
    reached = institutions_in(actor, Action.REFUND_READ).order_by().values("pk")
    rows = ClosurePlan.objects.filter(escrow__institution__in=reached)
    return rows.select_related("escrow__institution__division").order_by("-pk")


def plan_for(actor: Actor, public_id: UUID) -> ClosurePlan | None:
    """A plan by its public id, where the actor's desk reaches it."""
    return plans_in(actor).filter(public_id=public_id).first()


def plan_by_id(public_id: str) -> ClosurePlan | None:
    """A plan by its public id, for its job."""
    rows = ClosurePlan.objects.select_related("escrow__institution")
    return rows.filter(public_id=public_id).first()


def open_plan(escrow: EscrowAccount) -> ClosurePlan | None:
    """The plan of an account that is not ended, or None."""
    return ClosurePlan.objects.filter(escrow=escrow, state__in=["prepared", "signed"]).first()


def shares_of(plan: ClosurePlan) -> QuerySet[ClosureShare]:
    """The shares in their order; pupils masked."""
    return plan.shares.select_related("contract__filing").order_by("position")


def waiting_shares(plan: ClosurePlan, size: int) -> list[ClosureShare]:
    """The next shares that are not dealt with yet."""
    rows = plan.shares.filter(state="waiting").select_related("contract__escrow__institution")
    return list(rows.order_by("position")[:size])


def paid_sums(plan: ClosurePlan) -> tuple[int, int]:
    """What was paid and how many, so far: (fen, contracts)."""
    done = plan.shares.filter(state="paid")
    return int(done.aggregate(fen=Sum("share_fen", default=0))["fen"]), done.count()


def history_of_plan(plan: ClosurePlan) -> QuerySet[Event]:
    """What was done about a plan, newest first."""
    return history_of(kind=CLOSURE_SUBJECT, key=str(plan.public_id))
