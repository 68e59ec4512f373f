"""Contracts and refused sales as those who keep them see them: an institution, or the desk."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from fees.core.escrow_states import SUPERVISED, AccountKind
from fees.models import Contract, EscrowAccount, RefusedSale
from institutions.models import Filing, Institution
from institutions.selectors.filings import approved_filings
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.kernel.actors import Actor

_STANDINGS = {
    "open": Q(closed_on=None),
    "closed": Q(closed_on__isnull=False),
    "erased": Q(erased_on__isnull=False),
}


@dataclass(frozen=True)
class ContractFilters:
    """What the list is narrowed to; an empty text narrows nothing."""

    text: str = ""
    standing: str = ""
    filing: str = ""


def kept_contracts(actor: Actor, filters: ContractFilters) -> QuerySet[Contract]:
    """The contracts that the actor keeps, narrowed; with `balance_fen`. Pupils stay masked.

    A text is looked for in the contract's number and the class's name: names are sealed.
    """
    reached = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = Contract.objects.filter(institution__in=reached)
    if filters.text:
        rows = rows.filter(
            Q(number__icontains=filters.text) | Q(filing__class_name__icontains=filters.text)
        )
    rows = rows.filter(_STANDINGS.get(filters.standing, Q()))
    if filters.filing:
        rows = rows.filter(filing__number=filters.filing)
    balance = Coalesce(Sum("ledger_accounts__balance_fen"), 0)
    return (
        rows.select_related("filing", "institution")
        .annotate(balance_fen=balance)
        .order_by("-signed_on", "-pk")
    )


def kept_contract(actor: Actor, public_id: UUID) -> Contract | None:
    """A contract by its public id, where the actor keeps it."""
    reached = institutions_in(actor, Action.CONTRACT_KEEP).order_by().values("pk")
    rows = Contract.objects.filter(public_id=public_id, institution__in=reached)
    return rows.select_related("institution__division", "escrow__institution", "filing").first()


def own_institution(actor: Actor) -> Institution | None:
    """The institution at whose desk the actor sits."""
    return institutions_in(actor, Action.ESCROW_READ_OWN).first()


def selling_account(institution: Institution) -> EscrowAccount | None:
    """The custody account that new contracts go under: active, and the newest of two."""
    rows = EscrowAccount.objects.filter(
        institution=institution, kind=AccountKind.CUSTODY.value, state__in=SUPERVISED
    )
    return rows.select_related("institution").order_by("is_incoming", "-opened_on", "pk").first()


def sellable_classes(institution: Institution) -> QuerySet[Filing]:
    """Classes with an approved filing, the latest first."""
    return approved_filings(institution).order_by("-starts_on", "number")


def refused_sales(actor: Actor, *, found: str = "") -> QuerySet[RefusedSale]:
    """Refused sales that the actor's desk reaches; `found` narrows to loan, due or returned."""
    reached = institutions_in(actor, Action.SALE_READ).order_by().values("pk")
    rows = RefusedSale.objects.filter(institution__in=reached)
    narrowed = {
        "loan": Q(by_loan=True),
        "due": Q(received_on__isnull=False, refunded_on=None),
        "returned": Q(refunded_on__isnull=False),
    }.get(found, Q())
    return rows.filter(narrowed).select_related("institution", "filing", "escrow")


def own_refused_sales(institution: Institution) -> QuerySet[RefusedSale]:
    """An institution's own refused sales, the latest first."""
    rows = RefusedSale.objects.filter(institution=institution)
    return rows.select_related("filing").order_by("-refused_at", "-pk")


def refused_sale(actor: Actor, public_id: UUID) -> RefusedSale | None:
    """A refused sale by its public id, where the actor's desk reaches it."""
    return refused_sales(actor).filter(public_id=public_id).first()
