"""A private link for a guardian: a login without a password that sees one pupil's contracts."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from fees.models import Contract, ContractGuardian
from fees.services.contract_entry import record_contract_event
from fees.services.contracts import require_keep
from fees.services.records import day_of
from regulator.accounts.core.roles import Role
from regulator.accounts.models import PrivateLink, User
from regulator.accounts.services import (
    appoint,
    create_private_link,
    create_user,
    revoke_private_link,
)
from regulator.kernel.actors import SYSTEM, Actor
from regulator.kernel.outcomes import Refusal, Refused

LINK_DAYS = 90
MOST_LINK_DAYS = 366
# The account bears no name: whose it is stands sealed in the contract.
_SHOWN_NAME = "家长"


def give_parent_link(
    contract: Contract, *, days: int = LINK_DAYS, actor: Actor, at: datetime
) -> str:
    """A new link to the contract's page; its text is returned once and kept nowhere.

    Every earlier link of the contract is closed. The same pupil's other contracts with the
    institution are seen by the same login. Raises Refused.
    """
    require_keep(actor, contract.institution)
    if not 0 < days <= MOST_LINK_DAYS:
        raise Refused(Refusal("link.days", {"most": MOST_LINK_DAYS}))
    with transaction.atomic():
        locked = Contract.objects.select_for_update().get(pk=contract.pk)
        if locked.erased_on is not None:
            raise Refused(Refusal("guardian.erased"))
        user = _login_of(locked, actor, at)
        _close_links(user, at)
        _link, token = create_private_link(user, days=days, actor=SYSTEM, at=at)
        record_contract_event(locked, "guardian.link_given", {"days": days}, actor, at)
    return token


def revoke_parent_links(contract: Contract, *, actor: Actor, at: datetime) -> int:
    """Close every open link of the contract at once; says how many there were."""
    require_keep(actor, contract.institution)
    with transaction.atomic():
        closed = sum(
            _close_links(guardian.user, at)
            for guardian in contract.guardians.filter(ended_at=None).select_related("user")
        )
        record_contract_event(contract, "guardian.links_revoked", {"links": closed}, actor, at)
    return closed


def grant_contract(contract: Contract, user: User, *, actor: Actor, at: datetime) -> None:
    """Let a parent's login see a contract; granting it twice changes nothing."""
    require_keep(actor, contract.institution)
    with transaction.atomic():
        _guardian, is_new = ContractGuardian.objects.get_or_create(
            contract=contract,
            user=user,
            ended_at=None,
            defaults={"granted_by": actor.name, "granted_at": at},
        )
        if is_new:
            record_contract_event(contract, "guardian.granted", {}, actor, at)


def _login_of(contract: Contract, actor: Actor, at: datetime) -> User:
    siblings = Contract.objects.filter(
        institution=contract.institution_id, pupil_index=contract.pupil_index, erased_on=None
    )
    known = ContractGuardian.objects.filter(contract__in=siblings, ended_at=None)
    held = known.select_related("user").order_by("pk").first()
    user = _new_login(contract, at) if held is None else held.user
    for one in siblings:
        grant_contract(one, user, actor=actor, at=at)
    return user


def _new_login(contract: Contract, at: datetime) -> User:
    division = contract.institution.division_id
    user = create_user(
        username=f"parent-{secrets.token_hex(8)}",
        name=_SHOWN_NAME,
        password=None,
        division=division,
        actor=SYSTEM,
        at=at,
    )
    appoint(user, role=Role.PARENT, division=division, starts_on=day_of(at), actor=SYSTEM, at=at)
    return user


def _close_links(user: User, at: datetime) -> int:
    links = PrivateLink.objects.filter(user=user, revoked_at=None, expires_at__gt=at)
    closed = [revoke_private_link(link, actor=SYSTEM, at=at) for link in links]
    return len(closed)
