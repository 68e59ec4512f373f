"""The secretary's work: seating a panel by lot or by name, replacing members, challenges, names."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from institutions.core.appraisal_states import LeaveGround, draw_seats
from institutions.models import Appraisal, AppraisalChallenge, AppraisalSeat, PanelMember
from institutions.selectors.appraisals import (
    eligible_members,
    facts_of,
    member_names,
    seats_of,
    wanted_field,
)
from institutions.selectors.filings_screening import local_day
from institutions.services.appraisal_records import (
    appraisal_subject,
    is_running,
    lock_appraisal,
    member_digest,
    record_appraisal_event,
    refuse,
    tell_secretary,
)
from institutions.services.appraisal_results import conclude_if_all_voted
from institutions.services.notices import notify_desk
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target
from regulator.accounts.core.roles import Role
from regulator.accounts.services import require
from regulator.audit.services import append_event
from regulator.database.sealing import open_text, seal_text
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused

Lot = Callable[[int], Sequence[int]]


def by_lot(count: int) -> Sequence[int]:
    """A permutation of `count` positions from the machine's own randomness."""
    return secrets.SystemRandom().sample(range(count), count)


def draw_panel(
    *, appraisal: Appraisal, count: int, actor: Actor, at: datetime, lot: Lot = by_lot
) -> Appraisal:
    """Seat `count` members by lot, those of the subject first. Raises Refused."""
    _require_secretary(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        drawn = _drawn(locked, count, at, lot)
        if len(drawn) < count:
            params = {"count": len(drawn), "wanted": count}
            raise Refused(Refusal("appraisal.too_few", params, remedy="appraisal.remedy_members"))
        return _seat(locked, drawn, was_drawn=True, actor=actor, at=at)


def name_panel(
    *, appraisal: Appraisal, members: Sequence[PanelMember], actor: Actor, at: datetime
) -> Appraisal:
    """Seat the members the secretary names. Raises Refused with every reason."""
    _require_secretary(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        return _seat(locked, members, was_drawn=False, actor=actor, at=at)


def _drawn(appraisal: Appraisal, count: int, at: datetime, lot: Lot) -> list[PanelMember]:
    members = {str(one.pk): one for one in eligible_members(appraisal, local_day(at))}
    field = wanted_field(appraisal)
    preferred = frozenset(key for key, one in members.items() if field and one.field == field)
    keys = list(members)
    chosen = draw_seats(keys, preferred=preferred, count=count, order=lot(len(keys)))
    return [members[key] for key in chosen]


def _seat(
    locked: Appraisal,
    members: Sequence[PanelMember],
    *,
    was_drawn: bool,
    actor: Actor,
    at: datetime,
) -> Appraisal:
    eligible = frozenset(str(one.pk) for one in eligible_members(locked, local_day(at)))
    named = tuple(str(one.pk) for one in members)
    refuse("seat", facts_of(locked, (), named=named, eligible=eligible))
    locked.seat(at=at, was_drawn=was_drawn)
    locked.save(update_fields=["state", "seated_at", "was_drawn"])
    _place(locked, members, first=1, at=at)
    new = {"seats": [member_digest(one) for one in members], "was_drawn": was_drawn}
    record_appraisal_event(locked, kind="seated", actor=actor, at=at, new=new)
    _tell_experts(locked, actor=actor, at=at, round_number=1)
    return locked


def _place(
    appraisal: Appraisal, members: Sequence[PanelMember], *, first: int, at: datetime
) -> None:
    AppraisalSeat.objects.bulk_create(
        AppraisalSeat(appraisal=appraisal, member=member, number=number, seated_at=at)
        for number, member in enumerate(members, start=first)
    )


def replace_members(
    *, appraisal: Appraisal, members: Sequence[PanelMember], actor: Actor, at: datetime
) -> Appraisal:
    """Fill the chairs of those who left with the members the secretary names. Raises Refused."""
    _require_secretary(appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        _replace(locked, members, actor=actor, at=at)
    return locked


def draw_replacements(locked: Appraisal, *, actor: Actor, at: datetime, lot: Lot = by_lot) -> None:
    """Inside a command in which a member left a drawn panel: the next is drawn at once.

    Where nobody is left to be drawn the chair stays empty, and the secretary is told.
    """
    empty = [seat for seat in seats_of(locked) if not seat.counts and not seat.is_replaced]
    drawn = _drawn(locked, len(empty), at, lot) if locked.was_drawn else []
    if drawn:
        _replace(locked, drawn, actor=actor, at=at)
    if len(drawn) < len(empty):
        tell_secretary(locked, f"to_seat:{len(seats_of(locked))}", actor=actor, at=at)


def _replace(
    locked: Appraisal, members: Sequence[PanelMember], *, actor: Actor, at: datetime
) -> None:
    seats = seats_of(locked)
    eligible = frozenset(str(one.pk) for one in eligible_members(locked, local_day(at)))
    named = tuple(str(one.pk) for one in members)
    refuse("replace", facts_of(locked, seats, named=named, eligible=eligible))
    empty = [seat for seat in seats if not seat.counts and not seat.is_replaced]
    for seat in empty[: len(members)]:
        seat.is_replaced = True
        seat.save(update_fields=["is_replaced"])
    _place(locked, members, first=len(seats) + 1, at=at)
    new = {"seats": [member_digest(one) for one in members]}
    record_appraisal_event(locked, kind="replaced", actor=actor, at=at, new=new)
    _tell_experts(locked, actor=actor, at=at, round_number=len(seats) + 1)


def file_challenge(
    *, appraisal: Appraisal, statement: str, actor: Actor, at: datetime
) -> AppraisalChallenge:
    """The institution says whom it wants kept away and why; it is not told who sits there.

    Raises Refused where the appraisal has a result already, or nothing was said.
    """
    institution = str(appraisal.filing.institution.public_id)
    require(actor, Action.FILING_FILE, Target(appraisal.division_id, institution=institution))
    with transaction.atomic():
        locked = lock_appraisal(appraisal)
        found = []
        if locked.state not in ("opened", "voting"):
            found.append(Refusal("appraisal.challenge_late"))
        if not statement.strip():
            found.append(Refusal("appraisal.challenge_empty"))
        if found:
            raise Refused(found)
        challenge = AppraisalChallenge(appraisal=locked, filed_by=actor.name, filed_at=at)
        challenge.statement = seal_text(statement.strip(), subject=challenge.public_id)
        challenge.save(force_insert=True)
        new = {"challenge": str(challenge.public_id)}
        record_appraisal_event(locked, kind="challenged", actor=actor, at=at, new=new)
        chairs = 100 + locked.challenges.count()
        tell_secretary(locked, f"to_seat:{chairs}", actor=actor, at=at)
    return challenge


def decide_challenge(
    *,
    challenge: AppraisalChallenge,
    seats: Sequence[AppraisalSeat],
    answer: str,
    actor: Actor,
    at: datetime,
    lot: Lot = by_lot,
) -> AppraisalChallenge:
    """Answer a challenge: the named chairs leave and are replaced; none named rejects it.

    A vote that such a chair has cast stays on record and does not count. Raises Refused.
    """
    _require_secretary(challenge.appraisal, actor)
    with transaction.atomic():
        locked = lock_appraisal(challenge.appraisal)
        current = AppraisalChallenge.objects.select_for_update().get(pk=challenge.pk)
        found = []
        if current.decided_at is not None:
            found.append(Refusal("appraisal.challenge_decided"))
        if not is_running(locked) or locked.state in ("concluded", "escalated"):
            found.append(Refusal("appraisal.challenge_late"))
        if not answer.strip():
            found.append(Refusal("appraisal.reason_missing"))
        if found:
            raise Refused(found)
        current.is_upheld, current.answer = bool(seats), answer.strip()
        current.decided_by, current.decided_at = actor.name, at
        current.save(update_fields=["is_upheld", "answer", "decided_by", "decided_at"])
        chosen = [seat for seat in seats_of(locked) if seat.pk in {one.pk for one in seats}]
        for seat in chosen:
            vacate(seat, ground=LeaveGround.CHALLENGED, note="", at=at)
        new = {"challenge": str(current.public_id), "upheld": current.is_upheld}
        record_appraisal_event(
            locked, kind="challenge_decided", actor=actor, at=at, new=new, reason=current.answer
        )
        if chosen:
            draw_replacements(locked, actor=actor, at=at, lot=lot)
        conclude_if_all_voted(locked, actor=actor, at=at)
    return current


def vacate(seat: AppraisalSeat, *, ground: LeaveGround, note: str, at: datetime) -> None:
    """Whoever sits there leaves: the chair no longer counts."""
    seat.left_ground, seat.left_note, seat.left_at = ground.value, note.strip(), at
    seat.save(update_fields=["left_ground", "left_note", "left_at"])


@dataclass(frozen=True)
class ShownPanel:
    """Who sits there by chair number, and what each challenge says by its public id."""

    names: Mapping[int, str]
    statements: Mapping[UUID, str]


def show_panel(*, appraisal: Appraisal, actor: Actor, at: datetime) -> ShownPanel:
    """Who sits on the panel and whom the institution wants kept away: for the secretary alone.

    Each look leaves a trace. Raises Refused.
    """
    _require_secretary(appraisal, actor)
    seats = list(appraisal.seats.select_related("member").order_by("number"))
    challenges = list(appraisal.challenges.all())
    with transaction.atomic():
        append_event(
            division=appraisal.division_id,
            actor=actor,
            kind="panel.seats_shown",
            subject=appraisal_subject(appraisal),
            new={"seats": [seat.number for seat in seats], "challenges": len(challenges)},
            occurred_at=at,
        )
    names = member_names([seat.member for seat in seats])
    return ShownPanel(
        names={seat.number: names[seat.member_id] for seat in seats},
        statements={one.public_id: open_text(one.statement) for one in challenges},
    )


def _tell_experts(appraisal: Appraisal, *, actor: Actor, at: datetime, round_number: int) -> None:
    """Every expert's desk is told alike: a notice to one would name them."""
    notify_desk(
        division=appraisal.division_id,
        role=Role.EXPERT,
        kind="appraisal_to_vote",
        params={
            "appraisal": appraisal.number,
            "due_on": appraisal.deadline.due_on.isoformat(),
        },
        cause=f"appraisal:{appraisal.public_id}:to_vote:{round_number}",
        page="/desk/appraisals/mine/",
        about=appraisal_subject(appraisal),
        actor=actor,
        at=at,
    )


def _require_secretary(appraisal: Appraisal, actor: Actor) -> None:
    require(actor, Action.PANEL_MANAGE, Target(appraisal.division_id))
