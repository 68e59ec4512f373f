"""What stands behind an account: its documents, its freezes, the division's way of supervising."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fees.models import AccountDocument, AccountFreeze, EscrowAccount
from institutions.selectors.register import institutions_in
from regulator.accounts.core.actions import Action
from regulator.calendars.selectors import division_settings
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class FreezeLine:
    """A freeze, and whether it binds on the day asked for."""

    freeze: AccountFreeze
    in_force: bool


def documents_of(account: EscrowAccount) -> QuerySet[AccountDocument]:
    """The papers of an account, the latest first."""
    return AccountDocument.objects.filter(escrow=account).order_by("-kept_at", "-pk")


def freezes_of(account: EscrowAccount, *, on: date) -> list[FreezeLine]:
    """The freezes of an account, the latest first. One query."""
    rows = AccountFreeze.objects.filter(escrow=account).order_by("-starts_on", "-pk")
    return [FreezeLine(row, row.is_in_force(on)) for row in rows]


def document_for(actor: Actor, public_id: UUID) -> AccountDocument | None:
    """A paper of an account, where the actor's desk reads the account."""
    reached = institutions_in(actor, Action.ESCROW_READ).order_by().values("pk")
    rows = AccountDocument.objects.filter(public_id=public_id, escrow__institution__in=reached)
    return rows.select_related("escrow__institution").first()


def freeze_for(actor: Actor, public_id: UUID) -> AccountFreeze | None:
    """A freeze, where the actor registers accounts."""
    reached = institutions_in(actor, Action.ESCROW_EDIT).order_by().values("pk")
    rows = AccountFreeze.objects.filter(public_id=public_id, escrow__institution__in=reached)
    return rows.select_related("escrow__institution").first()


def fee_scheme(division: str, on: date | None = None) -> str:
    """How prepaid fees are supervised in a division on a day: custody or deposit."""
    return division_settings(division, on or timezone.localdate()).fee_scheme
