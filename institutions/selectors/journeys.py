"""Journeys as desks and institutions see them: scoped lists, and one by its public id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from institutions.core.journeys.catalogue import JOURNEYS
from institutions.core.journeys.shape import Party
from institutions.models import Institution, Journey, JourneyDocument, JourneyProposal
from institutions.selectors.journey_facts import JOURNEY_SUBJECT
from regulator.accounts.core.actions import Action
from regulator.accounts.core.grants import Reach
from regulator.accounts.core.policy import may, reach_of
from regulator.audit.models import Event
from regulator.audit.selectors.chain import history_of
from regulator.calendars.models import Deadline
from regulator.kernel.actors import Actor

PENALTY = "penalty"
WAVE_SUBJECT = "wave"


@dataclass(frozen=True)
class JourneyFilters:
    """What a list shows. `standing`: mine, countersign, overdue, running, ended, or all."""

    kind: str = ""
    standing: str = "running"
    q: str = ""


def journeys_in(actor: Actor) -> QuerySet[Journey]:
    """The journeys that an actor's desk reaches, the newest first."""
    rows = Journey.objects.select_related("institution", "department", "receiving_department")
    if may(actor, Action.JOURNEY_READ_OWN):
        return rows.filter(institution__public_id__in=[actor.institution or None])
    reach = reach_of(actor, Action.JOURNEY_READ)
    if reach is None:
        return rows.none()
    if reach is Reach.CITY and actor.division.endswith("00"):
        return rows.filter(division__code__startswith=actor.division[:4])
    return rows.filter(division=actor.division)


def journey_for(actor: Actor, public_id: UUID) -> Journey | None:
    """A journey that the actor's desk reaches."""
    return journeys_in(actor).select_related("licence", "wave").filter(public_id=public_id).first()


def filtered_journeys(actor: Actor, filters: JourneyFilters, today: date) -> QuerySet[Journey]:
    """The list as filtered; whoever must act next is read from the tables."""
    rows = journeys_in(actor)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.q:
        rows = rows.filter(
            Q(number__icontains=filters.q)
            | Q(applicant_name__icontains=filters.q)
            | Q(institution__name__icontains=filters.q)
        )
    if filters.standing == "ended":
        return rows.filter(ended_on__isnull=False)
    if filters.standing == "all":
        return rows
    rows = rows.filter(ended_on__isnull=True)
    if filters.standing == "mine":
        return rows.filter(waiting_for(actor))
    if filters.standing == "countersign":
        return rows.filter(proposals__state="waiting")
    if filters.standing == "overdue":
        return rows.filter(public_id__in=overdue_keys(actor.division, today))
    return rows


def waiting_for(actor: Actor) -> Q:
    """Journeys in which the actor's desk is the one to move, and nothing awaits the leader."""
    found = Q(pk__in=[])
    for table in JOURNEYS.values():
        for state in table.states:
            parties = {move.party for move in table.moves_from(state)}
            found |= Q(kind=table.kind, state=state) & _desk_of(actor, parties)
    countersign = Q(proposals__state="waiting")
    if may(actor, Action.JOURNEY_COUNTERSIGN):
        return found | countersign
    return found & ~countersign


def _desk_of(actor: Actor, parties: set[Party]) -> Q:
    nothing = Q(pk__in=[])
    found = nothing
    if may(actor, Action.JOURNEY_HANDLE):
        if parties & {Party.OFFICER, Party.REGISTRAR}:
            found |= Q(department=actor.department)
        if Party.RECEIVING in parties:
            found |= Q(receiving_department=actor.department)
    if Party.ENFORCER in parties and may(actor, Action.PENALTY_HANDLE):
        found |= Q(department=actor.department)
    if Party.LEGAL in parties and may(actor, Action.PENALTY_REVIEW):
        found |= Q(division=actor.division)
    if Party.LEADER in parties and may(actor, Action.JOURNEY_COUNTERSIGN):
        found |= Q(division=actor.division)
    if Party.INSTITUTION in parties and may(actor, Action.JOURNEY_APPLY):
        found |= Q(institution__isnull=False)
    return found


def overdue_keys(division: str, today: date) -> list[str]:
    """Public ids of the division's journeys with a clock that has run out."""
    rows = Deadline.objects.filter(
        division=division,
        subject_kind=JOURNEY_SUBJECT,
        closed_on__isnull=True,
        is_stopped=False,
        due_on__lt=today,
    )
    return sorted(set(rows.values_list("subject_key", flat=True)))


def nearest_clocks(journeys: list[Journey]) -> dict[str, Deadline]:
    """By journey's public id: its running clock that ends first. One query."""
    keys = [str(journey.public_id) for journey in journeys]
    rows = Deadline.objects.filter(
        subject_kind=JOURNEY_SUBJECT, subject_key__in=keys, closed_on__isnull=True
    )
    found: dict[str, Deadline] = {}
    for clock in rows.order_by("-due_on", "-id"):
        found[clock.subject_key] = clock
    return found


def document_for(journey: Journey, public_id: UUID) -> JourneyDocument | None:
    """A document of this journey."""
    return journey.documents.filter(public_id=public_id).first()


def waiting_proposal(journey: Journey) -> JourneyProposal | None:
    """The move that awaits the countersignature, if any."""
    return journey.proposals.filter(state="waiting").first()


def proposal_for(journey: Journey, public_id: UUID) -> JourneyProposal | None:
    """A proposal of this journey."""
    return journey.proposals.filter(public_id=public_id).first()


def journey_history(journey: Journey) -> list[Event]:
    """Everything that was ever done in the journey, newest first; a batch that began it last."""
    own = list(history_of(kind=JOURNEY_SUBJECT, key=str(journey.public_id)))
    if journey.wave is None:
        return own
    key = str(journey.public_id)
    batches = history_of(kind=WAVE_SUBJECT, key=str(journey.wave.public_id))
    begun = [event for event in batches if key in ((event.new or {}).get("rows") or ())]
    return [*own, *begun]


def journeys_of(institution: Institution) -> QuerySet[Journey]:
    """An institution's journeys, those under way first."""
    rows = institution.journeys.select_related("department", "institution")
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-started_at")
