"""What every service of escrow accounts shares: the locks, the facts, the event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from fees.core.escrow_states import EscrowFacts, EscrowState
from fees.models import EscrowAccount
from fees.selectors.accounts import SUBJECT_KIND
from institutions.models import Institution
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.audit.services import Subject, append_event
from regulator.kernel.actors import Actor
from regulator.kernel.legal import LegalBasis


def require_edit(actor: Actor, institution: Institution) -> None:
    """Raise Refused unless the actor may register escrow accounts in the division."""
    require(actor, Action.ESCROW_EDIT, Target(division=institution.division_id))


def lock_account(account: EscrowAccount) -> EscrowAccount:
    """The account as it is now, locked after its institution."""
    institution = Institution.objects.select_for_update().get(pk=account.institution_id)
    locked = EscrowAccount.objects.select_for_update().get(pk=account.pk)
    locked.institution = institution
    return locked


def day_of(at: datetime) -> date:
    """The business day of a moment."""
    return timezone.localtime(at).date()


def facts_of(account: EscrowAccount, *, on: date, **given: Any) -> EscrowFacts:
    """An account's facts on a day, with what the actor gave."""
    return EscrowFacts(
        state=EscrowState(account.state),
        on=on,
        has_number=bool(account.number_index),
        is_published=account.is_published,
        **given,
    )


def snapshot(account: EscrowAccount) -> dict[str, Any]:
    """What the chain keeps of an account: the number only as its keyed digest and last digits."""
    return {
        "kind": account.kind,
        "bank_name": account.bank_name,
        "branch_name": account.branch_name,
        "account_number": account.masked_number,
        "number_index": account.number_index,
        "agreement_number": account.agreement_number,
        "agreed_on": account.agreed_on,
        "state": account.state,
        "opened_on": account.opened_on,
        "active_on": account.active_on,
        "published_on": account.published_on,
        "closed_on": account.closed_on,
        "held_on": account.held_on,
        "hold_clause": account.hold_clause,
    }


def record_event(
    account: EscrowAccount,
    *,
    kind: str,
    actor: Actor,
    at: datetime,
    old: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: LegalBasis | None = None,
) -> None:
    """Append what was done, with the values that differ from `old`."""
    new = snapshot(account)
    changed = [name for name in new if old is None or old.get(name) != new[name]]
    append_event(
        division=account.institution.division_id,
        actor=actor,
        kind=kind,
        subject=Subject(SUBJECT_KIND, str(account.public_id), account.institution.name),
        old=None if old is None else {name: old[name] for name in changed},
        new={name: new[name] for name in changed},
        reason=reason.strip(),
        basis=basis,
        occurred_at=at,
    )
