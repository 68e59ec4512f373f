"""The fictional escrow accounts: opened, agreed, active, most of them published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from fees.services.accounts import (
    AccountDraft,
    activate_account,
    open_account,
    publish_account,
    record_agreement,
)
from regulator.pages.core.demo_words import BANKS
from regulator.pages.services.seed_people import Staff
from regulator.pages.services.seed_register import Seeded, moment

_CUSTODY = "custody"
_SETTLED_DAYS = 20


def seed_accounts(seeded: Iterable[Seeded], *, staff: Staff, random: Random) -> int:
    """An account for each institution that has one, brought to where it stands."""
    supervisor = staff.actor("fee_supervisor")
    opened = 0
    for number, one in enumerate(seeded, start=1):
        if not one.plan.has_escrow:
            continue
        opened += 1
        bank, branch = random.choice(BANKS)
        opened_at = moment(one.plan.licence_starts_on + timedelta(days=30))
        account = open_account(
            institution=one.institution,
            kind=_CUSTODY,
            draft=AccountDraft(bank, branch, _account_number(number, random)),
            actor=supervisor,
            at=opened_at,
        )
        if number % 25 == 0:
            continue  # a few still wait for the bank's agreement
        agreed_on = one.plan.licence_starts_on + timedelta(days=30 + _SETTLED_DAYS)
        account = record_agreement(
            account,
            agreement_number=f"双监协〔{agreed_on.year}〕{number}号",
            agreed_on=agreed_on,
            actor=supervisor,
            at=moment(agreed_on),
        )
        account = activate_account(
            account, actor=supervisor, at=moment(agreed_on + timedelta(days=1))
        )
        if one.plan.escrow_published:
            publish_account(account, actor=supervisor, at=moment(agreed_on + timedelta(days=2)))
    return opened


def _account_number(number: int, random: Random) -> str:
    return f"62{random.randint(10**12, 10**13 - 1)}{number:04d}"
