"""A class, contracts under a custody account, and commands with keys of their own."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from fees.models import Contract, EscrowAccount, LedgerAccount
from fees.services.contract_entry import ContractDraft
from fees.services.contracts import receive_payment, sign_contract
from institutions.models import Filing
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ground import approved_class, licensed

DAY = date(2026, 11, 1)
_numbers = count(1)


def draft_of(filing: Filing, number: str, **more: object) -> ContractDraft:
    terms: dict[str, object] = {
        "number": number,
        "filing": filing,
        "pupil_name": "李小禾" if number == "HT-1" else f"王{number}",
        "guardian_name": "李远",
        "guardian_phone": "138 0013 8000",
        "consent_version": "2026-1",
        "consented_on": date(2026, 8, 30),
        "lesson_count": 40,
        "price_fen": 3200_00,
        "list_price_fen": 100_00,
        "signed_on": date(2026, 9, 1),
    }
    return ContractDraft(**(terms | more))  # type: ignore[arg-type]


@pytest.fixture
def filing(institution):
    licensed(institution, at=AT)
    return approved_class(institution, next(_numbers))


@pytest.fixture
def contract(active, filing):
    return sign_contract(escrow=active, draft=draft_of(filing, "HT-1"), actor=SYSTEM, at=AT)


@pytest.fixture
def paid(contract):
    return pay(contract)


def pay(contract: Contract, amount_fen: int = 3200_00, key: str = "pay-1") -> Contract:
    receive_payment(
        contract=contract,
        amount_fen=amount_fen,
        invoice_number="24512000000012345678",
        key=key,
        booked_on=date(2026, 9, 1),
        actor=SYSTEM,
        at=AT,
    )
    return contract


def held(escrow: EscrowAccount) -> dict[str, int]:
    """Balances that are not zero, by kind; those of contracts together."""
    found: dict[str, int] = {}
    for kind, fen in LedgerAccount.objects.filter(escrow=escrow).values_list("kind", "balance_fen"):
        if fen:
            found[kind] = found.get(kind, 0) + fen
    return found


def later(days: int):
    return AT + timedelta(days=days)
