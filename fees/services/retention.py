"""The night erases what is due, as a guardian's own deletion does, and leaves what is needed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fees.core.erasure import retention_refusals
from fees.models import Contract
from fees.selectors.retention import due_contracts, erasure_facts
from fees.services.contracts import erase_personal_part
from fees.services.records import day_of
from regulator.kernel.actors import SYSTEM

REASON = "保存期届满，按期删除"
_BATCH = 200


def erase_due_contracts(*, at: datetime) -> int:
    """Erase the personal part of every contract whose day has come; returns how many.

    Each in a transaction of its own with its event. What holds one back is not an event: it shows
    on the fee supervisor's page until it is gone. Safe to run twice.
    """
    erased, after = 0, 0
    while batch := list(due_contracts(day_of(at)).filter(pk__gt=after).order_by("pk")[:_BATCH]):
        facts = erasure_facts(batch)
        for contract in batch:
            if not retention_refusals(facts[contract.pk]):
                erased += _erased(contract, at)
        after = batch[-1].pk
    return erased


def _erased(contract: Contract, at: datetime) -> bool:
    """Erase one under its lock, unless something came up meanwhile or a guardian was faster."""
    with transaction.atomic():
        locked = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if locked.erased_on is not None or day_of(at) < locked.delete_on:
            return False
        if retention_refusals(erasure_facts([locked])[locked.pk]):
            return False
        erase_personal_part(locked, reason=REASON, actor=SYSTEM, at=at)
    return True
