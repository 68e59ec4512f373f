"""A class, contracts under a custody account, and commands with keys of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from fees.models import Contract, EscrowAccount, LedgerAccount
from fees.services.contracts import ContractDraft, receive_payment, sign_contract
from institutions.models import Filing, Institution
from institutions.services.licences import LicenceDraft, grant_licence
from institutions.services.register import add_premises
from regulator.kernel.actors import SYSTEM
from tests.audited import unaudited
from tests.fees.conftest import AT

DAY = date(2026, 11, 1)
_numbers = count(1)


def approved_class(institution: Institution) -> Filing:
    """An approved class of sixty lessons, from September to December."""
    with unaudited():
        return Filing.objects.create(
            division_id=institution.division_id,
            institution=institution,
            department_id="education",
            number=f"BA510116-2026-{next(_numbers):05d}",
            state="approved",
            digest="0" * 64,
            outcome="clear",
            class_name="五年级数学",
            class_term="2026秋",
            category="subject",
            activity="数学",
            grades=[5],
            delivery="offline",
            place="东升街道顺城街 12 号",
            starts_on=date(2026, 9, 10),
            ends_on=date(2026, 12, 9),
            lesson_count=40,
            class_size=20,
            fee_fen=3200_00,
            screened_on=date(2026, 8, 1),
        )


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


def licensed(institution: Institution) -> None:
    """Premises, and a licence in force since 2024."""
    add_premises(institution=institution, address="东升街道顺城街 12 号", actor=SYSTEM, at=AT)
    grant_licence(
        institution=institution,
        draft=LicenceDraft(
            number="151011670000018",
            category="subject",
            stages=("primary",),
            ways=("offline",),
            issuing_department="education",
            issued_on=date(2024, 5, 1),
            valid_from=date(2024, 5, 1),
            valid_until=date(2027, 4, 30),
        ),
        actor=SYSTEM,
        at=datetime(2024, 5, 1, 2, tzinfo=UTC),
    )


@pytest.fixture
def filing(institution):
    licensed(institution)
    return approved_class(institution)


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
