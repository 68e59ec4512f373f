"""What the ledger's benchmarks stand on: a migrated PostgreSQL database, one account."""

from __future__ import annotations

from datetime import UTC, date, datetime

from fees.models import EscrowAccount
from regulator.accounts.services import load_departments, load_divisions
from regulator.kernel.actors import SYSTEM
from tests.district import DIVISION
from tests.fees.ground import active_account

AT = datetime(2026, 11, 1, 1, tzinfo=UTC)
DAY = date(2026, 11, 1)


def supervised_account() -> EscrowAccount:
    """A custody account under supervision, its ledger open."""
    load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
    load_departments(actor=SYSTEM, at=AT, division=DIVISION)
    return active_account(on=DAY)
