"""Contracts whose day of erasure has come, what holds them back, and what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from fees.core.erasure import ErasureFacts
from fees.core.ledger.accounts import LedgerKind
from fees.core.ledger.silence import SETTLED
from fees.core.refund_states import OPEN
from fees.models import (
    Contract,
    LedgerAccount,
    Lesson,
    PersonalRequest,
    Posting,
    RefundRequest,
)
from institutions.models import Institution
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

COMING_DAYS = 30


def due_contracts(on: date) -> QuerySet[Contract]:
    """Contracts with a personal part whose day has come, of every division, the oldest first."""
    rows = Contract.objects.filter(erased_on=None, delete_on__lte=on)
    return rows.select_related("institution").order_by("delete_on", "pk")


def due_in(actor: Actor, on: date) -> QuerySet[Contract]:
    """Those of them that an actor's desk reaches: what the night held back."""
    return due_contracts(on).filter(institution__in=_reached(actor))


def coming_count(actor: Actor, on: date) -> int:
    """How many more become due within thirty days."""
    last = on + timedelta(days=COMING_DAYS)
    rows = Contract.objects.filter(erased_on=None, delete_on__gt=on, delete_on__lte=last)
    return rows.filter(institution__in=_reached(actor)).count()


def erased_in(actor: Actor) -> QuerySet[Contract]:
    """Contracts without a personal part, the latest erased first."""
    rows = Contract.objects.filter(erased_on__isnull=False, institution__in=_reached(actor))
    return rows.select_related("institution").order_by("-erased_on", "-pk")


def erasure_facts(contracts: Sequence[Contract]) -> dict[int, ErasureFacts]:
    """What stands open about contracts, by key. Five queries, however many."""
    keys = [contract.pk for contract in contracts]
    balances = dict(
        LedgerAccount.objects.filter(contract__in=keys)
        .order_by()
        .values_list("contract")
        .annotate(total=Sum("balance_fen"))
    )
    lessons = dict(
        Lesson.objects.filter(contract__in=keys)
        .exclude(state__in=[state.value for state in SETTLED])
        .order_by()
        .values_list("contract")
        .annotate(count=Count("pk"))
    )
    refunds = RefundRequest.objects.filter(
        contract__in=keys, state__in=[state.value for state in OPEN]
    )
    refunding = set(refunds.values_list("contract", flat=True))
    requests = PersonalRequest.objects.filter(contract__in=keys, state="asked")
    asking = set(requests.values_list("contract", flat=True))
    claiming = _with_claims(keys)
    return {
        key: ErasureFacts(
            balance_fen=balances.get(key) or 0,
            open_lessons=lessons.get(key, 0),
            has_open_refund=key in refunding,
            has_open_request=key in asking,
            has_claim=key in claiming,
        )
        for key in keys
    }


def _with_claims(keys: Sequence[int]) -> set[int]:
    """Contracts that went into the claims of an account that still has unpaid ones."""
    unpaid = LedgerAccount.objects.filter(kind=LedgerKind.CLAIMS.value, balance_fen__gt=0)
    rows = Posting.objects.filter(
        rule="claim",
        corrected_by=None,
        debit__contract__in=keys,
        credit__in=unpaid.order_by().values("pk"),
    )
    return set(rows.values_list("debit__contract", flat=True))


def _reached(actor: Actor) -> QuerySet[Institution]:
    return institutions_in(actor, Action.ESCROW_READ).order_by().only("pk")
