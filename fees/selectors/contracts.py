"""Contracts: what was paid, taught, settled; and which an actor's desk reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from fees.models import Contract, EscrowAccount, LedgerAccount, Lesson, Posting
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor

CONTRACT_SUBJECT = "contract"
_SETTLED = ("refund", "forfeit", "claim")


@dataclass(frozen=True)
class ContractMoney:
    """A contract's money in fen: `balance_fen` is what was paid and is neither taught nor settled.

    `paid_on` is the day of the latest payment, None before any.
    """

    balance_fen: int
    paid_fen: int
    settled_fen: int
    paid_on: date | None


@dataclass(frozen=True)
class TaughtLessons:
    """Lessons of a contract that were not voided; `reserved_fen` is what they cost together."""

    used: int
    gifts_used: int
    reserved_fen: int
    pending_fen: int


def account_money(contract: Contract) -> ContractMoney:
    """What the ledger says of a contract. Two queries."""
    balance_fen = LedgerAccount.objects.filter(contract=contract).aggregate(
        total=Coalesce(Sum("balance_fen"), 0)
    )["total"]
    mine = Posting.objects.filter(
        Q(debit__contract=contract) | Q(credit__contract=contract), corrected_by=None
    ).aggregate(
        paid=Coalesce(Sum(_amount_of("payment")), 0),
        settled=Coalesce(Sum(_amount_of(*_SETTLED)), 0),
        paid_on=Max("booked_on", filter=Q(rule="payment")),
    )
    return ContractMoney(balance_fen, mine["paid"], mine["settled"], mine["paid_on"])


def taught_lessons(contract: Contract) -> TaughtLessons:
    """How many lessons were taught and not voided, and what they cost. One query."""
    found = (
        Lesson.objects.filter(contract=contract)
        .exclude(state="void")
        .aggregate(
            used=Count("pk", filter=Q(number__lte=contract.lesson_count)),
            gifts=Count("pk", filter=Q(number__gt=contract.lesson_count)),
            reserved=Coalesce(Sum("amount_fen"), 0),
            pending=Coalesce(Sum("amount_fen", filter=~Q(state="released")), 0),
        )
    )
    return TaughtLessons(found["used"], found["gifts"], found["reserved"], found["pending"])


def _amount_of(*rules: str) -> Case:
    return Case(When(rule__in=rules, then=F("amount_fen")), default=Value(0))


def contracts_under(escrow: EscrowAccount) -> QuerySet[Contract]:
    """The contracts of an escrow account with their balances, those with money first. One query."""
    rows = Contract.objects.filter(escrow=escrow).select_related("filing")
    balance = Coalesce(Sum("ledger_accounts__balance_fen"), 0)
    return rows.annotate(balance_fen=balance).order_by("-balance_fen", "-signed_on", "pk")


def contract_for(actor: Actor, public_id: UUID) -> Contract | None:
    """A contract by its public id, where the actor's desk reaches it."""
    reached = institutions_in(actor, Action.ESCROW_READ).order_by().values("pk")
    rows = Contract.objects.filter(public_id=public_id, institution__in=reached)
    return rows.select_related("institution__division", "escrow__institution", "filing").first()


def history_of_contract(contract: Contract) -> QuerySet[Event]:
    """What was done about a contract, newest first."""
    return history_of(kind=CONTRACT_SUBJECT, key=str(contract.public_id))
