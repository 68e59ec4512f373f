"""Interest in a refund: at the account's real rate, paid out of the interest, never more."""

from __future__ import annotations

from datetime import date

import pytest

from fees.core.refunds import AccountInterest, Cause
from fees.selectors.interest import account_interest
from fees.selectors.proposals import propose_refund
from fees.services.movements import record_movement
from fees.services.settlements import settle_contract
from regulator.kernel.actors import SYSTEM
from tests.fees.conftest import AT
from tests.fees.ledger.conftest import held

ASKED = date(2026, 10, 20)


def credited(escrow, amount_fen: int, on: date, rule: str = "interest") -> None:
    record_movement(
        escrow=escrow, rule=rule, amount_fen=amount_fen, reference=f"结息{on}",
        key=f"{rule}{on}", booked_on=on, actor=SYSTEM, at=AT,
    )  # fmt: skip


def test_the_rate_is_what_was_credited_over_the_balance_by_days(paid, active):
    assert account_interest(active.pk, until=ASKED) is None
    credited(active, 300, date(2026, 9, 21))
    assert account_interest(active.pk, until=date(2026, 9, 20)) is None
    expected = AccountInterest(300, 3200_00 * 20, 300)
    assert account_interest(active.pk, until=ASKED) == expected
    credited(active, 100, date(2026, 9, 30), "interest_paid")
    assert account_interest(active.pk, until=ASKED) == AccountInterest(300, 3200_00 * 20, 200)


def test_a_refund_pays_principal_and_interest_each_out_of_its_own(paid, active):
    credited(active, 800, date(2026, 9, 21))
    # 3,200 yuan for 49 days at 800 / (320,000 × 20) a fen-day is 1,960; 800 are there.
    refund = settle_contract(
        contract=paid, cause=Cause.NO_FAULT, had_service_before=False, requested_on=ASKED,
        key="s", booked_on=ASKED, actor=SYSTEM, at=AT,
    )  # fmt: skip
    assert refund is not None
    assert (refund.refund_fen, refund.interest_fen, refund.forfeit_fen) == (3208_00, 8_00, 0)
    assert held(active) == {}


@pytest.mark.parametrize("cause", Cause)
def test_without_interest_a_refund_is_as_before(paid, cause):
    refund = propose_refund(paid, cause=cause, had_service_before=False, requested_on=ASKED)
    assert refund is not None
    assert (refund.refund_fen, refund.interest_fen) == (3200_00, 0)
