"""Requests to withhold a result: who may read them, and what each says of one visit alone."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from inspections.models import InspectionResult, ResultWithholding, Visit, WithholdingRequest
from inspections.selectors.visits import visits_in
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, may
from regulator.kernel.actors import Actor

_OVER = ("ended", "not_possible")


def open_requests(visit: Visit) -> QuerySet[WithholdingRequest]:
    """The request of a visit that nobody has answered: one at most."""
    return visit.withholding_requests.filter(is_granted__isnull=True)


def requests_to_decide(actor: Actor) -> QuerySet[WithholdingRequest]:
    """What waits in the actor's division, for whoever decides and for whoever asked.

    Each names its one visit, of a sealed draw too: without knowing it nobody could decide.
    """
    target = Target(division=actor.division)
    actions = (Action.RESULT_WITHHOLD, Action.RESULT_PUBLISH)
    if not any(may(actor, action, target) for action in actions):
        return WithholdingRequest.objects.none()
    return WithholdingRequest.objects.filter(
        visit__division=actor.division, is_granted__isnull=True
    ).select_related(
        "visit__premises__institution", "visit__assignment__draw_of", "visit__target__order"
    )


def request_to_decide(actor: Actor, public_id: UUID | str) -> WithholdingRequest | None:
    """One of them by public id."""
    return requests_to_decide(actor).filter(public_id=public_id).first()


def visit_to_withhold(actor: Actor, public_id: UUID | str) -> Visit | None:
    """A visit of the actor's division that ended and is not published, for the desk of results.

    None for a visit of a sealed draw, unless the actor may know whom it drew, or was asked to
    decide on this one.
    """
    rows = Visit.objects.filter(
        public_id=public_id, division=actor.division, state__in=_OVER, result__isnull=True
    ).select_related("premises__institution")
    found = rows.filter(pk__in=visits_in(actor).values("pk")).first()
    if found is None and may(actor, Action.RESULT_WITHHOLD, Target(division=actor.division)):
        asked = requests_to_decide(actor).values("visit")
        found = rows.filter(pk__in=asked).first()
    return found


def may_ask_withholding(actor: Actor, visit: Visit) -> bool:
    """Whether the visit's page offers to ask: it is over, not published, and not asked yet."""
    if not visit.is_over or not may(actor, Action.RESULT_PUBLISH, Target(visit.division_id)):
        return False
    is_published = InspectionResult.objects.filter(visit=visit).exists()
    return not is_published and not withholding_of(visit) and not open_requests(visit).exists()


def withholding_of(visit: Visit) -> ResultWithholding | None:
    """The decision not to publish what a visit found, None where there is none."""
    return ResultWithholding.objects.filter(visit=visit).first()


def requests_of(visit: Visit) -> list[WithholdingRequest]:
    """Every request of a visit, what waits last."""
    return list(visit.withholding_requests.all())
