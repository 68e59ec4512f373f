"""On the spot: the notice is shown, the team is there, the visit ends or cannot take place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inspections.core.visits.categories import CATEGORY_OF_HINDRANCE
from inspections.core.visits.states import VisitFacts, VisitState
from inspections.models import Inspector, Visit, VisitMember
from inspections.selectors.visits import (
    codes_of,
    is_published,
    listed_items,
    present_officers,
    standing_of,
    team_inspectors,
)
from inspections.services.visit_records import (
    lock_visit,
    record_visit_event,
    refuse_visit_move,
    require_recorder,
)
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

_APPROVED = (VisitState.APPROVED.value, VisitState.ARRIVED.value)


@dataclass(frozen=True)
class Place:
    """Where a device says it is, in WGS-84 degrees, and how sure it is of that."""

    latitude: float
    longitude: float
    accuracy_m: int


@dataclass(frozen=True)
class Arrival:
    """How a team's arrival is known; `arrived_at` by the team's own clock.

    `code` is what was scanned or typed from the institution's paper, `inspectors` who is there.
    """

    method: str
    inspectors: Sequence[Inspector]
    arrived_at: datetime
    code: str = ""
    reason: str = ""
    place: Place | None = None


def give_notice(
    *, visit: Visit, receiver: str, given_at: datetime, actor: Actor, at: datetime
) -> Visit:
    """检查通知: show the approval and the notice to somebody of the institution, by name."""
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        reasons = _notice_refusals(locked, receiver)
        if reasons:
            raise Refused(reasons)
        locked.notice_given_at = given_at
        locked.notice_receiver = receiver.strip()
        locked.notice_given_by = actor.name
        locked.save(update_fields=["notice_given_at", "notice_receiver", "notice_given_by"])
        record_visit_event(locked, kind="notice_given", actor=actor, at=at)
    return locked


def _notice_refusals(visit: Visit, receiver: str) -> list[Refusal]:
    found = []
    if visit.state not in _APPROVED:
        params = {"visit_state": visit.state, "visit_move": "notice"}
        found.append(Refusal("visit.wrong_state", params))
    if visit.notice_given_at is not None:
        found.append(Refusal("visit.notice_given"))
    if not receiver.strip():
        found.append(Refusal("visit.receiver_missing"))
    return found


def record_arrival(*, visit: Visit, arrival: Arrival, actor: Actor, at: datetime) -> Visit:
    """到场: at least two certified officers of the team stand there.

    Raises Refused with every reason: who is not of the team, whose certificate has ended, a code
    that is another institution's.
    """
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        team = {one.pk for one in team_inspectors(locked)}
        strangers = [one for one in arrival.inspectors if one.pk not in team]
        if strangers:
            raise Refused([Refusal("visit.stranger", {"name": one.name}) for one in strangers])
        refuse_visit_move("arrive", _arrival_facts(locked, arrival, at))
        locked.arrive(
            at=arrival.arrived_at,
            how=arrival.method,
            code=arrival.code.strip(),
            reason=arrival.reason.strip(),
        )
        _put_place(locked, arrival.place)
        locked.save()
        VisitMember.objects.bulk_create(_members(locked, arrival.inspectors))
        new = {
            "method": arrival.method,
            "officers": len(arrival.inspectors),
            "arrived_at": arrival.arrived_at.isoformat(),
        }
        record_visit_event(
            locked, kind="arrived", actor=actor, at=at, new=new, reason=arrival.reason.strip()
        )
    return locked


def _arrival_facts(visit: Visit, arrival: Arrival, at: datetime) -> VisitFacts:
    return VisitFacts(
        state=VisitState(visit.state),
        at=at,
        on=timezone.localdate(arrival.arrived_at),
        present=present_officers(arrival.inspectors),
        method=arrival.method,
        reason=arrival.reason,
        has_position=arrival.place is not None,
        code_given=arrival.code.strip().lower(),
        codes_known=frozenset(codes_of(visit.premises)) if arrival.method == "code" else (),
    )


def _put_place(visit: Visit, place: Place | None) -> None:
    if place is not None:
        visit.latitude, visit.longitude = place.latitude, place.longitude
        visit.accuracy_m = place.accuracy_m


def _members(visit: Visit, inspectors: Sequence[Inspector]) -> list[VisitMember]:
    return [
        VisitMember(
            visit=visit,
            inspector=one,
            name=one.name,
            department_id=one.department_id,
            certificate_number=one.certificate_number,
            valid_before=one.valid_before,
        )
        for one in {one.pk: one for one in inspectors}.values()
    ]


def conclude_visit(
    *,
    visit: Visit,
    categories: Sequence[str],
    remark: str = "",
    ended_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Visit:
    """结束检查: every item has an answer, and the result its categories.

    `ended_at` is the team's own clock, `at` where it is not given. Raises Refused.
    """
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        chosen = sorted(set(categories))
        moment = ended_at or at
        refuse_visit_move("conclude", _ending_facts(locked, chosen, moment))
        locked.conclude(at=moment, categories=chosen, remark=remark.strip(), by=actor.name)
        locked.save()
        new = {"categories": chosen, "ended_at": moment.isoformat()}
        record_visit_event(locked, kind="concluded", actor=actor, at=at, new=new)
    return locked


def _ending_facts(visit: Visit, categories: Sequence[str], moment: datetime) -> VisitFacts:
    standing = standing_of(visit)
    return VisitFacts(
        state=VisitState(visit.state),
        at=moment,
        on=timezone.localdate(moment),
        arrived_at=visit.arrived_at,
        categories=categories,
        unanswered=sum(item.pk not in standing for item in listed_items(visit)),
        failing=sum(row.answer == "fails" for row in standing.values()),
    )


def record_hindrance(
    *, visit: Visit, hindrance: str, reason: str, ended_at: datetime, actor: Actor, at: datetime
) -> Visit:
    """未能检查: the door is closed, the place not found, or the team was refused.

    What was recorded before stays as evidence. Raises Refused.
    """
    require_recorder(actor, visit)
    with transaction.atomic():
        locked = lock_visit(visit)
        if is_published(locked):
            raise Refused(Refusal("visit.already_published"))
        facts = VisitFacts(
            state=VisitState(locked.state),
            at=ended_at,
            on=timezone.localdate(ended_at),
            hindrance=hindrance,
            reason=reason,
        )
        refuse_visit_move("hinder", facts)
        locked.hinder(
            at=ended_at,
            hindrance=hindrance,
            category=CATEGORY_OF_HINDRANCE[hindrance],
            remark=reason.strip(),
            by=actor.name,
        )
        locked.save()
        new = {"hindrance": hindrance, "ended_at": ended_at.isoformat()}
        record_visit_event(locked, kind="hindered", actor=actor, at=at, new=new)
    return locked
