"""What waits about prepaid fees: at a desk of the bureau, and at an institution's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from fees.models import BankDifference, ClosurePlan, RefundRequest, RefusedSale
from fees.selectors.guardians import open_requests
from fees.selectors.refunds import overdue_on, own_requests
from fees.selectors.warnings import WarningFilters, warnings_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor


@dataclass(frozen=True)
class FeeWork:
    """Counts for the front page; each day is the earliest of those counted beside it."""

    refunds_overdue: int = 0
    first_overdue_on: date | None = None
    refunds_to_decide: int = 0
    warnings: int = 0
    differences: int = 0
    sales_to_return: int = 0
    first_return_on: date | None = None
    closures_to_sign: int = 0


@dataclass(frozen=True)
class OwnFeeWork:
    """What an institution has to answer; the day is the first on which silence is agreement."""

    refunds_to_answer: int = 0
    first_answer_on: date | None = None
    corrections: int = 0


def fee_work(actor: Actor, today: date) -> FeeWork:
    """What waits for the actor's desk; nothing where the desk has no part in it."""
    values: dict[str, Any] = {}
    target = Target(actor.division)
    if may(actor, Action.REFUND_HANDLE, target):
        values |= _refunds(actor, today)
    if may(actor, Action.WARNING_HANDLE, target):
        values["warnings"] = warnings_in(actor, WarningFilters(standing="waiting")).count()
    if may(actor, Action.ESCROW_EDIT, target):
        values |= _money(actor)
    if may(actor, Action.CLOSURE_SIGN, target):
        plans = _here(ClosurePlan.objects, "escrow__institution", actor)
        values["closures_to_sign"] = (
            plans.filter(state="prepared").exclude(prepared_by_user=actor.user_id).count()
        )
    return FeeWork(**values)


def own_fee_work(actor: Actor) -> OwnFeeWork:
    """What waits for the institution at whose desk the actor sits."""
    asked = own_requests(actor).filter(state="asked").order_by()
    found = asked.aggregate(count=Count("pk"), first=Min("answer_deadline__due_on"))
    return OwnFeeWork(found["count"], found["first"], open_requests(actor).count())


def _refunds(actor: Actor, today: date) -> dict[str, Any]:
    """An appeal waits for whoever did not decide before."""
    undecided = Q(state__in=["agreed", "disputed"]) | (
        Q(state="appealed") & ~Q(decided_by_user=actor.user_id)
    )
    late = overdue_on(today)
    found = _here(RefundRequest.objects, "contract__institution", actor).aggregate(
        refunds_overdue=Count("pk", filter=late),
        first_overdue_on=Min("payment_deadline__due_on", filter=late),
        refunds_to_decide=Count("pk", filter=undecided),
    )
    return dict(found)


def _money(actor: Actor) -> dict[str, Any]:
    due = Q(received_on__isnull=False, refunded_on=None)
    sales = _here(RefusedSale.objects, "institution", actor).aggregate(
        sales_to_return=Count("pk", filter=due),
        first_return_on=Min("refund_due_on", filter=due),
    )
    differences = _here(BankDifference.objects, "escrow__institution", actor)
    return {**sales, "differences": differences.filter(state="open").count()}


def _here(rows: Any, path: str, actor: Actor) -> QuerySet[Any]:
    """The rows of institutions in the actor's division."""
    found: QuerySet[Any] = rows.filter(**{f"{path}__division": actor.division})
    return found
