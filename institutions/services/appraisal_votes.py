"""An expert votes, or leaves the panel; the last vote makes the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from institutions.core.appraisal_states import Dimension, Leaning, LeaveGround
from institutions.core.filing_states import Verdict
from institutions.models import Appraisal, AppraisalSeat, AppraisalVote
from institutions.selectors.appraisals import facts_of, member_of, seats_of
from institutions.services.appraisal_panels import Lot, by_lot, draw_replacements, vacate
from institutions.services.appraisal_records import (
    expert_under_number,
    lock_appraisal,
    member_digest,
    record_appraisal_event,
    refuse,
)
from institutions.services.appraisal_results import conclude_if_all_voted
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.services import require
from regulator.kernel.actors import Actor


def cast_vote(
    *,
    appraisal: Appraisal,
    verdict: Verdict | None,
    leanings: Mapping[str, str],
    reasons: str,
    actor: Actor,
    at: datetime,
) -> Appraisal:
    """An expert's vote on all four dimensions, once and in person. Raises Refused.

    The last vote concludes the appraisal. The chain names the chair, never the person.
    """
    require(actor, Action.APPRAISAL_VOTE, Target(appraisal.division_id))
    missing = tuple(one.value for one in Dimension if leanings.get(one.value) not in set(Leaning))
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        seats = seats_of(locked)
        seat = _seat_of(seats, actor)
        refuse(
            "vote",
            facts_of(
                locked,
                seats,
                **_as_member(seat, actor),
                verdict=verdict,
                reason=reasons,
                missing_dimensions=missing,
            ),
        )
        assert seat is not None and verdict is not None  # noqa: S101, PT018  refused above
        AppraisalVote.objects.create(
            seat=seat,
            verdict=verdict.value,
            leanings={one.value: leanings[one.value] for one in Dimension},
            reasons=reasons.strip(),
            voted_at=at,
        )
        new = {"seat": seat.number, "member": member_digest(seat.member)}
        speaker = expert_under_number(actor, seat)
        record_appraisal_event(locked, kind="voted", actor=speaker, at=at, new=new)
        conclude_if_all_voted(locked, actor=speaker, at=at)
    return locked


def leave_panel(
    *,
    appraisal: Appraisal,
    ground: str,
    note: str,
    actor: Actor,
    at: datetime,
    lot: Lot = by_lot,
) -> Appraisal:
    """An expert leaves before voting (a tie, an abstention, absence) and is replaced. Refused."""
    require(actor, Action.APPRAISAL_VOTE, Target(appraisal.division_id))
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        seats = seats_of(locked)
        seat = _seat_of(seats, actor)
        refuse("leave", facts_of(locked, seats, **_as_member(seat, actor), ground=ground))
        assert seat is not None  # noqa: S101  refused above
        vacate(seat, ground=LeaveGround(ground), note=note, at=at)
        new = {"seat": seat.number, "ground": ground, "member": member_digest(seat.member)}
        speaker = expert_under_number(actor, seat)
        record_appraisal_event(locked, kind="left", actor=speaker, at=at, new=new)
        draw_replacements(locked, actor=speaker, at=at, lot=lot)
    return locked


def _seat_of(seats: list[AppraisalSeat], actor: Actor) -> AppraisalSeat | None:
    member = member_of(actor)
    if member is None:
        return None
    return next((seat for seat in seats if seat.member_id == member.pk and seat.counts), None)


def _as_member(seat: AppraisalSeat | None, actor: Actor) -> dict[str, object]:
    return {
        "actor_member": "" if seat is None else str(seat.member_id),
        "stands_in": actor.standing_in_for is not None,
        "has_voted": seat is not None and hasattr(seat, "vote"),
    }
