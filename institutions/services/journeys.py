"""Journeys: begun, moved, countersigned. One service for all; their tables say the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from institutions.core.journeys.catalogue import JOURNEYS, opening_refusals, refusals
from institutions.core.journeys.shape import Move
from institutions.models import Institution, Journey, JourneyProposal, Licence, Wave
from institutions.selectors.journey_facts import (
    Opening,
    journey_facts,
    licence_of,
    opening_facts,
)
from institutions.services.journey_doing import Doing
from institutions.services.journey_moving import carry_out, open_journey
from institutions.services.journey_policy import require_party, require_start
from institutions.services.journey_records import (
    as_kept,
    as_stated,
    digest_of,
    lock_journey,
    record_journey_event,
)
from institutions.services.register_records import day_of
from regulator.accounts.core.actions import Action
from regulator.accounts.core.policy import Target, two_persons
from regulator.accounts.services import require
from regulator.kernel.actors import Actor
from regulator.kernel.outcomes import Refusal, Refused


@dataclass(frozen=True)
class JourneyDraft:
    """What a journey begins with. `stated` is by the code of the table's `starts`.

    `applicant_name` is for a set-up, which has no institution yet. `department` accepts and
    decides; `receiving` takes over in a conversion or transfer, where it is not stated.
    """

    kind: str
    division: str
    department: str
    institution: Institution | None = None
    applicant_name: str = ""
    receiving: str = ""
    wave: Wave | None = None
    licence: Licence | None = None


@dataclass(frozen=True)
class Taken:
    """What came of a move: made, or waiting for the countersignature."""

    journey: Journey
    proposal: JourneyProposal | None = None


def start_journey(
    *, draft: JourneyDraft, stated: Mapping[str, Any] | None = None, actor: Actor, at: datetime
) -> Journey:
    """Begin a journey on the day of `at`. Raises Refused with every reason against it."""
    table = JOURNEYS[draft.kind]
    by_institution = require_start(
        actor, table, draft.division, draft.department, draft.institution
    )
    values, on = dict(stated or {}), day_of(at)
    with transaction.atomic():
        institution = draft.institution
        if institution is not None:
            institution = Institution.objects.select_for_update().get(pk=institution.pk)
        licence = draft.licence or (None if institution is None else licence_of(institution, on))
        opening = Opening(table, draft.division, institution, draft.wave, licence)
        facts = opening_facts(opening, stated=values, on=on, by_institution=by_institution)
        found = opening_refusals(table, facts)
        if found:
            raise Refused(found)
        journey = Journey(
            division_id=draft.division,
            institution=institution,
            kind=draft.kind,
            applicant_name=_applicant(draft, institution, values),
            state=table.initial,
            state_since=on,
            department_id=draft.department,
            receiving_department_id=draft.receiving or values.get("receiving") or None,
            wave=draft.wave,
            licence=licence,
            order=list(facts.order),
            details=as_kept(table.starts, values),
            started_at=at,
            started_by=actor.name,
        )
        open_journey(table, Doing(journey, values, actor, on, at))
    return journey


def take_move(
    *,
    journey: Journey,
    move: str,
    stated: Mapping[str, Any] | None = None,
    revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Taken:
    """Make a move of the journey's table on the day of `at`, or propose it where two must sign.

    `revision` is the one the person saw: a journey that moved meanwhile refuses. Raises Refused
    with every reason against the move; then nothing has changed.
    """
    table = journey.table
    row = table.by_name[move]
    by_institution = require_party(actor, row, journey)
    values, on = dict(stated or {}), day_of(at)
    with transaction.atomic():
        locked = lock_journey(journey)
        facts = journey_facts(locked, stated=values, on=on, by_institution=by_institution)
        found = [*_meanwhile(locked, revision), *refusals(table, row, facts)]
        if found:
            raise Refused(found)
        doing = Doing(locked, values, actor, on, at)
        if row.countersigned:
            return Taken(locked, _propose(row, doing))
        carry_out(table, row, doing)
        _begin_next(row, doing)
    return Taken(locked)


def confirm_proposal(*, proposal: JourneyProposal, actor: Actor, at: datetime) -> Journey:
    """Countersign: the move is made now, by what is true now. Raises Refused.

    Never by the person who proposed it.
    """
    require(actor, Action.JOURNEY_COUNTERSIGN, Target(division=proposal.journey.division_id))
    on = day_of(at)
    with transaction.atomic():
        journey = lock_journey(proposal.journey)
        held = _waiting(proposal)
        table, move = journey.table, journey.table.by_name[held.move]
        stated = as_stated(move.asks, held.stated)
        found = list(two_persons(first=held.proposed_by_id, second=actor.user_id))
        found += refusals(table, move, journey_facts(journey, stated=stated, on=on))
        if found:
            raise Refused(found)
        _settle(held, "confirmed", "", actor, at)
        doing = Doing(journey, stated, actor, on, at)
        carry_out(table, move, doing, proposed_by=held.proposed_by)
        _begin_next(move, doing)
    return journey


def return_proposal(
    *, proposal: JourneyProposal, reason: str, actor: Actor, at: datetime
) -> JourneyProposal:
    """The leader does not countersign and says why; the journey stays where it is."""
    require(actor, Action.JOURNEY_COUNTERSIGN, Target(division=proposal.journey.division_id))
    if not reason.strip():
        raise Refused(Refusal("journey.return_reason_missing"))
    return _close_proposal(proposal, "returned", "proposal_returned", reason, actor, at)


def take_back_proposal(*, proposal: JourneyProposal, actor: Actor, at: datetime) -> JourneyProposal:
    """Who handles the journey takes a proposal back before it is countersigned."""
    move = proposal.journey.table.by_name[proposal.move]
    require_party(actor, move, proposal.journey)
    return _close_proposal(proposal, "taken_back", "proposal_taken_back", "", actor, at)


def _applicant(
    draft: JourneyDraft, institution: Institution | None, stated: Mapping[str, Any]
) -> str:
    name = draft.applicant_name or (institution.name if institution else stated.get("name", ""))
    return str(name)[:200]


def _begin_next(move: Move, doing: Doing) -> None:
    """The journey that begins with the move, by what was stated; it may refuse the move."""
    if not move.begins:
        return
    journey = doing.journey
    draft = JourneyDraft(
        kind=move.begins,
        division=journey.division_id,
        department=journey.department_id,
        institution=journey.institution,
        licence=journey.licence,
    )
    start_journey(draft=draft, stated=doing.stated, actor=doing.actor, at=doing.at)


def _close_proposal(
    proposal: JourneyProposal, state: str, event: str, reason: str, actor: Actor, at: datetime
) -> JourneyProposal:
    with transaction.atomic():
        journey = lock_journey(proposal.journey)
        held = _waiting(proposal)
        _settle(held, state, reason.strip(), actor, at)
        record_journey_event(
            journey,
            kind=event,
            actor=actor,
            at=at,
            new={"move": held.move},
            reason=reason.strip(),
        )
    return held


def _meanwhile(journey: Journey, revision: int | None) -> list[Refusal]:
    found = []
    if revision is not None and revision != journey.revision:
        found.append(Refusal("journey.moved_meanwhile", {"journey_state": journey.state}))
    if journey.proposals.filter(state="waiting").exists():
        found.append(Refusal("journey.awaits_countersignature"))
    return found


def _propose(move: Move, doing: Doing) -> JourneyProposal:
    kept = as_kept(move.asks, doing.stated)
    proposal = JourneyProposal.objects.create(
        journey=doing.journey,
        move=move.name,
        stated=kept,
        proposed_by_id=doing.actor.user_id,
        proposed_by=doing.actor.name,
        proposed_at=doing.at,
    )
    record_journey_event(
        doing.journey,
        kind="proposed",
        actor=doing.actor,
        at=doing.at,
        new={"move": move.name, "stated": digest_of(kept)},
        basis=move.basis,
    )
    return proposal


def _waiting(proposal: JourneyProposal) -> JourneyProposal:
    held = JourneyProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != "waiting":
        raise Refused(Refusal("journey.proposal_settled", {"proposal_state": held.state}))
    return held


def _settle(proposal: JourneyProposal, state: str, reason: str, actor: Actor, at: datetime) -> None:
    proposal.state, proposal.reason = state, reason
    proposal.settled_by, proposal.settled_at = actor.name, at
    proposal.save(update_fields=["state", "reason", "settled_by", "settled_at"])
