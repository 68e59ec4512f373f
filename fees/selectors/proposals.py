"""What a refund would come to now."""

from __future__ import annotations

from datetime import date

from fees.core.refunds import Cause, GiftTerms, Refund, RefundFacts, calculate_refund
from fees.models import Contract
from fees.selectors.contracts import account_money, taught_lessons
from fees.selectors.interest import account_interest


def propose_refund(
    contract: Contract, *, cause: Cause, had_service_before: bool, requested_on: date
) -> Refund | None:
    """The calculation as it stands now, or None where nothing was ever paid.

    Three queries, two more where the bank credited interest.
    """
    money, taught = account_money(contract), taught_lessons(contract)
    if money.paid_on is None:
        return None
    return calculate_refund(
        RefundFacts(
            paid_fen=money.paid_fen,
            used=taught.used,
            reserved_fen=taught.reserved_fen,
            list_price_fen=contract.list_price_fen,
            paid_on=money.paid_on,
            starts_on=contract.starts_on,
            requested_on=requested_on,
            cause=cause,
            gifts_used=taught.gifts_used,
            gift_terms=GiftTerms(contract.gift_terms),
            had_service_before=had_service_before,
            cooling_off_days=contract.cooling_off_days,
            settled_fen=money.settled_fen,
            interest=account_interest(contract.escrow_id, until=requested_on),
        )
    )
