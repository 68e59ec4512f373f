"""Escrow accounts: the desk's list, one institution's own, and what the public may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fees.choices.texts import KIND_LABELS
from fees.core.escrow_states import SUPERVISED, AccountKind, EscrowState
from fees.models import EscrowAccount
from institutions.models import Institution
from institutions.selectors.register import institutions_in
from institutions.selectors.search import search_institutions
from regulator.accounts.core.actions import Action
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor

SUBJECT_KIND = "escrow_account"
SORTS = {
    "institution": ("institution__sort_key", "id"),
    "-institution": ("-institution__sort_key", "-id"),
    "opened": ("opened_on", "id"),
    "-opened": ("-opened_on", "-id"),
}
_TEACHING = ("operating", "rectifying")


@dataclass(frozen=True)
class PublishedAccount:
    """An account as a parent sees it; `masked_number` shows the last four digits only."""

    kind: str
    bank_name: str
    branch_name: str
    masked_number: str
    active_on: date | None
    published_on: date


@dataclass(frozen=True)
class AccountFilters:
    """What the list is narrowed to; an empty text narrows nothing."""

    text: str = ""
    state: str = ""
    kind: str = ""
    publication: str = ""
    sort: str = ""


def accounts_in(actor: Actor, filters: AccountFilters) -> QuerySet[EscrowAccount]:
    """The accounts that an actor's desk reaches, narrowed and sorted."""
    reached = institutions_in(actor, Action.ESCROW_READ)
    if filters.text:
        reached = search_institutions(reached, filters.text)
    rows = EscrowAccount.objects.filter(institution__in=reached.order_by().values("pk"))
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.publication:
        published = {"state__in": SUPERVISED, "published_on__isnull": False}
        wanted = filters.publication == "yes"
        rows = rows.filter(**published) if wanted else rows.exclude(**published)
    order = SORTS.get(filters.sort, SORTS["institution"])
    return rows.select_related("institution__division").order_by(*order)


def institutions_without_account(actor: Actor, text: str = "") -> QuerySet[Institution]:
    """Verified institutions of the place that teach and have no open custody account.

    What nobody has verified, or what teaches elsewhere, cannot be said to need one.
    """
    open_custody = EscrowAccount.objects.filter(
        institution=OuterRef("pk"), kind=AccountKind.CUSTODY.value
    ).exclude(state=EscrowState.CLOSED.value)
    rows = institutions_in(actor, Action.ESCROW_READ).filter(
        verification="verified", place="", status__in=_TEACHING
    )
    if text:
        rows = search_institutions(rows, text)
    return rows.filter(~Exists(open_custody)).order_by("sort_key", "pk")


def unverified_count(actor: Actor) -> int:
    """How many entries wait to be verified before anyone can say whether they need an account."""
    rows = institutions_in(actor, Action.ESCROW_READ)
    return rows.filter(verification="unverified", place="").exclude(status="closed").count()


def counts_by_state(actor: Actor) -> Counter[str]:
    """How many accounts an actor's desk reaches in each state."""
    reached = institutions_in(actor, Action.ESCROW_READ).order_by().values("pk")
    states = EscrowAccount.objects.filter(institution__in=reached).order_by()
    return Counter(states.values_list("state", flat=True))


def account_for(
    actor: Actor, public_id: UUID, action: Action = Action.ESCROW_READ
) -> EscrowAccount | None:
    """An account by its public id, where the actor's desk reaches it."""
    reached = institutions_in(actor, action).order_by().values("pk")
    rows = EscrowAccount.objects.filter(public_id=public_id, institution__in=reached)
    return rows.select_related("institution__division").first()


def accounts_of(institution: Institution) -> QuerySet[EscrowAccount]:
    """An institution's accounts, the open ones first."""
    rows = EscrowAccount.objects.filter(institution=institution)
    return rows.select_related("institution__division").order_by(
        "closed_on", "kind", "-opened_on", "id"
    )


def own_accounts(actor: Actor) -> QuerySet[EscrowAccount]:
    """The accounts of the institution at whose desk the actor sits."""
    own = institutions_in(actor, Action.ESCROW_READ_OWN).order_by().values("pk")
    rows = EscrowAccount.objects.filter(institution__in=own)
    return rows.select_related("institution__division").order_by("closed_on", "kind", "id")


def published_accounts(institution: Institution) -> tuple[PublishedAccount, ...]:
    """Every account of an institution that is published and active, the custody account first."""
    rows = EscrowAccount.objects.filter(
        institution=institution, state__in=SUPERVISED, published_on__isnull=False
    )
    ranked = sorted(rows, key=lambda row: list(KIND_LABELS).index(row.kind))
    return tuple(_published(row) for row in ranked)


def published_account(institution: Institution) -> PublishedAccount | None:
    """The published custody account of an institution, else another published one, or None."""
    return next(iter(published_accounts(institution)), None)


def _published(row: EscrowAccount) -> PublishedAccount:
    return PublishedAccount(
        kind=row.kind,
        bank_name=row.bank_name,
        branch_name=row.branch_name,
        masked_number=row.masked_number,
        active_on=row.active_on,
        published_on=row.published_on or row.opened_on,
    )


def history_of_account(account: EscrowAccount) -> QuerySet[Event]:
    """What was done to an account, newest first."""
    return history_of(kind=SUBJECT_KIND, key=str(account.public_id))
