"""Requests for a refund: the desk's list, an institution's own, what the night has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from fees.core.refund_states import OPEN, UNPAID, RefundState
from fees.core.refunds import Cause, Refund
from fees.models import RefundRequest
from fees.selectors.proposals import propose_refund
from institutions.selectors.register import institutions_in
from institutions.selectors.search import search_institutions
from regulator.accounts.core.actions import Action
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.kernel.actors import Actor

REFUND_SUBJECT = "refund_request"
PARTS = ("open", "overdue", "ended")
_RELATED = (
    "contract__institution__division",
    "contract__escrow",
    "contract__filing",
    "answer_deadline",
    "payment_deadline",
)


@dataclass(frozen=True)
class RefundFilters:
    """What the list is narrowed to: a part (`open`, `overdue`, `ended`), a state, a name."""

    part: str = ""
    state: str = ""
    text: str = ""


def requests_in(actor: Actor, filters: RefundFilters, today: date) -> QuerySet[RefundRequest]:
    """The requests that an actor's desk reaches, the nearest payment due first."""
    reached = institutions_in(actor, Action.REFUND_READ)
    if filters.text:
        reached = search_institutions(reached, filters.text)
    rows = RefundRequest.objects.filter(
        contract__institution__in=reached.order_by().values("pk")
    ).select_related(*_RELATED)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.part == "ended":
        return rows.exclude(state__in=_values(OPEN)).order_by("-asked_on", "-pk")
    if filters.part == "open":
        rows = rows.filter(state__in=_values(OPEN))
    if filters.part == "overdue":
        rows = rows.filter(overdue_on(today))
    return rows.order_by("payment_deadline__due_on", "pk")


def overdue_on(today: date) -> Q:
    """Requests that should have been paid before a day and were not."""
    return Q(state__in=_values(UNPAID), payment_deadline__due_on__lt=today)


def request_for(actor: Actor, public_id: UUID) -> RefundRequest | None:
    """A request by its public id, where the actor's desk reaches it."""
    return _one(actor, public_id, Action.REFUND_READ)


def own_requests(actor: Actor) -> QuerySet[RefundRequest]:
    """The requests about contracts of the institution at whose desk the actor sits."""
    own = institutions_in(actor, Action.REFUND_READ_OWN).order_by().values("pk")
    rows = RefundRequest.objects.filter(contract__institution__in=own)
    return rows.select_related(*_RELATED).order_by("answered_on", "-asked_on", "-pk")


def own_request(actor: Actor, public_id: UUID) -> RefundRequest | None:
    """One of them by its public id."""
    return _one(actor, public_id, Action.REFUND_READ_OWN)


def unanswered_requests(today: date) -> QuerySet[RefundRequest]:
    """Requests whose term for an answer has passed in silence, of every division."""
    rows = RefundRequest.objects.filter(
        state=RefundState.ASKED.value, answer_deadline__due_on__lt=today
    )
    return rows.select_related(*_RELATED).order_by("pk")


def request_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many requests wait for whom. One query."""
    reached = institutions_in(actor, Action.REFUND_READ).order_by().values("pk")
    rows = RefundRequest.objects.filter(contract__institution__in=reached).order_by()
    found: dict[str, int] = rows.aggregate(
        asked=Count("pk", filter=Q(state="asked")),
        to_decide=Count("pk", filter=Q(state__in=["agreed", "disputed", "appealed"])),
        to_pay=Count("pk", filter=Q(state="decided")),
        overdue=Count("pk", filter=overdue_on(today)),
    )
    return found


def proposals_of(request: RefundRequest) -> list[tuple[Cause, Refund]]:
    """The calculation as it comes out now for each cause, so that a person sees what it changes."""
    found = []
    for cause in Cause:
        refund = propose_refund(
            request.contract,
            cause=cause,
            had_service_before=request.had_service_before,
            requested_on=request.asked_on,
        )
        if refund is not None:
            found.append((cause, refund))
    return found


def history_of_request(request: RefundRequest) -> QuerySet[Event]:
    """What was done about a request, newest first."""
    return history_of(kind=REFUND_SUBJECT, key=str(request.public_id))


def _one(actor: Actor, public_id: UUID, action: Action) -> RefundRequest | None:
    reached = institutions_in(actor, action).order_by().values("pk")
    rows = RefundRequest.objects.filter(public_id=public_id, contract__institution__in=reached)
    return rows.select_related(*_RELATED).first()


def _values(states: frozenset[RefundState]) -> list[str]:
    return [state.value for state in states]
