"""What the ledger's benchmarks stand on: a migrated PostgreSQL database, one account, its class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import transaction
from django.test.utils import setup_databases, teardown_databases

from fees.models import EscrowAccount
from fees.services.posting import open_ledger
from institutions.models import Filing, Institution
from regulator.accounts.services import load_departments, load_divisions
from regulator.kernel.actors import SYSTEM

DIVISION = "510116"
AT = datetime(2026, 11, 1, 1, tzinfo=UTC)
DAY = date(2026, 11, 1)


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database of its own, gone afterwards."""
    held = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(held, verbosity=0)


def active_account() -> EscrowAccount:
    """A custody account under supervision, its ledger open."""
    load_divisions(actor=SYSTEM, at=AT, division=DIVISION)
    load_departments(actor=SYSTEM, at=AT, division=DIVISION)
    with transaction.atomic():
        institution = Institution.objects.create(
            division_id=DIVISION,
            name="测试培训学校",
            name_key="测试培训学校",
            sort_key="测试培训学校",
            legal_form="non_profit",
            category="subject",
            registered_on=date(2020, 1, 1),
        )
        escrow = EscrowAccount.objects.create(
            institution=institution,
            kind="custody",
            bank_name="测试银行",
            state="active",
            opened_on=DAY,
            active_on=DAY,
        )
        open_ledger(escrow)
    return escrow


def approved_class(escrow: EscrowAccount) -> Filing:
    """A class that contracts may be signed for."""
    return Filing.objects.create(
        division_id=DIVISION,
        institution=escrow.institution,
        department_id="education",
        number="BA510116-2026-00001",
        state="approved",
        digest="0" * 64,
        outcome="clear",
        class_name="五年级数学",
        class_term="2026秋",
        category="subject",
        activity="数学",
        grades=[5],
        delivery="offline",
        place="顺城街",
        starts_on=date(2026, 9, 10),
        ends_on=date(2026, 12, 9),
        lesson_count=50,
        class_size=20,
        fee_fen=4000_00,
        screened_on=date(2026, 8, 1),
    )
